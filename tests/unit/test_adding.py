from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from planting import append, findings, remove_row, replace, table_path, zipped

import hz_dragons as hz
from hz_dragons import adding
from hz_dragons.adding import add_claim
from hz_dragons.canonical import fmt
from hz_dragons.errors import DragonsError, PackageNotFound, SeedError, UnknownColumn
from hz_dragons.package import open_package

FIELDS = {
    "subject_id": "firefly",
    "predicate_id": "price",
    "number": "2500",
    "unit_id": "CNY",
    "bound": "exact",
    "valid_from": "2020",
    "valid_to": "2020",
}


def evidence(**changed: object) -> hz.Evidence:
    row = {
        "claim_id": "clm-new001",
        "source_id": "lantern",
        "start": 80,
        "end": 100,
        "fingerprint": "zf1:10:525e04c1436e7b934a9e2054ae04dd08",
        "stance": "asserts",
        "modality": "stated",
        "speaker_id": None,
        "basis": "direct",
        "quote": None,
        "note": None,
    }
    return hz.Evidence(**{**row, **changed})


def files(package: Path) -> dict[str, bytes]:
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in sorted(package.rglob("*")) if path.is_file()}


def test_a_claim_is_added_with_its_evidence(minimal):
    before = files(minimal)
    claim = add_claim(minimal, FIELDS, evidence())
    assert str(claim) == "Firefly costs 2,500 yuan (in 2020)."
    data = hz.load(minimal)
    assert data.claims["clm-new001"] == claim
    assert [row.start for row in data.evidence.where(claim_id="clm-new001")] == [80]
    assert fmt(open_package(minimal), check=True) == []
    assert {name for name, content in files(minimal).items() if content != before.get(name)} == {"seeds/claims.csv", "seeds/evidence.csv"}


def test_values_may_be_typed(minimal):
    claim = add_claim(str(minimal), {**FIELDS, "number": Decimal("2.50E+3"), "note": None}, evidence())
    assert claim.number == Decimal(2500)


def test_cells_are_trimmed_and_composed(minimal):
    claim = add_claim(minimal, {**FIELDS, "unit_id": " CNY ", "note": "Cafe\u0301 "}, evidence())
    assert (claim.unit_id, claim.note) == ("CNY", "Caf\u00e9")


def test_an_identifier_may_be_given(minimal):
    assert add_claim(minimal, {**FIELDS, "claim_id": "clm-mine01"}, evidence()).claim_id == "clm-mine01"
    assert [row.claim_id for row in hz.load(minimal).evidence.where(start=80)] == ["clm-mine01"]


def test_what_is_said_already_only_gets_the_evidence(minimal):
    claims = table_path(minimal, "claims").read_bytes()
    fields = {"subject_id": "firefly", "predicate_id": "price", "number": "3000", "unit_id": "CNY", "bound": "about", "note": "seen twice"}
    claim = add_claim(minimal, fields, evidence())
    assert (claim.claim_id, claim.note) == ("clm-aaaaa8", None)
    assert table_path(minimal, "claims").read_bytes() == claims
    assert len(hz.load(minimal).evidence.where(claim_id="clm-aaaaa8")) == 2
    assert findings(minimal) == []


def test_a_bound_more_or_less_is_another_claim(minimal):
    fields = {"subject_id": "firefly", "predicate_id": "price", "number": "3000", "unit_id": "CNY", "bound": "exact"}
    assert add_claim(minimal, fields, evidence()).claim_id == "clm-new001"


@pytest.mark.parametrize(
    ("fields", "row", "codes"),
    [
        ({"number": "2,500"}, {}, {"cells/number"}),
        ({"number": 1e22}, {}, {"cells/number"}),
        ({"bound": "roughly"}, {}, {"cells/enum"}),
        ({"unit_id": None}, {}, {"rows/shape"}),
        ({"unit_id": "percent"}, {}, {"claims/unit-dimension"}),
        ({"unit_id": "USD"}, {}, {"references/missing"}),
        ({"subject_id": "firefyl"}, {}, {"references/missing"}),
        ({"subject_id": ""}, {}, {"cells/required"}),
        ({"subject_id": "songjiang-town"}, {}, {"claims/subject-kind"}),
        ({"valid_from": "2021"}, {}, {"claims/date-order"}),
        ({"claim_id": "clm-aaaaa8"}, {}, {"keys/duplicate"}),
        ({"claim_id": "mine"}, {}, {"cells/form"}),
        ({"note": "x" * 2001}, {}, {"cells/too-long"}),
        ({"note": "a\nb"}, {}, {"cells/form"}),
        ({"note": "a\rb"}, {}, {"cells/form"}),
        ({"note": "a\rclm-zzzzz9,firefly,price,,1,,CNY,exact,,,,,,,"}, {}, {"cells/form"}),
        ({"note": "\ud800"}, {}, {"encoding/not-utf-8"}),
        ({}, {"source_id": "yearbook"}, {"evidence/no-text"}),
        ({}, {"source_id": "nowhere"}, {"references/missing"}),
        ({}, {"end": 900}, {"evidence/span-past-end"}),
        ({}, {"speaker_id": "nobody"}, {"references/missing"}),
    ],
)
def test_a_wrong_row_changes_nothing(minimal, fields, row, codes):
    before = files(minimal)
    with pytest.raises(SeedError) as caught:
        add_claim(minimal, {**FIELDS, **fields}, evidence(**row))
    assert {finding.code for finding in caught.value.findings} == codes
    assert str(minimal) in str(caught.value)
    assert files(minimal) == before


