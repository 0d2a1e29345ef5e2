"""CSV text in and out: lines are counted as an editor counts them, and files are replaced whole or not at all."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

__all__ = ["CsvFault", "Row", "cell_column", "format_rows", "read_rows", "write_atomically"]


LONGEST_CELL = 100_000  # far beyond any column's limit; it keeps a lost quote from swallowing the rest of a large file


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV file.

    Attributes:
        line: Line of the file that it starts on, counted from 1.
        cells: Its cells, as written.
    """

    line: int
    cells: list[str]


class CsvFault(ValueError):
    """The text is not CSV.

    Attributes:
        line: Line of the fault, counted from 1.
        reason: What the reader said.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


def read_rows(text: str) -> Iterator[Row]:
    r"""Read CSV rows with the line each starts on; the header is the first row.

    Args:
        text: A decoded file, with or without BOM, with any newlines.

    Raises:
        CsvFault: A quote is not closed or stands in the wrong place, or a cell is too long.

    Example:
        >>> [row.line for row in read_rows('a,b\n1,"x\ny"\n2,z\n')]
        [1, 2, 4]
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise CsvFault(line, f"a cell is longer than {LONGEST_CELL} characters")
            yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise CsvFault(line, str(error)) from None


def format_rows(rows: Iterable[Sequence[str]]) -> str:
    r"""Write rows in the canonical form: LF, minimal quoting.

    Example:
        >>> format_rows([["a", "b"], ["1", "x, y"]])
        'a,b\n1,"x, y"\n'
    """
    lines: list[str] = []
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n")  # so that a cell with a CR gets its quotes
    writer.writerows(rows)
    return "".join(line.removesuffix("\r\n") + "\n" for line in lines)


def cell_column(cells: Sequence[str], index: int) -> int:
    """Count the character of the line at which a cell starts, from 1, as the canonical form has it.

    Example:
        >>> cell_column(["ab", "x, y", "c"], 2)
        11
    """
    return len(format_rows([[*cells[:index], ""]])) if index else 1


def write_atomically(path: Path, text: str) -> None:
    """Replace a file by a new text, or leave the old one whole.

    Args:
        path: The file.
        text: Its new content, written as UTF-8 with the newlines it has.

    Raises:
        OSError: The folder can't be written.
    """
    import tempfile  # only writing needs it

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
