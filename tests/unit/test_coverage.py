from __future__ import annotations

import pytest
from click.testing import CliRunner
from planting import append, remove_row

import hz_dragons as hz
from hz_dragons.anchor import Copy
from hz_dragons.cli import main
from hz_dragons.coverage import coverage


def gaps(package, texts):
    return {gap.text: gap.kind for gap in coverage(hz.load(package), texts).gaps}


def test_what_no_evidence_touches_is_listed_by_kind(minimal, texts):
    assert gaps(minimal, texts) == {"分析師認為": "other", "据报道": "other"}
    remove_row(minimal, "evidence", "clm-aaaaa8")
    assert "figure" in gaps(minimal, texts).values()


def test_a_judged_passage_is_no_gap(minimal, texts):
    found = coverage(hz.load(minimal), texts)
    assert found.gaps
    rows = []
    for gap in found.gaps:
        copy = Copy((texts / f"{gap.source_id}.txt").read_bytes().decode())
        start, end = max(0, gap.start - 6), min(len(copy.text), gap.end + 6)
        rows.append(f"{gap.source_id},{start},{end},{copy.at(start, end)},transition,")
    (minimal / "seeds" / "passages.csv").write_text("source_id,start,end,fingerprint,reason,note\n", encoding="utf-8")
    for row in rows:
        append(minimal, "passages", row)
    after = coverage(hz.load(minimal), texts)
    assert not after.gaps
    assert after.ok
    assert [text.share for text in after.texts] == [1.0, 1.0]
    assert all(0 < text.touched < text.characters for text in after.texts)


def test_shares_add_up(minimal, texts):
    for text in coverage(hz.load(minimal), texts).texts:
        assert text.share == pytest.approx((text.touched + text.judged) / text.characters)
        assert text.share < 1


def test_a_missing_text_is_named_and_not_counted(minimal, tmp_path):
    found = coverage(hz.load(minimal), tmp_path)
    assert found.missing == ("harbour", "lantern")
    assert not found.ok


def test_the_command_prints_the_worklist_and_exits_1(minimal, texts):
    run = CliRunner().invoke(main, ["coverage", "--texts", str(texts), "--package", str(minimal)])
    assert run.exit_code == 1
    assert "clauses open" in run.output
    as_json = CliRunner().invoke(main, ["coverage", "--texts", str(texts), "--package", str(minimal), "--format", "json"])
    assert '"share"' in as_json.output


def test_a_copy_in_another_script_counts_the_same(minimal, texts, tmp_path):
    import opencc

    convert = opencc.OpenCC("t2s").convert
    for path in texts.glob("*.txt"):
        (tmp_path / path.name).write_bytes(convert(path.read_bytes().decode()).encode())
    there, here = coverage(hz.load(minimal), tmp_path), coverage(hz.load(minimal), texts)
    assert [(t.characters, t.touched) for t in there.texts] == [(t.characters, t.touched) for t in here.texts]
