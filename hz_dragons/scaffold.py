"""`new_package`: a small valid package of one's own, on the same schemas, to fill with one's own texts and claims."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hz_dragons.canonical import canonical_text
from hz_dragons.csvio import format_rows, write_atomically
from hz_dragons.descriptor import describe, descriptor_text
from hz_dragons.errors import DragonsError
from hz_dragons.models import TABLES
from hz_dragons.package import DESCRIPTOR

__all__ = ["new_package"]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 64
_ANY = "company person product place organization event policy group work"

# Enough to write a first claim of each kind of value; whoever needs more adds rows.
_STARTER: dict[str, list[list[str]]] = {
    "predicates": [
        ["based_in", "is based in", "所在地", "{subject} is based in {value}", "{subject}位于{value}", "company organization", "entity", "", "one_at_a_time", ""],
        ["described_as", "is described as", "被描述为", "{subject} is described as {value}", "{subject}被描述为{value}", _ANY, "text", "", "many", ""],
        ["founded_by", "was founded by", "创办者", "{subject} was founded by {value}", "{subject}由{value}创办", "company organization", "entity", "", "many", ""],
        ["founded_on", "was founded in", "成立时间", "{subject} was founded {value}", "{subject}成立于{value}", "company organization", "date", "", "one_ever", ""],
        ["located_in", "is located in", "位于", "{subject} is located in {value}", "{subject}位于{value}", "place", "entity", "", "many", ""],
        ["price", "price", "价格", "{subject} costs {value}", "{subject}售价{value}", "product", "number", "currency", "one_at_a_time", "0.01"],
        ["staff", "staff", "员工人数", "{subject} has a staff of {value}", "{subject}有员工{value}", "company organization", "number", "count", "one_at_a_time", "0.01"],
    ],
    "units": [
        ["CNY", "yuan", "元", "currency", "CNY", "1", "", ""],
        ["one", "items", "个", "count", "one", "1", "", ""],
        ["percent", "%", "%", "ratio", "percent", "1", "", ""],
        ["person", "people", "人", "count", "one", "1", "", ""],
    ],
}  # fmt: skip

_README = """\
# {name}

Claims, each with the place in a text that says it. The tables lie in `seeds/`, one CSV file each; `hz-dragons schema` lists them
and `hz-dragons schema TABLE` says what every column means.

## Next steps

1. Put your texts (UTF-8, `.txt`) into a folder outside this one, unless you may publish them.
2. Describe each text in `seeds/sources.csv`. Its `text_sha256` and `text_length` are what this prints:
   `python -c "import hashlib, pathlib, sys; b = pathlib.Path(sys.argv[1]).read_bytes(); print(hashlib.sha256(b).hexdigest(), len(b.decode()))" TEXT`
3. Name what the claims are about in `seeds/entities.csv`; companies also in `seeds/companies.csv`.
4. Add predicates and units that you miss to `seeds/predicates.csv` and `seeds/units.csv`; those that are there are only a start.
5. In this folder, add a claim with its evidence; what you leave out is asked for: `hz-dragons add claim --texts FOLDER`
6. Look at it: `hz-dragons fmt`, `hz-dragons validate`, `hz-dragons verify --texts FOLDER`, `hz-dragons --package . conflicts`
7. Say in `datapackage.json` what this is, who made it and under which licence it may be used.

## 下一步

1. 把文本(UTF-8,`.txt`)放进本目录之外的文件夹,除非您有权公开。
2. 在`seeds/sources.csv`中登记每篇文本;`text_sha256`与`text_length`可用上面第2步的命令得出。
3. 在`seeds/entities.csv`中列出所涉对象;公司还须写入`seeds/companies.csv`。
4. 缺少的谓词和单位加入`seeds/predicates.csv`与`seeds/units.csv`。
5. 在本目录运行`hz-dragons add claim --texts FOLDER`,添加主张及其证据;缺项会逐一询问。
6. 检查:`hz-dragons fmt`、`hz-dragons validate`、`hz-dragons verify --texts FOLDER`、`hz-dragons --package . conflicts`。
7. 在`datapackage.json`中写明内容、作者与许可。
"""


def new_package(directory: str | os.PathLike[str], name: str) -> Path:
    """Make a small valid package: a descriptor, every table, a few predicates and units, and a README with the next steps.

    It is there whole or not at all.

    Args:
        directory: Where; a directory that does not exist or is empty.
        name: Name of the package: lower-case ASCII letters, digits and single hyphens.

    Returns:
        The directory.

    Raises:
        DragonsError: The name is of another form, or something is there already, or the place can't be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     made = new_package(folder + "/bakeries", "bakeries")
        ...     sorted(path.name for path in made.iterdir())
        ['README.md', 'datapackage.json', 'seeds']
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise DragonsError(f"{name!r} can't be the name of a package", "Write lower-case ASCII letters, digits and single hyphens: my-claims")
    target = Path(directory).resolve()
    _refuse_what_is_taken(target)
    try:
        with _beside(target) as draft:
            _fill(draft, name)
    except OSError as error:
        raise DragonsError(f"{str(directory)!r} can't be written: {error.strerror}", "Name a directory that you may write") from error
    return target


def _refuse_what_is_taken(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise DragonsError(f"{str(target)!r} is a file", "Name a new directory")
    if target == Path.cwd():
        raise DragonsError(f"{str(target)!r} is the current directory, which can't be replaced", "Name a new directory inside it")
    if target.is_dir() and any(target.iterdir()):
        raise DragonsError(f"{str(target)!r} is not empty", "Name a new directory; nothing was written")


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a directory beside the target, and put it into its place when all went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.parent / f".{target.name}.{secrets.token_hex(4)}"
    draft.mkdir()  # and not mkdtemp, which would keep everyone else out
    try:
        yield draft
        if target.exists():
            target.rmdir()  # refuses when someone has put a file there meanwhile
        draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _fill(draft: Path, name: str) -> None:
    (draft / "seeds").mkdir()
    for table, model in TABLES.items():
        rows = format_rows([list(model.model_fields), *_STARTER.get(table, [])])
        write_atomically(draft / "seeds" / f"{table}.csv", canonical_text(table, rows))
    write_atomically(draft / "README.md", _README.format(name=name))
    write_atomically(draft / DESCRIPTOR, descriptor_text(describe({"name": name, "title": name, "version": "0.1.0"})))
