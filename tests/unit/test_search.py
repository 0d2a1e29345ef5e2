from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hz_dragons as hz
from hz_dragons.models import Entity, Name
from hz_dragons.search import ClaimIndex, NameIndex, name_key

DATA = hz.load(Path(__file__).parents[1] / "corpus" / "valid" / "minimal")
INDEX = NameIndex(list(DATA.entities), list(DATA.names))
CLAIMS = ClaimIndex(DATA)


def entity(entity_id, name_en, name_zh="无"):
    return Entity(entity_id=entity_id, kind="company", name_en=name_en, name_zh=name_zh, wikidata=None, note=None)


def found(text, index=INDEX):
    return [match.entity.entity_id for match in index.matches(text)]


def first(text, index=INDEX):
    match = index.matches(text)[0]
    return match.entity.entity_id, match.name, match.how


@given(st.text())
def test_the_key_of_a_key_is_the_key(text):
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize(
    "written", ["Qingdeng Robotics", "QINGDENG ROBOTICS", "qingdeng-robotics", "Ｑｉｎｇｄｅｎｇ　Robotics", " Qingdeng, Robotics. "]
)
def test_case_width_blanks_and_punctuation_do_not_count(written):
    assert name_key(written) == "qingdengrobotics"


def test_letters_that_are_one_in_upper_case_do_not_count():
    assert name_key("Straße") == name_key("STRASSE")


def test_names_that_differ_in_a_letter_have_different_keys():
    assert name_key("青灯2") != name_key("青灯3")


@pytest.mark.parametrize(
    "text, name",
    [
        ("Qingdeng Robotics", "Qingdeng Robotics"),
        ("青灯机器人", "青灯机器人"),
        ("青燈機器人", "青燈機器人"),
        ("青灯", "青灯"),
        ("qingdeng", "qingdeng"),
    ],
    ids=["English", "Chinese", "Traditional", "short", "identifier"],
)
def test_an_entity_is_found_by_any_of_its_names(text, name):
    match = INDEX.matches(text)[0]
    assert (match.entity.entity_id, match.name, match.how, match.score) == ("qingdeng", name, "exact", 1.0)


@pytest.mark.parametrize("text, name, how", [("白帆", "白帆船厂", "prefix"), ("船廠", "白帆船廠", "part"), ("Shipy", "Baifan Shipyard", "part")])
def test_an_entity_is_found_by_part_of_a_name(text, name, how):
    assert first(text) == ("baifan", name, how)


@pytest.mark.parametrize(
    "text, entity_id", [("Shen Yifn", "shen-yifan"), ("Bayfan Shipyard", "baifan"), ("青灯机器入", "qingdeng"), ("沈一凡", "shen-yifan")]
)
def test_an_entity_is_found_by_a_name_misspelt(text, entity_id):
    match = INDEX.matches(text)[0]
    assert (match.entity.entity_id, match.how) == (entity_id, "near")
    assert match.score < 0.7


@pytest.mark.parametrize("text", ["", " ", "!!", "zzzzzzzz", "甲乙丙丁"])
def test_nothing_is_found_by_what_is_like_no_name(text):
    assert INDEX.matches(text) == ()


def test_near_names_are_looked_for_only_when_nothing_else_matches():
    index = NameIndex([entity("a", "Lantern"), entity("b", "Lanterns"), entity("c", "Lanterm")], [])
    assert {match.how for match in index.matches("Lantern")} == {"exact", "prefix"}
    assert found("Lantern", index) == ["a", "b"]


def test_an_exact_name_comes_before_a_longer_one():
    index = NameIndex([entity("a", "Lantern Works"), entity("b", "Lantern")], [])
    assert found("lantern", index) == ["b", "a"]


def test_the_beginning_of_a_name_counts_more_than_its_end():
    index = NameIndex([entity("a", "Works of Lan"), entity("b", "Lan of Works")], [])
    assert found("lan", index) == ["b", "a"]


def test_more_of_a_name_counts_more_than_less():
    index = NameIndex([entity("a", "Lantern and Harbour"), entity("b", "Lantern Co")], [])
    assert found("lantern", index) == ["b", "a"]


def test_equals_come_in_the_order_of_their_ids():
    index = NameIndex([entity("b", "Lantern"), entity("a", "Lantern")], [])
    assert found("Lantern", index) == ["a", "b"]


