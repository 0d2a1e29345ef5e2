from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import hz_dragons
from hz_dragons.codes import CODES, Code, Plain, code

SOURCE = {path: path.read_text(encoding="utf-8") for path in Path(hz_dragons.__file__).parent.rglob("*.py")}
CALLERS = "\n".join(text for path, text in SOURCE.items() if path.name != "codes.py")
LONG = Code("area/fault", "error", ("{field} {value} is bad", "{field} {value}不好"), ("Write {form}", "应写{form}"))

each_code = pytest.mark.parametrize("entry", CODES.values(), ids=CODES)


def placeholders(text):
    return {name.removesuffix("_zh") for _, name, _, _ in Formatter().parse(text) if name is not None}


@each_code
def test_a_code_is_listed_under_its_own_slug(entry):
    assert code(entry.code) is entry
    assert CODES[entry.code] is entry


@each_code
def test_a_code_is_an_area_and_a_fault(entry):
    assert re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", entry.code)


@each_code
def test_a_code_is_an_error_or_a_warning(entry):
    assert entry.level in ("error", "warning")


@each_code
@pytest.mark.parametrize("part", ["message", "hint"])
def test_both_languages_mention_the_same_values(entry, part):
    english, chinese = getattr(entry, part)
    assert placeholders(english) == placeholders(chinese)


@each_code
@pytest.mark.parametrize("part", ["message", "hint"])
def test_each_language_is_written_in_its_own_script(entry, part):
    english, chinese = getattr(entry, part)
    own = re.sub(r"[万]", "", english)  # the hint on numbers names the characters not to write
    assert english
    assert not re.search(r"[\u4e00-\u9fff]", own)
    assert re.search(r"[\u4e00-\u9fff]", chinese)


@each_code
def test_a_hint_is_said_as_one_phrase_without_a_stop(entry):
    for text in (*entry.message, *entry.hint):
        assert text == text.strip()
        assert not text.endswith((".", "。"))


@each_code
def test_a_code_that_nothing_raises_is_not_kept(entry):
    assert f'"{entry.code}"' in CALLERS


def test_only_codes_of_the_catalogue_are_raised():
    raised = set(re.findall(r'(?:\bcode|\.find|\b_at)\(\s*"([a-z]+/[^"]+)"', CALLERS))
    assert "references/missing" in raised
    assert raised <= set(CODES)


def test_there_is_no_code_of_another_name():
    with pytest.raises(KeyError, match="area/none"):
        code("area/none")


def test_a_finding_carries_place_record_and_column():
    finding = LONG.at("seeds/claims.csv", 3, 7, record="clm-aaaaa1", field="date", value="x", form="y")
    assert (finding.file, finding.line, finding.column, finding.record, finding.field) == ("seeds/claims.csv", 3, 7, "clm-aaaaa1", "date")
    assert (finding.code, finding.level) == ("area/fault", "error")


def test_a_finding_fills_message_and_hint_in_both_languages():
    finding = LONG.at("f", field="date", value=Plain("x"), form=Plain("y"))
    assert (finding.message, finding.hint) == ("date x is bad", "Write y")
    assert (finding.message_zh, finding.hint_zh) == ("date x不好", "应写y")


def test_a_value_from_a_file_is_quoted_and_made_harmless():
    assert LONG.at("f", field="date", value="a\x1b[2J", form="y").message == 'date "a\\u001b[2J" is bad'


def test_a_value_with_braces_is_not_filled_in_turn():
    assert LONG.at("f", field="date", value="{form}", form="y").message == 'date "{form}" is bad'


def test_a_finding_without_a_place_is_about_the_file():
    finding = LONG.at("f", value="x", form="y")
    assert (finding.line, finding.column, finding.record, finding.field) == (0, 0, "", "")


@pytest.mark.parametrize(
    "lang, text",
    [("en", "area/fault (error): {field} {value} is bad → Write {form}"), ("zh", "area/fault (error): {field} {value}不好 → 应写{form}")],
)
def test_a_code_explains_itself_in_either_language(lang, text):
    assert LONG.explain(lang) == text


@each_code
def test_every_code_makes_a_finding_of_its_placeholders(entry):
    names = {name for text in (*entry.message, *entry.hint) for _, name, _, _ in Formatter().parse(text) if name}
    finding = entry.at("seeds/claims.csv", 2, 1, field="date", **{name: Plain(f"<{name}>") for name in names - {"field"}})
    for filled, template in zip((finding.message, finding.message_zh, finding.hint, finding.hint_zh), (*entry.message, *entry.hint), strict=True):
        expected = [name for _, name, _, _ in Formatter().parse(template) if name]
        assert all(("date" if name == "field" else f"<{name}>") in filled for name in expected)
