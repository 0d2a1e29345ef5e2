"""What claims are about: `Entity` and `Name`. Identity only; whatever can be contested is a claim."""

from typing import ClassVar, Literal

from hz_dragons.models.base import Language, Line, Paragraph, Record, Slug, WikidataItem

__all__ = ["Entity", "EntityKind", "Name", "NameType"]

EntityKind = Literal["company", "person", "product", "place", "organization", "event", "policy", "group", "work"]
NameType = Literal["official", "short", "alias", "former", "misspelling"]


class Entity(Record):
    """Anything a claim is about.

    Attributes:
        entity_id: Identifier of the entity.
        kind: What sort of thing it is.
        name_en: Name shown in English.
        name_zh: Name shown in Chinese, in Simplified script.
        wikidata: Item of Wikidata, where it has been checked.
        note: What tells it apart from what it might be mistaken for.

    Example:
        >>> import hz_dragons as hz
        >>> hz.load().entities["deepseek"].name_zh
        '深度求索'
    """

    table: ClassVar[str] = "entities"
    key: ClassVar[tuple[str, ...]] = ("entity_id",)

    entity_id: Slug
    kind: EntityKind
    name_en: Line
    name_zh: Line
    wikidata: WikidataItem | None
    note: Paragraph | None

    def name(self, lang: str = "en") -> str:
        """Give the name shown in a language (``en`` or ``zh``)."""
        return self.name_zh if lang == "zh" else self.name_en

    def __str__(self) -> str:
        return self.name_en


class Name(Record):
    """Another name of an entity: other scripts, short forms, aliases, misspellings met in the texts.

    Attributes:
        entity_id: Whose name it is.
        name: The name as written.
        language: Language and script of the name.
        name_type: What sort of name it is.
    """

    table: ClassVar[str] = "names"
    key: ClassVar[tuple[str, ...]] = ("entity_id", "name", "language")
    references: ClassVar[dict[str, str]] = {"entity_id": "entities"}

    entity_id: Slug
    name: Line
    language: Language
    name_type: NameType
