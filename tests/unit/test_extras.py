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


def test_a_library_that_cannot_be_imported_counts_as_missing(tmp_path, monkeypatch):
    (tmp_path / "halfinstalled.py").write_text("raise ImportError('a part is missing')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(MissingExtra, match="halfinstalled"):
        require("halfinstalled", "verify")
