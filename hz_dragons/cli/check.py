"""The commands that work on a package: `validate`, `fmt`, `verify`, `coverage`, `cite`.

They look at the current directory unless told otherwise, and never at the installed copy: a contributor's own files count.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click

from hz_dragons.cli.render import emit, emit_json, options, paint, working
from hz_dragons.csvio import CsvFault
from hz_dragons.loader import load
from hz_dragons.report import Lang, Report

__all__ = ["cite_command", "coverage_command", "explain_command", "fmt_command", "validate_command", "verify_command"]

_REPORTS = ("github", "markdown", "sarif", "junit")
_TEXTS = click.option(
    "--texts", required=True, type=click.Path(), envvar="HZ_DRAGONS_TEXTS", show_envvar=True, help="Folder with your copies of the texts."
)


def _finish(*, ok: bool) -> None:
    click.get_current_context().exit(0 if ok else 1)


@click.command("validate")
@click.argument("target", required=False, type=click.Path())
@click.option("--cross-check", is_flag=True, help="Ask the JSON Schemas and frictionless as well. Needs the extra [validate].")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", *_REPORTS]), default=None, help="Form of the report. [default: table]")
@options(lists=False, own="the current directory")
def validate_command(target: str | None, cross_check: bool, form: str | None, place: str | None, lang: str | None) -> None:
    """Find everything that is wrong with a package.

    TARGET is a directory or zip. Exit code 1 when there is an error; warnings alone give 0. `github` writes annotations, and the
    full list into the summary of the job; `sarif` and `junit` are for code scanning and other services.
    """
    from hz_dragons.validation import validate

    place, code = working(target or place, lang)
    language: Lang = "zh" if code == "zh" else "en"
    report = validate(place)
    second = _second_judges(place) if cross_check else []
    form = form or str(click.get_current_context().find_root().params.get("form") or "table")
    if form in _REPORTS:
        _print_report(report, form, place, language)
    else:
        _print_findings(report, form, language)
    for line in second:
        click.echo(line, err=form != "table")
    _finish(ok=report.ok and not second)


def _print_report(report: Report, form: str, place: str, lang: Lang) -> None:
    from hz_dragons import formats

    prefix = "" if Path(place).is_file() else Path(place).as_posix().removeprefix("./").rstrip("/")
    inside = report if prefix in ("", ".") else Report.of([dataclasses.replace(f, file=f"{prefix}/{f.file}") for f in report])
    click.echo(formats.render(inside, form, lang), nl=False)
    if form == "github":
        formats.append_summary(inside, lang)


def _print_findings(report: Report, form: str, lang: Lang) -> None:
    if form == "table":
        for finding in report:
            click.echo(paint(finding.text(lang), "red" if finding.level == "error" else "yellow"))
        counts = (len(report.errors), len(report.warnings))
        click.echo("{} errors, {} warnings".format(*counts) if lang == "en" else "{}个错误,{}个警告".format(*counts), err=True)
    else:
        columns = ["file", "line", "column", "level", "code", "record", "field", "message", "hint"]
        suffix = "_zh" if lang == "zh" else ""
        emit(form, columns, [[getattr(f, c + suffix if c in ("message", "hint") else c) for c in columns] for f in report])


def _second_judges(place: str) -> list[str]:
    from hz_dragons.crosscheck import cross_check

    return cross_check(place)


@click.command("fmt")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file would change.")
@options(lists=False, own="the current directory")
def fmt_command(check: bool, place: str | None, lang: str | None) -> None:
    """Write the seed files in their one canonical form: UTF-8, LF, no BOM, sorted by key, minimal quoting."""
    from hz_dragons.canonical import fmt
    from hz_dragons.package import open_package

    place, _ = working(place, lang)
    try:
        changed = fmt(open_package(place), check=check)
    except (CsvFault, UnicodeDecodeError) as error:
        click.echo(f"error: a file can't be read: {error}. Run: hz-dragons validate", err=True)
        _finish(ok=False)
        return
    for name in changed:
        click.echo(f"{'would write' if check else 'wrote'} {name}")
    if check and changed:
        click.echo("run: hz-dragons fmt", err=True)
    _finish(ok=not (check and changed))


@click.command("verify")
@_TEXTS
@click.option("--all", "everything", is_flag=True, help="List every row, not only those with a problem.")
@options(lists=True, own="the current directory")
def verify_command(texts: str, everything: bool, place: str | None, lang: str | None, form: str) -> None:
    r"""Check every row of evidence against your copies of the texts, and print the ledger.

    \b
    exact      in the very file, at its offsets
    folded     in another copy, at its offsets
    relocated  elsewhere in the copy, by its fingerprint alone
    not_found  nowhere
    no_text    there was nothing to look at: not checked
    """
    from hz_dragons.verification import verify

    place, _ = working(place, lang)
    ledger = verify(load(place), texts)
    rows = [r for r in ledger if everything or r.outcome == "not_found" or r.is_unexplained]
    columns = ["claim_id", "source_id", "start", "end", "outcome", "disagreements", "basis", "note"]
    listed = [
        [
            r.evidence.claim_id,
            r.evidence.source_id,
            r.evidence.start,
            r.evidence.end,
            r.outcome,
            "; ".join(r.disagreements),
            r.evidence.basis,
            r.evidence.note,
        ]
        for r in rows
    ]
    if form == "json":
        agreement = {"unexplained": len(ledger.unexplained), "explained": len(ledger.explained)}
        summary: dict[str, Any] = {"rows": len(ledger), "checked": ledger.checked, **{str(k): n for k, n in ledger.counts.items()}, **agreement}
        emit_json({"ledger": summary, "rows": [dict(zip(columns, row, strict=True)) for row in listed]})
    elif form == "csv":
        emit(form, columns, listed)
    else:
        if listed:
            emit(form, columns[:6], [row[:6] for row in listed])
        click.echo(str(ledger))
    _finish(ok=ledger.ok)


@click.command("coverage")
@_TEXTS
@click.option("--kind", type=click.Choice(["date", "figure", "quotation", "name", "other"]), help="Only open clauses of this kind.")
@options(lists=True, own="the current directory")
def coverage_command(texts: str, kind: str | None, place: str | None, lang: str | None, form: str) -> None:
    """List the clauses of your texts that no row of evidence touches: dates, figures, quotations and known names first.

    A clause that holds no claim goes into seeds/passages.csv with its reason. Exit code 1 while clauses are open.
    """
    from hz_dragons.coverage import coverage

    place, _ = working(place, lang)
    found = coverage(load(place), texts)
    columns = ["kind", "source_id", "start", "end", "text"]
    rows = [[gap.kind, gap.source_id, gap.start, gap.end, gap.text] for gap in found.gaps if kind in (None, gap.kind)]
    if form == "json":
        shares = {text.source_id: round(text.share, 4) for text in found.texts}
        emit_json({"share": shares, "missing": found.missing, "open": [dict(zip(columns, row, strict=True)) for row in rows]})
    elif form == "csv" or rows:
        emit(form, columns, rows)
    if form == "table":
        click.echo(str(found))
    _finish(ok=found.ok)


@click.command("cite")
@click.argument("source")
@click.argument("phrase")
@_TEXTS
@click.option("--within", default="", help="A longer stretch that holds the phrase, when it stands in several places.")
@click.option("--claim", "claim_id", help="The claim it supports. [default: a fresh identifier]")
@click.option("--stance", type=click.Choice(["asserts", "denies"]), default="asserts", show_default=True)
@click.option("--modality", type=click.Choice(["stated", "reported", "hearsay", "opinion", "forecast"]), default="stated", show_default=True)
@click.option("--speaker", help="Entity that is quoted or reported.")
@click.option("--basis", type=click.Choice(["direct", "context", "derived"]), default="direct", show_default=True)
@click.option("--quote", help="At most 24 characters of the text: the figure and its noun.")
@click.option("--note", help="Why the basis is not direct.")
@click.option("--append", is_flag=True, help="Add the row to seeds/evidence.csv of the package.")
@options(lists=True, own="the current directory")
def cite_command(
    source: str,
    phrase: str,
    texts: str,
    within: str,
    claim_id: str | None,
    stance: Any,
    modality: Any,
    speaker: str | None,
    basis: Any,
    quote: str | None,
    note: str | None,
    append: bool,
    place: str | None,
    lang: str | None,
    form: str,
) -> None:
    """Find PHRASE in the text of SOURCE and print the finished row of evidence.

    The phrase may be written in either script, with or without blanks, glosses and punctuation.
    """
    from pydantic import ValidationError

    from hz_dragons.canonical import canonical_text
    from hz_dragons.cells import format_record
    from hz_dragons.citing import cite
    from hz_dragons.csvio import format_rows, write_atomically
    from hz_dragons.models import Evidence
    from hz_dragons.package import open_package

    place, _ = working(place, lang)
    data = load(place)
    try:
        row = cite(
            data,
            source,
            phrase,
            texts,
            within=within,
            claim_id=claim_id,
            stance=stance,
            modality=modality,
            speaker_id=speaker,
            basis=basis,
            quote=quote,
            note=note,
        )
    except ValidationError as error:
        raise click.UsageError("; ".join(str(problem["msg"]).removeprefix("Value error, ") for problem in error.errors())) from None
    if append:
        package = open_package(place)
        if not package.is_directory:
            raise click.UsageError(f"{package.place} is no directory: unpack it to add a row")
        path = package.place / "seeds" / "evidence.csv"
        text = path.read_text(encoding="utf-8").rstrip("\n") + "\n" + format_rows([format_record(row)])
        write_atomically(path, canonical_text("evidence", text))
        click.echo(f"added to {path}", err=True)
    if form == "json":
        emit_json(row.model_dump())
    else:
        emit("csv", list(Evidence.model_fields), [format_record(row)])


@click.command("explain")
@click.argument("slug", metavar="[CODE]", required=False)
@options(lists=True, own="not read")
def explain_command(slug: str | None, place: str | None, lang: str | None, form: str) -> None:
    """Say what a finding CODE means and what to do about it; without CODE, list them all."""
    from hz_dragons.codes import CODES
    from hz_dragons.errors import near

    _, lang = working(place, lang)
    index = 1 if lang == "zh" else 0
    if slug is not None and slug not in CODES:
        close = ", ".join(near(slug, CODES)) or "see: hz-dragons explain"
        raise click.UsageError(f"no code {slug!r}. Did you mean: {close}?")
    found = [CODES[slug]] if slug else list(CODES.values())
    emit(form, ["code", "level", "message", "hint"], [[entry.code, entry.level, entry.message[index], entry.hint[index]] for entry in found])
