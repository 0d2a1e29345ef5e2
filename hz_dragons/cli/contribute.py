"""The commands of a contributor: `diff` shows a change, `new` begins a package, `add claim` adds a claim with its evidence."""

from __future__ import annotations

import sys
from typing import Any

import click

from hz_dragons.cli.read import resolve
from hz_dragons.cli.render import emit, emit_json, options, paint, reading, working
from hz_dragons.dataset import Dataset
from hz_dragons.errors import SeedError
from hz_dragons.loader import load
from hz_dragons.models import Claim, Evidence
from hz_dragons.report import Lang

__all__ = ["add_command", "diff_command", "new_command"]

_ADDED = {"en": ("added {}: {}", "{} says so already, the evidence was added to it: {}"), "zh": ("已添加{}:{}", "{}已有此主张,证据并入其下:{}")}
_NEW = {"en": "made {}; README.md in it says the next steps", "zh": "已建立{};下一步见其中的README.md"}
# What a claim of each kind of value needs; the rest of the columns may stay empty.
_NEEDED = {"entity": ("object_id",), "number": ("number", "unit_id"), "date": ("date",), "text": ("text_en", "text_zh")}
_OPTION = {"object_id": "object", "unit_id": "unit"}
_BOUNDS = ["exact", "about", "at_least", "more_than", "at_most", "less_than", "range"]


@click.command("diff")
@click.argument("base", type=click.Path())
@click.argument("head", required=False, type=click.Path())
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True, help="Form of the answer.")
@options(lists=False, own="the current directory")
def diff_command(base: str, head: str | None, form: str, place: str | None, lang: str | None) -> None:
    """Say what HEAD adds to, changes in and removes from BASE: rows of every table, and conflicts.

    Both are directories or zips; without HEAD, it is the package. markdown is meant as a comment on a pull request.
    """
    from hz_dragons.difference import diff

    place, lang = working(head or place, lang)
    found = diff(base, place)
    if form == "json":
        emit_json(found.to_json())
    elif form == "markdown":
        click.echo(found.markdown(lang), nl=False)
    else:
        click.echo(found.text(lang))


@click.command("new")
@click.argument("directory", metavar="DIR", type=click.Path())
@click.option("--name", help="Name of the package: lower-case letters, digits, hyphens. [default: the name of the directory]")
@click.option("--lang", type=click.Choice(["en", "zh"]), default=None, help="Language of the answer. [default: en]")
def new_command(directory: str, name: str | None, lang: str | None) -> None:
    """Make a small valid package of your own in DIR, with every table and a README that says the next steps."""
    from pathlib import Path

    from hz_dragons.scaffold import new_package

    _, lang = reading(None, lang)
    new_package(directory, name or Path(directory).resolve().name)
    click.echo(_NEW[lang].format(directory))


@click.group("add")
@options(lists=False, own="the current directory")
@click.pass_context
def add_command(context: click.Context, place: str | None, lang: str | None) -> None:
    """Add to a package: its files are changed only when all is right with what is added."""
    context.obj = {"place": place, "lang": lang}


