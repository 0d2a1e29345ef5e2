"""`diff`: what one package has and another has not, for whoever reviews a change. Records are compared, not lines: order and quoting don't count."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from html import escape
from typing import Any, Literal

from hz_dragons.cells import format_cell, format_record
from hz_dragons.dataset import Dataset
from hz_dragons.loader import load
from hz_dragons.models import TABLES, Record
from hz_dragons.report import SHOWN_LENGTH, shown
from hz_dragons.schema import get_schema

__all__ = ["Cell", "Change", "Difference", "Loss", "diff"]

Kind = Literal["added", "changed", "removed"]
KINDS: tuple[Kind, ...] = ("added", "changed", "removed")
ORDER = sorted(TABLES, key=lambda name: name not in ("claims", "evidence", "entities", "sources", "adjudications"))
MOST_REMOVED = 20  # one row in twenty: 5 percent
FOLD_FROM = 6
LONGEST_COMMENT = 60_000  # a comment on GitHub holds 65,536 characters

_SIGNS = {"added": "+", "changed": "~", "removed": "-"}
_WORDS = {
    "en": {"added": "added", "changed": "changed", "removed": "removed", "conflicts": "Conflicts", "head": "What this changes"},
    "zh": {"added": "新增", "changed": "修改", "removed": "删除", "conflicts": "分歧", "head": "本次改动"},
}
_NONE = {"en": "The two packages say the same.", "zh": "两个数据包内容相同。"}
_LOSS = {
    "en": "warning: {removed} of {before} rows of {table} are removed, more than 5 percent: make sure that this is meant",
    "zh": "警告:{table}共{before}行,删除{removed}行,超过5%:请确认是有意为之",
}
_MORE = {"en": "… and {} more; run `hz-dragons diff` to see them", "zh": "……另有{}项,运行hz-dragons diff可查看全部"}
# What GitHub makes a mention, a reference or a link of, even where Markdown is not read: broken by a space of no width.
_TRIGGER = re.compile(r"@|#|:(?=//)|(?i:www(?=\.)|gh(?=-[0-9]))")


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a row before and after.

    Attributes:
        column: Name of the column.
        old: Its cell in the base.
        new: Its cell in the head.
    """

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row, or one conflict, that was added, changed or removed.

    Attributes:
        table: Name of the table, or ``conflicts``.
        kind: ``added``, ``changed`` or ``removed``.
        key: Key of the row.
        says_en: What the row says, in English.
        says_zh: The same in Chinese.
        cells: The columns that changed.
    """

    table: str
    kind: Kind
    key: str
    says_en: str
    says_zh: str
    cells: tuple[Cell, ...] = ()

    def says(self, lang: str = "en") -> str:
        """Say what the row says, in a language (``en`` or ``zh``)."""
        return self.says_zh if lang == "zh" else self.says_en


@dataclass(frozen=True, slots=True)
class Loss:
    """A table that more than 5 percent of were removed.

    Attributes:
        table: Name of the table.
        removed: How many rows are gone.
        before: How many there were.
    """

    table: str
    removed: int
    before: int

    def text(self, lang: str = "en") -> str:
        """Say it in a language (``en`` or ``zh``)."""
        return _LOSS[lang].format(removed=self.removed, before=self.before, table=self.table)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a head has and its base has not.

    Attributes:
        changes: Rows added, changed and removed, and conflicts that appeared, went or changed their state.
        losses: Tables that more than 5 percent of were removed.
    """

    changes: tuple[Change, ...]
    losses: tuple[Loss, ...]

    def __len__(self) -> int:
        return len(self.changes)

    def of(self, table: str, kind: Kind | None = None) -> tuple[Change, ...]:
        """Give the changes of a table, or of ``conflicts``.

        Args:
            table: Name of the table.
            kind: Only those ``added``, ``changed`` or ``removed``.
        """
        return tuple(change for change in self.changes if change.table == table and kind in (None, change.kind))

    def _groups(self) -> Iterator[tuple[str, tuple[Change, ...]]]:
        return ((table, found) for table in ("conflicts", *ORDER) if (found := self.of(table)))

    def to_json(self) -> dict[str, Any]:
        """Give it as plain values that `json.dumps` takes."""
        counts = {table: {kind: len(self.of(table, kind)) for kind in KINDS} for table, _ in self._groups()}
        return {"counts": counts, "changes": [asdict(change) for change in self.changes], "losses": [asdict(loss) for loss in self.losses]}

    def text(self, lang: str = "en") -> str:
        """Say it for a terminal.

        Args:
            lang: ``en`` or ``zh``.
        """
        lines = [loss.text(lang) for loss in self.losses]
        for table, found in self._groups():
            lines.append(f"{_title(table, lang)}: {_counts(found, lang)}")
            lines += [line for change in found for line in _lines(change, lang)]
        return "\n".join(lines) or _NONE[lang]

    def markdown(self, lang: str = "en") -> str:
        """Write it as a comment on a pull request. No value of the packages can act in it.

        Args:
            lang: ``en`` or ``zh``.

        Returns:
            Blocks of HTML in Markdown, shorter than what GitHub takes; what does not fit is counted.
        """
        return next(text for limit in (500, 100, 20, 5, 0) if len(text := self._markdown(lang, limit)) <= LONGEST_COMMENT or not limit)

    def _markdown(self, lang: str, limit: int) -> str:
        head = [f"### {_WORDS[lang]['head']}", *(f"<p>⚠️ {escape(loss.text(lang))}</p>" for loss in self.losses)]
        body = [_section(f"{_title(table, lang)}: {_counts(found, lang)}", found, lang, limit) for table, found in self._groups()]
        return "\n\n".join([*head, *(body or [_NONE[lang]])]) + "\n"


