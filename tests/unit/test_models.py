from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

import hz_dragons as hz
from hz_dragons.errors import DragonsError
from hz_dragons.models import TABLES, Adjudication, Moment, Passage, Quantity, Record, Scope, Words

MINIMAL = Path(__file__).parents[1] / "corpus" / "valid" / "minimal"
DATA = hz.load(MINIMAL)

ADJUDICATION = Adjudication(
    adjudication_id="sales-of-2024",
    subject_id="qingdeng",
    predicate_id="units_sold",
    scope_id=None,
    decision="prefer",
    preferred_claim_id="clm-aaaaa5",
    reason="closer_source",
    rationale_en="The founder is nearer.",
    rationale_zh="创始人更近。",
    decided_on="2025-03-01",
    inputs_digest="0" * 64,
)
PASSAGE = Passage(source_id="lantern", start=127, end=139, fingerprint=f"zf1:11:{'0' * 32}", reason="transition", note=None)
ENTITY = DATA.entities["qingdeng"]
CLAIM = DATA.claims["clm-aaaaa1"]
QUANTITY = DATA.claims["clm-aaaaa5"]
EVIDENCE = next(iter(DATA.evidence))
SOURCE = DATA.sources["lantern"]
BY_HAND = {"adjudications": ADJUDICATION, "passages": PASSAGE}
EXAMPLES = [BY_HAND.get(name) or next(iter(table)) for name, table in DATA.tables.items()]
each_record = pytest.mark.parametrize("record", EXAMPLES, ids=lambda record: record.table)


def pickled(record):
    return pickle.loads(pickle.dumps(record))  # noqa: S301


def rebuilt(record, **changes):
    return type(record)(**{**record.model_dump(), **changes})


def refused(record, **changes):
    with pytest.raises(ValidationError) as caught:
        rebuilt(record, **changes)
    return str(caught.value)


def wordy(en="made of paper", zh="纸做的"):
    return rebuilt(CLAIM, date=None, text_en=en, text_zh=zh)


each_copy = pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, Record.model_copy, pickled, rebuilt], ids=lambda again: again.__name__)


def test_every_table_has_an_example():
    assert [record.table for record in EXAMPLES] == list(TABLES)


@each_record
def test_a_record_cannot_be_changed(record):
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, record.key[0], "other")


@each_record
def test_a_column_cannot_be_taken_from_a_record(record):
    with pytest.raises(ValidationError, match="frozen"):
        delattr(record, record.key[0])


@each_record
def test_records_of_the_same_cells_are_equal_and_one_in_a_set(record):
    other = rebuilt(record)
    assert other is not record
    assert len({record, other}) == 1


@each_record
def test_records_differ_when_one_cell_does(record):
    other = record.model_copy(update={record.key[0]: "other"})
    assert other != record


@each_record
@each_copy
def test_a_record_survives_being_copied_and_pickled(record, again):
    other = again(record)
    assert type(other) is type(record)
    assert (other, hash(other)) == (record, hash(record))


@each_record
def test_a_record_without_one_of_its_columns_is_refused(record):
    column = list(type(record).model_fields)[-1]
    values = {name: value for name, value in record.model_dump().items() if name != column}
    with pytest.raises(ValidationError, match=f"(?s){column}.*Field required"):
        type(record)(**values)


@each_record
def test_a_record_with_a_column_too_many_is_refused(record):
    assert "Extra inputs are not permitted" in refused(record, colour="blue")


def test_records_of_different_tables_are_never_equal():
    assert Scope(scope_id="a", label_en="b", label_zh="丙") != DATA.scopes["cleaning-robots-worldwide"]
    assert DATA.entities["qingdeng"] != DATA.companies["qingdeng"]


def test_the_id_is_the_key_where_one_column_makes_it():
    assert ENTITY.id == "qingdeng"


def test_the_id_is_a_tuple_where_several_columns_make_the_key():
    assert EVIDENCE.id == ("clm-aaaaa1", "lantern", 0, 22)


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_columns_that_are_never_empty(table):
    model = TABLES[table]
    assert set(model.key) <= set(model.model_fields)
    for column in model.key:
        assert type(None) not in getattr(model.model_fields[column].annotation, "__args__", ())


