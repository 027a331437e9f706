"""``database move``: all of an installation, or nothing that could be taken for it."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from bot import installation
from bot.service import open_service
from bot.settings import load
from storage.engine import moving, postgresql, sqlite
from storage.engine.database import open_database
from storage.migrations import MIGRATIONS
from tests.bot.conftest import assert_refused
from tests.conftest import CONFIG
from tests.endurance.crowd import free_port
from tests.engines import make_database
from tests.verbs import until

pytestmark = pytest.mark.postgresql


@pytest.fixture
def target(worker_id):
    """The URL of an empty database."""
    return make_database(f"target_{worker_id}")


@pytest.fixture
def office(command, tmp_path):
    """An installation on SQLite with more rows than are read at once."""
    assert command("init").code == 0
    assert command("staff", "add", "wang", "--role", "intake").code == 0
    service = open_service(load(tmp_path / "config.toml", {}))
    rows = [{"register": f"第{i}本", "imported_at": "2026"} for i in range(2500)]
    service.db.write(lambda tx: tx.insert_all("register_import", rows))
    service.close()
    return tmp_path / "config.toml"


def spoil(office, *statements):
    """What somebody does to the file of the database by hand."""
    database = sqlite3.connect(office.parent / "var/shian.db")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def settle(config, url):
    with config.open("a", encoding="utf-8") as file:
        file.write(f'\n[storage]\nurl = "{url}"\n')


def test_all_of_it_is_there_and_what_it_comes_from_stays(command, office, target):
    before = (office.parent / "var/shian.db").read_bytes()
    done = command("database", "move", target)
    assert done.code == 0, done.err
    assert "一致" in done.out
    assert done.last.endswith(f'url = "{target}"')
    assert (office.parent / "var/shian.db").read_bytes() == before
    settle(office, target)
    assert command("staff", "list").out.count("wang") == 1
    assert "共 3 条" in command("audit", "verify").out
    with psycopg.connect(target) as server:
        assert server.execute("select count(*) from register_import where register like '第%本'").fetchone() == (2500,)
    assert command("staff", "add", "li", "--role", "editor").code == 0
    assert "共 4 条" in command("audit", "verify").out


def test_it_goes_on_from_one_server_to_another(command, office, target, worker_id):
    assert command("database", "move", target).code == 0
    settle(office, target)
    second = make_database(f"second_{worker_id}")
    done = command("database", "move", second)
    assert done.code == 0, done.err
    with psycopg.connect(second) as server:
        assert server.execute("select count(*) from register_import").fetchone() == (2500,)
    assert_refused(command("database", "move", target), "已有表")


@pytest.fixture
def meddle(command, office, target):
    """Have the target do something to each row of a table that comes in."""

    def trigger(table, does):
        service = open_service(load(office, {}))
        database = open_database(target, service.db.vault)
        moving.prepare(database, installation.check(service).name)
        database.close()
        service.close()
        with psycopg.connect(target) as server:
            server.execute(f"create function meddle() returns trigger as $$ begin {does} end $$ language plpgsql")
            server.execute(f"create trigger meddle before insert on {table} for each row execute function meddle()")

    return trigger


def files_of_tables(url):
    """Table -> the file it is in, another one whenever it was emptied."""
    with psycopg.connect(url) as server:
        return dict(server.execute("select relname, relfilenode from pg_class where relkind = 'r'").fetchall())


def test_a_move_that_was_broken_off_starts_nothing_and_goes_on(command, office, target, meddle, tmp_path):
    meddle("register_import", "if new.register = '第2222本' then raise 'the power fails'; end if; return new;")
    assert_refused(command("database", "move", target), "the power fails")
    moved = tmp_path / "moved.toml"
    moved.write_text(f'{CONFIG}\n[storage]\nurl = "{target}"\n', encoding="utf-8")
    for arguments in (["init"], ["migrate"], ["serve"], ["staff", "list"]):
        assert_refused(command(*arguments, config=moved), "搬来了一半", "database move")
    with psycopg.connect(target) as server:
        assert server.execute("select count(*) from register_import").fetchone() == (0,)
        server.execute("drop function meddle cascade")
    before = files_of_tables(target)
    assert command("database", "move", target).code == 0
    after = files_of_tables(target)
    assert after["register_import"] != before["register_import"]
    assert after["audit"] == before["audit"]
    assert "共 3 条" in command("audit", "verify", config=moved).out


def test_what_changed_before_the_repeat_is_moved_as_it_is_now(command, office, target, meddle):
    meddle("register_import", "if new.register = '第2222本' then raise 'the power fails'; end if; return new;")
    assert_refused(command("database", "move", target), "the power fails")
    with psycopg.connect(target) as server:
        server.execute("drop function meddle cascade")
    assert command("staff", "add", "zhao", "--role", "intake").code == 0
    assert command("database", "move", target).code == 0
    settle(office, target)
    assert "zhao" in command("staff", "list").out
    assert "共 4 条" in command("audit", "verify").out


def test_a_table_that_came_over_otherwise_is_named_and_not_kept(command, office, target, meddle):
    meddle("register_import", "new.register := new.register || '?'; return new;")
    assert_refused(command("database", "move", target), "register_import", "不同")
    with psycopg.connect(target) as server:
        assert server.execute("select count(*) from register_import").fetchone() == (0,)


def test_what_postgresql_does_not_store_is_cleaned_and_counted(command, office, target):
    spoil(
        office,
        "insert into register_import values ('a' || char(0) || 'b', '2026')",
        "insert into register_import values (cast(x'e5ba97ff' as text), '2026')",
        "insert into register_import values (cast(x'eda080' as text), 'back\\u0000slash')",
    )
    done = command("database", "move", target)
    assert "清理了 3 个" in done.out
    with psycopg.connect(target) as server:
        kept = {row[0] for row in server.execute("select register from register_import where imported_at <> '2026'")}
        assert kept == {"\ufffd" * 3}
        assert server.execute(
            "select count(*) from register_import where register in ('ab', '店\ufffd')"
        ).fetchone() == (2,)


def test_a_row_without_the_one_it_refers_to_is_told(command, office, target):
    spoil(office, "insert into staff_phone values ('nobody', 'x')")
    assert_refused(command("database", "move", target), "staff_phone")


@pytest.mark.parametrize("first", ["init", "create table other (id text)"])
def test_a_target_that_holds_something_is_left_alone(command, office, target, tmp_path, first):
    if first == "init":
        other = tmp_path / "other"
        other.mkdir()
        (other / "config.toml").write_text(f'{CONFIG}\n[storage]\nurl = "{target}"\n', encoding="utf-8")
        assert command("init", config=other / "config.toml").code == 0
    else:
        with psycopg.connect(target) as server:
            server.execute(first)
    before = files_of_tables(target)
    assert_refused(command("database", "move", target), "已有表", "createdb")
    assert files_of_tables(target) == before


def test_the_half_moved_of_another_installation_is_left_alone(command, office, target):
    with psycopg.connect(target) as server:
        server.execute("create table moving (installation text primary key)")
        server.execute("insert into moving values ('another')")
    assert_refused(command("database", "move", target), "另一个安装")


def test_a_pending_migration_is_for_migrate(command, office, target):
    spoil(office, f"delete from migration where name = '{list(MIGRATIONS)[-1]}'")
    assert_refused(command("database", "move", target), "migrate")
    assert files_of_tables(target).keys().isdisjoint({"moving", "audit"})


@pytest.mark.parametrize("url", ["sqlite:///var/other.db", "mysql://root@localhost/shian"])
def test_only_postgresql_is_moved_to(command, office, url):
    assert_refused(command("database", "move", url), "postgresql://")


@pytest.mark.parametrize("here", ["sqlite", "postgresql"])
def test_while_another_process_has_it_open_nothing_is_moved(command, office, target, worker_id, here, monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(postgresql, "BUSY_SECONDS", 0.1)
    if here == "postgresql":
        assert command("database", "move", target).code == 0
        settle(office, target)
        target = make_database(f"second_{worker_id}")
    service = open_service(load(office, {}))
    with ThreadPoolExecutor(1) as thread:  # its readers are not this thread's
        thread.submit(service.db.tables).result()
        assert_refused(command("database", "move", target), "停下服务")
        thread.submit(service.close).result()
    assert command("database", "move", target).code == 0


@pytest.mark.slow
@pytest.mark.parametrize("process", ["serve", "work"])
def test_a_service_that_runs_is_seen(command, office, target, start, process):
    arguments = [process] if process == "work" else [process, "--port", str(free_port())]
    begun = start(*arguments)
    log = office.parent / "log"
    until(lambda: "serving" in log.read_text() or "leads" in log.read_text(), "a service that runs")
    until(lambda: command("database", "move", target).code == 1 or pytest.fail("it was moved"), "a refusal")
    begun.terminate()
    begun.wait()
    assert command("database", "move", target).code == 0


def test_the_password_is_not_shown(command, office, target):
    with_password = target.replace("postgres@", "postgres:geheim@")
    done = command("database", "move", with_password)
    assert "geheim" not in done.out + done.err
    assert "postgres:***@" in done.last