def test_a_cell_that_no_reader_takes_changes_nothing(minimal):
    before = files(minimal)
    with pytest.raises(SeedError) as caught:
        add_claim(minimal, {**FIELDS, "note": "x" * 200_000}, evidence())
    assert [finding.code for finding in caught.value.findings] == ["csv/malformed"]
    assert files(minimal) == before


def test_the_same_evidence_twice_is_refused(minimal):
    add_claim(minimal, FIELDS, evidence())
    before = files(minimal)
    with pytest.raises(SeedError) as caught:
        add_claim(minimal, FIELDS, evidence())
    assert [finding.code for finding in caught.value.findings] == ["keys/duplicate"]
    assert files(minimal) == before


def test_an_unknown_column_names_the_near_one(minimal):
    with pytest.raises(UnknownColumn, match="Did you mean 'subject_id'"):
        add_claim(minimal, {"subject": "firefly"}, evidence())


def test_a_package_that_is_wrong_already_is_not_added_to(minimal):
    remove_row(minimal, "evidence", "clm-aaaaa9")
    before = files(minimal)
    with pytest.raises(SeedError) as caught:
        add_claim(minimal, FIELDS, evidence())
    assert [(finding.code, finding.record) for finding in caught.value.findings] == [("claims/no-evidence", "clm-aaaaa9")]
    assert files(minimal) == before


def test_a_claim_that_lacks_its_evidence_is_completed(minimal):
    """What a kill between the two files leaves is mended by adding the same again."""
    append(minimal, "claims", "clm-aaaab9,firefly,price,,2500,,CNY,exact,,,,,2020,2020,")
    assert [finding.code for finding in findings(minimal)] == ["claims/no-evidence"]
    assert add_claim(minimal, FIELDS, evidence()).claim_id == "clm-aaaab9"
    assert "claims/no-evidence" not in {finding.code for finding in findings(minimal)}


def test_the_claim_goes_back_when_its_evidence_can_not_be_written(minimal, monkeypatch):
    before, write = files(minimal), adding.write_atomically

    def breaking(path: Path, text: str) -> None:
        if path.name == "evidence.csv":
            raise OSError(28, "No space left on device")
        write(path, text)

    monkeypatch.setattr(adding, "write_atomically", breaking)
    with pytest.raises(DragonsError, match="No space left on device"):
        add_claim(minimal, FIELDS, evidence())
    assert files(minimal) == before


def test_what_another_wrote_meanwhile_is_kept(minimal, monkeypatch):
    validated = adding._validated

    def interrupted(package, after):
        append(minimal, "evidence", "clm-aaaaa1,lantern,1,22,zf1:17:cf79823207fd4ea9e972ab5fda916d4f,asserts,stated,,direct,,")
        return validated(package, after)

    monkeypatch.setattr(adding, "_validated", interrupted)
    with pytest.raises(DragonsError, match="meanwhile"):
        add_claim(minimal, FIELDS, evidence())
    assert b"clm-aaaaa1,lantern,1,22" in table_path(minimal, "evidence").read_bytes()
    assert "clm-new001" not in hz.load(minimal).claims


@pytest.mark.parametrize("ending", [b"", b"\r\n"])
def test_a_file_that_ends_otherwise_is_put_right(minimal, ending):
    path = table_path(minimal, "claims")
    path.write_bytes(path.read_bytes().removesuffix(b"\n").replace(b"\n", b"\r\n" if ending else b"\n") + ending)
    add_claim(minimal, FIELDS, evidence())
    assert len(hz.load(minimal).claims) == 12
    assert fmt(open_package(minimal), check=True) == []


def test_a_zip_is_not_added_to(minimal):
    with pytest.raises(PackageNotFound, match="is no directory"):
        add_claim(zipped(minimal), FIELDS, evidence())


def test_a_package_that_can_not_be_loaded_is_left_alone(minimal):
    replace(minimal, "entities", "firefly,product", "firefly,gadget")
    with pytest.raises(SeedError, match=r"entities\.csv:3:9: kind"):
        add_claim(minimal, FIELDS, evidence())


def test_nothing_is_followed_out_of_the_package(minimal, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_bytes(table_path(minimal, "claims").read_bytes())
    table_path(minimal, "claims").unlink()
    table_path(minimal, "claims").symlink_to(outside)
    before = outside.read_bytes()
    with pytest.raises(DragonsError):
        add_claim(minimal, FIELDS, evidence())
    assert outside.read_bytes() == before
