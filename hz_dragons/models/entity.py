"""What claims are about: `Entity`, `Name`, `Company`, `Founder`. Identity only; whatever can be contested is a claim."""

from typing import ClassVar, Literal, Protocol

from hz_dragons.models.base import ClaimCode, Language, Line, Paragraph, Record, Slug, Url, WikidataItem

__all__ = ["Cohort", "Company", "Entity", "EntityKind", "Founder", "FounderRole", "Name", "NameType"]

EntityKind = Literal["company", "person", "product", "place", "organization", "event", "policy", "group", "work"]
NameType = Literal["official", "short", "alias", "former", "misspelling"]
Cohort = Literal["six", "wider", "context"]
FounderRole = Literal["founder", "co_founder"]


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


class CompanyHome(Protocol):
    """What a company needs to show itself."""

    def company_html(self, company_id: str) -> str:
        """Give what is known about a company as safe HTML."""


class Company(Record):
    """What makes an entity a company here.

    Attributes:
        company_id: The entity that is the company.
        cohort: One of the six, a close peer, or context.
        sector: What it does, in a few words.
        legal_name: Registered name, where a text gives it.
        website: Official website.

    Example:
        >>> import hz_dragons as hz
        >>> hz.load().companies["deepseek"].cohort
        'six'
    """

    table: ClassVar[str] = "companies"
    key: ClassVar[tuple[str, ...]] = ("company_id",)
    references: ClassVar[dict[str, str]] = {"company_id": "entities"}

    __slots__ = ("_home",)
    _home: CompanyHome

    company_id: Slug
    cohort: Cohort
    sector: Line
    legal_name: Line | None
    website: Url | None

    def _repr_html_(self) -> str | None:
        """What a notebook shows: all that is known about the company; nothing special for one that was made by hand."""
        return self._home.company_html(self.company_id) if hasattr(self, "_home") else None


class Founder(Record):
    """An accepted founding tie, with the claim that warrants it.

    Attributes:
        company_id: The company founded.
        person_id: Who founded it.
        role: Alone or with others.
        claim_id: The claim that says so.
    """

    table: ClassVar[str] = "founders"
    key: ClassVar[tuple[str, ...]] = ("company_id", "person_id")
    references: ClassVar[dict[str, str]] = {
        "company_id": "companies",
        "person_id": "entities",
        "claim_id": "claims",
    }

    company_id: Slug
    person_id: Slug
    role: FounderRole
    claim_id: ClaimCode
