"""What works where only the core is installed, and what says how to install the rest. Each runs in a fresh process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import hz_dragons as hz
from hz_dragons.errors import DragonsError, MissingExtra
from hz_dragons.extras import require

TEXTS = str(Path(__file__).parents[1] / "corpus" / "texts")
VERIFY = ("opencc", "pypinyin", "cn2an", "rapidfuzz")
VALIDATE = ("jsonschema", "referencing", "frictionless")
HIDE = """
import sys
for name in sys.argv.pop(1).split(","):
    sys.modules[name] = None
from hz_dragons.cli import main
"""
ONE = f"{HIDE}main(prog_name='hz-dragons')"
MANY = f"{HIDE}import json\nfor line in json.loads(sys.argv[1]): print('exit', line, main(line, standalone_mode=False))"
VERBS = [[], ["show", "qingdeng"], ["claims", "--format", "json"], ["find", "青燈"], ["schema", "units"], ["validate"], ["fmt", "--check"]]


def without(libraries: tuple[str, ...], *arguments: object, script: str = ONE) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", "-c", script, ",".join(libraries), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8")


def test_the_core_needs_no_extra(minimal):
    lines = [["--package", str(minimal), *arguments] for arguments in VERBS]
    done = without(VERIFY + VALIDATE, json.dumps(lines), script=MANY)
    assert done.returncode == 0, done.stderr
    codes = [line.rpartition(" ")[2] for line in done.stdout.splitlines() if line.startswith("exit ")]
    assert len(codes) == len(VERBS)
    assert set(codes) <= {"0", "None"}
    assert "error:" not in done.stderr
    assert "Qingdeng Robotics" in done.stdout


@pytest.mark.parametrize(
    ("libraries", "arguments", "extra"),
    [
        (("opencc",), ["verify", "--texts", TEXTS], "verify"),
        (("cn2an",), ["verify", "--texts", TEXTS], "verify"),
        (("opencc",), ["cite", "lantern", "售價約3千元", "--texts", TEXTS], "verify"),
        (("jsonschema",), ["validate", "--cross-check"], "validate"),
        (("frictionless",), ["validate", "--cross-check"], "validate"),
    ],
    ids=lambda value: value[0] if isinstance(value, (tuple, list)) else value,
)
def test_a_missing_extra_names_the_install_command(minimal, libraries, arguments, extra):
    done = without(libraries, "--package", minimal, *arguments)
    assert done.returncode == 2
    assert done.stderr == f"error: this needs {libraries[0]}, which is not installed. Run: pip install 'hz-dragons[{extra}]'\n"


def test_near_phrases_are_a_comfort_not_a_need(minimal):
    arguments = ["--package", minimal, "cite", "lantern", "總部設在松山鎮的", "--texts", TEXTS]
    assert "Did you mean '" in without((), *arguments).stderr
    done = without(("rapidfuzz",), *arguments)
    assert done.returncode == 2
    assert "is not in the text. Copy the phrase out of the text" in done.stderr


@pytest.mark.parametrize("name", ["no_such_library_anywhere", "no_such_library_anywhere.part"])
def test_a_missing_library_is_an_error_of_this_package_and_an_import_error(name):
    with pytest.raises(MissingExtra) as caught:
        require(name, "verify")
    error = caught.value
    assert isinstance(error, DragonsError)
    assert isinstance(error, ImportError)
    assert error.extra == "verify"
    assert str(error) == f"this needs {name}, which is not installed. Run: pip install 'hz-dragons[verify]'"


def test_a_library_is_imported_when_it_is_asked_for():
    assert require("json", "verify").loads("1") == 1
    assert require("os.path", "verify").sep


def test_folding_says_what_it_needs(monkeypatch):
    pytest.importorskip("opencc")
    monkeypatch.setitem(sys.modules, "opencc", None)
    from hz_dragons import folding

    folding._converter.cache_clear()
    folding.simplify.cache_clear()
    folding._normal.cache_clear()
    try:
        with pytest.raises(MissingExtra, match=r"hz-dragons\[verify\]"):
            hz.fold("青燈機器人")
    finally:
        monkeypatch.undo()
        folding._converter.cache_clear()
    assert hz.fold("青燈機器人").text == "青灯机器人"