@pytest.mark.parametrize("table", TABLES)
def test_references_lead_from_columns_to_tables_with_a_single_key(table):
    for column, target in TABLES[table].references.items():
        assert column in TABLES[table].model_fields
        assert len(TABLES[target].key) == 1


@pytest.mark.parametrize(
    "record, column",
    [
        (EVIDENCE, "start"),
        (EVIDENCE, "end"),
        (SOURCE, "text_length"),
        (QUANTITY, "number"),
        (DATA.units["CNY"], "factor"),
        (DATA.predicates["price"], "tolerance"),
    ],
    ids=["start", "end", "text_length", "number", "factor", "tolerance"],
)
def test_numbers_are_not_read_out_of_text(record, column):
    assert "Input should be" in refused(record, **{column: str(getattr(record, column))})


def test_yes_is_no_number():
    assert "start" in refused(EVIDENCE, start=True)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_number_is_finite(number):
    assert "finite" in refused(QUANTITY, number=Decimal(number))


@pytest.mark.parametrize(
    "text",
    ["", " ", " a", "a ", "a\n", "\na", "a\nb", "a\rb", "a\tb", "a\0b", "a\x1bb", "a\x7fb", "a\x85b", "\u3000a", "a\u00a0"]
    + [f"a{mark}b" for mark in "\u200b\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufeff\ufffd"],
    ids=ascii,
)
@pytest.mark.parametrize("column", ["name_en", "note"])
def test_a_text_has_no_blanks_at_its_ends_and_nothing_that_cannot_be_seen(column, text):
    assert "String should match pattern" in refused(ENTITY, **{column: text})


@pytest.mark.parametrize("text", ["a", "a b", "青灯“机器人”", "a\u00a0b", "e\u0301", "👩\u200d🔬", "1 < 2"])
def test_a_text_may_hold_anything_else(text):
    assert rebuilt(ENTITY, name_en=text).name_en == text


@pytest.mark.parametrize("column, limit", [("name_en", 300), ("note", 2000)])
def test_a_text_has_a_greatest_length(column, limit):
    assert len(getattr(rebuilt(ENTITY, **{column: "灯" * limit}), column)) == limit
    assert f"at most {limit}" in refused(ENTITY, **{column: "灯" * (limit + 1)})


def test_a_quote_has_at_most_24_characters():
    assert rebuilt(EVIDENCE, quote="灯" * 24).quote == "灯" * 24
    assert "at most 24" in refused(EVIDENCE, quote="灯" * 25)


@pytest.mark.parametrize(
    "record, column, value",
    [
        *(
            (ENTITY, "entity_id", v)
            for v in ("Qingdeng", "qing_deng", "qing--deng", "-qingdeng", "qingdeng-", "青灯", "a b", "qingdeng\n", "é", "a" * 65)
        ),
        *((CLAIM, "predicate_id", v) for v in ("founded-on", "Founded", "1founded", "founded__on", "_founded", "founded_on\n")),
        *((CLAIM, "claim_id", v) for v in ("clm-aaaaa", "clm-aaaaaaa", "clm-AAAAA1", "clm_aaaaa1", "aaaaa1", "clm-aaaaa1\n")),
        *((QUANTITY, "unit_id", v) for v in ("Usd", "US", "USDX", "1kg", "kilo_gram", "USD\n")),
        *((SOURCE, "language", v) for v in ("zh-hans", "ZH", "z", "zh_Hans", "zh-Hans-cn", "zh-Hant\n")),
        *((SOURCE, "url", v) for v in ("ftp://a.b", "a.b", "https://", "https://a b", 'https://a"b', "https://a<b", "https://a\n")),
        *((SOURCE, "file", v) for v in ("../a.txt", "a/b.txt", "a\\b.txt", ".a.txt", "a.csv", "a b.txt", "a.txt\n")),
        *((SOURCE, "text_sha256", v) for v in ("0" * 63, "0" * 65, "A" * 64, "0" * 64 + "\n")),
        *((ENTITY, "wikidata", v) for v in ("42", "q42", "Q0", "Q042", "Q42\n")),
        *(
            (EVIDENCE, "fingerprint", v)
            for v in (
                f"zf2:7:{'0' * 32}",
                f"zf1:07:{'0' * 32}",
                f"zf1:7:{'0' * 31}",
                f"zf1:7:{'A' * 32}",
                f"zf1:7:{'0' * 32}\n",
                f"zf1:12345:{'0' * 32}",
            )
        ),
        (ENTITY, "kind", "robot"),
        (ENTITY, "kind", "Company"),
        (EVIDENCE, "stance", "denied"),
        (EVIDENCE, "modality", "rumour"),
        (EVIDENCE, "start", -1),
        (EVIDENCE, "end", 0),
        (EVIDENCE, "end", 100_000_001),
        (SOURCE, "text_length", 0),
        (QUANTITY, "bound", "around"),
        (CLAIM, "date", "2015-13"),
        (CLAIM, "valid_from", "2015/2016"),
        (ADJUDICATION, "decided_on", "2025-03"),
    ],
    ids=ascii,
)
def test_a_cell_of_the_wrong_form_is_refused(record, column, value):
    assert f"\n{column}" in refused(record, **{column: value})


