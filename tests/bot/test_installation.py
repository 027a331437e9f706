"""Key file, database and evidence folder at every start: strangers are told in one line, and nothing is changed."""

import shutil
import sqlite3
import subprocess
import sys

import pytest

from bot import installation
from bot.service import open_service
from bot.settings import load
from storage import ticks
from storage.engine.key_file import make_key_file
from tests.bot.conftest import assert_refused
from tests.conftest import CONFIG


@pytest.fixture
def var(command, tmp_path):
    """The folder of an installation with its administrator."""
    assert command("init").code == 0
    return tmp_path / "var"


@pytest.fixture
def elsewhere(command, tmp_path):
    """Another installation in a folder of its own."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "config.toml").write_text(CONFIG, encoding="utf-8")
    assert command("init", config=other / "config.toml").code == 0
    return other / "var"


def content(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def sql(var, *statements):
    database = sqlite3.connect(var / "shian.db")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def every_start(command):
    """Each command that opens the database; `run` by the migration it begins with."""
    for arguments in (["init"], ["migrate"], ["serve"], ["work"], ["staff", "list"], ["audit", "verify"]):
        yield arguments, command(*arguments)


def test_what_init_wrote_cannot_be_cut_off_unseen(var):
    assert (var / "shian.key.head").read_text().startswith("2 ")


def test_init_makes_no_key_where_one_was_lost(command, var):
    (var / "shian.key").unlink()
    before = content(var)
    assert_refused(command("init"), "shian.key", "放回去")
    assert content(var) == before


def test_init_makes_no_key_where_evidence_is(command, var):
    for name in ("shian.key", "shian.db"):
        (var / name).unlink()
    (var / "evidence/ab").mkdir()
    (var / "evidence/ab/abcd").write_bytes(b"sealed")
    before = content(var)
    assert_refused(command("init"), "evidence", "放回去")
    assert content(var) == before


def test_another_key_is_refused_at_every_start(command, var):
    (var / "shian.key").unlink()
    make_key_file(var / "shian.key")
    before = content(var)
    for arguments, done in every_start(command):
        assert_refused(done, "shian.key", "不是这个数据库的", "指纹")
        assert content(var) == before, arguments


def test_another_database_or_evidence_folder_is_refused_at_every_start(command, var, elsewhere):
    shutil.rmtree(var / "evidence")
    shutil.copytree(elsewhere / "evidence", var / "evidence")
    for _, done in every_start(command):
        assert_refused(done, "evidence", "属于另一个安装", "建于")


def test_an_evidence_folder_that_is_not_mounted_is_refused_until_init_marks_it(command, var):
    shutil.rmtree(var / "evidence")
    for arguments in (["migrate"], ["serve"], ["work"], ["staff", "list"]):
        assert_refused(command(*arguments), "evidence", "挂载")
    assert command("init").code == 0
    assert command("staff", "list").code == 0


def test_a_lost_database_is_not_made_anew_in_silence(command, var):
    (var / "shian.db").unlink()
    assert_refused(command("migrate"), "shian.db", "从备份恢复")
    assert_refused(command("init"), "evidence", "另一个数据库")
    (var / "shian.db").touch()
    assert_refused(command("staff", "list"), "是空的")


def test_a_newer_database_is_refused_at_every_start(command, var):
    sql(var, "insert into migration (name, applied_at) values ('999_tomorrow', 't')")
    for _, done in every_start(command):
        assert_refused(done, "999_tomorrow", "新版本")


@pytest.fixture
def before_proof(var):
    """The installation as a version before the known value left it, with a picture and a row of the chain."""
    service = open_service(load(var.parent / "config.toml", {}))
    service.files.put(b"a picture")
    service.close()
    sql(var, "drop table installation", "delete from migration where name = '011_proof'")
    (var / "evidence/.shian").unlink()
    (var / "shian.key.head").unlink()
    return var


def test_an_installation_from_before_gets_its_known_value_when_it_opens(command, before_proof):
    assert_refused(command("staff", "list"), "migrate")
    assert "011_proof" in command("migrate").out
    assert command("staff", "list").code == 0
    assert command("audit", "verify").code == 0


def test_one_from_before_under_another_key_is_refused_unchanged(command, before_proof):
    (before_proof / "shian.key").unlink()
    make_key_file(before_proof / "shian.key")
    before = content(before_proof)
    for name in ("init", "migrate"):
        assert_refused(command(name), "打不开")
        assert content(before_proof) == before


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        (["delete from audit"], "第 1 条"),
        (["delete from audit", "delete from audit_head"], "断开"),
        (["delete from audit", "delete from audit_head", "delete from installation"], "migrate"),
        (["drop table audit"], "缺少表"),
        (["drop table audit_head"], "缺少表"),
        (["drop table installation"], "缺少表"),
        (["delete from audit where seq > 1"], "第 2 条"),
        (["update audit set actor = 'li' where seq = 2"], "第 2 条"),
        (["delete from audit_head"], "audit_head"),
        (["update audit_head set seal = 'x'"], "audit_head"),
    ],
    ids=lambda value: value if isinstance(value, str) else "; ".join(value),
)
def test_whatever_is_done_to_the_chain_is_one_line(command, var, attack, said):
    sql(var, *attack)
    assert_refused(command("audit", "verify"), said)


def test_an_older_copy_of_the_tables_put_back_is_found_until_it_is_accepted(command, var, tmp_path):
    shutil.copy(var / "shian.db", tmp_path / "older.db")
    command("staff", "add", "wang", "--role", "intake")
    shutil.copy(tmp_path / "older.db", var / "shian.db")
    assert_refused(command("audit", "verify"), "第 3 条", "旧的数据库")
    command("staff", "add", "li", "--role", "intake")
    assert_refused(command("audit", "verify"), "第 3 条")
    assert command("audit", "accept", "--reason", "从昨天的备份恢复").code == 0
    assert command("audit", "verify").code == 0


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_text("9 a b")])
def test_a_head_file_that_is_gone_or_forged_is_one_line(command, var, spoil):
    spoil(var / "shian.key.head")
    assert_refused(command("audit", "verify"), "shian.key.head")


def test_the_head_is_copied_elsewhere(command, var, tmp_path):
    away = tmp_path / "away"
    with (tmp_path / "config.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[storage]\naudit_head_dir = "{away}"\n')
    assert_refused(command("audit", "verify"), "audit.head", "audit accept")
    assert command("audit", "accept", "--reason", "新设").code == 0
    command("staff", "add", "wang", "--role", "intake")
    assert (away / "audit.head").read_text() == (var / "shian.key.head").read_text()
    assert (away / "audit.head").read_text().startswith("4 ")


def test_what_is_written_after_a_check_outlives_another_process_that_closes_the_database(command, var, tmp_path):
    # POSIX locks end when a process closes any handle of the file: the other one, thinking itself the last, deletes
    # the log that this one goes on writing to.
    service = open_service(load(tmp_path / "config.toml", {}))
    service.db.write(lambda tx: ticks.ran(tx, "before"))
    installation.check(service)
    look = f"import sqlite3; c = sqlite3.connect({str(var / 'shian.db')!r}); print(*c.execute('select * from tick'))"
    subprocess.run([sys.executable, "-c", f"{look}; c.close()"], check=True)
    service.db.write(lambda tx: ticks.ran(tx, "after"))
    seen = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True).stdout
    service.close()
    assert "before" in seen
    assert "after" in seen
