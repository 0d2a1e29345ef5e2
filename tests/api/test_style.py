"""Layers, types, style and size, held by the tools that hold them elsewhere too."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
MODULES = sorted((ROOT / "hz_dragons").rglob("*.py"))


@pytest.mark.parametrize(
    "command", [["lint-imports", "--no-cache"], ["mypy"], ["ruff", "check", "."], ["ruff", "format", "--check", "."]], ids=lambda c: "-".join(c[:2])
)
def test_the_tools_are_content(command):
    run = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]


def functions(path):
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)]


def body_lines(node):
    """Lines of a function without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_modules_and_functions_stay_small():
    lines = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert statistics.median(lines.values()) <= 130
    assert not {path: count for path, count in lines.items() if count > 320}
    sizes = sorted(body_lines(node) for path in MODULES for node in functions(path))
    assert statistics.median(sizes) <= 9
    assert sizes[int(len(sizes) * 0.9)] <= 28
    assert sizes[-1] <= 60


def test_every_module_and_every_public_function_is_described():
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path}: {node.name}"


def test_every_ignore_of_the_linter_has_its_reason():
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("ignore = [", 1)[1].split("]", 1)[0]
    assert all("#" in line for line in settings.splitlines() if line.strip())


def test_nothing_is_called_utils():
    assert not [path for path in MODULES if path.stem in {"utils", "helpers", "common", "misc", "core", "constants"}]
