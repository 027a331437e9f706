"""The second engine, where it is not like the first: connections that are cut, and processes that wait in line."""

import psycopg
import pytest

from storage.engine import postgresql
from storage.engine.database import open_database
from storage.errors import Unavailable
from tests.storage.engine.conftest import names, note

pytestmark = pytest.mark.postgresql


@pytest.fixture
def administrator(url):
    """Somebody else at the same server."""
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def cut(administrator):
    """Ends every other connection, as a restart of the server does."""

    def end() -> None:
        administrator.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )

    return end


def test_a_connection_that_was_cut_is_replaced_and_nobody_notices(db, cut, on_disk):
    db.write(note("a"))
    assert names(db) == {"a"}
    cut()
    db.write(note("b"))
    assert names(db) == {"a", "b"}
    assert on_disk() == {"a", "b"}


def test_cut_off_in_the_middle_nothing_is_told_as_written(db, cut, on_disk):
    def lost(tx):
        note("lost")(tx)
        cut()

    with pytest.raises(Unavailable, match="撤销了这一刻的全部写入"):
        db.write(lost)
    db.write(note("later"))
    assert on_disk() == {"later"}


def test_processes_write_one_after_the_other(db, administrator, monkeypatch, url, vault):
    monkeypatch.setitem(postgresql.TIMEOUTS, "options", "-c lock_timeout=50")
    other = open_database(url, vault)
    with administrator.transaction():
        administrator.execute(f"select pg_advisory_xact_lock({postgresql.WRITERS})")
        with pytest.raises(Unavailable, match="lock timeout"):
            other.write(note("a"))
    other.write(note("b"))
    other.close()
    assert names(db) == {"b"}


def test_a_server_that_is_not_there_is_said_without_the_password(vault, tmp_path):
    away = open_database(f"postgresql://shian:geheim@/name?host={tmp_path}", vault)
    with pytest.raises(Unavailable, match="systemctl start") as refused:
        away.write(note("a"))
    assert "geheim" not in str(refused.value)
    with pytest.raises(Unavailable), away.read():
        pass
    away.close()
