"""The first start of an office: its key, its database, its administrator."""

from storage.engine.key_file import make_key_file
from tests.bot.conftest import is_secret


def test_init_makes_everything_once_and_may_be_repeated(command, tmp_path):
    first = command("init")
    assert first.code == 0
    assert is_secret(first.last)
    assert "admin" in first.out
    key = (tmp_path / "var/shian.key").read_bytes()
    second = command("init")
    assert second.code == 0
    assert not is_secret(second.last)
    assert (tmp_path / "var/shian.key").read_bytes() == key
    assert command("staff", "list").out.count("admin") == 2  # its name and its role


def test_a_migration_is_told_and_applied_once(command, tmp_path):
    make_key_file(tmp_path / "var/shian.key")
    (tmp_path / "var/shian.db").touch()
    assert "001_the_line" in command("migrate").out
    assert command("migrate").out == ""
