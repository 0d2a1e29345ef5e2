"""What makes an entity a company here: `Company`, and who founded it: `Founder`."""

from typing import ClassVar, Literal, Protocol

from hz_dragons.models.base import ClaimCode, Line, Record, Slug, Url

__all__ = ["Cohort", "Company", "Founder", "FounderRole"]

Cohort = Literal["six", "wider", "context"]
FounderRole = Literal["founder", "co_founder"]


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

    speaks: ClassVar[bool] = True
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
