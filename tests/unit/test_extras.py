from __future__ import annotations

import json
import sys

import pytest

from hz_dragons.errors import MissingExtra
from hz_dragons.extras import require


def test_require_gives_the_module():
    assert require("json", "verify") is json


def test_a_library_that_is_not_installed_is_named_with_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(MissingExtra, match=r"opencc.*hz-dragons\[verify\]"):
        require("opencc", "verify")


def test_a_missing_library_is_an_import_error_that_keeps_its_cause(monkeypatch):
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(ImportError, match="opencc") as caught:
        require("opencc", "verify")
    assert isinstance(caught.value.__cause__, ImportError)
