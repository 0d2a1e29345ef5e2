from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planting import append, replace

import hz_dragons as hz
from hz_dragons.dataset import Dataset
from hz_dragons.models import TABLES
from hz_dragons.table import Table


def tables_of(data):
    return {name: list(table) for name, table in data.tables.items()}


def dataset(tables):
    return Dataset(lambda name: Table(TABLES[name], [record.model_copy() for record in tables[name]]))


@pytest.fixture(scope="module")
def bundled():
    return hz.load()


def ids(conflicts):
    return {conflict.conflict_id for conflict in conflicts}


def test_a_conflict_shows_both_sides_and_why(minimal):
    (conflict,) = hz.load(minimal).conflicts()
    assert (conflict.kind, conflict.state, conflict.subject_id, conflict.predicate_id) == ("value", "open", "qingdeng", "units_sold")
    assert conflict.claim_ids == ("clm-aaaaa5", "clm-aaaaa6")
    assert {row.source_id for side in conflict.sides for row in side.evidence} == {"lantern", "harbour"}
    assert "16,500 units" in conflict.explanation()
    assert "1.65万台" in conflict.explanation("zh")
    assert float(conflict.comparison.ratio) == pytest.approx(16500 / 15600)


def test_a_year_and_a_month_of_it_are_no_conflict(minimal):
    assert not [c for c in hz.load(minimal).conflicts() if c.predicate_id == "founded_on"]
    assert str(hz.load(minimal).fact("qingdeng", "founded_on").value) == "2015-03"


def test_a_claim_that_one_text_asserts_and_another_denies_is_a_conflict_of_stance(minimal):
    row = "clm-aaaab1,harbour,0,9,zf1:9:00000000000000000000000000000000,asserts,stated,,direct,,"
    append(minimal, "evidence", row)
    (found,) = [c for c in hz.load(minimal).conflicts() if c.kind == "stance"]
    assert found.claim_ids == ("clm-aaaab1",)
    assert "harbour asserts it, lantern denies it" in found.explanation()


@pytest.mark.parametrize(("decision", "preferred", "value"), [("prefer", "clm-aaaaa5", "16,500 units"), ("keep_all", "", None)])
def test_a_decision_stands_while_its_digest_does(minimal, decision, preferred, value):
    digest = hz.load(minimal).inputs_digest("qingdeng", "units_sold")
    append(minimal, "adjudications", f"sold,qingdeng,units_sold,,{decision},{preferred},closer_source,Because.,因为。,2025-03-01,{digest}")
    data = hz.load(minimal)
    assert [c.state for c in data.conflicts()] == ["decided"]
    fact = data.fact("qingdeng", "units_sold")
    assert fact.status == "decided"
    if value:
        assert str(fact.value) == value
    else:
        with pytest.raises(hz.errors.Disputed, match="is decided"):
            _ = fact.value
    replace(minimal, "claims", "15600,", "15700,")
    data = hz.load(minimal)
    assert [c.state for c in data.conflicts()] == ["stale"]
    assert data.fact("qingdeng", "units_sold").status == "disputed"
    assert {f.code for f in hz.validate(minimal)} == {"adjudications/stale"}


def test_an_undecided_conflict_is_a_warning_with_its_digest(minimal):
    (finding,) = hz.validate(minimal)
    assert (finding.code, finding.level, finding.file) == ("adjudications/undecided", "warning", "seeds/claims.csv")
    assert hz.load(minimal).inputs_digest("qingdeng", "units_sold") in finding.hint


