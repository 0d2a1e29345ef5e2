"""Why a file or a row can't be read: turns a failure of `parse` into findings with place and advice.

Only imported when something is wrong, so that a sound package loads without it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError

from hz_dragons import dates
from hz_dragons.cells import CELL_TYPES, parse_cell
from hz_dragons.codes import Plain, code
from hz_dragons.csvio import CsvFault, Row, cell_column
from hz_dragons.errors import PackageNotFound
from hz_dragons.models import TABLES, Predicate, Record
from hz_dragons.models.base import ClaimCode, FileName, Fingerprint, Language, Line, Sha256, Slug, Snake, UnitCode, Url, WikidataItem
from hz_dragons.parse import HeaderFault, ParsedTable
from hz_dragons.report import Finding

__all__ = ["FORMS", "diagnose"]


def _pattern(annotated: Any) -> str:
    return next(str(part.pattern) for part in get_args(annotated)[1:] if getattr(part, "pattern", None))


_subject_kinds = str(next(part.pattern for part in Predicate.model_fields["subject_kinds"].metadata if getattr(part, "pattern", None)))

# What a cell of each pattern looks like, for those who have never seen a pattern.
FORMS: dict[str, tuple[str, str]] = {
    _pattern(Slug): ("lower-case ASCII letters, digits and single hyphens: unitree-g1", "小写ASCII字母、数字和单个连字符:unitree-g1"),
    _pattern(Snake): ("lower-case ASCII words joined by underscores: founded_on", "小写ASCII单词以下划线连接:founded_on"),
    _pattern(UnitCode): ("a currency code such as USD, or a slug such as gpu", "货币代码如USD,或短标识如gpu"),
    _pattern(ClaimCode): ("clm- and six characters of 0-9a-z, as `hz-dragons cite` mints them", "clm-加六个0-9a-z字符,由hz-dragons cite生成"),
    _pattern(Line): ("one line without blanks at its ends and without control or invisible characters", "单行文字,首尾无空白,不含控制或不可见字符"),
    dates.DATE: ("a date as precise as the text: 2018, 2018-10 or 2018-10-03", "与原文同等精度的日期:2018、2018-10或2018-10-03"),
    dates.DATE_OR_INTERVAL: ("a date or an interval: 2018, 2018-10, 2018-10-03 or 2018-07/2018-12", "日期或区间:2018、2018-10、2018-10-03或2018-07/2018-12"),
    dates.DAY: ("a full day: 2018-10-03", "完整日期:2018-10-03"),
    _pattern(Language): ("a language tag: en, zh-Hans or zh-Hant", "语言标签:en、zh-Hans或zh-Hant"),
    _pattern(Url): ("an address that starts with http:// or https://", "以http://或https://开头的网址"),
    _pattern(WikidataItem): ("an item such as Q42", "条目编号如Q42"),
    _pattern(Sha256): ("64 lower-case hexadecimal digits", "64位小写十六进制"),
    _pattern(Fingerprint): ("the fingerprint that `hz-dragons cite` prints", "hz-dragons cite给出的指纹"),
    _subject_kinds: ("kinds of entity with one blank between them: company person", "实体类型,以一个空格分隔:company person"),
    _pattern(FileName): ("a plain file name that ends in .txt", "以.txt结尾的普通文件名"),
}  # fmt: skip
_ANY_FORM = ("a value", "取值")


def diagnose(parsed: ParsedTable[Any]) -> list[Finding]:
    """Say everything that keeps a file or its rows from being read.

    Args:
        parsed: The table, as far as it could be read.
    """
    if parsed.fault is not None:
        return [_file_fault(parsed, parsed.fault)]
    model = TABLES[parsed.name]
    return [finding for row in parsed.unread for finding in _row_faults(parsed.file, model, row)]


def _file_fault(parsed: ParsedTable[Any], fault: Exception) -> Finding:
    file = parsed.file
    if isinstance(fault, UnicodeDecodeError):
        before = fault.object[: fault.start]
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8")) + 1
        byte = Plain(f"0x{fault.object[fault.start]:02X}")
        return code("encoding/not-utf-8").at(file, before.count(b"\n") + 1, column, byte=byte)
    if isinstance(fault, HeaderFault):
        return _wrong_header(file, fault.row, list(TABLES[parsed.name].model_fields))
    if isinstance(fault, CsvFault):
        return code("csv/malformed").at(file, fault.line, 1, reason=Plain(fault.reason))
    if isinstance(fault, PackageNotFound):
        return code("package/unreadable").at(file, path=Plain(file), reason=Plain(fault.message))
    return code("package/missing-table").at(file, path=Plain(file))


def _wrong_header(file: str, header: Row, columns: list[str]) -> Finding:
    index = next((i for i, (a, b) in enumerate(zip(header.cells, columns, strict=False)) if a != b), min(len(header.cells), len(columns)))
    column = cell_column(header.cells, min(index, len(header.cells)))
    return code("csv/header").at(file, header.line, column, found=",".join(header.cells), wanted=Plain(",".join(columns)))


def _row_faults(file: str, model: type[Record], row: Row) -> Iterator[Finding]:
    faults = list(_bad_cells(file, model, row))
    yield from faults or _not_nfc(file, model, row)


def _bad_cells(file: str, model: type[Record], row: Row) -> Iterator[Finding]:
    columns = list(model.model_fields)
    if len(row.cells) != len(columns):
        column = cell_column(row.cells, min(len(row.cells), len(columns)))
        yield code("csv/cell-count").at(file, row.line, column, record=_record(model, row), found=len(row.cells), wanted=len(columns))
        return
    values: dict[str, Any] = {}
    faulty = False
    for index, (column_name, cell) in enumerate(zip(columns, row.cells, strict=True)):
        try:
            values[column_name] = parse_cell(model.table, column_name, cell)
        except ValueError:
            faulty = True
            values[column_name] = None
            yield _at("cells/number", file, model, row, index, value=cell)
    try:
        model.model_validate(values)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            if problem["loc"]:
                index = columns.index(str(problem["loc"][0]))
                if values[columns[index]] is not None or not row.cells[index]:
                    yield _bad_cell(file, model, row, index, dict(problem))
            elif not faulty:
                yield code("rows/shape").at(file, row.line, 1, record=_record(model, row), reason=Plain(str(problem["ctx"]["error"])))


def _not_nfc(file: str, model: type[Record], row: Row) -> Iterator[Finding]:
    for index, cell in enumerate(row.cells):
        if not unicodedata.is_normalized("NFC", cell):
            yield _at("cells/not-nfc", file, model, row, index, value=cell)


def _record(model: type[Record], row: Row) -> str:
    columns = list(model.model_fields)
    return "/".join(row.cells[columns.index(name)] for name in model.key if columns.index(name) < len(row.cells))


def _at(slug: str, file: str, model: type[Record], row: Row, index: int, **values: object) -> Finding:
    name = list(model.model_fields)[index]
    column = cell_column(row.cells, index)
    return code(slug).at(file, row.line, column, record=_record(model, row), field=name, **values)


def _bad_cell(file: str, model: type[Record], row: Row, index: int, problem: dict[str, Any]) -> Finding:
    name, cell = list(model.model_fields)[index], row.cells[index]
    kind, context = problem["type"], problem.get("ctx", {})
    if not cell:
        form = _form(model, name)
        return _at("cells/required", file, model, row, index, form=Plain(form[0]), form_zh=Plain(form[1]))
    if kind == "literal_error":
        allowed = ", ".join(_literals(model.model_fields[name].annotation))
        return _at("cells/enum", file, model, row, index, value=cell, allowed=Plain(allowed))
    if kind == "string_too_long":
        return _at("cells/too-long", file, model, row, index, value=cell, limit=Plain(context["max_length"]))
    if kind == "string_pattern_mismatch":
        form = FORMS.get(context["pattern"], _ANY_FORM)
        return _at("cells/form", file, model, row, index, value=cell, form=Plain(form[0]), form_zh=Plain(form[1]))
    return _at("cells/out-of-range", file, model, row, index, value=cell, reason=Plain(problem["msg"]))


def _literals(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [value for part in get_args(annotation) for value in _literals(part)]


def _form(model: type[Record], name: str) -> tuple[str, str]:
    if name in CELL_TYPES.get(model.table, {}):
        return ("a number in plain digits", "普通数字")
    annotation = model.model_fields[name].annotation
    if allowed := _literals(annotation):
        return ("one of " + ", ".join(allowed), "以下之一:" + "、".join(allowed))
    patterns = [getattr(part, "pattern", None) for part in model.model_fields[name].metadata]
    return next((FORMS[p] for p in patterns if p in FORMS), _ANY_FORM)
