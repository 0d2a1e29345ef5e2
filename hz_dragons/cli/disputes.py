"""The commands about disagreement and time: `conflicts`, `timeline`, `search`."""

from __future__ import annotations

from typing import Any

import click

from hz_dragons.cli.read import emit_claims, resolve
from hz_dragons.cli.render import emit, emit_json, options, paint, reading
from hz_dragons.conflicts import Conflict
from hz_dragons.loader import load

__all__ = ["conflicts_command", "search_command", "timeline_command"]

COLUMNS = ["conflict_id", "kind", "subject_id", "predicate_id", "scope_id", "claim_ids", "state", "explanation_en", "explanation_zh"]
_STATES = {"open": ("open", "未裁决"), "decided": ("decided", "已裁决"), "stale": ("stale decision", "裁决已失效")}


def _card(conflict: Conflict) -> dict[str, Any]:
    return {
        **{column: getattr(conflict, column) for column in COLUMNS[:5]},
        "claim_ids": list(conflict.claim_ids),
        "state": conflict.state,
        "reason": conflict.comparison.reason,
        "ratio": None if conflict.comparison.ratio is None else float(round(conflict.comparison.ratio, 4)),
        "explanation_en": conflict.explanation(),
        "explanation_zh": conflict.explanation("zh"),
        "sides": [
            {
                "claim_id": side.claim.claim_id,
                "sentence_en": side.claim.sentence(),
                "sentence_zh": side.claim.sentence("zh"),
                "evidence": [row.model_dump() for row in side.evidence],
            }
            for side in conflict.sides
        ],
        "decision": conflict.decision.model_dump() if conflict.decision else None,
    }


@click.command("conflicts")
@click.argument("entity_id", metavar="[ID]", required=False)
@click.option("--state", type=click.Choice(["open", "decided", "stale"]), help="Only conflicts in this state.")
@options(lists=True, own="the installed one")
def conflicts_command(entity_id: str | None, state: Any, place: str | None, lang: str | None, form: str) -> None:
    """Say where the texts disagree, both sides of each, and what was decided. With ID, only about this entity."""
    place, lang = reading(place, lang)
    data = load(place)
    found = data.conflicts(resolve(data, entity_id).entity_id if entity_id else None, state=state)
    if form == "json":
        emit_json([_card(conflict) for conflict in found])
    elif form == "csv":
        cards = [_card(conflict) for conflict in found]
        emit("csv", COLUMNS, [[" ".join(card[c]) if c == "claim_ids" else card[c] for c in COLUMNS] for card in cards])
    else:
        for conflict in found:
            _print(conflict, lang)
        click.echo(f"{len(found)} conflicts" if lang == "en" else f"{len(found)}处分歧")


def _print(conflict: Conflict, lang: str) -> None:
    index = 1 if lang == "zh" else 0
    click.echo(paint(f"{conflict.conflict_id}  {conflict.kind}  {_STATES[conflict.state][index]}", "bold"))
    click.echo(f"  {conflict.explanation(lang)}")
    for side in dict.fromkeys(conflict.sides):
        click.echo(f"  {paint('✗', 'red')} {side.claim.sentence(lang)}  {paint(side.claim.claim_id, 'dim')}")
        said = "; ".join(f"{row.source_id} {row.start}–{row.end} ({row.stance}, {row.modality})" for row in side.evidence)
        click.echo(paint(f"      {said}", "dim"))
    if conflict.decision:
        rationale = conflict.decision.rationale_zh if lang == "zh" else conflict.decision.rationale_en
        click.echo(f"  {paint('◆', 'green')} {conflict.decision.decision} ({conflict.decision.reason}): {rationale}")
    click.echo()


@click.command("timeline")
@click.argument("entity_id", metavar="ID")
@options(lists=True, own="the installed one")
def timeline_command(entity_id: str, place: str | None, lang: str | None, form: str) -> None:
    """List the dated claims about ID in the order of their dates."""
    place, lang = reading(place, lang)
    data = load(place)
    claims = data.timeline(resolve(data, entity_id).entity_id)
    if form != "table":
        emit_claims(data, claims, lang, form)
        return
    for claim in claims:
        date = claim.date or claim.valid_from or claim.valid_to
        sources = ", ".join(dict.fromkeys(row.source_id for row in data.evidence.having("claim_id", claim.claim_id)))
        denied = "" if any(row.stance == "asserts" for row in data.evidence.having("claim_id", claim.claim_id)) else "⊘ "
        click.echo(f"{date!s:<24}{denied}{claim.sentence(lang)}  {paint(sources, 'dim')}")


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, help="How many claims at most.")
@options(lists=True, own="the installed one")
def search_command(words: tuple[str, ...], limit: int, place: str | None, lang: str | None, form: str) -> None:
    """Find claims by WORDS, in English or Chinese. Exit code 1 when nothing is found."""
    place, lang = reading(place, lang)
    data = load(place)
    found = data.search(" ".join(words), limit)
    emit_claims(data, found, lang, form)
    if not found:
        click.get_current_context().exit(1)
