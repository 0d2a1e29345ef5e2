"""How fast a package is validated, as a ratio to `frictionless validate` on the same files in the same run.

    python benchmarks/validation.py [CLAIMS]     needs: pip install -e '.[test]'

It validates the bundled package and a synthetic one, each by both tools in fresh processes, and prints time, peak memory and the ratio.
Goals: faster on the bundled data although it checks more; at least 6 times faster at 100,000 claims (255,000 rows).
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from conflicts import claim_id

import hz_dragons as hz
from hz_dragons.cells import format_record
from hz_dragons.csvio import format_rows
from hz_dragons.descriptor import describe, descriptor_text
from hz_dragons.models import TABLES
from hz_dragons.package import bundled

OURS = "import sys, hz_dragons as hz; report = hz.validate(sys.argv[1]); print(len(report.errors))"
THEIRS = "import sys, frictionless; report = frictionless.Package(sys.argv[1] + '/datapackage.json').validate(); print(report.stats['errors'])"
MEASURED = "import json, resource, runpy, sys, time\nstart = time.perf_counter()\n{}\nprint(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))"


def synthetic(folder: Path, count: int) -> None:
    """Write a package of so many claims: as many and a half rows of evidence, and five rows of other tables for a hundred claims."""
    data = hz.load()
    sources = [source for source in data.sources if source.text_length]
    rows = {name: [format_record(record) for record in getattr(data, name)] for name in ("sources", "predicates", "units", "scopes")}
    entities = max(10, count // 10)
    rows["entities"] = [[f"entity-{n:06}", "company", f"Entity {n}", f"实体{n}", "", ""] for n in range(entities)]
    rows["names"] = [[f"entity-{n:06}", f"實體{n}{suffix}", "zh-Hant", "alias"] for n in range(entities) for suffix in "甲乙"]
    rows["claims"] = []
    rows["evidence"] = []
    for number in range(count):
        subject, figure = f"entity-{number % entities:06}", str(1000 + number % entities)
        about = (
            ["gpu_count", "", figure, "", "gpu", "about", "", "", ""]
            if number % 2
            else ["described_as", "", "", "", "", "", "", f"thing {number}", f"事物{number}"]
        )
        rows["claims"].append(
            [claim_id(number), subject, *about, "", (dt.date(1900, 1, 1) + dt.timedelta(days=number)).isoformat() if number % 2 else "", "", ""]
        )
        for n in range(1 + number % 2):
            source = sources[(number + n) % len(sources)]
            rows["evidence"].append(
                [
                    claim_id(number),
                    source.source_id,
                    str(number % 2000),
                    str(number % 2000 + 12),
                    f"zf1:12:{number:032x}",
                    "asserts",
                    "stated",
                    "",
                    "direct",
                    "",
                    "",
                ]
            )
    (folder / "seeds").mkdir()
    for name, model in TABLES.items():
        listed = sorted(rows.get(name, []), key=lambda row: row[:2])
        (folder / "seeds" / f"{name}.csv").write_text(format_rows([list(model.model_fields), *listed]), encoding="utf-8", newline="")
    (folder / "datapackage.json").write_text(descriptor_text(describe({"name": "synthetic"})), encoding="utf-8")


def measure(program: str, folder: Path) -> tuple[float, float, str]:
    """Run a program on a package in a fresh process; give seconds, megabytes and what it printed."""
    run = subprocess.run([sys.executable, "-c", MEASURED.format(program), str(folder)], capture_output=True, text=True, check=True)
    *printed, last = run.stdout.strip().splitlines()
    seconds, memory = json.loads(last)
    return seconds, memory, " ".join(printed)


def compare(name: str, folder: Path) -> None:
    """Validate a package with both tools and print what they took."""
    rows = sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in (folder / "seeds").glob("*.csv"))
    ours, theirs = measure(OURS, folder), measure(THEIRS, folder)
    print(f"{name}: {rows} rows")
    print(f"  hz_dragons   {ours[0]:7.2f} s {ours[1]:7.0f} MB  errors: {ours[2]}")
    print(f"  frictionless {theirs[0]:7.2f} s {theirs[1]:7.0f} MB  errors: {theirs[2]}")
    print(f"  ratio {theirs[0] / ours[0]:.1f}")


def main() -> None:
    """Measure the bundled and a synthetic package."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    compare("bundled", bundled())
    with tempfile.TemporaryDirectory() as folder:
        synthetic(Path(folder), count)
        compare(f"{count} synthetic claims", Path(folder))


if __name__ == "__main__":
    main()
