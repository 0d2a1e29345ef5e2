from __future__ import annotations

import re

import pytest
from planting import append, findings

import hz_dragons as hz
from hz_dragons.anchor import Copy
from hz_dragons.cells import format_record
from hz_dragons.citing import cite_in, mint_claim_id
from hz_dragons.dataset import Dataset
from hz_dragons.errors import RecordNotFound, SpanNotFound, TextNotFound

pytest.importorskip("opencc")


@pytest.fixture
def data(minimal) -> Dataset:
    return hz.load(minimal)


def test_a_phrase_becomes_a_finished_row(data, texts):
    row = hz.cite(data, "lantern", "售價約3千元", texts)
    text = (texts / "lantern.txt").read_text(encoding="utf-8")
    assert text[row.start : row.end] == "售價約3千元"
    assert row.fingerprint == hz.fingerprint("售價約3千元")
    assert (row.source_id, row.stance, row.modality, row.basis) == ("lantern", "asserts", "stated", "direct")
    assert (row.speaker_id, row.quote, row.note) == (None, None, None)
    assert re.fullmatch("clm-[0-9a-z]{6}", row.claim_id)
    assert row.claim_id not in data.claims


@pytest.mark.parametrize(
    "phrase",
    [
        "青燈機器人(rén)公司成立於2015年3月",
        "青燈機器人公司成立於2015年3月",
        "青灯机器人公司成立于2015年3月",
        "青灯 机器人\n公司 成立于 ２０１５年３月",
        "「青燈機器人」公司,成立於2015年3月。",
    ],
    ids=["as written", "without its gloss", "Simplified", "re-flowed", "punctuated"],
)
def test_a_phrase_may_be_written_otherwise(data, texts, phrase):
    row = hz.cite(data, "lantern", phrase, texts)
    assert (row.start, row.end, row.fingerprint) == (0, 22, data.evidence["clm-aaaaa1", "lantern", 0, 22].fingerprint)


def test_every_row_of_the_package_can_be_cited_again(data, texts):
    for row in data.evidence:
        span = (texts / f"{row.source_id}.txt").read_text(encoding="utf-8")[row.start : row.end]
        again = hz.cite(data, row.source_id, span, texts, claim_id=row.claim_id)
        assert (again.start, again.end, again.fingerprint) == (row.start, row.end, row.fingerprint)


def test_what_is_cited_verifies_and_validates(minimal, texts):
    row = hz.cite(hz.load(minimal), "lantern", "青燈的第一款產品", texts, claim_id="clm-aaaab2")
    append(minimal, "evidence", ",".join(format_record(row)))
    assert {finding.code for finding in findings(minimal)} <= {"canonical/order"}
    outcome = {other.evidence.id: other.outcome for other in hz.verify(hz.load(minimal), texts)}
    assert outcome[row.id] == "exact"


def test_what_is_given_goes_into_the_row(data, texts):
    row = hz.cite(
        data, "harbour", "公司去年售出1.56万台", texts, claim_id="clm-aaaaa6", stance="denies", modality="reported", speaker_id="shen-yifan", basis="context", quote="1.56万台", note="Why."
    )  # fmt: skip
    assert (row.claim_id, row.stance, row.modality, row.speaker_id, row.basis, row.quote, row.note) == (
        "clm-aaaaa6", "denies", "reported", "shen-yifan", "context", "1.56万台", "Why.",
    )  # fmt: skip


def test_a_phrase_that_is_not_there_names_the_nearest(data, texts):
    with pytest.raises(SpanNotFound) as caught:
        hz.cite(data, "lantern", "總部設在松山鎮的", texts)
    assert "is not in the text" in str(caught.value)
    (candidate,) = caught.value.candidates
    assert "總部設在松" in candidate


@pytest.mark.parametrize("phrase", ["", " ", "？！", "kein einziges Wort"])
def test_a_phrase_like_nothing_is_not_there(data, texts, phrase):
    with pytest.raises(SpanNotFound, match="not in the text"):
        hz.cite(data, "lantern", phrase, texts)