@add_command.command("claim")
@click.option("--subject", "subject_id", help="Entity that the claim is about: its id, or a name that only it has.")
@click.option("--predicate", "predicate_id", help="The relation; `hz-dragons schema predicates` and seeds/predicates.csv list them.")
@click.option("--object", "object_id", help="The value, when it is an entity.")
@click.option("--number", help="The value, when it is a number, in plain digits: 6000000.")
@click.option("--number-max", help="The upper end of a range.")
@click.option("--unit", "unit_id", help="Unit of the number.")
@click.option("--bound", type=click.Choice(_BOUNDS), help="How the value bounds the truth. [default for a number: exact, or range with --number-max]")
@click.option("--date", help="The value, when it is a date, as precise as the text: 2018, 2018-10, 2018-10-03.")
@click.option("--text-en", help="The value in words, in English.")
@click.option("--text-zh", help="The value in words, in Chinese.")
@click.option("--scope", "scope_id", help="What narrows the claim.")
@click.option("--valid-from", help="From when it holds.")
@click.option("--valid-to", help="Until when it holds.")
@click.option("--note", help="What a reader of the claim must know.")
@click.option("--claim-id", help="Identifier of the claim. [default: a fresh one]")
@click.option("--source", help="Text that says it.")
@click.option("--phrase", help="The smallest clause of the text that says it.")
@click.option("--texts", type=click.Path(), envvar="HZ_DRAGONS_TEXTS", show_envvar=True, help="Folder with your copies of the texts.")
@click.option("--within", default="", help="A longer stretch that holds the phrase, when it stands in several places.")
@click.option("--stance", type=click.Choice(["asserts", "denies"]), default="asserts", show_default=True)
@click.option("--modality", type=click.Choice(["stated", "reported", "hearsay", "opinion", "forecast"]), default="stated", show_default=True)
@click.option("--speaker", "speaker_id", help="Entity that is quoted or reported.")
@click.option("--basis", type=click.Choice(["direct", "context", "derived"]), default="direct", show_default=True)
@click.option("--quote", help="At most 24 characters of the text: the figure and its noun.")
@click.option("--evidence-note", help="Why the basis is not direct.")
@options(lists=True, own="the current directory")
@click.pass_obj
def claim_command(outer: dict[str, str | None] | None, /, place: str | None, lang: str | None, form: str, **given: Any) -> None:
    """Add a claim with its evidence. On a terminal, what is needed and missing is asked for.

    When a claim says the same already, the evidence is added to it. Exit code 1, and no file changed, when something is wrong.
    """
    from hz_dragons.adding import add_claim

    outer = outer or {}
    place, code = working(place or outer.get("place"), lang or outer.get("lang"))
    data = load(place)
    fields = _claim_fields(data, given)
    evidence = _evidence(data, given)
    try:
        claim = add_claim(place, fields, evidence)
    except SeedError as error:
        _print_findings(error, "zh" if code == "zh" else "en")
        click.get_current_context().exit(1)
    _print_claim(claim, evidence, known=claim.claim_id in data.claims, form=form, lang=code)


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _ask(given: dict[str, Any], name: str, why: str = "") -> str:
    """Take an option, or ask for it on a terminal.

    Raises:
        click.UsageError: It is missing and there is nobody to ask.
    """
    option = _OPTION.get(name, name.removesuffix("_id")).replace("_", "-")
    if not given[name] and not _is_terminal():
        raise click.UsageError(f"missing --{option}{why}")
    return str(given[name] or click.prompt(option.replace("-", " ") + why, err=True))


def _claim_fields(data: Dataset, given: dict[str, Any]) -> dict[str, Any]:
    fields = {column: given[column] for column in Claim.model_fields if given.get(column)}
    fields["subject_id"] = resolve(data, _ask(given, "subject_id")).entity_id
    predicate = data.predicates[_ask(given, "predicate_id")]
    fields["predicate_id"] = predicate.predicate_id
    for column in _NEEDED[predicate.value_type]:
        fields[column] = _ask(given, column, f" ({predicate.predicate_id} takes a value of kind {predicate.value_type})")
    if "object_id" in fields:
        fields["object_id"] = resolve(data, fields["object_id"]).entity_id
    if predicate.value_type == "number":
        fields.setdefault("bound", "range" if "number_max" in fields else "exact")
    return fields


def _evidence(data: Dataset, given: dict[str, Any]) -> Evidence:
    from pydantic import ValidationError

    from hz_dragons.citing import cite

    source, phrase, texts = (_ask(given, name) for name in ("source", "phrase", "texts"))
    kept = {name: given[name] for name in ("within", "stance", "modality", "speaker_id", "basis", "quote")}
    try:
        return cite(data, source, phrase, texts, note=given["evidence_note"], **kept)
    except ValidationError as error:
        raise click.UsageError("; ".join(str(problem["msg"]).removeprefix("Value error, ") for problem in error.errors())) from None


def _print_findings(error: SeedError, lang: Lang) -> None:
    for finding in error.findings:
        click.echo(paint(finding.text(lang), "red"), err=True)
    click.echo({"en": "nothing was added", "zh": "未添加任何内容"}[lang], err=True)


def _print_claim(claim: Claim, evidence: Evidence, *, known: bool, form: str, lang: str) -> None:
    row = {**evidence.model_dump(), "claim_id": claim.claim_id}
    if form == "json":
        emit_json({"claim": claim.model_dump(), "evidence": row, "known": known})
    elif form == "csv":
        emit("csv", list(row), [list(row.values())])
    else:
        click.echo(_ADDED[lang][known].format(claim.claim_id, claim.sentence(lang)))
