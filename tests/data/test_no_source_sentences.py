"""No sentence of a source text is in the repository or in the wheel."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import hz_dragons as hz
from hz_dragons.folding import fold

ROOT = Path(__file__).resolve().parents[2]
RUN = 25  # so many folded characters in a row are more than a figure and its noun


def grams(text: str) -> set[str]:
    folded = fold(text).text
    return {folded[i : i + RUN] for i in range(len(folded) - RUN + 1)}


def carried_over(text: str, forbidden: set[str]) -> list[str]:
    """Runs of a source text in each line of a file."""
    found = []
    for line in text.splitlines():
        folded = fold(line).text
        found += [folded[i : i + RUN] for i in range(len(folded) - RUN + 1) if folded[i : i + RUN] in forbidden][:1]
    return found


def committed_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def readable(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.fixture(scope="module")
def forbidden(source_texts) -> set[str]:
    found: set[str] = set()
    for source in hz.load().sources:
        if source.file and (source_texts / source.file).is_file():
            found |= grams((source_texts / source.file).read_text(encoding="utf-8"))
    return found


def test_the_scan_notices_a_planted_sentence(forbidden, source_texts):
    source = next(source for source in hz.load().sources if source.file)
    sentence = max((source_texts / source.file).read_text(encoding="utf-8").splitlines(), key=len)[:80]
    assert carried_over(f"note,{sentence},more", forbidden)
    assert carried_over("\n".join(["a", f"# {sentence}"]), forbidden)


def test_no_file_of_the_repository_carries_a_source_over(forbidden):
    files = committed_files()
    assert len(files) > 50
    found = {str(path.relative_to(ROOT)): runs for path in files if (runs := carried_over(readable(path), forbidden))}
    assert not found


def test_the_texts_themselves_are_not_here():
    hashes = {source.text_sha256 for source in hz.load().sources if source.text_sha256}
    import hashlib

    assert not [path for path in committed_files() if hashlib.sha256(path.read_bytes()).hexdigest() in hashes]


def test_no_row_quotes_more_than_a_figure():
    for row in hz.load().evidence:
        assert row.quote is None or len(row.quote) <= 24
