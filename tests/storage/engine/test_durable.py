"""Files that outlast a power failure, shown by which descriptors are synced."""

import os
import stat

import pytest

from storage.engine import durable
from storage.engine.files import Files
from storage.engine.key_file import make_key_file
from storage.errors import told


@pytest.fixture
def synced(monkeypatch):
    """What was synced, by path, in order."""
    paths, sync = [], os.fsync

    def record(handle):
        paths.append(os.readlink(f"/proc/self/fd/{handle}"))
        sync(handle)

    monkeypatch.setattr(os, "fsync", record)
    return paths


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_and_every_new_name_above_it_are_synced(tmp_path, synced):
    durable.write(tmp_path / "a/b/file", b"x")
    assert {str(tmp_path), f"{tmp_path}/a"} < set(synced)
    content, *_, name = synced[-3:]
    assert content.startswith(f"{tmp_path}/a/b/file.")
    assert name == f"{tmp_path}/a/b"
    assert (mode(tmp_path / "a"), mode(tmp_path / "a/b"), mode(tmp_path / "a/b/file")) == (0o700, 0o700, 0o600)


def test_evidence_and_the_key_are_synced_with_their_folders(tmp_path, vault, synced):
    files = Files(tmp_path / "evidence", vault)
    sha256 = files.put(b"a picture")
    assert str(files._path(sha256).parent) == synced[-1]
    assert f"{tmp_path}/evidence" in synced
    make_key_file(tmp_path / "keys/key")
    assert synced[-2:] == [f"{tmp_path}/keys/key", f"{tmp_path}/keys"]


def test_a_write_that_fails_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch):
    durable.write(tmp_path / "file", b"old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        durable.write(tmp_path / "file", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_file_is_made_once(tmp_path):
    durable.create(tmp_path / "file", b"old")
    with pytest.raises(FileExistsError):
        durable.create(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path):
    (tmp_path / "a").write_text("in the way")
    for folder in (tmp_path / "a", tmp_path / "a/b"):
        with pytest.raises(FileExistsError) as error:
            durable.make_folder(folder)
        assert str(tmp_path / "a") in told(error.value)
        assert "移开那个文件" in told(error.value)


def test_a_new_file_stands_there_when_it_is_whole(tmp_path):
    with durable.new_file(tmp_path / "file") as file:
        file.write(b"x")
        assert not (tmp_path / "file").exists()
    assert ((tmp_path / "file").read_bytes(), mode(tmp_path / "file")) == (b"x", 0o600)
    with pytest.raises(ZeroDivisionError), durable.new_file(tmp_path / "other"):
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("names", ["many", "one"])
def test_a_new_file_takes_no_others_place(tmp_path, monkeypatch, names):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    if names == "one":
        monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(FileExistsError), durable.new_file(tmp_path / "file"):
        (tmp_path / "file").write_bytes(b"another's")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"another's"]
    with durable.new_file(tmp_path / "free") as file:
        file.write(b"mine")
    assert (tmp_path / "free").read_bytes() == b"mine"
