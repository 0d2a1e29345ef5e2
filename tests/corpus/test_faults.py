"""One fault at a time, planted in a sound package: `validate` names exactly that fault, its place and what to do."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from planting import append, remove_row, replace, table_path

import hz_dragons as hz
from hz_dragons.cli import main
from hz_dragons.codes import CODES
from hz_dragons.models import TABLES

Edit = Callable[[Path], None]
MINIMAL = Path(__file__).parent / "valid" / "minimal"
STRUCTURE = ("package", "encoding", "csv", "cells", "rows", "keys", "references")


class Fault(NamedTuple):
    """`judge`: whether frictionless looks at the same thing, and so must fail as well."""

    name: str
    edit: Edit
    code: str
    table: str
    line: int
    column: int
    judge: bool = False


def swap(table: str, old: str | bytes, new: str | bytes) -> Edit:
    return partial(replace, table=table, old=old, new=new)


def add(table: str, row: str) -> Edit:
    return partial(append, table=table, row=row)


def drop(table: str, start: str) -> Edit:
    return partial(remove_row, table=table, start=start)


def both(*edits: Edit) -> Edit:
    def plant(package: Path) -> None:
        for edit in edits:
            edit(package)

    return plant


def remove_file(package: Path, table: str) -> None:
    table_path(package, table).unlink()


def link_file(package: Path, table: str) -> None:
    path = table_path(package, table)
    path.symlink_to(path.rename(package / "elsewhere.csv"))


def rewrite(package: Path, table: str, change: Callable[[bytes], bytes]) -> None:
    path = table_path(package, table)
    before = path.read_bytes()
    assert change(before) != before
    path.write_bytes(change(before))


def rewritten(table: str, change: Callable[[bytes], bytes]) -> Edit:
    return partial(rewrite, table=table, change=change)


CHANGED = "clm-zzzzz1,lantern,0,22,zf1:17:cf79823207fd4ea9e972ab5fda916d4f,asserts,stated,,direct,,"
DECISION = "one,qingdeng,founded_on,,prefer,clm-aaaaa3,primary_source,Why,理由,2025-03-01," + "0" * 64

FAULTS = [
    # references
    Fault("unknown object", swap("claims", "invested_in,baifan", "invested_in,baifann"), "references/missing", "claims", 11, 33, judge=True),
    Fault("unknown predicate", swap("claims", "firefly,price", "firefly,prise"), "references/missing", "claims", 9, 20, judge=True),
    Fault("unknown scope", swap("claims", "robots-worldwide", "robots-europe"), "references/missing", "claims", 8, 58, judge=True),
    Fault("unknown unit", swap("claims", "3000,,CNY", "3000,,EUR"), "references/missing", "claims", 9, 32, judge=True),
    Fault("unknown claim", add("evidence", CHANGED), "references/missing", "evidence", 14, 1, judge=True),
    Fault("unknown speaker", swap("evidence", "shen-yifan,derived", "shen-yi-fan,derived"), "references/missing", "evidence", 7, 77, judge=True),
    Fault("unknown source", swap("evidence", "aaab1,lantern", "aaab1,lanterns"), "references/missing", "evidence", 12, 12, judge=True),
    Fault("unknown parent", swap("sources", "zh-Hans,,,9112", "zh-Hans,ledger,,9112"), "references/missing", "sources", 2, 96, judge=True),
    Fault("unknown base unit", add("units", "zzz,feet,尺,length,metre,0.3,,"), "references/missing", "units", 5, 17, judge=True),
    Fault("unknown company", swap("founders", "qingdeng,", "qingdengs,"), "references/missing", "founders", 2, 1, judge=True),
    # keys
    Fault("duplicate row", add("entities", "world-market,group,world market for cleaning robots,清洁机器人全球市场,,"), "keys/duplicate", "entities", 8, 1, judge=True),
    Fault("duplicate key, other values", add("units", "unit,pieces,件,count,unit,1,,"), "keys/duplicate", "units", 5, 1, judge=True),
    Fault("duplicate key of many columns", add("names", "songjiang-town,松江鎮,zh-Hant,former"), "keys/duplicate", "names", 8, 1, judge=True),
]