def test_an_entity_is_found_once_by_its_best_name():
    names = [Name(entity_id="a", name=name, language="en", name_type="alias") for name in ("Lantern Works", "Lantern")]
    (match,) = NameIndex([entity("a", "The Lantern Works")], names).matches("lantern")
    assert (match.name, match.score) == ("Lantern", 1.0)


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_no_more_entities_are_given_than_asked_for(limit):
    index = NameIndex([entity(f"lantern-{n}", f"Lantern {n}") for n in range(5)], [])
    assert len(index.matches("lantern", limit)) == limit


@given(st.sampled_from([text for e in DATA.entities for text in (e.entity_id, e.name_en, e.name_zh)] + [n.name for n in DATA.names]))
def test_every_name_finds_its_entity_first(text):
    match = INDEX.matches(text)[0]
    owners = {e.entity_id for e in DATA.entities if text in (e.entity_id, e.name_en, e.name_zh)} | {n.entity_id for n in DATA.names if n.name == text}
    assert match.entity.entity_id in owners


@given(st.text())
def test_scores_fall_from_one(text):
    scores = [match.score for match in INDEX.matches(text)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_the_dataset_finds_entities_by_name():
    assert DATA.find("青燈") == (DATA.entities["qingdeng"],)


def claimed(text, limit=10):
    return [claim.claim_id for claim in CLAIMS.claims(text, limit)]


@pytest.mark.parametrize(
    "text, claims",
    [
        ("Shipyard", ["clm-aaaab1"]),
        ("SHIPYARD", ["clm-aaaab1"]),
        ("Ｓｈｉｐｙａｒｄ", ["clm-aaaab1"]),
        ("松江", ["clm-aaaaa3"]),
        ("螢火", ["clm-aaaaa8", "clm-aaaaa9"]),
        ("2015", ["clm-aaaaa1", "clm-aaaaa2"]),
        ("1.65", ["clm-aaaaa5"]),
        ("16,500", ["clm-aaaaa5"]),
    ],
    ids=["word", "upper case", "full width", "Chinese", "another name", "year", "Chinese figure", "English figure"],
)
def test_claims_are_found_by_the_words_of_their_sentences(text, claims):
    assert claimed(text) == claims


@pytest.mark.parametrize("text", ["", " ", "，", "zzz", "船", "甲乙", "Ship"])
def test_no_claim_is_found_by_words_that_none_has(text):
    assert claimed(text) == []


def test_the_claim_with_most_of_the_words_comes_first():
    assert claimed("Firefly yuan costs") == ["clm-aaaaa8", "clm-aaaaa9"]
    assert claimed("Firefly yuan spent") == ["clm-aaaaa9", "clm-aaaaa8"]


def test_a_rare_word_counts_more_than_a_common_one():
    assert claimed("Qingdeng shipyard") == ["clm-aaaab1"]


def test_claims_that_fit_as_well_come_in_the_order_of_their_ids():
    assert claimed("shipyard 2030 spent costs 松江") == ["clm-aaaaa3", "clm-aaaaa8", "clm-aaaaa9", "clm-aaaab1", "clm-aaaab2"]


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_no_more_claims_are_given_than_asked_for(limit):
    assert len(claimed("qingdeng", limit)) == limit


def test_the_dataset_finds_claims_by_words():
    assert DATA.search("shipyard") == (DATA.claims["clm-aaaab1"],)


@pytest.mark.parametrize(
    ("words", "predicate_id"),
    [
        ("yuan to train", "training_cost"),
        ("训练成本", "training_cost"),
        ("quadruped worldwide 60%", "share_of_total"),
        ("成立于2015年", "founded_on"),
        ("Golden Bull", "awarded"),
    ],
)
def test_claims_are_found_by_words_of_either_language(words, predicate_id):
    found = hz.load().search(words)
    assert predicate_id in {claim.predicate_id for claim in found[:3]}


def test_two_characters_are_enough_and_nothing_is_found_for_nothing():
    data = hz.load()
    assert any(claim.subject_id == "unitree" for claim in data.search("宇樹"))
    assert data.search("") == ()
    assert data.search("qqqqq") == ()
    assert len(data.search("DeepSeek", limit=5)) == 5
