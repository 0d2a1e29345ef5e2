"""What is shipped: data, schemas and types in the wheel, and it works without the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)], check=True, capture_output=True)
    return next(target.glob("*.whl"))


def test_the_wheel_carries_data_schemas_and_types(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    inside = {name.removeprefix("hz_dragons/_data/") for name in names if name.startswith("hz_dragons/_data/")}
    wanted = {path.relative_to(ROOT).as_posix() for folder in ("schemas", "seeds") for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert inside == wanted | {"datapackage.json"}
    assert "hz_dragons/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "tools", "docs", "benchmarks"))]


def test_the_core_needs_pydantic_and_click_only(wheel):
    metadata = next(name for name in zipfile.ZipFile(wheel).namelist() if name.endswith("METADATA"))
    lines = zipfile.ZipFile(wheel).read(metadata).decode().splitlines()
    required = [line for line in lines if line.startswith("Requires-Dist:") and "extra ==" not in line]
    assert sorted(line.split()[1].split("<")[0].split(">")[0] for line in required) == ["click", "pydantic"]


def test_the_wheel_works_where_there_is_no_checkout(wheel, tmp_path):
    target = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(target)
    program = f"import sys; sys.path.insert(0, {str(target)!r}); import hz_dragons as hz; print(hz.__file__); print(hz.load().fact('deepseek', 'founded_on').value, hz.validate().ok)"
    run = subprocess.run([sys.executable, "-P", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    place, answer = run.stdout.splitlines()
    assert place.startswith(str(target))
    assert answer == "2023 True"
