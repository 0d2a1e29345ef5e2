"""Conflicts, facts and search over a hundred thousand synthetic claims, as ratios to a pandas group-by over the same table.

    python benchmarks/conflicts.py [CLAIMS]     needs: pip install -e '.[bench]'

Goals: conflicts over all claims in seconds, one subject's facts in under a millisecond once the dataset is loaded.
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import hz_dragons as hz
from hz_dragons.csvio import format_rows
from hz_dragons.dataset import Dataset
from hz_dragons.models import TABLES
from hz_dragons.table import Table

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
FIGURES = ("founded_on", "based_in", "gpu_count", "revenue", "described_as")


def claim_id(number: int) -> str:
    """Count in base 36."""
    digits = ""
    for _ in range(6):
        number, digit = divmod(number, 36)
        digits = LETTERS[digit] + digits
    return f"clm-{digits}"


def synthetic(count: int) -> dict[str, list[str]]:
    """Make lines of claims, evidence and entities: ten claims a subject, some of which disagree."""
    chance = random.Random(2026)
    claims, evidence = [], []
    for number in range(count):
        predicate = chance.choice(FIGURES)
        values = {
            "founded_on": ["", "", "", "", "", str(chance.choice((2015, 2015, 2015, 2016))), "", ""],
            "based_in": [f"entity-{chance.randrange(5)}", "", "", "", "", "", "", ""],
            "gpu_count": ["", str(chance.choice((500, 500, 10000))), "", "gpu", chance.choice(("exact", "more_than")), "", "", ""],
            "revenue": ["", str(chance.choice((6000000, 5500000))), "", chance.choice(("USD", "CNY")), "exact", "", "", ""],
            "described_as": ["", "", "", "", "", "", f"number {number}", f"第{number}"],
        }[predicate]
        year = str(chance.randrange(2015, 2026)) if predicate in ("gpu_count", "revenue") else ""
        claims.append([claim_id(number), f"entity-{number // 10}", predicate, *values, "", year, year, ""])
        for start in range(chance.choice((1, 1, 2))):
            source = chance.choice(("netease-2025", "jiemian-2025", "shenzhen-forum-2025"))
            evidence.append([claim_id(number), source, str(start), str(start + 9), f"zf1:9:{number:032x}", "asserts", "stated", "", "direct", "", ""])
    entities = [[f"entity-{number}", "company", f"Entity {number}", f"实体{number}", "", ""] for number in range(max(5, count // 10 + 1))]
    return {name: format_rows(rows).splitlines() for name, rows in (("claims", claims), ("evidence", evidence), ("entities", entities))}


def dataset(rows: dict[str, list[str]]) -> Dataset:
    """Make a dataset of the rows, with the vocabulary of the bundled package."""
    bundled = hz.load()
    none = {"names": [], "companies": [], "founders": [], "adjudications": [], "passages": []}
    return Dataset(lambda name: Table(TABLES[name], rows.get(name, none.get(name)) if name in rows or name in none else list(getattr(bundled, name))))


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Run an action; give seconds and result."""
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rows = synthetic(count)
    data = dataset(rows)
    seconds, _ = timed(lambda: (list(data.claims), list(data.evidence)))
    print(f"{seconds:8.2f} s   {count} claims and {len(rows['evidence'])} rows of evidence become records")
    all_of_it, found = timed(data.conflicts)
    print(f"{all_of_it:8.2f} s   all conflicts: {len(found)}")
    subjects = [f"entity-{number}" for number in random.Random(1).sample(range(count // 10), 500)]
    one = statistics.median(timed(lambda s=subject: data.facts(s))[0] for subject in subjects)  # type: ignore[misc]  # bound at once
    print(f"{1000 * one:8.3f} ms  facts of one subject (goal: under 1)")
    seconds, _ = timed(lambda: data.search("6 million"))
    print(f"{seconds:8.2f} s   search index, built once")
    print(f"{1000 * statistics.median(timed(lambda: data.search('实体12'))[0] for _ in range(20)):8.3f} ms  one search")
    try:
        import pandas as pd
    except ImportError:
        print("left out: pandas is not installed")
        return
    frame = pd.DataFrame(csv.reader(rows["claims"]), columns=list(TABLES["claims"].model_fields))
    frame["number"] = frame["number"].map(lambda text: float(Decimal(text)) if text else None)
    grouped, _ = timed(frame.groupby(["subject_id", "predicate_id", "scope_id"])[["object_id", "number", "date"]].nunique)
    filtered = statistics.median(timed(lambda s=subject: frame[frame.subject_id == s].groupby("predicate_id").size())[0] for subject in subjects[:50])  # type: ignore[misc]  # bound at once
    print(f"ratio {all_of_it / grouped:.1f}  conflicts with reasons / pandas group-by that only counts distinct values ({grouped:.2f} s)")
    print(f"ratio {one / filtered:.2f}  facts of one subject / pandas filter and group-by ({1000 * filtered:.2f} ms)")


if __name__ == "__main__":
    main()
