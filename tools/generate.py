"""Write or check everything that is generated: `datapackage.json` and `schemas/v1/bundle.schema.json`.

python tools/generate.py --write    after a change of a schema or of the metadata in datapackage.json
python tools/generate.py --check    exit 1 when a file is stale (the tests run this)
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from hz_dragons.csvio import write_atomically
from hz_dragons.descriptor import describe, descriptor_text
from hz_dragons.schema import BUNDLE, bundle

ROOT = Path(__file__).resolve().parents[1]


def generated() -> dict[Path, str]:
    """Give each generated file and the text it should have."""
    metadata = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    return {
        ROOT / "datapackage.json": descriptor_text(describe(metadata)),
        ROOT / "schemas" / "v1" / BUNDLE: json.dumps(bundle(), ensure_ascii=False, indent=2) + "\n",
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the generator; gives the exit code."""
    parser = argparse.ArgumentParser(description="Write or check the generated files.")
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true", help="write the files that are stale")
    mode.add_argument("--check", action="store_true", help="exit 1 when a file is stale")
    options = parser.parse_args(arguments)
    stale = [(path, text) for path, text in generated().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path, text in stale:
        if options.write:
            write_atomically(path, text)
        print(f"{'wrote' if options.write else 'stale'}: {path.relative_to(ROOT)}", file=sys.stderr)
    if options.check and stale:
        print("run: python tools/generate.py --write", file=sys.stderr)
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
