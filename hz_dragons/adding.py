"""`add_claim`: a claim with its evidence goes into a package, or nothing does."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hz_dragons.canonical import canonical_text
from hz_dragons.cells import format_cell, format_record, make_record
from hz_dragons.csvio import CsvFault, format_rows, write_atomically
from hz_dragons.dataset import Dataset
from hz_dragons.errors import DragonsError, PackageNotFound, SeedError, UnknownColumn, near
from hz_dragons.loader import load
from hz_dragons.models import TABLES, Claim, Evidence
from hz_dragons.package import DESCRIPTOR, Package, open_package
from hz_dragons.rules.claims import proposition
from hz_dragons.validation import validate

__all__ = ["add_claim"]

# The claim first: a package that was left between the two loads, and adding the same again completes it.
_WRITTEN = ("claims", "evidence")


def add_claim(package_dir: str | os.PathLike[str], claim_fields: Mapping[str, Any], evidence: Evidence) -> Claim:
    """Add a claim with its evidence to a package in a directory.

    When a claim says the same already, only the evidence is added to it. What would come out is validated before anything is
    written, so a wrong row changes nothing; the lines that findings name are those of the files as they would have been.

    Args:
        package_dir: The package.
        claim_fields: Column → value, as text or typed; columns left out are empty. Without a `claim_id`, that of the evidence counts.
        evidence: Where a text says it, as `cite` gives it; its `claim_id` is set to that of the claim.

    Returns:
        The claim: the new one, or the one that said so already.

    Raises:
        PackageNotFound: There is no package there, or it is a zip.
        UnknownColumn: Claims have no such column.
        SeedError: The package would not be valid with these rows; it carries the findings.
        DragonsError: The files can't be written, or have changed meanwhile.

    Example:
        ```python
        data = hz.load("my-package")
        row = hz.cite(data, "lantern", "a clause of the text", "texts")
        add_claim("my-package", {"subject_id": "qingdeng", "predicate_id": "founded_on", "date": "2015-03"}, row)
        ```
    """
    package = open_package(package_dir)
    if not package.is_directory:
        raise PackageNotFound(f"{package.place} is no directory", "Unpack it, then add to it there")
    cells = _cells({"claim_id": evidence.claim_id, **claim_fields})
    before = {name: _text(package, name) for name in _WRITTEN}
    known = _same(load(package.place), cells)
    claim_id = known.claim_id if known else cells[0]
    rows = {"claims": [] if known else [cells], "evidence": [format_record(evidence.model_copy(update={"claim_id": claim_id}))]}
    after = {name: _with_rows(name, before[name], rows[name]) for name in _WRITTEN if rows[name]}
    data = _validated(package, after)
    _replace(package, before, after)
    return data.claims[claim_id]


def _cells(fields: Mapping[str, Any]) -> list[str]:
    columns = Claim.model_fields
    for column in fields:
        if column not in columns:
            close = near(column, columns)
            raise UnknownColumn(
                f"claims has no column {column!r}", f"Did you mean {close[0]!r}?" if close else f"Its columns are {', '.join(columns)}"
            )
    return [unicodedata.normalize("NFC", format_cell(fields.get(column))).strip() for column in columns]


def _same(data: Dataset, cells: list[str]) -> Claim | None:
    """Find the claim that says the same; a row that can't be read says nothing, and validation will tell why."""
    try:
        said = proposition(make_record(Claim, cells))
    except ValueError:
        return None
    candidates = data.claims.having("subject_id", said[0])
    return next((claim for claim in candidates if proposition(claim) == said), None)


def _text(package: Package, name: str) -> str:
    return (package.read(f"seeds/{name}.csv") or b"").decode("utf-8", "surrogateescape")  # what is not UTF-8 is load's to refuse


def _with_rows(name: str, text: str, rows: list[list[str]]) -> str:
    """Append rows, also to a file whose last line does not end."""
    longer = text + ("" if text.endswith(("\n", "\r")) else "\n") + format_rows(rows)
    try:
        return canonical_text(name, longer)
    except CsvFault:
        return longer  # a cell too long to be read again: validation says so


def _validated(package: Package, after: Mapping[str, str]) -> Dataset:
    """Load the package as it would be, from a copy.

    Raises:
        SeedError: It would not be valid.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        (copy / "seeds").mkdir()
        for name in (DESCRIPTOR, *(f"seeds/{table}.csv" for table in TABLES)):
            if (content := package.read(name)) is not None:
                (copy / name).write_bytes(content)
        for table, text in after.items():
            (copy / "seeds" / f"{table}.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
        if errors := validate(copy).errors:
            raise SeedError(str(package.place), errors)
        return load(copy)


def _replace(package: Package, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Write the files one after the other, and put the first back when the second can't be written."""
    if any(_text(package, name) != before[name] for name in _WRITTEN):
        raise DragonsError(f"someone has changed {package.place} meanwhile", "Nothing was written; run it again")
    done: list[str] = []
    try:
        for name, text in after.items():
            write_atomically(package.place / "seeds" / f"{name}.csv", text)
            done.append(name)
    except BaseException as error:
        for name in done:
            write_atomically(package.place / "seeds" / f"{name}.csv", before[name])
        if isinstance(error, OSError):
            raise DragonsError(f"{package.place} can't be written: {error.strerror}", "Nothing was added; make room or change its rights") from error
        raise
