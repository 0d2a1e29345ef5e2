from __future__ import annotations

import contextlib
import os
import warnings
import zipfile
from pathlib import Path

import pytest

import hz_dragons as hz
from hz_dragons import package as package_module
from hz_dragons.errors import PackageNotFound
from hz_dragons.package import DESCRIPTOR, bundled, open_package, schema_folder

symlinks = pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="needs symbolic links")


def zipped(folder: Path, top: str = "", extra: tuple[tuple[str, bytes], ...] = ()) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that stands twice
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, top + file.relative_to(folder).as_posix())
        for name, data in extra:
            archive.writestr(name, data)
    return path


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_directory_gives_its_files(minimal):
    package = open_package(minimal)
    expected = bytes_of(minimal)
    assert {name: package.read(name) for name in expected} == expected
    assert package.place == minimal
    assert package.is_directory


@pytest.mark.parametrize("top", ["", "minimal/", "hz-dragons-1.0/"], ids=["flat", "in a folder", "in a release folder"])
def test_a_zip_gives_the_same_files_with_and_without_a_folder_around_them(minimal, top):
    expected = bytes_of(minimal)
    package = open_package(zipped(minimal, top))
    assert {name: package.read(name) for name in expected} == expected
    assert not package.is_directory


@pytest.mark.parametrize("top", ["", "minimal/"])
def test_a_zip_loads_like_its_directory(minimal, top):
    assert hz.load(zipped(minimal, top)) == hz.load(minimal)


def test_the_descriptor_names_its_package(minimal):
    assert open_package(minimal / DESCRIPTOR).place == minimal


def test_a_place_may_be_a_text(minimal):
    assert open_package(str(minimal)).place == minimal


@pytest.mark.parametrize(
    "pack", [lambda folder: folder, zipped, lambda folder: zipped(folder, "top/")], ids=["directory", "zip", "zip with a folder"]
)
@pytest.mark.parametrize("name", ["seeds/nothing.csv", "nothing", "nothing/claims.csv"])
def test_a_file_that_is_not_there_is_nothing(minimal, pack, name):
    assert open_package(pack(minimal)).read(name) is None


def test_a_file_beside_the_folder_in_a_zip_is_not_of_the_package(minimal):
    package = open_package(zipped(minimal, "top/", extra=(("seeds/other.csv", b"x"),)))
    assert package.read("seeds/other.csv") is None


@pytest.mark.parametrize("name", ["nowhere", "nowhere.zip", "nowhere/datapackage.json", "a\0b"])
def test_a_place_where_there_is_nothing_is_no_package(tmp_path, name):
    with pytest.raises(PackageNotFound, match=r"no data package|no datapackage"):
        open_package(tmp_path / name)


def test_a_directory_without_a_descriptor_is_no_package(minimal):
    (minimal / DESCRIPTOR).unlink()
    with pytest.raises(PackageNotFound, match=f"no {DESCRIPTOR} in") as caught:
        open_package(minimal)
    assert "directory or zip" in caught.value.hint


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04"], ids=["empty", "text", "beginning of a zip"])
def test_a_file_that_is_no_zip_is_no_package(tmp_path, data):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(PackageNotFound, match="no data package at"):
        open_package(path)


def test_a_zip_without_a_descriptor_is_no_package(minimal):
    (minimal / DESCRIPTOR).unlink()
    with pytest.raises(PackageNotFound, match=f"must hold one {DESCRIPTOR}"):
        open_package(zipped(minimal))


def test_a_zip_with_its_descriptor_two_folders_down_is_no_package(minimal):
    with pytest.raises(PackageNotFound, match=f"must hold one {DESCRIPTOR}"):
        open_package(zipped(minimal, "a/b/"))


def test_a_zip_with_two_packages_is_refused(minimal):
    with pytest.raises(PackageNotFound, match=f"must hold one {DESCRIPTOR}"):
        open_package(zipped(minimal, extra=((f"other/{DESCRIPTOR}", b"{}"),)))


@pytest.mark.parametrize("name", ["seeds/claims.csv", DESCRIPTOR])
def test_a_zip_that_holds_a_file_twice_is_refused(minimal, name):
    with pytest.raises(PackageNotFound, match="no file twice"):
        open_package(zipped(minimal, extra=((name, b"other"),)))


def test_a_zip_with_a_file_that_would_land_outside_writes_nothing(minimal):
    package = zipped(minimal, extra=(("../planted.csv", b"x"), ("/planted.csv", b"x")))
    before = sorted(minimal.parent.rglob("*"))
    with contextlib.suppress(PackageNotFound):
        hz.load(package)
    assert sorted(minimal.parent.rglob("*")) == before


def test_a_zip_bomb_is_refused_before_it_is_unpacked(minimal, monkeypatch):
    (minimal / "seeds" / "claims.csv").write_bytes(b"0" * 2_000_000)
    package = open_package(zipped(minimal))

    def fail(*_):
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "read", fail)
    with pytest.raises(PackageNotFound, match="unpacks to 2000000 bytes"):
        package.read("seeds/claims.csv")


