from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import replace

import pytest

from hz_dragons import errors
from hz_dragons.report import Finding

FINDING = Finding("seeds/claims.csv", 3, 7, "cells/form", "error", "what is wrong", "Put it right", "何事", "怎么办")
EXAMPLES = [
    errors.DragonsError("it broke", "Mend it"),
    errors.PackageNotFound("it broke", "Mend it"),
    errors.SeedError("somewhere", [FINDING]),
    errors.RecordNotFound("claims", "clm-aaaaa1", ["clm-aaaaa2"]),
    errors.AmbiguousRecord("it broke", "Mend it"),
    errors.UnknownColumn("it broke", "Mend it"),
    errors.UnknownSchema("it broke", "Mend it"),
    errors.Disputed("it broke", "Mend it", ["one", "other"]),
    errors.SpanNotFound("it broke", "Mend it", ["near"]),
    errors.TextNotFound("it broke", "Mend it"),
    errors.MissingExtra("opencc", "verify"),
]
each_error = pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)


@pytest.mark.parametrize(
    "error, standard",
    [
        (errors.PackageNotFound, FileNotFoundError),
        (errors.SeedError, ValueError),
        (errors.RecordNotFound, KeyError),
        (errors.AmbiguousRecord, LookupError),
        (errors.UnknownColumn, ValueError),
        (errors.UnknownSchema, KeyError),
        (errors.Disputed, ValueError),
        (errors.SpanNotFound, ValueError),
        (errors.TextNotFound, FileNotFoundError),
        (errors.MissingExtra, ImportError),
    ],
)
def test_every_error_is_also_a_standard_one(error, standard):
    assert issubclass(error, standard)
    assert issubclass(error, errors.DragonsError)


def test_the_examples_are_all_the_errors_there_are():
    classes = {value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, errors.DragonsError)}
    assert {type(error) for error in EXAMPLES} == classes


def test_the_tree_in_the_docstring_names_every_error_and_its_standard_base():
    for error in EXAMPLES[1:]:
        assert f"── {type(error).__name__} ({type(error).__bases__[1].__name__})" in errors.__doc__


def test_every_error_is_listed_for_export():
    assert {type(error).__name__ for error in EXAMPLES} <= set(errors.__all__)


@each_error
def test_every_error_says_what_is_wrong_and_what_to_do(error):
    assert str(error) == f"{error.message}. {error.hint}"
    assert error.hint


def test_an_error_without_a_hint_ends_with_its_message():
    assert str(errors.DragonsError("it broke")) == "it broke"


@each_error
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))], ids=["copy", "deepcopy", "pickle"])  # noqa: S301
def test_an_error_survives_being_copied_and_pickled(error, again):
    other = again(error)
    assert type(other) is type(error)
    assert (str(other), other.args, vars(other)) == (str(error), error.args, vars(error))


def test_a_seed_error_names_the_place_and_the_first_finding():
    assert errors.SeedError("my/package", [FINDING]).message == "my/package: seeds/claims.csv:3:7: what is wrong"


def test_a_seed_error_counts_the_findings_it_does_not_show():
    error = errors.SeedError("my/package", [FINDING, replace(FINDING, line=4), replace(FINDING, line=5)])
    assert error.message.endswith("what is wrong (and 2 more)")


def test_a_seed_error_carries_all_findings():
    found = [FINDING, replace(FINDING, line=4)]
    assert errors.SeedError("my/package", found).findings == tuple(found)


def test_a_seed_error_passes_on_the_hint_and_names_the_command_that_lists_the_rest():
    assert errors.SeedError("my/package", [FINDING]).hint == "Put it right; `hz-dragons validate` lists every finding"


def test_a_missing_record_names_table_and_key():
    error = errors.RecordNotFound("claims", "clm-aaaaa1")
    assert (error.table, error.key, error.suggestions) == ("claims", "clm-aaaaa1", ())
    assert str(error).startswith("no record 'clm-aaaaa1' in claims.")


def test_a_missing_record_suggests_near_keys():
    error = errors.RecordNotFound("entities", "qingden", ["qingdeng", "baifan"])
    assert error.hint == "Did you mean 'qingdeng', 'baifan'?"
    assert error.suggestions == ("qingdeng", "baifan")


def test_a_missing_record_without_near_keys_says_where_to_look():
    assert "data.entities" in errors.RecordNotFound("entities", "zzz").hint


def test_a_dispute_carries_its_claims():
    assert errors.Disputed("it is disputed", claims=["one", "other"]).claims == ("one", "other")


def test_a_lost_span_carries_its_candidates():
    assert errors.SpanNotFound("it is lost", candidates=["near"]).candidates == ("near",)


def test_a_missing_extra_names_the_install_command():
    error = errors.MissingExtra("opencc", "verify")
    assert error.extra == "verify"
    assert "opencc" in error.message
    assert "pip install 'hz-dragons[verify]'" in error.hint


def test_near_gives_the_most_like_word_first():
    assert errors.near("qingden", ["songjiang", "qingdong", "qingdeng"])[0] == "qingdeng"


def test_near_gives_nothing_when_nothing_is_like_the_word():
    assert errors.near("qingdeng", ["zzz", "xxx"]) == ()


def test_near_finds_a_word_that_holds_the_one_written():
    assert errors.near("fan", ["white-shipyard-of-baifan", "qingdeng"]) == ("white-shipyard-of-baifan",)


def test_near_does_not_take_two_letters_for_a_part_of_a_word():
    assert errors.near("fa", ["white-shipyard-of-baifan"]) == ()


def test_near_names_a_word_once():
    assert errors.near("baifan", ["baifan-1", "baifan-2"]).count("baifan-1") == 1


def test_near_stops_at_the_limit():
    assert len(errors.near("baifan", [f"baifan-{n}" for n in range(9)], limit=2)) == 2


def test_near_takes_words_that_can_be_read_only_once():
    assert errors.near("fan", iter(["white-shipyard-of-baifan"])) == ("white-shipyard-of-baifan",)
