"""What the package promises at its root."""

from __future__ import annotations

import subprocess
import sys

import hz_dragons as hz


def test_the_front_door_is_small_sorted_and_complete():
    assert hz.__all__ == sorted(hz.__all__)
    assert len(hz.__all__) <= 25
    for name in hz.__all__:
        assert getattr(hz, name) is not None


def test_star_import_gives_exactly_the_front_door():
    names: dict[str, object] = {}
    exec("from hz_dragons import *", names)  # noqa: S102  # this is the import that users write
    assert set(hz.__all__) <= set(names)


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(hz, "nothing_of_that_name")


def test_the_version_needs_neither_pydantic_nor_data():
    program = "import sys; from hz_dragons.cli import main; import contextlib\nwith contextlib.suppress(SystemExit): main(['--version'])\nprint('pydantic' in sys.modules, 'hz_dragons.models' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "False False"


def test_loading_opens_no_socket_and_no_optional_library():
    program = (
        "import socket, sys\nsocket.socket = None\nimport hz_dragons as hz\ndata = hz.load()\n"
        "data.fact('deepseek', 'founded_on'), data.find('宇樹'), list(data.claims), hz.validate()\n"
        "print(sorted({'opencc', 'pypinyin', 'cn2an', 'jsonschema', 'frictionless', 'rapidfuzz'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
