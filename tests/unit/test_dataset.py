from __future__ import annotations

import pickle

import pytest
from planting import replace

import hz_dragons as hz
from hz_dragons.dataset import Dataset
from hz_dragons.errors import DragonsError, RecordNotFound
from hz_dragons.models import TABLES
from hz_dragons.table import Table


@pytest.fixture
def data(minimal) -> Dataset:
    return hz.load(minimal)


def test_every_table_is_an_attribute(data):
    assert list(data.tables) == list(TABLES)
    for name, table in data.tables.items():
        assert isinstance(table, Table)
        assert table is getattr(data, name)
        assert table.name == name
        assert all(isinstance(record, TABLES[name]) for record in table)


def test_a_table_is_read_when_it_is_first_asked_for_and_once():
    asked = []

    def table_of(name: str) -> Table:
        asked.append(name)
        return Table(TABLES[name], [])

    data = Dataset(table_of)
    assert asked == []
    assert len(data.units) == len(data.units) == 0
    assert asked == ["units"]


def test_what_is_no_table_is_no_attribute(data):
    with pytest.raises(AttributeError, match="'conflict_s'"):
        data.conflict_s  # noqa: B018
    assert not hasattr(data, "unit")


def test_a_dataset_says_what_it_holds(data):
    assert repr(data) == "<Dataset: 6 entities, 11 claims, 12 evidence rows>"


def test_datasets_compare_by_content(minimal, data):
    assert hz.load(minimal) == data
    assert data != "data"
    replace(minimal, "entities", "Firefly", "Glow-worm")
    assert hz.load(minimal) != data
    with pytest.raises(TypeError, match="unhashable"):
        hash(data)


def test_records_pickle_without_the_package_behind_them(data):
    for table in data.tables.values():
        for record in table:
            assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301
    lonely = pickle.loads(pickle.dumps(data.claims["clm-aaaaa1"]))  # noqa: S301
    with pytest.raises(DragonsError, match="belongs to no dataset"):
        lonely.sentence()


@pytest.mark.parametrize("name", ["青灯机器人", "青燈機器人", "青燈", "qingdeng", "Qingdeng Robotics", "QINGDENG  ROBOTICS", "Qingdeng Robotisc"])
def test_an_entity_is_found_by_any_of_its_names(data, name):
    assert [entity.entity_id for entity in data.find(name)][:1] == ["qingdeng"]


def test_what_nobody_is_called_is_not_found(data):
    assert data.find("Zweitausendeins") == ()
    assert data.find("") == ()
    assert data.find("，。") == ()


def test_matches_say_which_name_and_how(data):
    match = data.matches("螢火")[0]
    assert (match.entity.entity_id, match.name, match.how, match.score) == ("firefly", "螢火", "exact", 1.0)
    assert data.matches("萤")[0].how == "prefix"
    assert data.matches("火")[0].how == "part"
    assert data.matches("Fierfly")[0].how == "near"


def test_a_limit_is_kept(data):
    assert len(data.find("a", limit=10)) > 2
    assert len(data.find("a", limit=2)) == 2


def test_facts_are_given_by_predicate_and_scope(data):
    facts = data.facts("qingdeng")
    assert set(facts) == {"based_in", "founded_by", "founded_on", "invested_in", "share_of_total:cleaning-robots-worldwide", "units_sold"}
    assert list(facts) == sorted(facts)
    assert sum(len(fact.claims) for fact in facts.values()) == len(data.claims.where(subject_id="qingdeng"))
    assert data.facts("baifan") == {}


def test_one_fact_is_the_one_among_the_facts(data):
    assert data.fact("qingdeng", "units_sold") == data.facts("qingdeng")["units_sold"]
    scoped = data.fact("qingdeng", "share_of_total", "cleaning-robots-worldwide")
    assert scoped == data.facts("qingdeng")["share_of_total:cleaning-robots-worldwide"]
    assert [claim.claim_id for claim in scoped.claims] == ["clm-aaaaa7"]


def test_facts_of_nobody_name_near_ids(data):
    for ask in (data.facts, lambda name: data.fact(name, "founded_on")):
        with pytest.raises(RecordNotFound) as caught:
            ask("quingdeng")
        assert caught.value.suggestions == ("qingdeng",)


def test_a_predicate_that_is_not_there_names_near_ones(data):
    with pytest.raises(RecordNotFound) as caught:
        data.fact("qingdeng", "found_on")
    assert "founded_on" in caught.value.suggestions
    assert caught.value.table == "predicates"


def test_a_fact_that_no_text_states_names_those_that_are(data):
    with pytest.raises(RecordNotFound) as caught:
        data.fact("qingdeng", "share_of_total")
    assert caught.value.suggestions == ("share_of_total:cleaning-robots-worldwide",)
    with pytest.raises(RecordNotFound) as caught:
        data.fact("firefly", "founded_on")
    assert set(caught.value.suggestions) == {"expenditure", "price"}


def test_the_bundled_dataset_answers_at_the_front_door():
    data = hz.load()
    assert data.companies["deepseek"].cohort == "six"
    assert len(data.companies.where(cohort="six")) == 6
    assert data.find("宇樹")[0].entity_id == "unitree"
