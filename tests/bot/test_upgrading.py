"""Two versions on one database: the one before goes on beside what the next only adds, and refuses anything else."""

import pytest

from storage.engine import schema
from storage.engine.database import open_database
from storage.migrations import ADDITIVE, MIGRATIONS
from tests.bot.conftest import assert_refused
from tests.engines import make_migrated
from tests.verbs import WHOLE

NEXT = "999_tomorrow"
GROWN = ("inbox", "submission", "follower", "outbox", "timeline", "audit", "staff", "migration")
ADDS = ADDITIVE + "".join(
    (
        "create table tomorrow (id text primary key);\n",
        *(f"alter table {name} add column tomorrow text not null default '';\n" for name in GROWN),
        "create index tomorrow_day on submission (tomorrow);\n",
    )
)
BREAKS = "alter table inbox drop column tomorrow;\n"


@pytest.fixture
def migrated(engine, tmp_path, worker_id):
    """A database for each test: what the next version does to it stays."""
    return make_migrated(engine, tmp_path / "own.db", f"upgraded_{worker_id}")


@pytest.fixture
def upgrade(service, monkeypatch):
    """A node of the next version migrates the database of `service`, which goes on as the version before."""

    def apply(*steps):
        there = open_database(service.settings.database_url, service.db.vault)
        with monkeypatch.context() as patch:
            new = {f"{NEXT}{number}": step for number, step in enumerate(steps)}
            patch.setattr(schema, "MIGRATIONS", MIGRATIONS | new)
            assert there.migrate() == list(new)
        there.close()

    return apply


def test_beside_what_only_adds_it_serves_is_ready_and_starts(command, service, client, phone, stored, hire, upgrade):
    hire("wang")
    phone.say(WHOLE)
    upgrade(ADDS)
    for _ in range(3):
        assert "编号" in phone.say(WHOLE)
    assert len(stored()) == 4
    assert client.get("/readyz").text == "ready\n"
    for arguments in (["migrate"], ["staff", "list"], ["export", "audit"], ["audit", "verify"]):
        assert command(*arguments).code == 0, arguments


def test_beside_what_takes_something_away_it_is_refused_in_one_line(command, client, upgrade):
    upgrade(ADDS, BREAKS)
    refused = client.get("/readyz")
    assert refused.status_code == 503
    assert refused.text.count("\n") == 1
    for arguments in (["init"], ["migrate"], ["serve"], ["work"], ["staff", "list"]):
        done = command(*arguments)
        assert_refused(done, f"{NEXT}1", "新版本")
        assert f"{NEXT}0" not in done.err


@pytest.mark.parametrize(
    "arguments", [["key", "rotate"], ["key", "drop", "1"], ["database", "move", "postgresql:///x"]], ids=" ".join
)
def test_what_treats_every_table_is_left_to_the_version_that_knows_all(command, service, upgrade, arguments):
    upgrade(ADDS)
    assert_refused(command(*arguments), f"{NEXT}0", "新版本")
