from __future__ import annotations

import html
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from planting import append, remove_row, replace, zipped

import hz_dragons as hz
from hz_dragons.difference import LONGEST_COMMENT, diff
from hz_dragons.errors import PackageNotFound, SeedError

HOSTILE = "<img src=x onerror=alert(1)> [a](javascript:alert(2)) @octocat #12 ``` </details> | **b** https://evil.example {{7*7}}"


@pytest.fixture
def head(minimal) -> Path:
    return Path(shutil.copytree(minimal, minimal.parent / "head"))


def keys(found, table, kind):
    return [change.key for change in found.of(table, kind)]


def test_a_package_does_not_differ_from_itself(minimal, head):
    found = diff(minimal, head)
    assert (found.changes, found.losses, len(found)) == ((), (), 0)
    assert found.text() == "The two packages say the same."
    assert found.text("zh") == "两个数据包内容相同。"
    assert found.to_json() == {"counts": {}, "changes": [], "losses": []}
    assert "The two packages say the same." in found.markdown()


def test_the_form_of_a_file_is_no_difference(minimal, head):
    path = head / "seeds" / "claims.csv"
    first, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_bytes("\r\n".join([first, *reversed(rows), ""]).encode())
    assert len(diff(minimal, head)) == 0


def test_what_is_added_and_removed_is_named_by_its_sentence(minimal, head):
    append(head, "claims", "clm-zzzzz1,firefly,price,,2500,,CNY,exact,,,,,,,")
    append(head, "evidence", "clm-zzzzz1,lantern,85,104,zf1:10:525e04c1436e7b934a9e2054ae04dd08,asserts,stated,,direct,,")
    found = diff(minimal, head)
    (claim,) = found.of("claims")
    assert (claim.kind, claim.key, claim.says_en, claim.says_zh) == ("added", "clm-zzzzz1", "Firefly costs 2,500 yuan.", "萤火售价2500元。")
    (row,) = found.of("evidence")
    assert (row.kind, row.key, row.says()) == ("added", "clm-zzzzz1/lantern/85/104", "Firefly costs 2,500 yuan.")
    (conflict,) = found.of("conflicts")
    assert (conflict.kind, conflict.says("zh").startswith("萤火（价格）")) == ("added", True)
    back = diff(head, minimal)
    assert [(c.table, c.key, c.says_en, c.says_zh) for c in back.changes] == [(c.table, c.key, c.says_en, c.says_zh) for c in found.changes]
    assert {change.kind for change in back.changes} == {"removed"}


def test_a_changed_row_names_its_columns(minimal, head):
    replace(head, "claims", "16500,,unit,exact", "17000,,unit,about")
    (change,) = diff(minimal, head).of("claims")
    assert (change.kind, change.key) == ("changed", "clm-aaaaa5")
    assert [(cell.column, cell.old, cell.new) for cell in change.cells] == [("number", "16500", "17000"), ("bound", "exact", "about")]
    assert '      number: "16500" → "17000"' in diff(minimal, head).text().splitlines()


def test_a_conflict_goes_when_its_sides_agree(minimal, head):
    replace(head, "claims", ",15600,", ",16500.5,")
    found = diff(minimal, head)
    (gone,) = found.of("conflicts")
    assert gone.kind == "removed"
    assert "16,500 units and 15,600 units" in gone.says_en


def test_a_decision_changes_the_state_of_a_conflict(minimal, head):
    digest = hz.load(head).inputs_digest("qingdeng", "units_sold")
    append(head, "adjudications", f"dec-1,qingdeng,units_sold,,keep_all,,not_decidable,Nobody knows.,无从得知。,2025-03-01,{digest}")
    found = diff(minimal, head)
    assert keys(found, "adjudications", "added") == ["dec-1"]
    (change,) = found.of("conflicts")
    assert (change.kind, [(cell.old, cell.new) for cell in change.cells]) == ("changed", [("open", "decided")])


@pytest.mark.parametrize(
    ("table", "row", "key", "says"),
    [
        ("sources", "paper,,paper,A Paper,,,,en,,,,,", "paper", "A Paper"),
        ("entities", "zhou,person,Zhou,周,,", "zhou", "Zhou"),
        ("names", "baifan,White Sail,en,alias", "baifan/White Sail/en", "Baifan Shipyard · White Sail"),
        ("companies", "baifan,context,ships,,", "baifan", "Baifan Shipyard"),
        ("founders", "qingdeng,baifan,founder,clm-aaaaa4", "qingdeng/baifan", "Qingdeng Robotics · Baifan Shipyard"),
        ("predicates", "likes,likes,喜欢,{subject} likes {value},{subject}喜欢{value},person,entity,,many,", "likes", "likes"),
        ("scopes", "here,here,此地", "here", "here"),
        ("units", "year,years,年,time,year,1,,", "year", "years"),
    ],
)
def test_every_table_is_compared(minimal, head, table, row, key, says):
    if table == "founders":  # a tie must name a company
        append(minimal, "companies", "baifan,context,ships,,")
        append(head, "companies", "baifan,context,ships,,")
    append(head, table, row)
    (change,) = diff(minimal, head).changes
    assert (change.table, change.kind, change.key, change.says_en) == (table, "added", key, says)


