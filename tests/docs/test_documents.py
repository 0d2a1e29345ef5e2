"""What the documents say is so: their code runs, their commands exist, their links lead somewhere."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import hz_dragons
from hz_dragons.cli import COMMANDS, main
from hz_dragons.codes import CODES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(language):
    return [
        pytest.param(text, id=f"{path.name}-{number}")
        for path in DOCUMENTS
        for number, (kind, text) in enumerate(BLOCK.findall(path.read_text(encoding="utf-8")))
        if kind == language
    ]


@pytest.mark.parametrize("code", blocks("python"))
def test_python_blocks_run(code, capsys):
    exec(compile(code, "document", "exec"), {})  # noqa: S102  # executing the documents is the point
    assert "Traceback" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "module", sorted(info.name for info in pkgutil.walk_packages(hz_dragons.__path__, "hz_dragons.") if "__main__" not in info.name)
)
def test_examples_in_docstrings_run(module):
    loaded = importlib.import_module(module)
    found = doctest.testmod(loaded, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert not found.failed


def test_there_are_examples_in_docstrings_at_all():
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = [
        importlib.import_module(info.name) for info in pkgutil.walk_packages(hz_dragons.__path__, "hz_dragons.") if "__main__" not in info.name
    ]
    assert sum(bool(test.examples) for module in modules for test in finder.find(module)) >= 25


@pytest.mark.parametrize(
    "command", sorted({match for path in DOCUMENTS for match in re.findall(r"hz-dragons ([a-z]+)\b(?!:)", path.read_text(encoding="utf-8"))})
)
def test_commands_that_documents_name_exist(command):
    assert command in COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_a_place_in_the_documents(command):
    run = CliRunner().invoke(main, [command, "--help"])
    assert run.exit_code == 0
    assert len(run.output.splitlines()) > 5
    assert any(f"`{command}" in text or f"hz-dragons {command}" in text for text in (path.read_text(encoding="utf-8") for path in DOCUMENTS))


def test_the_example_output_in_the_readme_is_what_the_command_prints():
    shown = next(text for kind, text in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")) if kind == "text")
    printed = CliRunner().invoke(main, ["show", "deepseek"]).output.splitlines()
    for line in shown.splitlines():
        start = line.split("…")[0].rstrip()
        assert any(row.startswith(start) for row in printed), line


def test_links_between_documents_lead_somewhere():
    for path in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#\s]+)\)", path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_readme_and_the_ci_run_the_same_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = next(line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines() if line.startswith("python3 -m venv"))
    assert command in readme


def test_every_code_that_documents_name_exists():
    for path in DOCUMENTS:
        for named in re.findall(r"`([a-z]+/[a-z-]+)`", path.read_text(encoding="utf-8")):
            assert named in CODES or (ROOT / named).exists(), f"{path.name}: {named}"


def test_claims_that_documents_name_exist():
    data = hz_dragons.load()
    named = {claim for path in DOCUMENTS for claim in re.findall(r"clm-[0-9a-z]{6}", path.read_text(encoding="utf-8"))}
    assert len(named) >= 10
    assert not [claim for claim in named if claim not in data.claims]


def test_the_layers_in_the_architecture_are_those_of_the_contract():
    rows = re.findall(r"^\| \d+ \| (.+?) \|", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.MULTILINE)
    written = [set(re.findall(r"`(\w+)`", row)) for row in rows]
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]["layers"]
    held = [set(line.split(" | ")) for line in contract]
    held[0:2] = [held[0] | held[1]]  # the table puts the entry point beside the command line
    assert written == held
