"""Fixtures that several folders of tests share, and a header that says whether the source texts are at hand."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import hz_dragons as hz

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"
SOURCE_TEXTS = Path(os.environ.get("HZ_DRAGONS_TEXTS", ROOT.parent / "shared" / "seeds"))


def _texts_are_there() -> bool:
    return any(source.file and (SOURCE_TEXTS / source.file).is_file() for source in hz.load().sources)


def pytest_report_header() -> str:
    if _texts_are_there():
        return f"source texts: present in {SOURCE_TEXTS.name}/, every row of evidence is checked against them"
    return "source texts: absent, rows are checked for form only (set HZ_DRAGONS_TEXTS to a folder that holds them)"


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CORPUS / "valid" / "minimal", tmp_path / "minimal"))


@pytest.fixture
def texts() -> Path:
    return CORPUS / "texts"


@pytest.fixture(scope="session")
def source_texts() -> Path:
    if not _texts_are_there():
        pytest.skip("the source texts are not redistributed; bring a copy to check the rows against them")
    return SOURCE_TEXTS
