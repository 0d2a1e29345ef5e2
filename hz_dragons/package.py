"""Where a data package lies: `Package` reads its files from a directory or a zip, and nothing outside it.

`bundled()` finds the package that comes with the library: inside the installed wheel, else in the checkout.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hz_dragons.errors import PackageNotFound

__all__ = ["DESCRIPTOR", "MAX_BYTES", "Package", "bundled", "open_package", "schema_folder"]

DESCRIPTOR = "datapackage.json"
MAX_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200


@dataclass(frozen=True, slots=True)
class Package:
    """The files of one data package.

    Attributes:
        place: Directory or zip that holds it.
        read: Gives the bytes of a file by its name inside the package, or `None` when there is no such file.
    """

    place: Path
    read: Callable[[str], bytes | None]

    @property
    def is_directory(self) -> bool:
        """Whether files can be written back."""
        return self.place.is_dir()


def bundled() -> Path:
    """Find the package that comes with the library.

    Raises:
        PackageNotFound: The installation is incomplete.
    """
    inside = Path(__file__).parent / "_data"
    checkout = Path(__file__).resolve().parents[1]
    if (checkout / DESCRIPTOR).is_file() and (checkout / "pyproject.toml").is_file():
        return checkout
    if (inside / DESCRIPTOR).is_file():
        return inside
    raise PackageNotFound("the bundled data package is missing from the installation", "Reinstall hz-dragons")


def schema_folder() -> Path:
    """Find the folder of schemas that comes with the library."""
    return bundled() / "schemas"


def open_package(place: str | os.PathLike[str] | None = None) -> Package:
    """Open a data package.

    Args:
        place: A directory, a zip, or a `datapackage.json`; the bundled package when `None`.

    Raises:
        PackageNotFound: There is no package at this place.
    """
    path = bundled() if place is None else Path(place)
    if path.name == DESCRIPTOR:
        path = path.parent
    if path.is_dir():
        if not (path / DESCRIPTOR).is_file():
            raise PackageNotFound(f"no {DESCRIPTOR} in {str(path)!r}", "Name the directory or zip that holds it")
        return Package(path, lambda name: _read_file(path, name))
    if path.is_file():
        return Package(path, _zip_reader(path))
    raise _no_package(path)


def _no_package(path: Path) -> PackageNotFound:
    return PackageNotFound(f"no data package at {str(path)!r}", f"Name a directory or a zip that holds {DESCRIPTOR}")


def _read_file(root: Path, name: str) -> bytes | None:
    """Read a regular file, following no link: a contributed package must not show what lies outside it."""
    path = root
    for part in name.split("/"):
        if part in ("", ".", ".."):
            raise PackageNotFound(f"{name!r} leads out of the package", "Name a file inside it")
        path = path / part
        try:
            mode = path.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        if stat.S_ISLNK(mode):
            raise PackageNotFound(f"{name} is a symbolic link", "Replace it by the file itself")
    if not stat.S_ISREG(mode) or path.stat().st_size > MAX_BYTES:
        raise PackageNotFound(f"{name} is no regular file of at most {MAX_BYTES} bytes", "Replace it")
    return path.read_bytes()


def _zip_reader(path: Path) -> Callable[[str], bytes | None]:
    import zipfile  # only a zip needs it
    import zlib

    if not zipfile.is_zipfile(path):
        raise _no_package(path)
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist()]
    except (zipfile.BadZipFile, OSError) as error:
        raise PackageNotFound(f"{path} can't be read: {error}", "Pack the package again") from error
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise PackageNotFound(f"{path} holds a file that would land outside it", "Pack the package again")
    tops = [name.removesuffix(DESCRIPTOR) for name in names if name.split("/")[-1] == DESCRIPTOR and name.count("/") <= 1]
    if len(tops) != 1 or len(names) != len(set(names)):
        raise PackageNotFound(f"{path} must hold one {DESCRIPTOR} and no file twice", "Pack the package again")

    def read(name: str) -> bytes | None:
        with zipfile.ZipFile(path) as archive:
            if tops[0] + name not in archive.namelist():
                return None
            info = archive.getinfo(tops[0] + name)
            if info.file_size > min(MAX_BYTES, MAX_RATIO * (info.compress_size + 1024)):
                raise PackageNotFound(f"{name} in {path} unpacks to {info.file_size} bytes", "Pack a smaller file")
            try:
                return archive.read(info)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
                raise PackageNotFound(f"{name} in {path} can't be unpacked: {error}", "Pack the package again") from error

    return read
