"""Values sealed for a purpose are sealed for their place and row; tables that shared a digest get one each.

Times that tell of a letter or of a member of staff who wrote are kept to the day, and such letters' messages emptied.
"""

import base64
import secrets
from collections.abc import Iterator

from storage.engine.sealing import UNBOUND, Vault
from storage.engine.session import Row, Session

PAGE = 500
SEALED = {
    "inbox": ("id", {"body": "message", "reply": "reply"}),
    "follower": ("sender", {"openid": "openid"}),
    "talk": ("sender", {"answers": "talk"}),
    "pending": ("sender", {"asked": "pending"}),
    "identity": (
        "submission",
        {name: name for name in ("openid", "name", "phone", "address", "mentioned", "principal")},
    ),
    "outbox": ("id", {"addressee": "openid", "payload": "payload"}),
    "platform_token": ("app_id", {"token": "token"}),
    "receipt": ("submission", {"token": "receipt"}),
    "staff_wechat": ("staff", {"openid": "openid"}),
    "staff_phone": ("staff", {"phone": "staff phone"}),
    "letter": ("id", {"openid": "letter sender", "text": "letter", "note": "letter"}),
}
"""Table -> the column that tells its rows apart, and its sealed columns with the purpose they had."""
SENDERS = (
    *("follower", "talk", "pending", "identity", "evidence", "contact_window", "consent", "subscription"),
    *("staff_wechat", "binding_try"),
)
STAFF_TOPICS = ("alarm", "roster")


def apply(session: Session, vault: Vault) -> None:
    """After the senders, so that a row that is known by one is sealed under its new name; the letters last."""
    for table in SENDERS:
        for sender in _column(session, f"select distinct sender as value from {table} where sender is not null"):  # noqa: S608
            own = vault.digest(sender, table)
            session.run(f"update {table} set sender = :own where sender = :sender", {"own": own, "sender": sender})  # noqa: S608
    _apart(session)
    for table, (key, columns) in SEALED.items():
        for row in _rows(session, table, key):
            values = {name: _bound(vault, table, name, row, key, purpose) for name, purpose in columns.items()}
            values |= _senders(vault, table, row)
            assignments = ", ".join(f"{name} = :{name}" for name in values)
            session.run(f"update {table} set {assignments} where {key} = :own", values | {"own": row[key]})  # noqa: S608
    session.run("update staff_wechat set bound_at = substr(bound_at, 1, 10) || 'T00:00:00.000000Z'", {})


def _rows(session: Session, table: str, key: str) -> Iterator[Row]:
    """All rows, a page at a time; their key stays as it is meanwhile."""
    after = ""
    sql = f"select * from {table} where {key} > :after order by {key} limit {PAGE}"  # noqa: S608 - names are ours
    while found := session.query(sql, {"after": after}):
        yield from found
        after = found[-1][key]


def _column(session: Session, sql: str) -> list[str]:
    return [row["value"] for row in session.query(sql, {})]


def _bound(vault: Vault, table: str, name: str, row: Row, key: str, purpose: str) -> str | None:
    sealed: str | None = row[name]
    if not sealed or not sealed.startswith(UNBOUND):
        return sealed
    content = vault.open_unbound(sealed, purpose)
    if (table, name) == ("inbox", "reply"):
        content = base64.b64decode(content)  # it was text already
    return vault.seal(content.decode(), f"{table}.{name}", row[key])


def _senders(vault: Vault, table: str, row: Row) -> Row:
    """What changes with the day or the topic, beside the sealed columns."""
    if table == "inbox" and row["sender"]:
        return {"sender": vault.digest(f"{row['sender']}:{row['received_at'][:10]}T00:00:00.000000Z", "inbox")}
    if table == "outbox" and row["recipient"]:
        return {"recipient": vault.digest(row["recipient"], f"outbox{' staff' * (row['topic'] in STAFF_TOPICS)}")}
    return {}


def _apart(session: Session) -> None:
    """Letters get an id that tells no time, and of the message that brought one nothing is kept but its answer."""
    for row in session.query("select id, reference, received_at, updated_at, state from letter", {}):
        session.run("update inbox set sender = '', body = '' where received_at = :at", {"at": row["received_at"]})
        digits = row["reference"].removeprefix("JJ")
        day = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
        changed = {"day": day, "updated": day if row["state"] == "kept" else row["updated_at"]}
        session.run(
            "update letter set id = :new, received_at = :day, updated_at = :updated where id = :id",
            changed | {"new": secrets.token_hex(12), "id": row["id"]},
        )
