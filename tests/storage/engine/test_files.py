"""Files on disk: sealed, each under the SHA-256 of what it was, and never half."""

import hashlib

import pytest

from storage.engine.files import Files
from storage.errors import StorageError, Unavailable
from tests.verbs import spoil


@pytest.fixture
def files(tmp_path, vault) -> Files:
    return Files(tmp_path / "evidence", vault)


def on_disk(files):
    return [path for path in files.folder.rglob("*") if path.is_file()]


def test_the_original_bytes_come_back_under_their_digest(files):
    sha256 = files.put(b"a picture")
    assert sha256 == hashlib.sha256(b"a picture").hexdigest()
    assert files.get(sha256) == b"a picture"


def test_on_disk_it_is_unreadable(files):
    files.put(b"a picture of somebody")
    (path,) = on_disk(files)
    assert b"somebody" not in path.read_bytes()


def test_the_same_content_is_kept_once(files):
    assert files.put(b"twice") == files.put(b"twice")
    assert len(on_disk(files)) == 1


def test_an_empty_file_is_a_file(files):
    assert files.get(files.put(b"")) == b""


def test_a_missing_file_names_the_remedy(files):
    with pytest.raises(StorageError, match="请从备份恢复"):
        files.get("0" * 64)


def test_a_changed_file_does_not_open(files):
    sha256 = files.put(b"as it was")
    (path,) = on_disk(files)
    spoil(path)
    with pytest.raises(StorageError, match="被改过"):
        files.get(sha256)


def test_where_nothing_can_be_stored_it_is_unavailable_and_leaves_nothing(files):
    files.folder.parent.mkdir(exist_ok=True)
    files.folder.write_text("in the way")
    with pytest.raises(Unavailable, match="不是目录"):
        files.put(b"x")
    files.folder.unlink()
    assert files.get(files.put(b"x")) == b"x"


@pytest.mark.parametrize("spoilt", [b"", b"half"])
def test_a_file_that_is_there_but_does_not_open_is_written_again(files, spoilt):
    sha256 = files.put(b"a picture")
    (path,) = on_disk(files)
    path.write_bytes(spoilt)
    assert files.put(b"a picture") == sha256
    assert files.get(sha256) == b"a picture"