def test_the_package_knows_its_disagreements(bundled):
    found = {(c.subject_id, c.predicate_id): c.kind for c in bundled.conflicts()}
    assert found["fire-flyer-1", "released_on"] == "date"
    assert found["fire-flyer-1", "developed_by"] == "identity"
    assert found["high-flyer", "gpu_count"] == "value"
    assert found["deepseek", "parent_organization"] == "identity"
    assert found["deepseek", "founded_by"] == "identity"
    assert found["a100-stockpile", "owned_by"] == "identity"
    assert found["ren-zhengfei-ctv-interview", "occurred_on"] == "date"


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [
        ("high-flyer", "assets_under_management"),  # ten billion in 2019, a hundred billion in 2021
        ("shenzhen", "count_of"),  # "surpassed" a figure, and the figure itself; cumulative and yearly stand in other scopes
        ("liang-wenfeng", "educated_at"),  # school in one province, university in another
        ("rokid", "based_in"),  # a district of the city, and the city
        ("unitree", "business_focus"),  # first quadrupeds, then humanoids
        ("game-science", "founded_by"),  # two founders named in one breath
        ("game-science", "based_in"),  # founded in one city, its team in another
    ],
)
def test_what_only_looks_like_a_disagreement_is_none(bundled, subject, predicate):
    assert len(bundled.claims.where(subject_id=subject, predicate_id=predicate)) > 1
    assert not [c for c in bundled.conflicts(subject) if c.predicate_id == predicate]


def test_every_disagreement_of_the_package_is_decided(bundled):
    assert bundled.conflicts()
    assert {c.state for c in bundled.conflicts()} == {"decided"}


def test_order_of_rows_changes_nothing(bundled):
    tables = tables_of(bundled)
    for rows in tables.values():
        rows.sort(key=lambda record: hashlib.sha256(repr(record.id).encode()).digest())
    shuffled = dataset(tables)
    assert [(c.conflict_id, c.state, c.explanation()) for c in shuffled.conflicts()] == [
        (c.conflict_id, c.state, c.explanation()) for c in bundled.conflicts()
    ]
    for subject in ("deepseek", "fire-flyer-1", "shenzhen"):
        assert {k: (f.status, f.claims) for k, f in shuffled.facts(subject).items()} == {
            k: (f.status, f.claims) for k, f in bundled.facts(subject).items()
        }


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_an_agreeing_source_never_makes_a_conflict_and_never_removes_a_claim(data):
    bundled = hz.load()
    tables = tables_of(bundled)
    row = data.draw(st.sampled_from(tables["evidence"]))
    other = data.draw(st.sampled_from([source.source_id for source in bundled.sources if source.file]))
    added = row.model_copy(update={"source_id": other, "start": 1, "end": 9})
    tables["evidence"].append(added)
    more = dataset(tables)
    if any(r.stance != row.stance for r in bundled.evidence.where(claim_id=row.claim_id)):
        return
    assert ids(more.conflicts()) == ids(bundled.conflicts())
    assert more.claims.ids() == bundled.claims.ids()


def test_the_html_of_a_conflict_is_escaped(minimal):
    replace(minimal, "entities", "Qingdeng Robotics", "<script>alert(1)</script> & Co")
    data = hz.load(minimal)
    for shown in (data.conflicts()[0]._repr_html_(), data.companies["qingdeng"]._repr_html_(), data.fact("qingdeng", "units_sold")._repr_html_()):
        assert "<script>" not in shown
        assert "&lt;script&gt;" in shown
    assert data.conflicts()[0]._repr_html_().count("<td") == 2


def test_state_and_subject_narrow_the_list(bundled):
    assert bundled.conflicts(state="open") == ()
    assert {c.subject_id for c in bundled.conflicts("fire-flyer-1")} == {"fire-flyer-1"}
    with pytest.raises(hz.errors.RecordNotFound, match="fire-flyer-1"):
        bundled.conflicts("fire-flyer-11")


def test_values_that_a_text_gives_in_one_breath_are_several_values_and_no_conflict(bundled):
    fact = bundled.fact("game-science", "founded_by")
    assert {str(value) for value in fact.values} == {"Feng Ji", "Yang Qi"}
    assert fact.status in ("agreed", "single_source")
    with pytest.raises(hz.errors.Disputed, match="several values"):
        _ = fact.value
