"""The agreement lint: what a claim says must be found in the span that is said to say it, or the row must explain itself.

It reads numbers (through 万 and 亿, full-width digits, Chinese numerals), bounds, units, dates and names. It can't read
sentences: a row that passes may still be wrong, a row that fails is wrong or says `basis=context` or `basis=derived`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hz_dragons.dataset import Dataset
from hz_dragons.folding import fold
from hz_dragons.models import Claim, Unit
from hz_dragons.numerals import Figure, figures, plain_text

__all__ = ["UNIT_WORDS", "Agreement"]

# Words that announce a unit. A unit that is not here is announced by its own Chinese label.
UNIT_WORDS: dict[str, tuple[str, ...]] = {
    "USD": ("美元", "美金"),
    "CNY": ("元", "人民币", "块", "亿", "万"),
    "percent": ("%", "成", "分之", "一半"),
    "gpu": ("张", "块", "卡"),
    "chip": ("颗", "块", "枚", "芯片"),
    "year": ("年",),
    "month": ("月",),
    "day": ("天", "日"),
}
_FOREIGN = re.compile("[美欧日港]元|美金")
_ORDINAL = ("第", "首", "前", "冠", "一", "最", "仅次", "唯一", "头")
_BEFORE = {
    "about": ("约", "近", "大概", "接近", "差不多", "左右"),
    "at_least": ("至少", "不少于", "不低于"),
    "more_than": ("超过", "超", "突破", "逾", "多于", "高于", "破", "过"),
    "at_most": ("至多", "不超过", "最多"),
    "less_than": ("不到", "不足", "少于", "低于", "未满"),
}
_AFTER = {
    "about": ("左右", "上下", "级", "许"),
    "at_least": ("以上",),
    "more_than": ("多", "余"),
    "at_most": ("以内", "以下"),
}
_DATE = re.compile(r"([12][0-9]{3})年?(?:[-/.年]?([0-9]{1,2})月?(?:[-/.月]?([0-9]{1,2})[日号]?)?)?")


class Agreement:
    """Compares claims of one dataset with spans.

    Args:
        data: The dataset, for names, units and predicates.
    """

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self._names: dict[str, tuple[str, ...]] = {}

    def disagreements(self, claim: Claim, span: str) -> tuple[str, ...]:
        """Say what of a claim is not in a span.

        Args:
            claim: The claim.
            span: The text of the span.

        Returns:
            One short phrase for each thing that is missing; empty when all is there.
        """
        return tuple(self._missing(claim, span))

    def _missing(self, claim: Claim, span: str) -> Iterator[str]:
        folded = fold(span).text
        for entity_id, role in ((claim.subject_id, "subject"), (claim.object_id, "object")):
            if entity_id and not any(name in folded for name in self._names_of(entity_id)):
                yield f"{role} {entity_id}"
        if claim.number is not None and claim.unit_id is not None:
            yield from _number(claim, plain_text(span), self._data.units[claim.unit_id])
        if claim.date is not None and not _has_date(str(claim.date), plain_text(span)):
            yield f"date {claim.date}"

    def _names_of(self, entity_id: str) -> tuple[str, ...]:
        if entity_id not in self._names:
            entity = self._data.entities[entity_id]
            written = [entity.name_en, entity.name_zh, *(n.name for n in self._data.names.where(entity_id=entity_id))]
            self._names[entity_id] = tuple({key for name in written if (key := fold(name).text)})
        return self._names[entity_id]


def _number(claim: Claim, span: str, unit: Unit) -> Iterator[str]:
    found = list(figures(span))
    ordinal = unit.dimension == "ordinal"
    matches = [figure for figure in found if claim.number is not None and _is(figure, claim.number, claim.number_max, unit)]
    if ordinal and not matches and claim.number == 1 and any(word in span for word in _ORDINAL):
        return
    if claim.number_max is not None:
        ends = [any(end in (figure.low, figure.high) for figure in found) for end in (claim.number, claim.number_max)]
        if not all(ends):
            yield f"range {claim.number} to {claim.number_max}"
    elif not matches:
        yield f"number {claim.number}"
    elif not any(_bound_agrees(claim.bound or "exact", figure, span) for figure in matches):
        yield f"bound {claim.bound}"
    words = UNIT_WORDS.get(unit.unit_id, (plain_text(unit.label_zh),))
    if unit.unit_id == "CNY" and _FOREIGN.search(span):
        span, words = _FOREIGN.sub("", span), ("元", "人民币", "块")
    if not ordinal and not any(word in span for word in words):
        yield f"unit {unit.unit_id}"


def _is(figure: Figure, number: Decimal, number_max: Decimal | None, unit: Unit) -> bool:
    if number_max is not None:
        return (figure.low, figure.high) == (number, number_max)
    wants_ratio = unit.unit_id == "percent"
    return figure.ratio == wants_ratio and figure.low == figure.high and abs(figure.low - number) < Decimal("0.000001")


def _bound_agrees(bound: str, figure: Figure, span: str) -> bool:
    # A hedge stands before the figure in the same clause, after no other figure, or right behind it.
    before = re.split(r"[0-9,，。;；、]", span[: figure.start])[-1][-10:]
    after = span[figure.end : figure.end + 3]
    hedges = set()
    for word, kind in sorted(((word, kind) for kind, words in _BEFORE.items() for word in words), key=lambda pair: -len(pair[0])):
        if word in before:  # 不超过 before 超过: what is denied is not said
            hedges.add(kind)
            before = before.replace(word, "#")
    hedges |= {kind for kind, words in _AFTER.items() if any(word in after for word in words)}
    if before.endswith("前"):  # 前三: a place in the order of three or better
        hedges.add("at_most")
    return not hedges if bound == "exact" else bound in hedges


def _has_date(date: str, span: str) -> bool:
    written = {"-".join([m[1], *(part.zfill(2) for part in m.groups()[1:] if part)]) for m in _DATE.finditer(span)}
    return all(end in written for end in date.split("/"))
