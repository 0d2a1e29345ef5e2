"""Finding entities by name: either script, any spelling that the names table knows, and near misses."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from hz_dragons.errors import MissingExtra
from hz_dragons.extras import require
from hz_dragons.models import Claim, Entity, Name

__all__ = ["ClaimIndex", "Match", "NameIndex", "name_key"]

_CLOSE = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """An entity found by a name.

    Attributes:
        entity: The entity.
        name: The name that matched, as it is written in the package.
        how: ``exact``, ``prefix``, ``part``, ``pinyin`` or ``near``.
        score: 1 for the same name, less for a lesser likeness.
    """

    entity: Entity
    name: str
    how: str
    score: float


def name_key(name: str) -> str:
    """Reduce a name to what is compared: compatibility forms, case, blanks and punctuation don't count."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum())


class ClaimHome(Protocol):
    """What a claim index reads: claims and names."""

    @property
    def claims(self) -> Iterable[Claim]:
        """The claims."""

    @property
    def names(self) -> Iterable[Name]:
        """The names."""


class NameIndex:
    """All names of all entities, by what is compared.

    Args:
        entities: The entities.
        names: Their other names.
    """

    def __init__(self, entities: Sequence[Entity], names: Sequence[Name]) -> None:
        by_id = {entity.entity_id: entity for entity in entities}
        written = [(entity, text) for entity in entities for text in (entity.entity_id, entity.name_en, entity.name_zh)]
        written += [(by_id[name.entity_id], name.name) for name in names]
        self._names: dict[str, list[tuple[Entity, str]]] = {}
        for entity, text in written:
            self._names.setdefault(name_key(text), []).append((entity, text))

    def matches(self, text: str, limit: int = 10) -> tuple[Match, ...]:
        """Find entities by a name.

        Args:
            text: A name or part of one, in any script.
            limit: How many entities at most.

        Returns:
            One match per entity, best first; empty when nothing is like it.
        """
        wanted = name_key(text)
        if not wanted:
            return ()
        found: dict[str, Match] = {}
        for match in sorted(self._candidates(wanted), key=lambda m: (-m.score, m.entity.entity_id)):
            found.setdefault(match.entity.entity_id, match)
        return tuple(found.values())[:limit]

    def _candidates(self, wanted: str) -> list[Match]:
        exact = [Match(entity, text, "exact", 1.0) for entity, text in self._names.get(wanted, [])]
        parts = [
            Match(entity, text, "prefix" if key.startswith(wanted) else "part", (0.9 if key.startswith(wanted) else 0.8) * len(wanted) / len(key))
            for key, owners in self._names.items()
            if wanted in key and key != wanted
            for entity, text in owners
        ]
        if exact or parts:
            return exact + parts
        if wanted.isascii() and (sounding := self._by_sound(wanted)):
            return sounding
        close = difflib.get_close_matches(wanted, self._names, n=5, cutoff=_CLOSE if len(wanted) > 3 else 0.6)
        return [
            Match(entity, text, "near", 0.7 * difflib.SequenceMatcher(None, wanted, key).ratio())
            for key in close
            for entity, text in self._names[key]
        ]

    def _by_sound(self, wanted: str) -> list[Match]:
        """Names whose pinyin without tones begins so, where pypinyin is installed."""
        return [
            Match(entity, text, "pinyin", 0.7 * len(wanted) / len(sound))
            for sound, owners in self._sounds.items()
            if sound.startswith(wanted)
            for entity, text in owners
        ]

    @cached_property
    def _sounds(self) -> dict[str, list[tuple[Entity, str]]]:
        try:
            pypinyin = require("pypinyin", "verify")
        except MissingExtra:
            return {}
        sounds: dict[str, list[tuple[Entity, str]]] = {}
        for key, owners in self._names.items():
            if not key.isascii():
                sounds.setdefault("".join(pypinyin.lazy_pinyin(key)), []).extend(owners)
        return sounds


class ClaimIndex:
    """Words and pairs of characters of all claims, in both languages.

    A text is cut into lower-case words where it is written with blanks, and into pairs of neighbouring characters where it is Chinese,
    so that two characters are enough to search for.

    Args:
        data: The dataset.
    """

    def __init__(self, data: ClaimHome) -> None:
        self._data = data
        self._places: dict[str, list[int]] = {}
        self._claims = list(data.claims)
        names: dict[str, str] = {}
        for name in data.names:
            names[name.entity_id] = f"{names.get(name.entity_id, '')} {name.name}"
        for place, claim in enumerate(self._claims):
            other = f"{names.get(claim.subject_id, '')} {names.get(claim.object_id or '', '')}"
            for token in set(_tokens(f"{claim.sentence()} {claim.sentence('zh')} {other}")):
                self._places.setdefault(token, []).append(place)

    def claims(self, text: str, limit: int) -> list[Claim]:
        """Give the claims that share most of the rarer tokens with a text, best first."""
        scores: dict[int, float] = {}
        wanted = set(_tokens(text))
        for token in wanted:
            found = self._places.get(token, [])
            for place in found:
                scores[place] = scores.get(place, 0.0) + 1 / (1 + math.log1p(len(found)))
        best = max(scores.values(), default=0.0)
        ranked = sorted(
            (place for place, score in scores.items() if score >= best / 2), key=lambda place: (-scores[place], self._claims[place].claim_id)
        )
        return [self._claims[place] for place in ranked[:limit]]


_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_WORD = re.compile("[a-z0-9][a-z0-9.+-]*")


def _tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    pairs = [run[i : i + 2] for run in _HAN_RUN.findall(folded) for i in range(max(1, len(run) - 1))]
    return [word.rstrip(".-") for word in _WORD.findall(folded)] + pairs