@pytest.mark.parametrize(
    "record, column, value",
    [
        (ENTITY, "entity_id", "high-flyer-2"),
        (CLAIM, "predicate_id", "share_of_total_2"),
        (QUANTITY, "unit_id", "kilowatt-hour"),
        (QUANTITY, "unit_id", "USD"),
        (SOURCE, "language", "zh-Hant-TW"),
        (SOURCE, "language", "cmn"),
        (SOURCE, "url", "https://example.org/a?b=c#d"),
        (SOURCE, "file", "001_1f.b-2.txt"),
        (ENTITY, "wikidata", "Q42"),
        (CLAIM, "date", "2018-07/2018-12"),
    ],
)
def test_a_cell_of_the_right_form_is_kept(record, column, value):
    assert getattr(rebuilt(record, **{column: value}), column) == value


ONE_VALUE = "give exactly one value"


@pytest.mark.parametrize(
    "changes",
    [
        {"date": None},
        {"object_id": "baifan"},
        {"number": Decimal(1), "unit_id": "unit", "bound": "exact"},
        {"text_en": "paper", "text_zh": "纸"},
    ],
    ids=["no value", "entity too", "number too", "words too"],
)
def test_a_claim_has_exactly_one_value(changes):
    assert ONE_VALUE in refused(CLAIM, **changes)


@pytest.mark.parametrize("changes", [{"unit_id": None}, {"bound": None}], ids=["no unit", "no bound"])
def test_a_claimed_number_has_a_unit_and_a_bound(changes):
    assert "a number has a unit_id and a bound" in refused(QUANTITY, **changes)


def test_only_a_claimed_number_has_a_unit():
    assert "only a number has a unit_id" in refused(CLAIM, unit_id="unit")


def test_an_upper_end_makes_a_range():
    assert "number_max goes with the bound 'range'" in refused(QUANTITY, number_max=Decimal(20000))


def test_a_range_has_an_upper_end():
    assert "number_max goes with the bound 'range'" in refused(QUANTITY, bound="range")


def test_a_date_is_no_range_of_numbers():
    assert "number_max goes with the bound 'range'" in refused(CLAIM, bound="range", number_max=Decimal(1))


@pytest.mark.parametrize("claim_id", ["clm-aaaaa3", "clm-aaaaa4"])
def test_an_entity_has_no_bound(claim_id):
    assert "a bound belongs to a number or a date" in refused(DATA.claims[claim_id], bound="about")


def test_words_have_no_bound():
    assert "a bound belongs to a number or a date" in refused(wordy(), bound="about")


def test_a_date_may_have_a_bound():
    assert rebuilt(CLAIM, bound="at_most").value == Moment(CLAIM.date, "at_most")


def test_words_are_given_in_both_languages():
    assert "give text_en and text_zh together" in refused(wordy(), text_zh=None)
    assert "give text_en and text_zh together" in refused(CLAIM, text_zh="纸")


@pytest.mark.parametrize("basis", ["context", "derived"])
def test_evidence_that_is_not_direct_says_why(basis):
    assert f"basis {basis} needs a note" in refused(EVIDENCE, basis=basis, note=None)
    assert rebuilt(EVIDENCE, basis=basis, note="Because.").basis == basis


