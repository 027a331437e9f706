"""A database whose values were sealed for a purpose alone is read as if it had always been sealed for its rows."""

import base64
import json
import os

import pytest
import sqlite_utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage import letter
from storage.chat import follower, inbox, platform, standing, window
from storage.engine.database import open_database
from storage.migrations import MIGRATIONS
from storage.notices import outbox
from storage.people import contact
from storage.submissions import identity, receipt, submission

pytestmark = pytest.mark.embedded
S, AT, LETTER_AT = "01a205eabe8108645ed09924", "2026-11-20T01:02:03.000004Z", "2026-11-20T16:30:00.000005Z"
KEYS = {"submission": "id", "staff": "name"}
OUTBOX = {"kind": "notice", "cause": "2", "part": 1, "state": "held", "attempts": 0, "due_at": AT, "created_at": AT}


@pytest.fixture
def seal(vault):
    """As the first versions did."""

    def for_purpose(text, purpose):
        nonce = os.urandom(12)
        sealed = AESGCM(vault._derive(1, "seal", purpose)).encrypt(nonce, text.encode(), purpose.encode())
        return "1." + base64.urlsafe_b64encode(nonce + sealed).decode()

    return for_purpose


@pytest.fixture
def old(tmp_path, vault, seal):
    """A database as it was, with one row of everything that is sealed."""
    database = sqlite_utils.Database(tmp_path / "shian.db")
    database["_sqlite_migrations"].create({"id": int, "migration_set": str, "name": str, "applied_at": str}, pk="id")
    for name, sql in MIGRATIONS.items():
        if name < "011":
            database.executescript(sql)
            database["_sqlite_migrations"].insert({"name": name, "applied_at": AT})

    def put(table, **values):
        columns = database[table].columns_dict
        empty = {name: 0 if kind is int else "" for name, kind in columns.items()}
        nullable = {column.name for column in database[table].columns if not column.notnull}
        database[table].insert({k: v for k, v in empty.items() if k not in nullable} | values)

    o, staff = vault.digest("o1", "openid"), vault.digest("o2", "openid")
    put("staff", name="wang", roles='["intake"]', created_at=AT)
    put("submission", id=S, number="SA20261120-0001", kind="report", received_at=AT, created_at=AT, updated_at=AT,
        category="other", reasons="[]", stage="triage", version=1)  # fmt: skip
    put("identity", submission=S, sender=o, openid=seal("o1", "openid"), name=seal("张三", "name"),
        mentioned=seal("13900000000", "mentioned"))  # fmt: skip
    put("inbox", id="i1", dedupe="d1", sender=o, received_at=AT, body=seal("<xml/>", "message"), state="failed",
        reply=seal(base64.b64encode("<xml>答</xml>".encode()).decode(), "reply"))  # fmt: skip
    put("inbox", id="i2", dedupe="d2", sender=o, received_at=LETTER_AT, body=seal("<xml>信</xml>", "message"),
        state="handled")  # fmt: skip
    put("letter", id="l1", reference="JJ20261121-K7QM", openid=seal("o1", "letter sender"), version=1,
        text=seal("来信", "letter"), note=seal("已移", "letter"), received_at=LETTER_AT, updated_at=LETTER_AT,
        state="kept")  # fmt: skip
    put("follower", sender=o, openid=seal("o1", "openid"), followed_at=AT)
    put("talk", sender=o, topic="report", answers=seal('{"merchant": "老王"}', "talk"), started_at=AT, updated_at=AT)
    put("pending", sender=o, verb="add", asked=seal('{"numbers": ["1"], "answers": {}}', "pending"), asked_at=AT)
    put("contact_window", sender=o, cause="message", remaining=5, closes_at="2099-01-01T00:00:00.000000Z")
    put("staff_wechat", staff="wang", sender=staff, openid=seal("o2", "openid"), bound_at=AT)
    put("staff_phone", staff="wang", phone=seal("13700001111", "staff phone"))
    put("platform_token", app_id="wx", token=seal("t0", "token"), expires_at="2099-01-01T00:00:00.000000Z")
    put("receipt", digest=vault.digest("r0", "receipt"), submission=S, token=seal("r0", "receipt"))
    for id, topic, sender, openid in (("p1", "submission", o, "o1"), ("p2", "alarm", staff, "o2")):
        put("outbox", id=id, topic=topic, about=S, recipient=sender, addressee=seal(openid, "openid"),
            payload=seal(json.dumps({"text": topic}), "payload"), **OUTBOX)  # fmt: skip
    database.close()


@pytest.fixture
def db(old, url_of_old, vault, clock):
    made = open_database(url_of_old, vault, clock)
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def url_of_old(tmp_path):
    return f"sqlite:///{tmp_path / 'shian.db'}"


def test_everything_opens_and_is_found_again(ask):
    def look(tx):
        o, staff = follower.sender_of(tx, "o1"), follower.sender_of(tx, "o2")
        (notice,), (call,) = outbox.held(tx, o), outbox.held(tx, staff)
        found = letter.find(tx, "JJ20261121-K7QM")
        assert identity.addressee(tx, S) == "o1"
        assert (identity._of(tx, S).name, identity._of(tx, S).mentioned) == ("张三", "13900000000")
        assert [case.id for case in submission.of_sender(tx, o)] == [S]
        assert standing.of(tx, o, dedupe="d1").kept.answer == "<xml>答</xml>".encode()
        assert inbox.unhandled(tx) == [("i1", "<xml/>")]
        assert standing.of(tx, o).talk.answers == {"merchant": "老王"}
        assert standing.of(tx, o).pending.numbers == ("1",)
        assert window.usable(tx, o) == "message"
        assert contact.bound_to(tx, staff) == "wang"
        assert (contact.openid_of(tx, "wang"), contact.phones(tx)) == ("o2", {"wang": "13700001111"})
        assert platform.current(tx, "wx") == "t0"
        assert receipt.token(tx, S) == "r0"
        assert (notice.addressee, notice.payload, notice.recipient) == ("o1", {"text": "submission"}, o)
        assert (call.addressee, call.payload) == ("o2", {"text": "alarm"})
        row = tx.one("select text, note from letter where id = :id", id=found.id)
        opened = [tx.vault.open(row[name], f"letter.{name}", found.id) for name in ("text", "note")]
        assert (*opened, str(found.received_on)) == ("来信", "已移", "2026-11-21")

    ask(look)


def test_nothing_is_left_as_it_was_sealed(ask):
    for table in ask(lambda tx: sorted(tx._session.database.table_names())):
        for row in ask(lambda tx, table=table: tx.all(f"select * from {table}")):
            assert not [name for name, value in row.items() if str(value).startswith("1.")], table


def test_of_the_message_that_brought_a_letter_only_its_repeat_is_known(ask):
    row = ask(lambda tx: tx.one("select * from inbox where id = 'i2'"))
    assert (row["sender"], row["body"], row["dedupe"]) == ("", "", "d2")
    assert ask(lambda tx: tx.value("select id from letter")) != "l1"