def test_a_file_that_packs_well_is_no_bomb(minimal):
    data = b"claim,source,start,end\n" * 4000
    (minimal / "seeds" / "claims.csv").write_bytes(data)
    assert open_package(zipped(minimal)).read("seeds/claims.csv") == data


@pytest.mark.parametrize("pack", [lambda folder: folder, zipped], ids=["directory", "zip"])
def test_a_file_beyond_the_limit_is_refused(minimal, monkeypatch, pack):
    monkeypatch.setattr(package_module, "MAX_BYTES", 1000)
    path = minimal / "seeds" / "claims.csv"
    path.write_bytes(os.urandom(1000))
    assert open_package(pack(minimal)).read("seeds/claims.csv") == path.read_bytes()
    path.write_bytes(os.urandom(1001))
    with pytest.raises(PackageNotFound, match=r"at most 1000 bytes|unpacks to 1001 bytes"):
        open_package(pack(minimal)).read("seeds/claims.csv")


def test_a_zip_with_a_damaged_file_is_refused(minimal):
    data = b"claims: " + os.urandom(400)
    (minimal / "seeds" / "claims.csv").write_bytes(data)
    path = minimal.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(minimal / DESCRIPTOR, DESCRIPTOR)
        archive.write(minimal / "seeds" / "claims.csv", "seeds/claims.csv")
    path.write_bytes(path.read_bytes().replace(data, data[:-1] + bytes([data[-1] ^ 1])))
    with pytest.raises(PackageNotFound, match=r"seeds/claims\.csv in .* can't be unpacked"):
        open_package(path).read("seeds/claims.csv")


def test_a_zip_with_a_locked_file_is_refused(minimal):
    path = zipped(minimal)
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(signature, at + 4)
    path.write_bytes(data)
    with pytest.raises(PackageNotFound, match="can't be unpacked"):
        open_package(path).read("seeds/claims.csv")


@symlinks
def test_a_link_to_a_file_is_refused(minimal, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("secret", encoding="utf-8")
    (minimal / "seeds" / "claims.csv").unlink()
    (minimal / "seeds" / "claims.csv").symlink_to(secret)
    with pytest.raises(PackageNotFound, match=r"seeds/claims\.csv is a symbolic link"):
        open_package(minimal).read("seeds/claims.csv")


@symlinks
def test_a_link_to_a_folder_is_refused(minimal, tmp_path):
    (minimal / "seeds").rename(tmp_path / "elsewhere")
    (minimal / "seeds").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PackageNotFound, match="is a symbolic link"):
        open_package(minimal).read("seeds/claims.csv")


@symlinks
def test_a_link_that_leads_nowhere_is_refused(minimal):
    (minimal / "seeds" / "other.csv").symlink_to(minimal / "nowhere")
    with pytest.raises(PackageNotFound, match="is a symbolic link"):
        open_package(minimal).read("seeds/other.csv")


@symlinks
def test_a_link_to_the_package_itself_is_the_callers_own(minimal, tmp_path):
    (tmp_path / "link").symlink_to(minimal)
    assert hz.load(tmp_path / "link") == hz.load(minimal)


@symlinks
def test_a_link_inside_a_package_is_a_finding_of_validate(minimal, tmp_path):
    (minimal / "seeds" / "claims.csv").rename(tmp_path / "claims.csv")
    (minimal / "seeds" / "claims.csv").symlink_to(tmp_path / "claims.csv")
    (finding,) = hz.validate(minimal).errors
    assert (finding.code, finding.file) == ("package/unreadable", "seeds/claims.csv")


def test_a_folder_is_no_file(minimal):
    with pytest.raises(PackageNotFound, match="no regular file"):
        open_package(minimal).read("seeds")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_not_waited_for(minimal):
    (minimal / "seeds" / "claims.csv").unlink()
    os.mkfifo(minimal / "seeds" / "claims.csv")
    with pytest.raises(PackageNotFound, match="no regular file"):
        open_package(minimal).read("seeds/claims.csv")


def test_the_bundled_package_is_opened_when_none_is_named():
    assert open_package().place == bundled()
    assert open_package().read("seeds/claims.csv")


def test_the_schemas_come_with_the_bundled_package():
    assert (schema_folder() / "v1" / "claims.schema.json").is_file()


def test_an_installation_without_data_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(package_module, "__file__", str(tmp_path / "hz_dragons" / "package.py"))
    with pytest.raises(PackageNotFound, match="missing from the installation") as caught:
        bundled()
    assert "Reinstall" in caught.value.hint


def test_an_installed_library_finds_the_data_beside_it(tmp_path, monkeypatch):
    data = tmp_path / "hz_dragons" / "_data"
    data.mkdir(parents=True)
    (data / DESCRIPTOR).touch()
    (tmp_path / DESCRIPTOR).touch()  # somebody else's, in the folder of all libraries
    monkeypatch.setattr(package_module, "__file__", str(tmp_path / "hz_dragons" / "package.py"))
    assert bundled() == data