@pytest.mark.parametrize("columns", [("file",), ("text_sha256",), ("text_length",), ("file", "text_sha256"), ("file", "text_length")], ids="+".join)
def test_a_source_describes_its_text_wholly_or_not_at_all(columns):
    assert "given together or not at all" in refused(SOURCE, **dict.fromkeys(columns))
    assert rebuilt(SOURCE, file=None, text_sha256=None, text_length=None).file is None


def test_a_preference_names_the_claim():
    assert "preferred_claim_id goes with the decision 'prefer'" in refused(ADJUDICATION, preferred_claim_id=None)


@pytest.mark.parametrize("decision", ["keep_all", "scope_differs", "changed_over_time", "reject"])
def test_only_a_preference_names_a_claim(decision):
    assert "preferred_claim_id goes with the decision 'prefer'" in refused(ADJUDICATION, decision=decision)
    assert rebuilt(ADJUDICATION, decision=decision, preferred_claim_id=None).decision == decision


@pytest.mark.parametrize("column", ["dimension", "tolerance"])
def test_a_predicate_of_numbers_has_a_dimension_and_a_tolerance(column):
    assert "has a dimension and a tolerance" in refused(DATA.predicates["price"], **{column: None})


@pytest.mark.parametrize("column, value", [("dimension", "currency"), ("tolerance", Decimal("0.1"))])
def test_no_other_predicate_has_a_dimension_or_a_tolerance(column, value):
    assert "no other predicate has" in refused(DATA.predicates["founded_on"], **{column: value})


@pytest.mark.parametrize("tolerance", ["-0.01", "1.01", "NaN"])
def test_a_tolerance_lies_between_nothing_and_all(tolerance):
    assert "\ntolerance" in refused(DATA.predicates["price"], tolerance=Decimal(tolerance))


@pytest.mark.parametrize("kinds", ["", "robot", "company  person", "company,person", "company ", " company"])
def test_the_kinds_of_a_subject_are_kinds_of_entities_with_one_blank_between(kinds):
    assert "\nsubject_kinds" in refused(DATA.predicates["price"], subject_kinds=kinds)


@pytest.mark.parametrize("factor", ["0", "-1", "Infinity"])
def test_a_unit_converts_by_a_positive_factor(factor):
    assert "\nfactor" in refused(DATA.units["CNY"], factor=Decimal(factor))


@pytest.mark.parametrize("name", ["label", "template"])
def test_a_predicate_speaks_both_languages(name):
    predicate = DATA.predicates["price"]
    say = getattr(predicate, name)
    assert (say(), say("zh")) == (getattr(predicate, f"{name}_en"), getattr(predicate, f"{name}_zh"))


@pytest.mark.parametrize("record", [DATA.units["unit"], DATA.scopes["cleaning-robots-worldwide"]], ids=["unit", "scope"])
def test_a_label_is_given_in_either_language(record):
    assert (record.label(), record.label("zh")) == (record.label_en, record.label_zh)


def test_an_entity_is_named_in_either_language():
    assert (ENTITY.name(), ENTITY.name("zh")) == ("Qingdeng Robotics", "青灯机器人")


@pytest.mark.parametrize(
    "claim, value",
    [
        (DATA.claims["clm-aaaaa3"], DATA.entities["songjiang-town"]),
        (DATA.claims["clm-aaaaa8"], Quantity(Decimal(3000), DATA.units["CNY"], "about")),
        (DATA.claims["clm-aaaab2"], Quantity(Decimal("4E+12"), DATA.units["CNY"], "range", Decimal("14E+12"))),
        (DATA.claims["clm-aaaaa1"], Moment(hz.PartialDate("2015-03"))),
        (wordy(), Words("made of paper", "纸做的")),
    ],
    ids=["entity", "number", "range", "date", "words"],
)
def test_the_value_of_a_claim_is_what_it_says(claim, value):
    assert claim.value == value
    assert type(claim.value) is type(value)


