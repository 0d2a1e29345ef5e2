"""Today's rows are right as far as rules can tell, and say what the texts say where the texts are at hand."""

from __future__ import annotations

import statistics
from collections import Counter

import pytest

import hz_dragons as hz
from hz_dragons.canonical import fmt
from hz_dragons.coverage import coverage
from hz_dragons.package import open_package
from hz_dragons.rules.evidence import LONGEST_SPAN, SHORTEST_FOLD
from hz_dragons.schema import get_schema


@pytest.fixture(scope="module")
def data():
    return hz.load()


def test_nothing_is_wrong_with_the_package():
    assert not list(map(str, hz.validate()))


def test_every_file_is_in_its_canonical_form():
    assert fmt(open_package(), check=True) == [], "run: hz-dragons fmt"


def test_loading_on_demand_gives_the_same_records_as_loading_whole(data):
    assert data == hz.load(open_package().place)


def test_the_six_and_their_founders_are_there(data):
    six = {company.company_id for company in data.companies.where(cohort="six")}
    assert six == {"deepseek", "unitree", "deep-robotics", "game-science", "brainco", "manycore"}
    for tie in data.founders:
        assert data.claims[tie.claim_id].object_id == tie.person_id


def test_every_text_makes_claims_and_is_described(data):
    read = [source for source in data.sources if source.file]
    assert len(read) == 5
    for source in read:
        assert len(data.evidence.where(source_id=source.source_id)) > 50
        assert source.note
        assert source.published


def test_every_entity_scope_and_unit_is_used(data):
    used = {claim.subject_id for claim in data.claims} | {claim.object_id for claim in data.claims}
    used |= {row.speaker_id for row in data.evidence} | set(data.companies.ids())
    assert not [entity.entity_id for entity in data.entities if entity.entity_id not in used]
    assert not set(data.scopes.ids()) - {claim.scope_id for claim in data.claims}
    based = {claim.unit_id for claim in data.claims} | {unit.base_unit for unit in data.units}
    assert not set(data.units.ids()) - based
    assert not set(data.predicates.ids()) - {claim.predicate_id for claim in data.claims}


def test_every_entity_is_found_by_each_of_its_names(data):
    lost = [
        (entity.entity_id, name)
        for entity in data.entities
        for name in [entity.name_en, entity.name_zh, *(n.name for n in data.names.where(entity_id=entity.entity_id))]
        if entity not in [match.entity for match in data.matches(name, limit=50) if match.how == "exact"]
    ]
    assert not lost


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        ("宇樹", "unitree"),
        ("宇树", "unitree"),
        ("Unitree", "unitree"),
        ("酷家樂牌", "kujiale"),
        ("梁文峰", "liang-wenfeng"),
        ("梁文鋒", "liang-wenfeng"),
        ("遊戲科技", "game-science"),
        ("ChatGPT-4o", "gpt-4o"),
        ("幻方", "high-flyer"),
        ("Deepsek", "deepseek"),
        ("波士頓動力", "boston-dynamics"),
    ],
)
def test_a_name_finds_its_entity_first(data, name, entity_id):
    assert data.find(name)[0].entity_id == entity_id


def test_spans_are_short(data):
    lengths = [row.end - row.start for row in data.evidence]
    assert statistics.median(lengths) <= 25
    assert max(lengths) <= LONGEST_SPAN
    assert min(int(row.fingerprint.split(":")[1]) for row in data.evidence) >= SHORTEST_FOLD


def test_quotes_are_a_figure_and_its_noun(data):
    assert all(len(row.quote) <= 24 for row in data.evidence if row.quote)


def test_numbers_carry_a_scope_where_the_predicate_measures_many_things(data):
    measured = {"count_of", "share_of_total", "rank", "monetary_amount", "growth_rate", "fell_by", "time_gap", "price_ratio_to", "duration"}
    assert not [claim.claim_id for claim in data.claims if claim.predicate_id in measured and claim.scope_id is None]


def test_sentences_fill_their_templates_in_both_languages(data):
    for claim in data.claims:
        for lang, stop in (("en", "."), ("zh", "。")):
            sentence = claim.sentence(lang)
            assert sentence.endswith(stop)
            assert not {"{", "}"} & set(sentence)
            assert ".." not in sentence
            assert "  " not in sentence


def test_a_predicate_used_once_has_a_reason_to_exist(data):
    counts = Counter(claim.predicate_id for claim in data.claims)
    rare = {predicate for predicate, count in counts.items() if count == 1}
    # Each takes one value only or compares with a unit of its own, which a broader predicate could not say.
    assert rare <= {
        "approved_by",
        "training_cost",
        "density",
        "price_ratio_to",
        "filed_for_listing_on",
        "named_after",
        "revenue",
        "depicts",
        "awarded",
        "born_on",
        "funding_raised",
    }, rare


def test_enums_of_the_data_are_used_as_the_schema_means_them(data):
    modalities = {value for value, _ in next(f for f in get_schema("evidence").fields if f.name == "modality").enum}
    assert {row.modality for row in data.evidence} == modalities
    assert {row.stance for row in data.evidence} == {"asserts", "denies"}


def test_every_row_stands_in_its_text(data, source_texts):
    ledger = hz.verify(data, texts=source_texts)
    there = {source.source_id for source in data.sources if source.file and (source_texts / source.file).is_file()}
    rows = [row for row in ledger if row.evidence.source_id in there]
    assert rows
    assert not [(row.evidence.claim_id, row.outcome) for row in rows if row.outcome != "exact"]
    assert not [(row.evidence.claim_id, row.disagreements) for row in ledger.unexplained]


def test_no_clause_of_the_texts_is_left_unread(data, source_texts):
    found = coverage(data, source_texts)
    assert not found.gaps, str(found)


def test_a_simplified_copy_and_a_bare_copy_still_verify(data, source_texts, tmp_path):
    import unicodedata

    import opencc

    convert = opencc.OpenCC("t2s").convert
    for style in ("simplified", "bare"):
        (tmp_path / style).mkdir()
    for source in data.sources:
        if source.file and (source_texts / source.file).is_file():
            text = (source_texts / source.file).read_bytes().decode()
            (tmp_path / "simplified" / source.file).write_bytes(convert(text).encode())
            (tmp_path / "bare" / source.file).write_bytes(_bare(text, unicodedata.category).encode())
    for style in ("simplified", "bare"):
        ledger = hz.verify(data, texts=tmp_path / style)
        assert {row.outcome for row in ledger if row.is_checked} <= {"exact", "folded", "relocated"}
        assert ledger.counts["not_found"] == 0
        assert ledger.counts["folded"] + ledger.counts["relocated"] > 0


def _bare(text, category):
    """A copy without white space, and without punctuation outside numbers."""
    solid = "".join(text.split())
    kept = []
    for index, character in enumerate(solid):
        inside = 0 < index < len(solid) - 1 and solid[index - 1].isdigit() and (solid[index + 1].isdigit() or character == "%")
        if not category(character).startswith("P") or inside:
            kept.append(character)
    return "".join(kept)
