"""A backup is made while the service runs, opens under its key alone, and brings everything back."""

import json
import shutil

import pytest

from storage import backup as backups
from storage.submissions import evidence
from tests.bot.conftest import assert_refused
from tests.conftest import CONFIG
from tests.verbs import WHOLE, spoil

PICTURE = b"a picture of the shop"


@pytest.fixture
def used(service, phone, stored):
    """An office with a named report, its picture, and an account."""
    phone.say(f"{WHOLE} 姓名：张三 电话：13812345678")
    (made,) = stored()
    sha256 = service.files.put(PICTURE)

    def arrive(tx):
        id = evidence.await_media(tx, sender="s", kind="image", media="m", submission=made.id)
        evidence.stored(tx, id, sha256=sha256, size=len(PICTURE), mime="image/jpeg")

    service.db.write(arrive)
    return made


@pytest.fixture
def made(command, used, tmp_path):
    """A backup of it."""
    folder = tmp_path / "backups" / "one"
    done = command("backup", str(folder))
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def elsewhere(tmp_path, service):
    """The configuration of another machine, with the key file carried there."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    config = folder / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    (folder / "var").mkdir()
    shutil.copy(service.settings.key_file, folder / "var" / "shian.key")
    return config


def exported(command, config):
    lines = command("export", "submissions", config=config).out.splitlines()
    return [json.loads(line) for line in lines]


def test_everything_comes_back_on_another_machine(command, made, elsewhere, service, used):
    before = exported(command, service.settings.source)
    done = command("restore", str(made), config=elsewhere)
    assert done.code == 0, done.err
    assert exported(command, elsewhere) == before
    assert before[0]["evidence"]
    assert command("audit", "verify", config=elsewhere).code == 0
    assert "zhang" not in done.out
    folder = elsewhere.parent / "var" / "evidence"
    assert {path.relative_to(folder) for path in folder.rglob("*")} == {
        path.relative_to(service.files.folder) for path in service.files.folder.rglob("*")
    }


def test_nothing_of_it_can_be_read(made, used):
    content = b"".join(path.read_bytes() for path in made.rglob("*") if path.is_file())
    for secret in ("张三", "13812345678", "老王熟食店", used.number):
        assert secret.encode() not in content
    assert PICTURE not in content
    assert all(path.stat().st_mode & 0o077 == 0 for path in made.rglob("*"))


@pytest.mark.embedded
def test_what_is_there_is_put_aside_on_demand_only(command, made, service, used, hire):
    hire("later")
    service.close()
    assert_refused(command("restore", str(made)), "已有内容", "--force")
    done = command("restore", str(made), "--force")
    assert done.code == 0, done.err
    assert [one["number"] for one in exported(command, service.settings.source)] == [used.number]
    assert "later" not in command("staff", "list").out
    kept = list(service.settings.database_file.parent.glob("shian.db.before-restore-*"))
    assert kept
    assert str(kept[0])[:-4] in done.out
    assert command("audit", "verify").code == 0


def test_a_backup_of_an_older_schema_is_brought_up_to_date(command, made, elsewhere, service):
    manifest = backups.manifest_of(made, service.db.vault)
    assert manifest.migrations
    assert command("restore", str(made), config=elsewhere).code == 0
    assert command("migrate", config=elsewhere).out == ""


@pytest.mark.parametrize("how", ["manifest", "rows", "swapped", "cut", "file"])
def test_a_backup_that_is_not_whole_is_refused(command, made, elsewhere, how):
    rows = made / "rows"
    if how == "manifest":
        (made / "manifest").unlink()
    elif how == "rows":
        spoil(rows)
    elif how == "swapped":
        content = rows.read_bytes()
        first = 4 + int.from_bytes(content[:4])
        second = first + 4 + int.from_bytes(content[first : first + 4])
        rows.write_bytes(content[first:second] + content[:first] + content[second:])
    elif how == "cut":
        content = rows.read_bytes()
        rows.write_bytes(content[: 4 + int.from_bytes(content[:4])])
    else:
        next(path for path in (made / "evidence").rglob("*") if path.is_file() and path.name != ".shian").unlink()
    done = command("restore", str(made), config=elsewhere)
    assert_refused(done)


def test_without_its_key_it_does_not_open(command, made, elsewhere):
    (elsewhere.parent / "var" / "shian.key").unlink()
    command("init", config=elsewhere)
    assert_refused(command("restore", str(made), "--force", config=elsewhere), "密钥文件")


def test_a_folder_that_holds_something_is_left_alone(command, made):
    assert_refused(command("backup", str(made)), "不是空的")


@pytest.mark.postgresql
def test_what_runs_on_a_server_is_backed_up_as_well(command, made, elsewhere, service, used):
    assert command("restore", str(made), config=elsewhere).code == 0
    assert [one["number"] for one in exported(command, elsewhere)] == [used.number]
    assert_refused(command("restore", str(made)), "createdb")


@pytest.mark.embedded
def test_a_restore_that_fails_has_told_where_what_was_there_is(command, made, service):
    service.close()
    rows = made / "rows"
    spoil(rows)
    done = command("restore", str(made), "--force")
    assert done.code == 1
    assert "before-restore-" in done.out
