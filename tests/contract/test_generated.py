"""What is generated is fresh: the failure says which command to run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def generate(root: Path, mode: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(root / "tools" / "generate.py"), mode], capture_output=True, text=True, check=False, cwd=root)


def test_generated_files_are_fresh():
    run = generate(ROOT, "--check")
    assert run.returncode == 0, run.stderr


def test_a_stale_descriptor_is_noticed_and_rewritten(tmp_path):
    for name in ("datapackage.json", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("schemas", "tools", "hz_dragons", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    descriptor = tmp_path / "datapackage.json"
    fresh = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(fresh.replace('"maxLength": 24', '"maxLength": 240'), encoding="utf-8")
    environment_free = [
        sys.executable,
        "-c",
        "import runpy, sys; sys.path.insert(0, '.'); sys.argv = ['generate', sys.argv[1]]; runpy.run_path('tools/generate.py', run_name='__main__')",
    ]
    stale = subprocess.run([*environment_free, "--check"], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert stale.returncode == 1
    assert "datapackage.json" in stale.stderr
    assert "tools/generate.py --write" in stale.stderr
    subprocess.run([*environment_free, "--write"], capture_output=True, check=True, cwd=tmp_path)
    assert descriptor.read_text(encoding="utf-8") == fresh


def test_the_descriptor_does_not_depend_on_the_rows():
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        assert {"hash", "bytes", "rows", "data"}.isdisjoint(resource)


def test_one_version_everywhere():
    import hz_dragons

    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert descriptor["version"] == hz_dragons.__version__
    assert f"version: {hz_dragons.__version__}\n" in citation
    assert f"## {hz_dragons.__version__}" in changelog
