from __future__ import annotations

import pytest

import hz_dragons as hz
from hz_dragons.errors import RecordNotFound
from hz_dragons.summary import summary


@pytest.fixture(scope="module")
def data():
    return hz.load()


@pytest.mark.parametrize("company", ["deepseek", "unitree", "deep-robotics", "game-science", "brainco", "manycore", "rokid"])
def test_each_of_the_six_and_rokid_has_a_paragraph_in_both_languages(data, company):
    english, chinese = summary(data, company), summary(data, company, "zh")
    assert english.endswith(".")
    assert english.count(data.entities[company].name_en) >= 4
    assert chinese.count("。") >= 4
    assert data.entities[company].name_en in english
    assert data.entities[company].name_zh in chinese


def test_nothing_disputed_denied_or_soft_finds_its_way_in(data):
    for entity in data.entities:
        paragraph = summary(data, entity.entity_id)
        for fact in data.facts(entity.entity_id).values():
            for claim in fact.claims:
                soft = all(
                    row.stance == "denies" or row.modality in ("forecast", "hearsay", "opinion")
                    for row in data.evidence.where(claim_id=claim.claim_id)
                )
                if soft or fact.status_of(claim) in ("disputed", "denied"):
                    assert str(claim) not in paragraph


def test_founders_that_a_text_names_together_are_all_named(data):
    paragraph = summary(data, "game-science")
    assert "founded by Feng Ji" in paragraph
    assert "founded by Yang Qi" in paragraph


def test_a_disputed_value_is_left_out_until_it_is_decided(minimal):
    assert "sold 1" not in summary(hz.load(minimal), "qingdeng")
    assert "founded" in summary(hz.load(minimal), "qingdeng")


def test_an_unknown_entity_is_an_error(data):
    with pytest.raises(RecordNotFound, match="deepseek"):
        summary(data, "deepsek")