def diff(base: str | os.PathLike[str], head: str | os.PathLike[str]) -> Difference:
    """Compare two packages.

    Args:
        base: The package as it was: a directory or a zip.
        head: The package as it is to be.

    Raises:
        PackageNotFound: There is no package at one of the places.
        SeedError: One of them can't be loaded.

    Example:
        >>> from hz_dragons.package import bundled
        >>> print(diff(bundled(), bundled()).text())
        The two packages say the same.
    """
    old, new = load(base), load(head)
    changes = [change for table in ORDER for change in _table_changes(table, old, new)]
    losses = [
        Loss(table, gone, len(old.tables[table])) for table in ORDER if (gone := _count(changes, table)) * MOST_REMOVED > len(old.tables[table])
    ]
    return Difference((*_conflict_changes(old, new), *changes), tuple(losses))


def _count(changes: Iterable[Change], table: str) -> int:
    return sum(change.table == table and change.kind == "removed" for change in changes)


def _table_changes(table: str, old: Dataset, new: Dataset) -> Iterator[Change]:
    before, after = ({record.id: record for record in data.tables[table]} for data in (old, new))
    for key, record in after.items():
        if key not in before:
            yield _change("added", record, new)
        elif cells := tuple(_cells(before[key], record)):
            yield _change("changed", record, new, cells)
    yield from (_change("removed", record, old) for key, record in before.items() if key not in after)


def _cells(old: Record, new: Record) -> Iterator[Cell]:
    rows = zip(type(new).model_fields, format_record(old), format_record(new), strict=True)
    return (Cell(column, before, after) for column, before, after in rows if before != after)


def _change(kind: Kind, record: Any, data: Dataset, cells: tuple[Cell, ...] = ()) -> Change:
    key = record.id if isinstance(record.id, str) else "/".join(map(format_cell, record.id))
    return Change(record.table, kind, key, _says(record, data, "en"), _says(record, data, "zh"), cells)


def _says(record: Any, data: Dataset, lang: str) -> str:
    """Say what a row is about; its key alone says little to a reviewer."""
    suffix = f"_{lang}"
    if record.table in ("claims", "evidence"):
        return data.claims[record.claim_id].sentence(lang)
    if record.table in ("names", "companies", "founders"):
        parts = [getattr(record, column) for column in record.key if column in record.references]
        return " · ".join([*(data.entities[part].name(lang) for part in parts), getattr(record, "name", "")]).rstrip(" ·")
    columns = ("name" + suffix, "label" + suffix, "rationale" + suffix, "title", "reason")
    return next((str(getattr(record, column)) for column in columns if hasattr(record, column)), "")


def _conflict_changes(old: Dataset, new: Dataset) -> Iterator[Change]:
    before, after = ({conflict.conflict_id: conflict for conflict in data.conflicts()} for data in (old, new))
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        shown_one = now or was
        if shown_one is None or (was and now and was.state == now.state):
            continue
        kind: Kind = "added" if was is None else "removed" if now is None else "changed"
        cells = (Cell("state", was.state, now.state),) if was and now else ()
        yield Change("conflicts", kind, key, shown_one.explanation(), shown_one.explanation("zh"), cells)


def _title(table: str, lang: str) -> str:
    return _WORDS[lang]["conflicts"] if table == "conflicts" else get_schema(table).title[lang == "zh"]


def _counts(found: Iterable[Change], lang: str) -> str:
    kinds = [change.kind for change in found]
    parts = [
        f"{kinds.count(kind)} {_WORDS[lang][kind]}" if lang == "en" else f"{_WORDS[lang][kind]}{kinds.count(kind)}" for kind in KINDS if kind in kinds
    ]
    return ("、" if lang == "zh" else ", ").join(parts)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else shown(c)[1:-1] for c in text)


def _around(cell: Cell) -> tuple[str, str]:
    """Begin two long texts shortly before they part, so that a cut does not hide the difference."""
    parts = (at for at, (a, b) in enumerate(zip(cell.old, cell.new, strict=False)) if a != b)
    start = max(0, next(parts, min(len(cell.old), len(cell.new))) - 20) if max(len(cell.old), len(cell.new)) > SHOWN_LENGTH else 0
    dots = "…" if start else ""
    return shown(dots + cell.old[start:]), shown(dots + cell.new[start:])


def _lines(change: Change, lang: str) -> Iterator[str]:
    yield f"  {_SIGNS[change.kind]} {_printable(change.key)}  {_printable(change.says(lang))}".rstrip()
    yield from ("      {}: {} → {}".format(cell.column, *_around(cell)) for cell in change.cells)


def _inert(text: str) -> str:
    """Write every sign as an entity: within HTML and within Markdown it then is a sign and nothing else."""
    broken = _TRIGGER.sub(lambda match: f"{match[0]}\u200b", _printable(text))
    return "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in broken)


def _item(change: Change, lang: str) -> str:
    cells = "".join("<br>{}: {} → {}".format(cell.column, *map(_inert, _around(cell))) for cell in change.cells)
    return f"<li>{_SIGNS[change.kind]} <code>{_inert(change.key)}</code> {_inert(change.says(lang))}{cells}</li>"


def _section(title: str, found: tuple[Change, ...], lang: str, limit: int) -> str:
    """Write a block of HTML. No line of it is empty, so that Markdown never begins inside."""
    rest = [f"<li>{_MORE[lang].format(len(found) - limit)}</li>"] if len(found) > limit else []
    items = "\n".join(["<ul>", *(_item(change, lang) for change in found[:limit]), *rest, "</ul>"])
    if len(found) < FOLD_FROM:
        return f"<p><strong>{escape(title)}</strong></p>\n{items}"
    return f"<details><summary><strong>{escape(title)}</strong></summary>\n{items}\n</details>"
