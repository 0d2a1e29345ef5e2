from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from planting import append

import hz_dragons as hz
from hz_dragons import scaffold
from hz_dragons.canonical import fmt
from hz_dragons.errors import DragonsError
from hz_dragons.models import TABLES
from hz_dragons.package import open_package
from hz_dragons.scaffold import new_package


def test_a_new_package_has_no_findings(tmp_path):
    made = new_package(tmp_path / "bakeries", "bakeries")
    assert made == tmp_path / "bakeries"
    assert list(hz.validate(made)) == []
    assert fmt(open_package(made), check=True) == []
    assert sorted(path.stem for path in (made / "seeds").iterdir()) == sorted(TABLES)


def test_its_vocabulary_is_enough_for_every_kind_of_value(tmp_path):
    data = hz.load(new_package(tmp_path / "p", "p"))
    assert {predicate.value_type for predicate in data.predicates} == {"entity", "number", "date", "text"}
    dimensions = {unit.dimension for unit in data.units}
    assert {predicate.dimension for predicate in data.predicates} - {None} <= dimensions
    assert len(data.claims) == len(data.entities) == 0


def test_a_claim_can_be_made_with_it(tmp_path):
    made = new_package(tmp_path / "p", "p")
    append(made, "entities", "bakery,company,Bakery,面包房,,")
    append(made, "sources", f"gazette,gazette.txt,article,Gazette,,,,en,,,{'0' * 64},100,")
    append(made, "claims", "clm-aaaaaa,bakery,staff,,12,,person,exact,,,,,,,")
    append(made, "evidence", f"clm-aaaaaa,gazette,0,20,zf1:17:{'0' * 32},asserts,stated,,direct,,")
    assert list(hz.validate(made)) == []
    assert str(hz.load(made).claims["clm-aaaaaa"]) == "Bakery has a staff of 12 people."


def test_the_second_judges_agree(tmp_path):
    pytest.importorskip("frictionless")
    pytest.importorskip("jsonschema")
    from hz_dragons.crosscheck import cross_check

    assert cross_check(new_package(tmp_path / "p", "p")) == []


def test_the_readme_says_the_next_steps(tmp_path):
    text = (new_package(tmp_path / "p", "my-claims") / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# my-claims\n")
    assert all(word in text for word in ("## Next steps", "## 下一步", "hz-dragons add claim", "hz-dragons validate", "seeds/sources.csv"))


def test_the_hash_and_length_that_the_readme_prints_are_right(tmp_path, texts):
    import hashlib
    import shlex
    import subprocess
    import sys

    readme = (new_package(tmp_path / "p", "p") / "README.md").read_text(encoding="utf-8")
    command = next(line.strip().strip("`") for line in readme.splitlines() if line.strip().startswith("`python -c"))
    _, *arguments = shlex.split(command)
    arguments[-1] = str(texts / "lantern.txt")
    printed = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True).stdout.split()
    content = (texts / "lantern.txt").read_bytes()
    assert printed == [hashlib.sha256(content).hexdigest(), str(len(content.decode()))]


def test_an_empty_directory_is_taken(tmp_path):
    (tmp_path / "p").mkdir()
    assert hz.validate(new_package(tmp_path / "p", "p")).ok


def test_missing_parents_are_made(tmp_path):
    assert hz.validate(new_package(tmp_path / "a" / "b", "p")).ok


def test_what_is_not_empty_is_left_alone(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / ".hidden").write_text("mine")
    with pytest.raises(DragonsError, match="is not empty"):
        new_package(tmp_path / "p", "p")
    assert [path.name for path in tmp_path.rglob("*")] == ["p", ".hidden"]


def test_a_file_is_left_alone(tmp_path):
    (tmp_path / "p").write_text("mine")
    with pytest.raises(DragonsError, match="is a file"):
        new_package(tmp_path / "p", "p")
    assert (tmp_path / "p").read_text() == "mine"


def test_the_current_directory_is_not_pulled_away(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DragonsError, match="current directory"):
        new_package(".", "p")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "My Claims", "a--b", "-a", "a/b", "../a", "a\n", "数据", "a" * 65])
def test_a_name_of_another_form_is_refused(tmp_path, name):
    with pytest.raises(DragonsError, match="can't be the name"):
        new_package(tmp_path / "p", name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("failing", range(len(TABLES) + 2))
def test_it_is_there_whole_or_not_at_all(tmp_path, monkeypatch, failing):
    calls = iter(range(100))
    write = scaffold.write_atomically

    def breaking(path: Path, text: str) -> None:
        if next(calls) == failing:
            raise OSError(28, "No space left on device")
        write(path, text)

    monkeypatch.setattr(scaffold, "write_atomically", breaking)
    with pytest.raises(DragonsError, match="No space left on device"):
        new_package(tmp_path / "p", "p")
    assert list(tmp_path.iterdir()) == []


def test_what_someone_puts_there_meanwhile_is_kept(tmp_path, monkeypatch):
    fill = scaffold._fill

    def interrupted(draft: Path, name: str) -> None:
        fill(draft, name)
        (tmp_path / "p").mkdir()
        (tmp_path / "p" / "mine").write_text("mine")

    monkeypatch.setattr(scaffold, "_fill", interrupted)
    with pytest.raises(DragonsError, match="can't be written"):
        new_package(tmp_path / "p", "p")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["mine", "p"]


@pytest.mark.skipif(os.name == "nt", reason="rights are otherwise there")
def test_others_may_read_it(tmp_path):
    made = new_package(tmp_path / "p", "p")
    (tmp_path / "plain").mkdir()
    assert stat.S_IMODE(made.stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)