@pytest.mark.parametrize(
    "claim_id, en, zh",
    [
        ("clm-aaaaa1", "Qingdeng Robotics was founded in March 2015.", "青灯机器人成立于2015年3月。"),
        ("clm-aaaaa4", "Qingdeng Robotics was founded by Shen Yifan.", "青灯机器人由沈一帆创办。"),
        ("clm-aaaaa5", "Qingdeng Robotics sold 16,500 units (in 2024).", "青灯机器人售出1.65万台（2024年）。"),
        (
            "clm-aaaaa7",
            "Qingdeng Robotics has a share of at least 60% (cleaning robots, worldwide, units sold).",
            "青灯机器人占比至少60%（清洁机器人,全球,销量）。",
        ),
    ],
)
def test_a_claim_is_a_sentence_in_either_language(claim_id, en, zh):
    claim = DATA.claims[claim_id]
    assert (str(claim), claim.sentence("zh")) == (en, zh)


def test_a_sentence_begins_with_a_capital():
    claim = DATA.claims["clm-aaaab2"]
    assert DATA.entities["world-market"].name_en.startswith("w")
    assert str(claim).startswith("World market")


@pytest.mark.parametrize(
    "valid_from, valid_to, en, zh",
    [
        (None, None, "", ""),
        ("2024", "2024", "in 2024", "2024年"),
        ("2024-03-05", "2024-03-05", "on 5 March 2024", "2024年3月5日"),
        ("2024-03", None, "from March 2024", "自2024年3月"),
        (None, "2024-03-05", "until 5 March 2024", "至2024年3月5日"),
        ("2023", "2024", "from 2023; until 2024", "自2023年；至2024年"),
    ],
)
def test_the_time_of_a_claim_is_said_behind_it(valid_from, valid_to, en, zh):
    claim = rebuilt(QUANTITY, valid_from=valid_from, valid_to=valid_to)
    assert (claim.qualifiers(), claim.qualifiers("zh")) == (en, zh)


def test_scope_and_time_are_said_together():
    claim = rebuilt(QUANTITY, scope_id="cleaning-robots-worldwide")
    object.__setattr__(claim, "_home", DATA)
    assert claim.qualifiers() == "cleaning robots, worldwide, units sold; in 2024"


def test_a_name_with_braces_is_not_filled_like_a_template():
    braced = rebuilt(ENTITY, name_en="{value} & {subject}")
    claim = rebuilt(CLAIM)
    object.__setattr__(claim, "_home", SimpleNamespace(entities={"qingdeng": braced}, predicates=DATA.predicates, scopes={}, units={}))
    assert str(claim) == "{value} & {subject} was founded in March 2015."


def test_a_loaded_claim_knows_its_dataset():
    assert DATA.claims["clm-aaaaa3"].home is DATA


@each_copy
def test_a_copied_claim_belongs_to_no_dataset(again):
    with pytest.raises(DragonsError, match="clm-aaaaa5 belongs to no dataset") as caught:
        _ = again(QUANTITY).home
    assert "load()" in caught.value.hint


def test_a_claim_without_a_dataset_prints_its_cells():
    claim = rebuilt(QUANTITY)
    assert str(claim) == repr(claim)
    assert "claim_id='clm-aaaaa5'" in str(claim)


@pytest.mark.parametrize("claim_id", ["clm-aaaaa3", "clm-aaaaa5"], ids=["entity", "number"])
def test_a_value_that_needs_the_dataset_says_that_there_is_none(claim_id):
    claim = rebuilt(DATA.claims[claim_id])
    with pytest.raises(DragonsError, match="belongs to no dataset"):
        _ = claim.value


def test_a_sentence_needs_the_dataset():
    with pytest.raises(DragonsError, match="belongs to no dataset"):
        rebuilt(CLAIM).sentence()


def test_a_date_needs_no_dataset():
    assert rebuilt(CLAIM).value == Moment(hz.PartialDate("2015-03"))


def test_the_dataset_behind_a_claim_is_no_part_of_its_value():
    assert rebuilt(QUANTITY) == QUANTITY
    assert "_home" not in QUANTITY.model_dump()


def test_numbers_that_are_equal_make_equal_claims():
    assert len({QUANTITY, rebuilt(QUANTITY, number=Decimal("1.65E+4"))}) == 1


def test_the_tables_are_listed_under_their_names():
    assert list(TABLES) == [model.table for model in TABLES.values()]
