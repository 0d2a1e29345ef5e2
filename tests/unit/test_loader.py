from __future__ import annotations

import gc
import zipfile
from pathlib import Path

import pytest
from planting import append, replace, table_path, zipped

import hz_dragons as hz
from hz_dragons.errors import PackageNotFound, SeedError
from hz_dragons.loader import read_tables
from hz_dragons.models import TABLES
from hz_dragons.package import bundled, open_package

CHECKOUT = Path(__file__).resolve().parents[2]


def test_the_bundled_package_made_late_equals_the_checkout_made_early():
    late, early = hz.load(), hz.load(bundled())
    for name in TABLES:
        assert list(getattr(late, name)) == list(getattr(early, name))
        assert getattr(late, name).ids() == getattr(early, name).ids()
    assert hz.load() == hz.load(CHECKOUT)
    assert len(late.claims) > 0


def test_sentences_of_records_made_late_are_the_same():
    late, early = hz.load(), hz.load(bundled())
    for lang in ("en", "zh"):
        assert [claim.sentence(lang) for claim in late.claims] == [claim.sentence(lang) for claim in early.claims]


def test_a_directory_a_descriptor_and_a_zip_are_the_same_package(minimal):
    data = hz.load(minimal)
    assert len(data.claims) == 11
    assert hz.load(str(minimal)) == data
    assert hz.load(minimal / "datapackage.json") == data
    assert hz.load(zipped(minimal)) == data
    assert hz.load(zipped(minimal, "minimal/")) == data
    assert data != hz.load()


@pytest.mark.parametrize("name", ["nowhere", "nowhere/datapackage.json", "plain.txt", "empty"])
def test_where_there_is_no_package_says_so(tmp_path, name):
    (tmp_path / "plain.txt").write_text("no zip", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(PackageNotFound) as caught:
        hz.load(tmp_path / name)
    assert isinstance(caught.value, FileNotFoundError)
    assert "datapackage.json" in str(caught.value)


def test_a_zip_without_a_package_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(PackageNotFound, match=r"one datapackage\.json"):
        hz.load(tmp_path / "other.zip")


def plant_three(package: Path) -> set[tuple[str, str]]:
    replace(package, "claims", "16500", "1.65万")
    replace(package, "entities", "firefly,product", "firefly,gadget")
    append(package, "companies", "yinhe,wider,telescopes,,")
    append(package, "units", "unit,units,台,count,unit,1,,")
    return {("cells/number", "claims"), ("cells/enum", "entities"), ("references/missing", "companies"), ("keys/duplicate", "units")}


def test_the_error_carries_all_findings(minimal):
    planted = plant_three(minimal)
    with pytest.raises(SeedError) as caught:
        hz.load(minimal)
    error = caught.value
    assert {(finding.code, Path(finding.file).stem) for finding in error.findings} == planted
    assert len(error.findings) == len(planted)
    assert error.findings == hz.validate(minimal).findings
    assert isinstance(error, ValueError)
    assert "seeds/claims.csv:6:33" in str(error)
    assert "(and 3 more)" in str(error)
    assert "hz-dragons validate" in str(error)


def test_a_zip_is_checked_as_a_directory_is(minimal):
    plant_three(minimal)
    with pytest.raises(SeedError) as caught:
        hz.load(zipped(minimal))
    assert caught.value.findings == hz.validate(minimal).findings


def test_errors_of_meaning_and_of_form_do_not_keep_a_package_from_loading(minimal):
    replace(minimal, "founders", "clm-aaaaa4", "clm-aaaaa3")
    table_path(minimal, "entities").write_bytes(b"\xef\xbb\xbf" + table_path(minimal, "entities").read_bytes())
    assert {finding.code for finding in hz.validate(minimal)} == {"founders/warrant", "canonical/bom"}
    assert hz.load(minimal).founders.one().claim_id == "clm-aaaaa3"


def test_tables_that_a_package_may_do_without_are_empty(minimal):
    optional = [name for name, model in TABLES.items() if model.optional]
    for name in optional:
        table_path(minimal, name).unlink(missing_ok=True)
        assert len(getattr(hz.load(minimal), name)) == 0


def test_a_package_is_a_value_that_its_files_no_longer_change(minimal):
    data = hz.load(minimal)
    table_path(minimal, "claims").unlink()
    assert len(data.claims) == 11


def test_the_garbage_collector_is_left_as_it_was(minimal):
    assert gc.isenabled()
    hz.load(minimal)
    assert gc.isenabled()
    gc.disable()
    try:
        hz.load(minimal)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_tables_are_read_however_bad(minimal):
    table_path(minimal, "scopes").unlink()
    table_path(minimal, "names").write_bytes(b"\xff")
    tables = read_tables(open_package(minimal))
    assert list(tables) == list(TABLES)
    assert {name for name, table in tables.items() if not table.is_readable} == {"scopes", "names"}
    assert len(tables["claims"].records) == 11
