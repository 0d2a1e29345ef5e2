"""Evidence against sources, as far as it goes without the texts; `verify` goes the rest of the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hz_dragons.codes import Plain
from hz_dragons.parse import ParsedTable
from hz_dragons.report import Finding

__all__ = ["LONGEST_SPAN", "SHORTEST_FOLD", "spans_lie_in_texts"]

Tables = dict[str, ParsedTable[Any]]

LONGEST_SPAN = 120
SHORTEST_FOLD = 6


def spans_lie_in_texts(tables: Tables) -> Iterator[Finding]:
    """A span is a stretch of a text that was read, too long to be guessed; that of evidence is short as well."""
    sources = {s.source_id: s for s in tables["sources"].records}
    for name in ("evidence", "passages"):
        for index, row in enumerate(tables[name].records):
            source = sources.get(row.source_id)
            folded = row.fingerprint.split(":")[1]
            if source is not None and source.text_length is None:
                yield tables[name].find("evidence/no-text", index, "source_id", source=row.source_id)
            elif row.end <= row.start:
                yield tables[name].find("evidence/span-order", index, "end", start=Plain(row.start), end=Plain(row.end))
            elif source is not None and row.end > source.text_length:
                yield tables[name].find("evidence/span-past-end", index, "end", end=Plain(row.end), length=Plain(source.text_length))
            elif name == "evidence" and row.end - row.start > LONGEST_SPAN:
                yield tables[name].find("evidence/span-too-long", index, "end", length=Plain(row.end - row.start), limit=Plain(LONGEST_SPAN))
            elif int(folded) < SHORTEST_FOLD:
                yield tables[name].find("evidence/span-too-short", index, "fingerprint", length=Plain(folded), limit=Plain(SHORTEST_FOLD))
