"""`cite`: a phrase of a text becomes a finished row of evidence."""

from __future__ import annotations

import os
import secrets
import string
from collections.abc import Container

from hz_dragons.anchor import Copy, nearest
from hz_dragons.dataset import Dataset
from hz_dragons.errors import SpanNotFound
from hz_dragons.folding import fold
from hz_dragons.models import Evidence
from hz_dragons.models.evidence import Basis, Modality, Stance
from hz_dragons.rules.evidence import LONGEST_SPAN, SHORTEST_FOLD
from hz_dragons.verification import read_copy

__all__ = ["cite", "cite_in", "mint_claim_id"]

_ALPHABET = string.digits + string.ascii_lowercase


def mint_claim_id(taken: Container[str] = ()) -> str:
    """Mint a claim identifier at random, so that two pull requests don't collide.

    Args:
        taken: Identifiers that are in use.

    Example:
        >>> len(mint_claim_id())
        10
    """
    while (claim_id := "clm-" + "".join(secrets.choice(_ALPHABET) for _ in range(6))) in taken:
        continue
    return claim_id


def cite(
    data: Dataset,
    source_id: str,
    phrase: str,
    texts: str | os.PathLike[str],
    *,
    within: str = "",
    claim_id: str | None = None,
    stance: Stance = "asserts",
    modality: Modality = "stated",
    speaker_id: str | None = None,
    basis: Basis | None = None,
    quote: str | None = None,
    note: str | None = None,
) -> Evidence:
    """Find a phrase in a text and make the finished row of evidence.

    Args:
        data: The package.
        source_id: The text.
        phrase: The smallest clause that says the claim; either script, glosses and blanks don't matter.
        texts: Folder with copies of the texts.
        within: A longer stretch that holds the phrase, when the phrase alone stands in several places.
        claim_id: The claim it supports; minted fresh when `None`.
        stance: Whether the text asserts or denies it.
        modality: How firmly it is said.
        speaker_id: Who is quoted.
        basis: How the claim follows; `direct` when `None`.
        quote: At most 24 characters: the figure and its noun.
        note: Why the basis is not direct.

    Returns:
        The row, with offsets and fingerprint.

    Raises:
        RecordNotFound: There is no such source, claim or speaker.
        TextNotFound: The folder has no copy of the text.
        SpanNotFound: The phrase is not there, or is there more than once, or is too long or too short to cite.
        MissingExtra: opencc or pypinyin is not installed.
    """
    source = data.sources[source_id]
    if claim_id is not None:
        data.claims.require(claim_id)
    if speaker_id is not None:
        data.entities.require(speaker_id)
    copy = Copy(read_copy(texts, source)[0])
    start, end, fingerprint = cite_in(copy, phrase, within)
    return Evidence(
        claim_id=claim_id or mint_claim_id(data.claims),
        source_id=source_id,
        start=start,
        end=end,
        fingerprint=fingerprint,
        stance=stance,
        modality=modality,
        speaker_id=speaker_id,
        basis=basis or "direct",
        quote=quote,
        note=note,
    )


def cite_in(copy: Copy, phrase: str, within: str = "") -> tuple[int, int, str]:
    """Find the one place of a phrase in a text.

    Args:
        copy: The text.
        phrase: The phrase.
        within: A longer stretch that holds it.

    Returns:
        Start, end and fingerprint.

    Raises:
        SpanNotFound: There is no place, several places, or the span is too long or too short.
    """
    places = copy.locate(phrase, within)
    if not places:
        close = nearest(copy, phrase)
        hint = f"Did you mean {close!r}?" if close else "Copy the phrase out of the text"
        raise SpanNotFound(f"{phrase!r} is not in the text", hint, [close] if close else [])
    if len(places) > 1:
        around = [copy.text[max(0, start - 8) : end + 8].replace("\n", " ") for start, end in places]
        listed = "; ".join(map(repr, around[:5]))
        raise SpanNotFound(f"{phrase!r} stands in {len(places)} places: {listed}", "Add --within with a longer stretch", around)
    (start, end), folded = places[0], fold(copy.text[places[0][0] : places[0][1]]).text
    if end - start > LONGEST_SPAN:
        raise SpanNotFound(f"the span has {end - start} characters, the limit is {LONGEST_SPAN}", "Cite the smallest clause that says it")
    if len(folded) < SHORTEST_FOLD:
        raise SpanNotFound(f"the folded span {folded!r} has fewer than {SHORTEST_FOLD} characters and can be guessed", "Cite a few more")
    return start, end, copy.at(start, end)
