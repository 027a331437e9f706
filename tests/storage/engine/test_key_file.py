"""The key file: made once, for its owner only; keys come to it and go, and what is no key file is told."""

import stat

import pytest

from storage.engine import key_file
from storage.engine.key_file import make_key_file
from storage.errors import StorageError

KEY = b"shian-key-1 " + b"A" * 43 + b"=\n"


def test_a_key_file_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "deep" / "shian.key"
    assert make_key_file(path)
    first = path.read_bytes()
    assert not make_key_file(path)
    assert path.read_bytes() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(key_file.read(path)) == [1]


def test_two_key_files_differ(tmp_path):
    for name in ("a", "b"):
        make_key_file(tmp_path / name)
    assert key_file.read(tmp_path / "a") != key_file.read(tmp_path / "b")


def test_a_missing_key_file_names_the_remedy(tmp_path):
    with pytest.raises(StorageError, match="全新安装请运行 init"):
        key_file.read(tmp_path / "none")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"shian-key-1",
        b"shian-key-1 !!!!",
        b"shian-key-1 AAAA",
        b"shian-key-9 AAAA",
        b"\xff\xfe",
        KEY + KEY,
        KEY.replace(b"-1", b"-2"),
    ],
)
def test_a_spoilt_key_file_is_one_clear_error(tmp_path, content):
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(StorageError, match="放回原来的文件"):
        key_file.read(path)


def test_a_key_comes_behind_the_others_and_goes_again(tmp_path):
    path = tmp_path / "key"
    make_key_file(path)
    first = path.read_bytes()
    for _ in range(2):
        key_file.append(path)
    keys = key_file.read(path)
    assert (list(keys), len(set(keys.values()))) == ([1, 2, 3], 3)
    assert path.read_bytes().startswith(first)
    key_file.drop(path, 2)
    assert key_file.read(path) == {1: keys[1], 3: keys[3]}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["key"]
