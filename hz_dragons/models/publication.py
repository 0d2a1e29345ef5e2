"""Works that say something: `Source`."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from hz_dragons.models.base import DateOrInterval, FileName, Language, Line, Paragraph, Record, Sha256, Slug, Url

__all__ = ["Source", "SourceKind"]

SourceKind = Literal["article", "opinion", "self_media", "social_post", "report", "paper", "law", "website", "interview", "dataset"]


class Source(Record):
    """A published work: a text that was read, or a work that a text or a decision cites.

    Attributes:
        source_id: Identifier of the work.
        file: Name of the text file that was read; `None` when the work is only cited.
        kind: What sort of work it is.
        title: Its title; in square brackets when the work has none and this one is ours.
        publisher: Outlet, site or body that published it.
        author: Person or team named as author.
        published: When it was published; an interval when that was inferred.
        language: Language and script, as a BCP 47 tag.
        derived_from: The work that this one mainly reposts, rewrites or draws on.
        url: Where it can be read. Never fetched.
        text_sha256: SHA-256 of the bytes of the file.
        text_length: Length of the decoded file in Unicode code points.
        note: Damage, dating, derivation.

    Example:
        >>> import hz_dragons as hz
        >>> hz.load().sources["netease-2025"].language
        'zh-Hant'
    """

    table: ClassVar[str] = "sources"
    key: ClassVar[tuple[str, ...]] = ("source_id",)
    references: ClassVar[dict[str, str]] = {"derived_from": "sources"}

    source_id: Slug
    file: FileName | None
    kind: SourceKind
    title: Line
    publisher: Line | None
    author: Line | None
    published: DateOrInterval | None
    language: Language
    derived_from: Slug | None
    url: Url | None
    text_sha256: Sha256 | None
    text_length: Annotated[int, Field(ge=1, le=100_000_000)] | None
    note: Paragraph | None

    @model_validator(mode="after")
    def _text_is_described(self) -> Self:
        if len({self.file is None, self.text_sha256 is None, self.text_length is None}) > 1:
            raise ValueError("file, text_sha256 and text_length are given together or not at all")
        return self
