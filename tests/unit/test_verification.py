from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from planting import append, replace

import hz_dragons as hz
from hz_dragons.errors import TextNotFound
from hz_dragons.verification import OUTCOMES, Ledger, LedgerRow, read_copy

opencc = pytest.importorskip("opencc")

TEXTS = Path(__file__).parents[1] / "corpus" / "texts"
FILES = {path.name: path.read_text(encoding="utf-8") for path in TEXTS.iterdir()}
ROWS = [(row.claim_id, row.source_id, row.start, row.end) for row in hz.load(TEXTS.parent / "valid" / "minimal").evidence]


@pytest.fixture
def copies(tmp_path) -> Callable[..., Path]:
    def write(**files: str | bytes | None) -> Path:
        folder = tmp_path / "copies"
        folder.mkdir(exist_ok=True)
        for name, text in (FILES | {f"{stem}.txt": text for stem, text in files.items()}).items():
            (folder / name).unlink(missing_ok=True)
            if text is not None:
                (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return write


def outcomes(ledger: Ledger) -> dict[tuple, str]:
    return {row.evidence.id: row.outcome for row in ledger}


def simplified(text: str) -> str:
    return opencc.OpenCC("t2s").convert(text)


def bare(text: str) -> str:
    """Drop white space, and punctuation outside numbers."""

    def stays(index: int) -> bool:
        character, before, after = text[index], text[index - 1 : index], text[index + 1 : index + 2]
        in_number = before.isdecimal() and (after.isdecimal() or character == "%")
        return not character.isspace() and (not unicodedata.category(character).startswith("P") or in_number)

    return "".join(text[index] for index in range(len(text)) if stays(index))


def test_the_very_texts_are_exact(minimal, texts):
    ledger = hz.verify(hz.load(minimal), texts)
    assert set(outcomes(ledger).values()) == {"exact"}
    assert [(row.start, row.end) for row in ledger] == [(row.evidence.start, row.evidence.end) for row in ledger]
    assert ledger.counts == {"exact": 12, "folded": 0, "relocated": 0, "not_found": 0, "no_text": 0}
    assert tuple(ledger.counts) == OUTCOMES
    assert ledger.checked == len(ledger) == 12
    assert ledger.ok
    assert not ledger.unexplained


def test_the_ledger_is_in_the_order_of_the_table(minimal, texts):
    data = hz.load(minimal)
    assert [row.evidence for row in hz.verify(data, texts)] == list(data.evidence)


def test_a_simplified_copy_is_seen_through(minimal, copies):
    folder = copies(**{Path(name).stem: simplified(text) for name, text in FILES.items()})
    found = outcomes(hz.verify(hz.load(minimal), folder))
    assert {outcome for (_, source, *_), outcome in found.items() if source == "lantern"} == {"folded"}
    assert {outcome for (_, source, *_), outcome in found.items() if source == "harbour"} == {"exact"}, "it was Simplified before"


@pytest.mark.parametrize("change", [bare, lambda text: bare(simplified(text))], ids=["bare", "bare and Simplified"])
def test_a_copy_without_blanks_and_punctuation_is_seen_through(minimal, copies, change):
    folder = copies(**{Path(name).stem: change(text) for name, text in FILES.items()})
    assert all(change(text) != text for text in FILES.values())
    ledger = hz.verify(hz.load(minimal), folder)
    assert set(outcomes(ledger).values()) <= {"folded", "relocated"}
    assert ledger.counts["relocated"] > 0
    assert ledger.ok


@pytest.mark.parametrize("change", ["\n\n".join, "　".join], ids=["one line per character", "spaced out"])
def test_a_copy_broken_at_every_character_is_seen_through(minimal, copies, change):
    folder = copies(lantern=change(FILES["lantern.txt"]), harbour=change(FILES["harbour.txt"]))
    ledger = hz.verify(hz.load(minimal), folder)
    assert set(outcomes(ledger).values()) == {"relocated"}


def test_a_relocated_row_says_where(minimal, copies):
    folder = copies(lantern="序言。\n" + FILES["lantern.txt"])
    for row in hz.verify(hz.load(minimal), folder):
        shift = 4 if row.evidence.source_id == "lantern" else 0
        assert (row.start, row.end) == (row.evidence.start + shift, row.evidence.end + shift) or "(" in FILES["lantern.txt"][row.start - 5 : row.end]
        assert row.outcome == ("relocated" if shift else "exact")


def test_wrong_offsets_in_the_very_file_are_relocated_not_exact(minimal, texts):
    replace(minimal, "evidence", "lantern,115,126", "lantern,116,127")
    ledger = hz.verify(hz.load(minimal), texts)
    (moved,) = [row for row in ledger if row.outcome != "exact"]
    assert (moved.outcome, moved.start, moved.end) == ("relocated", 115, 126)


def test_offsets_past_the_end_of_a_shorter_copy_are_relocated(minimal, copies):
    text = FILES["lantern.txt"]
    folder = copies(lantern=text[140:156])
    (row,) = [row for row in hz.verify(hz.load(minimal), folder) if row.evidence.claim_id == "clm-aaaab2"]
    assert (row.outcome, row.start, row.end) == ("relocated", 0, 16)


def own_place(row: tuple) -> int:
    """A Han character that lies in the span of this row alone."""
    text = FILES[f"{row[1]}.txt"]
    others = {index for _, source, start, end in ROWS if (source, start, end) != row[1:] and source == row[1] for index in range(start, end)}
    return next(index for index in range(row[2], row[3]) if index not in others and "\u4e00" <= text[index] <= "\u9fff")


def red(ledger: Ledger) -> list[tuple]:
    return [row.evidence.id for row in ledger if row.outcome == "not_found"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_one_changed_character_turns_exactly_its_row_red(minimal, copies, row):
    place = own_place(row)
    text = FILES[f"{row[1]}.txt"]
    ledger = hz.verify(hz.load(minimal), copies(**{row[1]: text[:place] + "龍" + text[place + 1 :]}))
    assert red(ledger) == [row]
    assert {other.outcome for other in ledger if other.evidence.id != row} <= {"exact", "folded"}
    assert not ledger.ok
    assert ledger.checked == 12


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_one_character_left_out_turns_exactly_its_row_red(minimal, copies, row):
    place = own_place(row)
    text = FILES[f"{row[1]}.txt"]
    ledger = hz.verify(hz.load(minimal), copies(**{row[1]: text[:place] + text[place + 1 :]}))
    assert red(ledger) == [row]


@pytest.mark.parametrize(
    ("old", "new"),
    [("1.65萬", "16.5萬"), ("1.65萬", "1.56萬"), ("1.65萬", "165萬"), ("60%", "60"), ("60%", "6.0%"), ("2億", "2萬億"), ("3月", "8月")],
)
def test_a_changed_figure_turns_its_row_red(minimal, copies, old, new):
    text = FILES["lantern.txt"]
    assert text.count(old) == 1
    ledger = hz.verify(hz.load(minimal), copies(lantern=text.replace(old, new)))
    place = text.index(old)
    assert red(ledger) == [row for row in ROWS if row[1] == "lantern" and row[2] <= place < row[3]]


def test_a_missing_text_is_no_text_and_never_counted_as_checked(minimal, copies):
    ledger = hz.verify(hz.load(minimal), copies(harbour=None))
    for row in ledger:
        assert row.is_checked == (row.evidence.source_id == "lantern")
        assert row.outcome == ("exact" if row.is_checked else "no_text")
        assert (row.start is None) == (row.end is None) == (not row.is_checked)
        assert bool(row.reason) == (not row.is_checked)
    assert (ledger.checked, ledger.counts["no_text"]) == (9, 3)
    assert "9 of 12 rows checked" in str(ledger)
    assert "not checked: 3 rows, no harbour.txt" in str(ledger)


def test_where_nothing_was_looked_at_nothing_is_fine(minimal, tmp_path):
    ledger = hz.verify(hz.load(minimal), tmp_path)
    assert ledger.checked == 0
    assert set(outcomes(ledger).values()) == {"no_text"}
    assert not ledger.ok
    assert "0 of 12 rows checked" in str(ledger)


@pytest.mark.parametrize("data", ["青灯".encode("gbk"), b"\xff\xfe"])
def test_a_copy_that_is_not_utf_8_is_no_text(minimal, copies, data):
    ledger = hz.verify(hz.load(minimal), copies(harbour=data))
    assert ledger.counts["no_text"] == 3
    assert {row.reason for row in ledger if not row.is_checked} == {"harbour.txt is not UTF-8"}


def test_a_row_about_a_work_that_is_only_cited_is_no_text(minimal, texts):
    append(minimal, "evidence", "clm-aaaab2,yearbook,140,156,zf1:16:e469db839475176c36de709f26965b97,asserts,stated,,direct,,")
    ledger = hz.verify(hz.load(minimal), texts)
    assert [row.outcome for row in ledger if row.evidence.source_id == "yearbook"] == ["no_text"]
    assert ledger.checked == 12


def test_an_empty_copy_is_looked_at_and_has_nothing(minimal, copies):
    ledger = hz.verify(hz.load(minimal), copies(harbour=""))
    assert ledger.counts["not_found"] == 3
    assert ledger.checked == 12


def test_a_folder_that_is_not_there_is_the_callers_mistake(minimal, tmp_path):
    with pytest.raises(TextNotFound, match="no folder"):
        hz.verify(hz.load(minimal), tmp_path / "nowhere")


def test_a_copy_is_read_with_its_hash(minimal, texts):
    data = hz.load(minimal)
    text, digest = read_copy(texts, data.sources["lantern"])
    assert digest == data.sources["lantern"].text_sha256
    assert len(text) == data.sources["lantern"].text_length
    with pytest.raises(TextNotFound, match="only cited"):
        read_copy(texts, data.sources["yearbook"])


# The agreement lint: each edit makes the claim say something that its span does not say.
WRONG = [
    ("number", "clm-aaaaa8", "3000,,CNY,about", "3100,,CNY,about", ("number 3100",)),
    ("number ten times too large", "clm-aaaaa8", "3000,,CNY,about", "30000,,CNY,about", ("number 30000",)),
    ("bound left out", "clm-aaaaa8", "3000,,CNY,about", "3000,,CNY,exact", ("bound exact",)),
    ("bound turned round", "clm-aaaaa8", "3000,,CNY,about", "3000,,CNY,less_than", ("bound less_than",)),
    ("unit", "clm-aaaaa8", "3000,,CNY,about", "3000,,USD,about", ("unit USD",)),
    ("month", "clm-aaaaa1", "2015-03", "2015-04", ("date 2015-04",)),
    ("year", "clm-aaaaa1", "2015-03", "2016-03", ("date 2016-03",)),
    ("date more precise than the text", "clm-aaaaa2", ",,2015,", ",,2015-03,", ("date 2015-03",)),
    ("subject", "clm-aaaaa8", "firefly,price", "songjiang-town,price", ("subject songjiang-town",)),
    ("object", "clm-aaaab1", "invested_in,baifan", "invested_in,songjiang-town", ("object songjiang-town",)),
    ("number and unit", "clm-aaaaa8", "3000,,CNY,about", "3100,,USD,about", ("number 3100", "unit USD")),
]


@pytest.mark.parametrize(("claim", "old", "new", "missing"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_the_agreement_lint_finds_what_the_span_does_not_say(minimal, texts, claim, old, new, missing):
    append(minimal, "units", "USD,US dollars,美元,currency,CNY,7.3,2025-02-10,")
    assert hz.verify(hz.load(minimal), texts).ok
    replace(minimal, "claims", old, new)
    ledger = hz.verify(hz.load(minimal), texts)
    assert [(row.evidence.claim_id, row.disagreements) for row in ledger.unexplained] == [(claim, missing)]
    assert not ledger.ok
    assert ledger.counts["exact"] == 12, "the span is there, the claim is not in it"
    assert "agreement: 1 unexplained, 8 explained" in str(ledger)


INDIRECT = [
    ("clm-aaaaa5", "16500", "15600", "number 15600"),
    ("clm-aaaaa9", "CNY,more_than", "unit,more_than", "unit unit"),
    ("clm-aaaaa7", "60,,percent,at_least", "60,,percent,exact", "bound exact"),
    ("clm-aaaaa7", "60,,percent,at_least", "40,,percent,at_least", "number 40"),
    ("clm-aaaaa9", "200000000", "20000", "number 20000"),
    ("clm-aaaaa9", "CNY,more_than", "CNY,at_most", "bound at_most"),
    ("clm-aaaab2", "4000000000000,14", "400000000,14", "range 400000000 to 14000000000000"),
    ("clm-aaaaa4", "founded_by,shen-yifan", "founded_by,songjiang-town", "object songjiang-town"),
]


@pytest.mark.parametrize(("claim", "old", "new", "missing"), INDIRECT)
def test_what_an_indirect_row_does_not_say_is_listed_as_explained(minimal, texts, claim, old, new, missing):
    before = [row.disagreements for row in hz.verify(hz.load(minimal), texts) if row.evidence.claim_id == claim]
    replace(minimal, "claims", old, new)
    ledger = hz.verify(hz.load(minimal), texts)
    (row,) = [row for row in ledger if row.evidence.claim_id == claim]
    assert [(*before[0], missing)] == [row.disagreements]
    assert row in ledger.explained
    assert not row.is_unexplained
    assert ledger.ok


def test_the_lint_reads_a_span_in_the_copy_too(minimal, copies):
    folder = copies(lantern=bare(simplified(FILES["lantern.txt"])))
    assert hz.verify(hz.load(minimal), folder).ok
    replace(minimal, "claims", "3000,,CNY,about", "3100,,CNY,about")
    assert [row.disagreements for row in hz.verify(hz.load(minimal), folder).unexplained] == [("number 3100",)]


def test_a_row_that_is_not_there_has_nothing_to_disagree_with(minimal, copies):
    replace(minimal, "claims", "2015-03", "2016-03")
    ledger = hz.verify(hz.load(minimal), copies(lantern="別的文字"))
    assert ledger.counts["not_found"] == 9
    assert all(not row.disagreements for row in ledger if row.outcome == "not_found")


def test_an_empty_ledger_is_not_fine():
    assert not Ledger(()).ok
    assert Ledger(()).counts == dict.fromkeys(OUTCOMES, 0)


def test_a_ledger_is_fine_as_long_as_what_was_checked_is(minimal, texts):
    rows = hz.verify(hz.load(minimal), texts).rows
    assert Ledger((rows[0], LedgerRow(rows[1].evidence, "no_text", reason="no text"))).ok
    assert not Ledger((rows[0], LedgerRow(rows[1].evidence, "not_found"))).ok
