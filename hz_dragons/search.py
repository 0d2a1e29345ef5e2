"""Finding entities by name: either script, any spelling that the names table knows, and near misses."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from hz_dragons.models import Entity, Name

__all__ = ["Match", "NameIndex", "name_key"]

_CLOSE = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """An entity found by a name.

    Attributes:
        entity: The entity.
        name: The name that matched, as it is written in the package.
        how: ``exact``, ``prefix``, ``part`` or ``near``.
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
        close = difflib.get_close_matches(wanted, self._names, n=5, cutoff=_CLOSE if len(wanted) > 3 else 0.6)
        return [
            Match(entity, text, "near", 0.7 * difflib.SequenceMatcher(None, wanted, key).ratio())
            for key in close
            for entity, text in self._names[key]
        ]
