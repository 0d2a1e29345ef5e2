"""The commands that answer questions: `show`, `claims`, `find`, `schema`, and the six at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from hz_dragons.cli.render import emit, emit_json, options, paint, reading
from hz_dragons.dataset import Dataset
from hz_dragons.errors import RecordNotFound, near
from hz_dragons.facts import Fact
from hz_dragons.loader import load
from hz_dragons.models import Claim, Entity, Evidence
from hz_dragons.schema import TABLE_NAMES, bundle, get_schema
from hz_dragons.summary import summary

__all__ = ["claims_command", "emit_claims", "find_command", "glance", "resolve", "schema_command", "show_command"]

MARKS = {"agreed": "●", "single_source": "○", "disputed": "✗", "decided": "◆", "denied": "⊘"}
_STATUS = {
    "agreed": ("several independent sources", "多个独立来源"),
    "single_source": ("one source", "单一来源"),
    "disputed": ("disputed", "有分歧"),
    "decided": ("decided", "已裁决"),
    "denied": ("denied", "被否认"),
}
_WORDS = {
    "en": {
        "company": "company", "founded": "founded", "by": "founders", "in": "based in", "claims": "claims", "sources": "sources", "sector": "sector",
        "also": "also", "founders": "founders", "elsewhere": "Said of others", "id": "id", "sentence": "claim", "stance": "stance", "name": "name", "how": "match", "kind": "kind",
        "none": "Nothing is known by that name.", "title": "The Hangzhou Six Little Dragons at a glance", "more": "hz-dragons show ID tells all that is known, with its sources.",
    },
    "zh": {
        "company": "公司", "founded": "成立", "by": "创始人", "in": "所在地", "claims": "主张", "sources": "来源", "sector": "行业",
        "also": "又名", "founders": "创始人", "elsewhere": "关于他者的主张", "id": "标识符", "sentence": "主张", "stance": "立场", "name": "名称", "how": "匹配", "kind": "类型",
        "none": "没有这个名称。", "title": "杭州六小龙一览", "more": "hz-dragons show 标识符 --lang zh 给出全部主张及其来源。",
    },
}  # fmt: skip
_JOIN = {"en": ", ", "zh": "、"}


def _values(data: Dataset, subject_id: str, predicate_id: str, lang: str) -> str:
    """Say the values of a predicate in all its scopes, each once; what no text asserts is left out."""
    claims = [c for c in data.claims.where(subject_id=subject_id, predicate_id=predicate_id) if _asserted(data, c)]
    texts = [c.value_text(lang).removeprefix("in ").removeprefix("on ") for c in claims]
    return _JOIN[lang].join(dict.fromkeys(texts))


def _asserted(data: Dataset, claim: Claim) -> bool:
    return any(row.stance == "asserts" for row in data.evidence.where(claim_id=claim.claim_id))


def glance(place: str | None, lang: str, form: str) -> None:
    """Print one line for each of the six."""
    data, words = load(place), _WORDS[lang]
    columns = ["company_id", "name", "sector", "founded_on", "founders", "claims", "sources"]
    rows = []
    for company in data.companies.where(cohort="six"):
        claims = data.claims.where(subject_id=company.company_id)
        sources = {row.source_id for claim in claims for row in data.evidence.where(claim_id=claim.claim_id)}
        founders = [data.entities[tie.person_id].name(lang) for tie in data.founders.where(company_id=company.company_id)]
        name = data.entities[company.company_id].name(lang)
        sector = company.sector if lang == "en" else _values(data, company.company_id, "business_focus", lang)
        founded = _values(data, company.company_id, "founded_on", lang)
        rows.append([company.company_id, name, sector, founded, _JOIN[lang].join(founders), len(claims), len(sources)])
    if form == "table":
        click.echo(paint(words["title"], "bold"))
    titles = [words[key] for key in ("id", "company", "sector", "founded", "by", "claims", "sources")]
    emit(form, columns, rows, titles)
    if form == "table":
        click.echo(words["more"])


def resolve(data: Dataset, text: str) -> Entity:
    """Take an id, or a name that only one entity has.

    Raises:
        RecordNotFound: Nothing has that name, or several things do; the error names the near ones.
    """
    if text in data.entities:
        return data.entities[text]
    exact = [match.entity for match in data.matches(text) if match.how == "exact"]
    if len(exact) == 1:
        return exact[0]
    close = [entity.entity_id for entity in data.find(text, 3)] or list(near(text, data.entities.ids()))
    raise RecordNotFound("entities", text, close)


def _said_by(row: Evidence, data: Dataset, lang: str) -> str:
    speaker = f" {data.entities[row.speaker_id].name(lang)}" if row.speaker_id else ""
    denial = {"en": "denies, ", "zh": "否定,"}[lang] if row.stance == "denies" else ""
    words = row.modality if lang == "en" else _chinese("evidence", "modality", row.modality)
    return f"{row.source_id} {row.start}–{row.end} ({denial}{words}{speaker})"


def _chinese(table: str, column: str, value: str) -> str:
    field = next(field for field in get_schema(table).fields if field.name == column)
    return dict(field.enum)[value][1]


def _print_fact(data: Dataset, fact: Fact, lang: str) -> None:
    styles = {"disputed": "red", "agreed": "green", "decided": "green", "denied": "yellow"}
    for claim in fact.claims:
        status = fact.status_of(claim)
        click.echo(f"  {paint(MARKS[status], styles.get(status, 'dim'))} {claim.sentence(lang)}  {paint(claim.claim_id, 'dim')}")
        said = [_said_by(row, data, lang) for row in fact.evidence if row.claim_id == claim.claim_id]
        click.echo(paint("      " + "; ".join(said), "dim"))


def _card(data: Dataset, entity: Entity) -> dict[str, Any]:
    """Everything known about an entity, for programs."""
    return {
        "entity": entity.model_dump(),
        "names": [name.model_dump() for name in data.names.where(entity_id=entity.entity_id)],
        "company": company.model_dump() if (company := data.companies.get(entity.entity_id)) else None,
        "founders": [tie.model_dump() for tie in data.founders.where(company_id=entity.entity_id)],
        "facts": {name: _fact_card(fact) for name, fact in data.facts(entity.entity_id).items()},
        "as_object": [_claim_card(data, claim) for claim in data.claims.where(object_id=entity.entity_id)],
    }


def _fact_card(fact: Fact) -> dict[str, Any]:
    return {
        "status": fact.status,
        "values": [claim.value_text() for claim in fact.claims],
        "independent_sources": fact.independent_sources,
        "sources": [source.source_id for source in fact.sources],
        "claims": [{**claim.model_dump(), "sentence_en": claim.sentence(), "sentence_zh": claim.sentence("zh")} for claim in fact.claims],
        "evidence": [row.model_dump() for row in fact.evidence],
    }


def _claim_card(data: Dataset, claim: Claim) -> dict[str, Any]:
    rows = data.evidence.where(claim_id=claim.claim_id)
    sentences = {"sentence_en": claim.sentence(), "sentence_zh": claim.sentence("zh")}
    return {**claim.model_dump(), **sentences, "evidence": [row.model_dump() for row in rows]}


@click.command("show")
@click.argument("entity_id", metavar="ID")
@options(lists=True, own="the installed one")
def show_command(entity_id: str, place: str | None, lang: str | None, form: str) -> None:
    r"""Say what is known about ID, with its sources.

    ID is an entity (`deepseek`), or a name that only one entity has (深度求索).

    \b
    ● several independent sources   ○ one source   ✗ disputed
    ◆ decided   ⊘ denied
    """
    place, lang = reading(place, lang)
    data = load(place)
    entity = resolve(data, entity_id)
    if form == "json":
        emit_json(_card(data, entity))
    elif form == "csv":
        emit_claims(data, data.claims.where(subject_id=entity.entity_id), lang, form)
    else:
        _show(data, entity, lang)


def _show(data: Dataset, entity: Entity, lang: str) -> None:
    words = _WORDS[lang]
    click.echo(paint(f"{entity.name(lang)} · {entity.name('en' if lang == 'zh' else 'zh')} ({entity.entity_id})", "bold"))
    kind = entity.kind if lang == "en" else _chinese("entities", "kind", entity.kind)
    company = data.companies.get(entity.entity_id)
    click.echo(f"{kind}: {company.sector}" if company and lang == "en" else kind)
    names = dict.fromkeys(name.name for name in data.names.where(entity_id=entity.entity_id))
    if names:
        click.echo(f"{words['also']}: {_JOIN[lang].join(names)}")
    founders = [f"{data.entities[tie.person_id].name(lang)} [{tie.claim_id}]" for tie in data.founders.where(company_id=entity.entity_id)]
    if founders:
        click.echo(f"{words['founders']}: {_JOIN[lang].join(founders)}")
    if paragraph := summary(data, entity.entity_id, lang):
        click.echo(f"\n{paragraph}")
    label = ""
    for fact in data.facts(entity.entity_id).values():
        if (heading := data.predicates[fact.predicate_id].label(lang)) != label:
            label = heading
            click.echo(f"\n{paint(label, 'bold')}")
        _print_fact(data, fact, lang)
    elsewhere = data.claims.where(object_id=entity.entity_id)
    if elsewhere:
        click.echo(f"\n{paint(words['elsewhere'], 'bold')}")
    for claim in elsewhere:
        rows = data.evidence.where(claim_id=claim.claim_id)
        mark = MARKS["denied"] if all(row.stance == "denies" for row in rows) else "·"
        click.echo(f"  {mark} {claim.sentence(lang)}  {paint(claim.claim_id, 'dim')}")
        click.echo(paint("      " + "; ".join(_said_by(row, data, lang) for row in rows), "dim"))
    index = 1 if lang == "zh" else 0
    click.echo("\n" + paint("   ".join(f"{MARKS[s]} {t[index]}" for s, t in _STATUS.items()), "dim"))


def emit_claims(data: Dataset, claims: Iterable[Claim], lang: str, form: str) -> None:
    """Print claims as sentences with the texts that say them."""
    listed = list(claims)
    if form == "json":
        emit_json([_claim_card(data, claim) for claim in listed])
        return
    columns = [*Claim.model_fields, "sentence", "sources"] if form == "csv" else ["claim_id", "sentence", "sources"]
    rows = []
    for claim in listed:
        sources = dict.fromkeys(row.source_id + ("!" if row.stance == "denies" else "") for row in data.evidence.where(claim_id=claim.claim_id))
        cells = [getattr(claim, column) for column in Claim.model_fields] if form == "csv" else [claim.claim_id]
        rows.append([*cells, claim.sentence(lang), " ".join(sources)])
    words = _WORDS[lang]
    emit(form, columns, rows, None if form == "csv" else [words["id"], words["sentence"], words["sources"]])


@click.command("claims")
@click.option("--subject", help="Only claims about this entity.")
@click.option("--predicate", help="Only claims with this predicate.")
@click.option("--object", "object_id", help="Only claims whose value is this entity.")
@click.option("--scope", help="Only claims in this scope.")
@click.option("--source", help="Only claims that this text makes.")
@options(lists=True, own="the installed one")
def claims_command(
    subject: str | None,
    predicate: str | None,
    object_id: str | None,
    scope: str | None,
    source: str | None,
    place: str | None,
    lang: str | None,
    form: str,
) -> None:
    """List claims, each as a sentence with the texts that say it. A source with ! denies it."""
    place, lang = reading(place, lang)
    data = load(place)
    asked = {"subject_id": subject, "predicate_id": predicate, "object_id": object_id, "scope_id": scope}
    for column, table in (("subject_id", data.entities), ("predicate_id", data.predicates), ("object_id", data.entities), ("scope_id", data.scopes)):
        if asked[column] is not None:
            table[asked[column]]  # names the near ids when there is no such record
    claims: Iterable[Claim] = data.claims.where(**{column: value for column, value in asked.items() if value is not None})
    if source is not None:
        said = {row.claim_id for row in data.evidence.where(source_id=data.sources[source].source_id)}
        claims = [claim for claim in claims if claim.claim_id in said]
    emit_claims(data, claims, lang, form)


@click.command("find")
@click.argument("name")
@options(lists=True, own="the installed one")
def find_command(name: str, place: str | None, lang: str | None, form: str) -> None:
    """Find entities by NAME: either script, short, former or misspelt, or a part of it."""
    place, lang = reading(place, lang)
    data, words = load(place), _WORDS[lang]
    matches = data.matches(name)
    columns = ["entity_id", "kind", "name_en", "name_zh", "matched", "match"]
    rows = [[m.entity.entity_id, m.entity.kind, m.entity.name_en, m.entity.name_zh, m.name, m.how] for m in matches]
    if not matches and form == "table":
        click.echo(words["none"], err=True)
    else:
        emit(form, columns, rows, [words["id"], words["kind"], "English", "中文", words["name"], words["how"]])
    if not matches:
        click.get_current_context().exit(1)


@click.command("schema")
@click.argument("table", required=False)
@click.option("--json-schema", is_flag=True, help="Print the JSON Schema itself; without TABLE, all of them in one document.")
@options(lists=True, own="not read")
def schema_command(table: str | None, json_schema: bool, place: str | None, lang: str | None, form: str) -> None:
    """List the tables, or the columns of TABLE."""
    _, lang = reading(place, lang)
    index = 1 if lang == "zh" else 0
    if json_schema:
        emit_json(get_schema(table).document if table else bundle())
    elif table is None:
        schemas = [get_schema(name) for name in TABLE_NAMES]
        emit(form, ["table", "key", "description"], [[s.name, " ".join(s.key), s.description[index]] for s in schemas])
    else:
        fields = get_schema(table).fields
        rows = [[f.name, f.type, f.required, f.references, " ".join(v for v, _ in f.enum), f.description[index]] for f in fields]
        emit(form, ["column", "type", "required", "references", "values", "description"], rows)
