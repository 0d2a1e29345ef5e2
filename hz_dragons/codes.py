"""The catalogue of finding codes: what each means and what to do, in both languages.

A code never changes its meaning and is never used for another. `{…}` are filled with quoted values.
"""

from __future__ import annotations

from dataclasses import dataclass

from hz_dragons.report import Finding, Lang, Level, shown

__all__ = ["CODES", "Code", "code"]


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem.

    Attributes:
        code: Its stable slug, ``area/fault``.
        level: ``error`` or ``warning``.
        message: What is wrong, English and Chinese.
        hint: What to do, English and Chinese.
    """

    code: str
    level: Level
    message: tuple[str, str]
    hint: tuple[str, str]

    def at(self, file: str, line: int = 0, column: int = 0, *, record: str = "", field: str = "", **values: object) -> Finding:
        """Make a finding of this kind at a place.

        Args:
            file: File inside the package.
            line: Line from 1, or 0.
            column: Character of the line from 1, or 0.
            record: Key of the row.
            field: Name of the table column.
            **values: What the texts mention; quoted unless it is a `Plain`.
        """
        words: dict[str, str] = {name: value if isinstance(value, Plain) else shown(value) for name, value in values.items()}
        words.setdefault("field", field)
        texts = [text.format(**words) for text in (*self.message, *self.hint)]
        return Finding(file, line, column, self.code, self.level, texts[0], texts[2], texts[1], texts[3], record, field)

    def explain(self, lang: Lang = "en") -> str:
        """Say what the code means, with its placeholders."""
        index = 1 if lang == "zh" else 0
        return f"{self.code} ({self.level}): {self.message[index]} → {self.hint[index]}"


class Plain(str):
    """A word of our own that goes into a message as it is: a column name, a list of enum values."""

    __slots__ = ()


def _codes() -> tuple[Code, ...]:
    error: Level = "error"
    warning: Level = "warning"
    return (
        Code("package/unreadable", error, ("{path} can't be read: {reason}", "无法读取{path}:{reason}"), ("Replace it by a plain file", "换成普通文件")),
        Code("package/missing-table", error, ("there is no {path}", "缺少{path}"), ("Add the file, with its header line at least", "补上该文件,至少含表头一行")),
        Code(
            "encoding/not-utf-8", error,
            ("byte {byte} is not UTF-8", "字节{byte}不是UTF-8"),
            ("Save the file as UTF-8; spreadsheets call it 'CSV UTF-8'", "另存为UTF-8(表格软件中的“CSV UTF-8”)"),
        ),
        Code("csv/malformed", error, ("this is not CSV: {reason}", "不是合法CSV:{reason}"), ("Close the quotes, and write a quote inside a cell twice", "补全引号;单元格内的引号须写两次")),
        Code("csv/header", error, ("the header is {found}", "表头为{found}"), ("Write exactly: {wanted}", "应为:{wanted}")),
        Code("csv/cell-count", error, ("the row has {found} cells and the header {wanted}", "该行有{found}格,表头有{wanted}格"), ("Add or remove commas, or quote a cell that holds one", "增减逗号,或给含逗号的单元格加引号")),
        Code("cells/required", error, ("{field} is empty", "{field}为空"), ("Fill the cell: {form}", "请填写:{form_zh}")),
        Code("cells/form", error, ("{field} {value} is not of the right form", "{field} {value}格式不对"), ("Write {form}", "应写{form_zh}")),
        Code("cells/enum", error, ("{field} {value} is not one of the allowed values", "{field} {value}不在允许的取值之内"), ("Use one of: {allowed}", "可用值:{allowed}")),
        Code(
            "cells/number", error,
            ("{field} {value} is not a plain decimal", "{field} {value}不是普通十进制数"),
            ("Write digits only, in the unit named: 6000000, -2, 0.05; no 万, no comma, no exponent, no trailing zero after the point", "只写数字并以所列单位计:6000000、-2、0.05;不用万、逗号、指数,小数末尾不留零"),
        ),
        Code("cells/too-long", error, ("{field} {value} is longer than {limit} characters", "{field} {value}超过{limit}个字符"), ("Shorten it", "请缩短")),
        Code("cells/out-of-range", error, ("{field} {value} is out of range: {reason}", "{field} {value}超出范围:{reason}"), ("Correct the figure", "请更正")),
        Code("cells/not-nfc", error, ("{field} {value} is not in Unicode normal form C", "{field} {value}不是Unicode NFC形式"), ("Run: hz-dragons fmt", "运行:hz-dragons fmt")),
        Code("rows/shape", error, ("the cells of the row don't fit together: {reason}", "该行各格不相配:{reason}"), ("Fill or empty the cells named", "填写或清空所列单元格")),
        Code("keys/duplicate", error, ("{key} is already in line {other}", "{key}已见于第{other}行"), ("Remove one of the two rows, or give this one another key", "删去其一,或改用其他键")),
        Code("references/missing", error, ("{field} {value} is not in {table}", "{field} {value}不在{table}中"), ("Add it to seeds/{table}.csv{near}", "加入seeds/{table}.csv{near_zh}")),
        Code("claims/subject-kind", error, ("{predicate} can't be said of a {kind}", "谓词{predicate}不能用于{kind}"), ("Its subjects are: {allowed}; use another predicate or add the kind", "其主语类型:{allowed};请换用谓词或增加类型")),
        Code("claims/value-kind", error, ("{predicate} takes a value of kind {wanted}, the row has {found}", "谓词{predicate}取值应为{wanted},该行为{found}"), ("Move the value to its column, or use another predicate", "把取值移到相应列,或换用谓词")),
        Code("claims/unit-dimension", error, ("the unit {unit} measures {found}, but {predicate} is about {wanted}", "单位{unit}度量{found},而谓词{predicate}需{wanted}"), ("Use a unit of that dimension", "请用该量纲的单位")),
        Code("claims/range-order", error, ("{low} is not below {high}", "{low}不小于{high}"), ("Put the lower end first", "较小的一端在前")),
        Code("claims/date-order", error, ("{low} is later than {high}", "{low}晚于{high}"), ("Put the earlier date first", "较早的日期在前")),
        Code("claims/no-evidence", error, ("no evidence row supports {value}", "没有证据支持{value}"), ("Add a row to seeds/evidence.csv: hz-dragons cite SOURCE PHRASE --claim {claim}", "在seeds/evidence.csv加一行:hz-dragons cite 来源 片段 --claim {claim}")),
        Code("claims/repeated", error, ("the row says the same as {other}", "与{other}内容相同"), ("Keep one claim and give it both rows of evidence", "只留一项主张,证据并入其下")),
        Code("evidence/no-text", error, ("{source} is only cited: it has no file", "{source}仅被引用,无文本文件"), ("Cite a source that was read, or add the file, its hash and its length", "引用读过的来源,或补上文件、哈希与长度")),
        Code("evidence/span-order", error, ("the span ends at {end}, not after its start {start}", "片段终点{end}不在起点{start}之后"), ("Mint the row with: hz-dragons cite", "请用hz-dragons cite生成该行")),
        Code("evidence/span-past-end", error, ("the span ends at {end}, past the end of the text at {length}", "片段终点{end}超出文本长度{length}"), ("Mint the row with: hz-dragons cite", "请用hz-dragons cite生成该行")),
        Code("evidence/span-too-long", error, ("the span has {length} characters, the limit is {limit}", "片段长{length}字,上限{limit}"), ("Cite the smallest clause that says it", "只引用说明该主张的最短分句")),
        Code("evidence/span-too-short", error, ("the folded span has {length} characters, fewer than {limit} can be guessed", "折叠后片段仅{length}字,少于{limit}字可被猜出"), ("Cite a few more characters", "请多引几个字")),
        Code("founders/warrant", error, ("{claim} does not say that {person} founded {company}", "{claim}并未说{person}创办了{company}"), ("Name a claim with the predicate founded_by, this company and this person", "请给出以founded_by连接该公司与该人的主张")),
        Code("founders/denied", error, ("no text asserts {claim}", "没有文本肯定{claim}"), ("Remove the row, or add evidence that asserts it", "删去该行,或补充肯定的证据")),
        Code("templates/placeholder", error, ("the template {value} must hold {{subject}} and {{value}} once each, and no other braces", "模板{value}须各含一次{{subject}}和{{value}},且无其他花括号"), ("Correct the template", "请更正模板")),
        Code("units/base", error, ("the base unit {base} is not a base of {dimension} with factor 1", "基本单位{base}不是{dimension}中系数为1的基本单位"), ("A base unit names itself, has the factor 1 and the same dimension", "基本单位指向自身,系数为1,量纲相同")),
        Code("sources/derivation-loop", error, ("{value} derives from itself: {loop}", "{value}间接源自自身:{loop}"), ("Empty one of the cells derived_from", "清空其中一个derived_from")),
        Code("adjudications/preferred", error, ("{claim} is not about this subject, predicate and scope", "{claim}与此主语、谓词、限定不符"), ("Name one of the claims in dispute", "请给出争议中的主张")),
        Code("adjudications/undecided", warning, ("nobody has decided on this disagreement: {explanation}", "尚无人裁决这一分歧:{explanation_zh}"), ("Add a row to seeds/adjudications.csv; keep_all is a legal answer. inputs_digest: {digest}", "在seeds/adjudications.csv加一行;keep_all也是合法的裁决。inputs_digest:{digest}")),
        Code("adjudications/stale", warning, ("the claims or the evidence have changed since this decision", "裁决之后主张或证据已变"), ("Look at it again, then write inputs_digest {digest}", "重新审阅后将inputs_digest改为{digest}")),
        Code("adjudications/nothing", warning, ("there is no claim with this subject, predicate and scope", "没有这一主语、谓词、限定的主张"), ("Correct the row, or remove it", "更正或删去该行")),
        Code("canonical/bom", warning, ("the file begins with a byte order mark", "文件以BOM开头"), ("Run: hz-dragons fmt", "运行:hz-dragons fmt")),
        Code("canonical/newlines", warning, ("the lines don't end in LF alone", "换行不是单一LF"), ("Run: hz-dragons fmt", "运行:hz-dragons fmt")),
        Code("canonical/order", warning, ("the row {key} is out of order", "{key}行顺序不对"), ("Run: hz-dragons fmt", "运行:hz-dragons fmt")),
        Code("canonical/quoting", warning, ("the file is not written in the canonical form: quotes, blank lines or the end of the file", "文件不是规范写法(引号、空行或文件结尾)"), ("Run: hz-dragons fmt", "运行:hz-dragons fmt")),
    )  # fmt: skip


CODES: dict[str, Code] = {entry.code: entry for entry in _codes()}


def code(slug: str) -> Code:
    """Give the entry of a code.

    Raises:
        KeyError: There is no such code.
    """
    return CODES[slug]
