"""Sealed values open only under their key and for their purpose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine import key_file
from storage.engine.key_file import make_key_file
from storage.engine.sealing import Vault, open_vault
from storage.errors import StorageError

KEY = Vault(bytes(range(32)))
OTHER = Vault(bytes(32))


PLACE, ROW = "identity.phone", "01a2"


@given(st.text(), st.sampled_from(["identity.openid", PLACE]), st.text(max_size=64))
def test_what_is_sealed_opens_again(text, place, row):
    assert KEY.open(KEY.seal(text, place, row), place, row) == text


@given(st.binary(max_size=2000))
def test_files_too(content):
    sealed = KEY.seal_bytes(content, "file.content", ROW)
    assert KEY.open_bytes(sealed, "file.content", ROW) == content
    assert len(sealed) == len(content) + 31


def test_the_same_text_never_looks_the_same_twice():
    assert len({KEY.seal("oReporter", PLACE, ROW) for _ in range(50)}) == 50


def test_nothing_of_the_text_shows():
    assert "13812345678" not in KEY.seal("13812345678", PLACE, ROW)


@pytest.mark.parametrize(
    ("vault", "place", "row"),
    [
        (OTHER, PLACE, ROW),
        (KEY, "identity.name", ROW),
        (KEY, "letter.phone", ROW),
        (KEY, PLACE, "01a3"),
        (KEY, PLACE, ""),
    ],
)
def test_under_another_key_or_put_anywhere_else_it_does_not_open(vault, place, row):
    sealed = KEY.seal("x", PLACE, ROW)
    with pytest.raises(StorageError, match="请恢复正确的密钥文件"):
        vault.open(sealed, place, row)


def test_a_changed_byte_is_found():
    sealed = bytearray(KEY.seal_bytes(b"evidence", "file.content", ROW))
    sealed[-1] ^= 1
    with pytest.raises(StorageError, match="被改过"):
        KEY.open_bytes(bytes(sealed), "file.content", ROW)


@pytest.mark.parametrize(
    "sealed", ["", "s2.AAAA", "plain text", "1.AAAA", "s1.", "s1.AAAA", "s1.!!!", "s1.A", "s.A", "s-1.A"]
)
def test_what_was_never_sealed_is_a_clear_error(sealed):
    with pytest.raises(StorageError):
        KEY.open(sealed, PLACE, ROW)


def test_the_newest_key_seals_and_the_older_ones_still_open_and_find():
    rotated = Vault(bytes(range(32)), bytes(32))
    old, new = KEY.seal("x", PLACE, ROW), rotated.seal("x", PLACE, ROW)
    assert rotated.open(old, PLACE, ROW) == rotated.open(new, PLACE, ROW) == "x"
    assert new.startswith("s2.")
    assert rotated.digest("x", "p") == KEY.digest("x", "p")
    with pytest.raises(StorageError, match="第 2 把密钥"):
        KEY.open(new, PLACE, ROW)


def test_a_digest_finds_the_same_text_only_under_the_same_key_and_purpose():
    assert KEY.digest("o1", "openid") == Vault(bytes(range(32))).digest("o1", "openid")
    assert len({KEY.digest("o1", "openid"), KEY.digest("o2", "openid"), KEY.digest("o1", "x")}) == 3
    assert KEY.digest("o1", "openid") != OTHER.digest("o1", "openid")


def test_a_key_of_the_wrong_length_is_refused():
    with pytest.raises(StorageError, match="应为 32 字节，这里是 31 字节"):
        Vault(bytes(31))


def test_a_file_that_was_replaced_is_read_again_to_seal_and_to_open(tmp_path):
    path = tmp_path / "key"
    make_key_file(path)
    writer, reader = open_vault(path), open_vault(path)
    key_file.append(path)
    sealed = writer.seal("x", PLACE, ROW)
    assert sealed.startswith("s2.")
    assert reader.open(sealed, PLACE, ROW) == "x"


@pytest.mark.parametrize("restored", ["older", "foreign", "spoilt", "none"])
def test_a_running_process_keeps_its_keys_when_the_file_is_not_the_right_one(tmp_path, caplog, restored):
    path, foreign = tmp_path / "key", tmp_path / "foreign"
    make_key_file(path)
    make_key_file(foreign)
    older = path.read_bytes()
    key_file.append(path)
    vault = open_vault(path)
    sealed = vault.seal("x", PLACE, ROW)
    path.unlink()
    if restored != "none":
        path.write_bytes({"older": older, "foreign": foreign.read_bytes(), "spoilt": b"?"}[restored])
    assert vault.seal("y", PLACE, ROW).startswith("s2.")
    assert vault.open(sealed, PLACE, ROW) == "x"
    assert bool(caplog.text) == (restored != "none")


def test_a_fingerprint_tells_keys_apart():
    both = Vault(bytes(range(32)), bytes(32))
    assert both.fingerprint() == both.fingerprint(1) == KEY.fingerprint() != both.fingerprint(2)