def test_passages_are_compared(minimal, head):
    header = "source_id,start,end,fingerprint,reason,note\n"
    (head / "seeds" / "passages.csv").write_text(header + "lantern,0,22,zf1:17:cf79823207fd4ea9e972ab5fda916d4f,rhetoric,\n")
    (change,) = diff(minimal, head).changes
    assert (change.table, change.key, change.says_en) == ("passages", "lantern/0/22", "rhetoric")


def test_a_row_in_twenty_may_go_without_a_warning(minimal, head):
    for package in (minimal, head):
        for number in range(14):
            append(package, "names", f"baifan,Sail {number},en,alias")
    remove_row(head, "names", "baifan,Sail 0,")
    found = diff(minimal, head)
    assert (len(found.of("names", "removed")), found.losses) == (1, ())
    remove_row(head, "names", "baifan,Sail 1,")
    (loss,) = diff(minimal, head).losses
    assert (loss.table, loss.removed, loss.before) == ("names", 2, 20)
    assert diff(minimal, head).text().startswith("warning: 2 of 20 rows of names are removed, more than 5 percent")
    assert "⚠️ 警告:names共20行,删除2行,超过5%" in diff(minimal, head).markdown("zh")


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs


def test_nothing_in_a_value_can_act(minimal, head):
    replace(head, "entities", "firefly,product,Firefly,", f'firefly,product,"{HOSTILE}",')
    replace(head, "claims", "clm-aaaaa1,qingdeng,founded_on,,,,,,2015-03,,,,,,", f'clm-aaaaa1,qingdeng,founded_on,,,,,,2015-03,,,,,,"{HOSTILE}"')
    replace(head, "claims", "clm-aaaaa8,firefly,price,,3000,", "clm-aaaaa8,firefly,price,,3001,")
    text = diff(minimal, head).markdown()
    seen = _Seen()
    seen.feed(text)
    assert set(seen.tags) <= {"p", "strong", "ul", "li", "code", "br", "details", "summary"}
    assert seen.attributes == []
    values = " ".join(re.findall(r"&#\d+;|<[^>]*>|[^<&]+", text))
    assert not re.search(r"[\[\]`@|{}*]|#\d+(?!\d*;)|://", re.sub(r"&#\d+;|^### .*", "", values))
    readable = html.unescape(text).replace("\u200b", "")
    assert readable.count("<img src=x onerror=alert(1)> [a](javascript:alert(2))") >= 3, "it is shown, as it is written"
    assert not re.search(r"@octocat|#12|https://", html.unescape(text)), "nobody is called, nothing is linked"
    assert all(line for block in text.split("\n\n")[1:] for line in block.rstrip().split("\n")), "no block of HTML ends early"


def test_what_can_not_be_printed_is_spelt_out(minimal, head):
    replace(head, "entities", ",Firefly,", ",Fire\U000e0041fly,")
    for text in (diff(minimal, head).text(), html.unescape(diff(minimal, head).markdown())):
        assert "\U000e0041" not in text
        assert "\\udb40\\udc41" in text


def test_a_long_value_is_shown_where_it_differs(minimal, head):
    for package, end in ((minimal, "one"), (head, "two")):
        replace(package, "sources", ",46,Invented.", f",46,{'Invented. ' * 30}{end}")
    (line,) = [line for line in diff(minimal, head).text().splitlines() if line.startswith("      note: ")]
    assert re.fullmatch(r'      note: "….{1,20}one" → "….{1,20}two"', line)


def test_a_long_list_is_folded_and_a_short_one_is_not(minimal, head):
    for number in range(5):
        append(head, "scopes", f"scope-{number},a scope,限定")
    assert "<details>" not in diff(minimal, head).markdown()
    append(head, "scopes", "scope-5,a scope,限定")
    text = diff(minimal, head).markdown()
    assert "<details><summary><strong>Scopes: 6 added</strong></summary>" in text
    assert f"<summary><strong>{hz.get_schema('scopes').title[1]}: 新增6</strong></summary>" in diff(minimal, head).markdown("zh")


def test_a_comment_is_never_too_long(minimal, head):
    with (head / "seeds" / "scopes.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"scope-{number},{'<' * 290},{'>' * 290}\n" for number in range(600))
    text = diff(minimal, head).markdown()
    assert len(text) <= LONGEST_COMMENT
    listed = text.count("<code>")
    assert listed > 0
    assert f"… and {600 - listed} more" in text
    assert len(diff(minimal, head).of("scopes", "added")) == 600


def test_the_answer_for_programs_is_json(minimal, head):
    remove_row(head, "names", "qingdeng,青灯,")
    value = json.loads(json.dumps(diff(minimal, head).to_json()))
    assert value["counts"] == {"names": {"added": 0, "changed": 0, "removed": 1}}
    assert value["losses"] == [{"table": "names", "removed": 1, "before": 6}]
    assert value["changes"][0]["key"] == "qingdeng/青灯/zh-Hans"


def test_zips_are_compared_as_well(minimal, head):
    remove_row(head, "names", "qingdeng,青灯,")
    assert diff(zipped(minimal), zipped(head)) == diff(minimal, head)


def test_a_package_that_can_not_be_loaded_is_refused(minimal, head, tmp_path):
    with pytest.raises(PackageNotFound):
        diff(minimal, tmp_path / "nowhere")
    replace(head, "entities", "firefly,product", "firefly,gadget")
    with pytest.raises(SeedError):
        diff(minimal, head)
