"""Workflows, action and hooks keep their promises to strangers: few rights, nothing unpinned, nothing interpolated, commands that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import planting
import pytest
import yaml
from click.testing import CliRunner

from hz_dragons.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / ".github" / "workflows").iterdir())}
ACTION = (ROOT / "action.yml").read_text(encoding="utf-8")
FILES = {**WORKFLOWS, "action.yml": ACTION}
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
HOW_TO = (ROOT / "docs" / "validate-your-own.md").read_text(encoding="utf-8")

PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
READING = ({}, {"contents": "read"})


def triggers(document):
    on = document.get("on", document.get(True))  # YAML 1.1 takes the key `on` for a truth value
    return {on} if isinstance(on, str) else set(on)


def jobs(document):
    return document.get("jobs") or {"action": document["runs"]}


def steps(document):
    return [step for job in jobs(document).values() for step in job.get("steps", [])]


def uses(document):
    called = [job["uses"] for job in jobs(document).values() if "uses" in job]
    return called + [step["uses"] for step in steps(document) if "uses" in step]


def faults_of_rights(document):
    if "jobs" not in document:
        return  # an action has the rights of its caller
    if triggers(document) & {"pull_request_target", "workflow_run"}:
        yield "a stranger's pull request starts it with the rights of the repository"
    if document.get("permissions") not in READING:
        yield "permissions at the top are neither {} nor contents: read"
    for name, job in document["jobs"].items():
        rights = job.get("permissions", document.get("permissions"))
        if rights in READING:
            continue
        if "pull_request" in triggers(document):
            yield f"{name} may do more than read, on a pull request"
        elif "environment" not in job:
            yield f"{name} may write, and no environment stands before it"


def faults_of_steps(document):
    yield from (f"{action} is not pinned" for action in uses(document) if not (action.startswith("./") or PINNED.fullmatch(action)))
    for step in steps(document):
        settings = step.get("with", {})
        if step.get("uses", "").startswith("actions/checkout@") and settings.get("persist-credentials") is not False:
            yield "checkout leaves its token in the directory"
        if "${{" in step.get("run", ""):
            yield "an expression stands in a shell line; pass it by env"
        if any(key.startswith("cache") for key in settings) or step.get("uses", "").startswith("actions/cache"):
            yield "a cache: what a pull request puts in, a release might take out"


def faults(text):
    document = yaml.safe_load(text)
    secrets = ["it reads secrets"] if re.search(r"\bsecrets(\.\w|\[|: inherit)", text) else []
    return [*secrets, *faults_of_rights(document), *faults_of_steps(document)]


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_wrong_with(name):
    assert faults(FILES[name]) == []


CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
PLANTED = [
    ("validate.yml", "  pull_request:\n", "  pull_request_target:\n", "rights of the repository"),
    ("validate.yml", "on:\n  pull_request:\n", "on: [workflow_run]\n", "rights of the repository"),
    ("tests.yml", "\npermissions: {}\n", "\npermissions: write-all\n", "at the top"),
    ("tests.yml", "\npermissions: {}\n", "\n", "at the top"),
    ("release.yml", "\npermissions: {}\n", "\npermissions: {id-token: write}\n", "at the top"),
    ("validate.yml", "contents: read", "contents: write", "more than read"),
    ("release.yml", "    environment: release\n", "", "no environment"),
    ("docs.yml", CHECKOUT, "actions/checkout@v7", "not pinned"),
    ("docs.yml", CHECKOUT, CHECKOUT[:-1], "not pinned"),
    ("validate.yml", "          persist-credentials: false\n          sparse", "          sparse", "token"),
    ("validate.yml", "persist-credentials: false", "persist-credentials: true", "token"),
    ("validate.yml", "run: hz-dragons fmt --check", "run: echo ${{ github.event.pull_request.title }}", "by env"),
    ("action.yml", '-- "$PACKAGE"', "-- ${{ inputs.package }}", "by env"),
    ("release.yml", 'python-version: "3.13"', 'python-version: "3.13"\n          cache: pip', "a cache"),
    ("release.yml", "attestations: true", "password: ${{ secrets.TOKEN }}", "reads secrets"),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), PLANTED)
def test_each_planted_fault_is_seen(name, old, new, expected):
    assert old in FILES[name]
    found = faults(FILES[name].replace(old, new, 1))
    assert any(expected in fault for fault in found), found


@pytest.mark.parametrize("name", FILES)
def test_every_pin_says_its_version(name):
    lines = [line for line in FILES[name].splitlines() if "uses:" in line]
    assert lines
    assert not [line for line in lines if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)]


def test_one_version_of_each_action():
    pins = {tuple(action.split("@")) for text in [*FILES.values()] for action in uses(yaml.safe_load(text))}
    assert len(pins) == len({action for action, _ in pins})


def test_a_pull_request_is_judged_by_the_code_of_its_base():
    (job,) = yaml.safe_load(WORKFLOWS["validate.yml"])["jobs"].values()
    head, base = (step["with"] for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@"))
    assert head["sparse-checkout"].split() == ["/seeds/", "/datapackage.json"]
    assert head["sparse-checkout-cone-mode"] is False  # cone mode would bring every file of the root
    assert "sparse-checkout" not in base
    assert base["ref"] == "${{ steps.base.outputs.commit }}"
    installs = [line for step in job["steps"] for line in step.get("run", "").splitlines() if "pip" in line]
    assert installs
    assert all("./base" in line and "head" not in line for line in installs)
    assert next(step for step in job["steps"] if "hz-dragons validate" in step.get("run", ""))["working-directory"] == "head"


def test_a_release_is_built_once_and_only_published_by_the_job_that_may():
    document = yaml.safe_load(WORKFLOWS["release.yml"])
    assert "pull_request" not in triggers(document)
    runs = "\n".join(step.get("run", "") for step in steps(document))
    assert len(re.findall(r"-m build\b", runs)) == 1
    asking = [name for name, job in document["jobs"].items() if "id-token" in job.get("permissions", {})]
    assert asking == ["publish"]
    publish = document["jobs"]["publish"]
    assert set(publish["needs"]) == {"test", "build"}
    assert not [step for step in publish["steps"] if "run" in step]  # nothing of the repository runs where the token is
    names = [action.split("@")[0] for action in uses({"jobs": {"publish": publish}})]
    assert names == ["actions/download-artifact", "actions/attest-build-provenance", "pypa/gh-action-pypi-publish"]


def command_lines(text):
    """Each call of hz-dragons in the shell lines of a file, as arguments."""
    for step in steps(yaml.safe_load(text)):
        for line in step.get("run", "").splitlines():
            if found := re.search(r'(?:^|[\s/])hz-dragons"? ([a-z]+\b[^|>&;]*)', line):
                yield shlex.split(found[1])


CALLS = [pytest.param(call, id=f"{name}-{'-'.join(call[:3])}") for name, text in FILES.items() for call in command_lines(text)]


def test_calls_are_found_in_the_workflows():
    assert [call[0] for call in command_lines(WORKFLOWS["validate.yml"])] == ["validate", "fmt", "diff"]
    assert [call[0] for call in command_lines(ACTION)] == ["validate"]


def understand(call):
    """Parse a call as the command line would, values of options included, without running it."""
    command = main.get_command(click.Context(main), call[0])
    assert command is not None, f"no command {call[0]!r}"
    return command.make_context(call[0], call[1:]).params


@pytest.mark.parametrize("call", CALLS)
def test_every_call_is_one_that_the_command_line_understands(call):
    understand(list(call))


@pytest.mark.parametrize("call", [["validate", "--no-such-option"], ["validate", "--format", "nonsense"], ["fmt", "--check", "one", "two"]])
def test_a_call_that_nobody_understands_is_noticed(call):
    with pytest.raises(click.UsageError):
        understand(call)


def test_a_package_whose_name_begins_with_a_dash_is_no_option():
    (call,) = command_lines(ACTION)
    assert call[-2:] == ["--", "$PACKAGE"]
    assert understand(["validate", "--", "--fix"])["target"] == "--fix"


def test_there_are_two_hooks_and_they_look_at_the_whole_package():
    assert set(HOOKS) == {"hz-dragons-validate", "hz-dragons-fmt"}
    for hook in HOOKS.values():
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False
        assert not [
            name for name in ("README.md", "docs/seeds/claims.csv", "seeds/notes.txt", "datapackage.json.bak") if re.search(hook["files"], name)
        ]
        assert all(re.search(hook["files"], name) for name in ("datapackage.json", "seeds/claims.csv"))


def run_hook(identifier, directory, monkeypatch):
    program, *arguments = shlex.split(HOOKS[identifier]["entry"])
    assert program == "hz-dragons"
    assert arguments[0] in COMMANDS
    monkeypatch.chdir(directory)
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("identifier", HOOKS)
def test_a_hook_is_content_with_a_good_package(identifier, minimal, monkeypatch):
    run = run_hook(identifier, minimal, monkeypatch)
    assert run.exit_code == 0, run.output


def test_the_hooks_judge_the_checkout_and_not_the_installed_data(minimal, monkeypatch):
    planting.remove_row(minimal, "claims", planting.table_path(minimal, "claims").read_text(encoding="utf-8").splitlines()[1].split(",")[0])
    assert run_hook("hz-dragons-validate", minimal, monkeypatch).exit_code == 1
    path = planting.table_path(minimal, "entities")
    before = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    assert run_hook("hz-dragons-fmt", minimal, monkeypatch).exit_code == 1
    assert path.read_bytes() == before  # it says so and changes nothing


def test_a_hook_outside_of_a_package_is_wrong_use(tmp_path, monkeypatch):
    assert {run_hook(identifier, tmp_path, monkeypatch).exit_code for identifier in HOOKS} == {2}


def test_the_how_to_names_what_there_is():
    blocks = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", HOW_TO, re.MULTILINE | re.DOTALL)]
    named, nested, workflow = blocks
    assert {hook["id"] for hook in named["repos"][0]["hooks"]} == set(HOOKS)
    assert nested[0]["id"] in HOOKS
    assert re.search(nested[0]["files"], "data/mine/seeds/claims.csv")
    own = next(step for step in steps(workflow) if step["uses"].startswith("hz-dragons/"))
    assert set(own["with"]) == set(yaml.safe_load(ACTION)["inputs"])
    assert faults(yaml.safe_dump(workflow).replace("@COMMIT", "@" + "0" * 40)) == []
    assert next(action for action in uses(workflow) if "checkout" in action) == CHECKOUT
    documented = re.findall(r"^\| (\d) \|", HOW_TO, re.MULTILINE)
    assert documented == ["0", "1", "2"]