def test_a_phrase_that_is_too_short_to_cite_is_refused(data, texts):
    with pytest.raises(SpanNotFound, match="fewer than 6 characters"):
        hz.cite(data, "lantern", "松江鎮", texts)
    assert hz.cite(data, "harbour", "总部在松江镇", texts).fingerprint.startswith("zf1:6:")


@pytest.mark.parametrize(("length", "fits"), [(120, True), (121, False)])
def test_a_span_has_at_most_120_characters(length, fits):
    phrase = "".join(chr(0x4E00 + index) for index in range(length))
    copy = Copy(f"前文{phrase}後文")
    if fits:
        assert cite_in(copy, phrase)[:2] == (2, 2 + length)
    else:
        with pytest.raises(SpanNotFound, match="has 121 characters, the limit is 120"):
            cite_in(copy, phrase)


REPEATED = Copy("春天船廠售出九艘船。秋天船廠售出九艘船。")


def test_a_phrase_that_stands_twice_asks_for_more(data, texts):
    with pytest.raises(SpanNotFound, match="stands in 2 places") as caught:
        cite_in(REPEATED, "船廠售出九艘船")
    assert len(caught.value.candidates) == 2
    assert "--within" in caught.value.hint
    with pytest.raises(SpanNotFound, match="stands in 3 places"):
        hz.cite(data, "lantern", "青燈", texts)


@pytest.mark.parametrize(("within", "start"), [("春天船廠售出九艘船", 2), ("秋天船廠售出九艘船", 12), ("秋天船厂 售出九艘船。", 12)])
def test_a_longer_stretch_tells_them_apart(within, start):
    assert cite_in(REPEATED, "船廠售出九艘船", within)[:2] == (start, start + 7)
    assert cite_in(REPEATED, "船厂售出 九艘船", within)[:2] == (start, start + 7)


def test_a_stretch_that_does_not_hold_the_phrase_finds_nothing():
    with pytest.raises(SpanNotFound, match="not in the text"):
        cite_in(REPEATED, "船廠售出九艘船", "夏天")


def test_unknown_ids_name_near_ones(data, texts):
    with pytest.raises(RecordNotFound, match="lantern"):
        hz.cite(data, "lanten", "售價約3千元", texts)
    with pytest.raises(RecordNotFound, match="clm-aaaaa8"):
        hz.cite(data, "lantern", "售價約3千元", texts, claim_id="clm-aaaaa0")
    with pytest.raises(RecordNotFound, match="shen-yifan"):
        hz.cite(data, "lantern", "售價約3千元", texts, claim_id="clm-aaaaa8", speaker_id="shen-yfan")


def test_a_work_without_a_copy_can_not_be_cited(data, texts, tmp_path):
    with pytest.raises(TextNotFound, match="only cited"):
        hz.cite(data, "yearbook", "售價約3千元", texts)
    with pytest.raises(TextNotFound, match=r"no lantern\.txt"):
        hz.cite(data, "lantern", "售價約3千元", tmp_path)


def test_an_indirect_row_needs_a_note(data, texts):
    with pytest.raises(ValueError, match="needs a note"):
        hz.cite(data, "lantern", "售價約3千元", texts, basis="context")


def test_a_quote_is_short(data, texts):
    assert hz.cite(data, "lantern", "售價約3千元", texts, quote="元" * 24).quote == "元" * 24
    with pytest.raises(ValueError, match="24"):
        hz.cite(data, "lantern", "售價約3千元", texts, quote="元" * 25)


def test_minted_ids_differ_and_avoid_those_taken(monkeypatch):
    minted = {mint_claim_id() for _ in range(50)}
    assert len(minted) == 50
    assert all(re.fullmatch("clm-[0-9a-z]{6}", claim_id) for claim_id in minted)
    drawn = iter("aaaaaabbbbbb")
    monkeypatch.setattr("secrets.choice", lambda _: next(drawn))
    assert mint_claim_id({"clm-aaaaaa"}) == "clm-bbbbbb"
