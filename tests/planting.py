"""Plants faults in a copy of a package. An edit that changes nothing fails: a fault that was not planted proves nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import hz_dragons as hz
from hz_dragons.report import Finding


def findings(package: Path) -> list[Finding]:
    """What `validate` finds beyond the one disagreement that the minimal package leaves undecided."""
    return [finding for finding in hz.validate(package) if finding.code != "adjudications/undecided"]


def table_path(package: Path, table: str) -> Path:
    return package / "seeds" / f"{table}.csv"


def replace(package: Path, table: str, old: str | bytes, new: str | bytes) -> None:
    old, new = (part.encode() if isinstance(part, str) else part for part in (old, new))
    path = table_path(package, table)
    data = path.read_bytes()
    assert data.count(old) == 1, f"{old!r} stands {data.count(old)} times in {table}"
    assert old != new
    path.write_bytes(data.replace(old, new))


def append(package: Path, table: str, row: str) -> None:
    with table_path(package, table).open("ab") as file:
        file.write(row.encode() + b"\n")


def remove_row(package: Path, table: str, start: str) -> None:
    path = table_path(package, table)
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start.encode())]
    assert len(kept) == len(lines) - 1, f"{start!r} does not begin one line of {table}"
    path.write_bytes(b"".join(kept))


def zipped(package: Path, top: str = "") -> Path:
    path = package.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(package.rglob("*")):
            if file.is_file():
                archive.write(file, top + file.relative_to(package).as_posix())
    return path
