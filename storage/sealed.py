"""What is sealed where: the one list from which keys are rotated. What is not in it would be lost with its key.

Files lie outside the database: `storage.engine.files` knows theirs.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sealed:
    """The sealed columns of a table, and the column that tells its rows apart."""

    table: str
    key: str
    columns: tuple[str, ...]


SEALED = (
    Sealed("inbox", "id", ("body", "reply")),
    Sealed("follower", "sender", ("openid",)),
    Sealed("talk", "sender", ("answers", "openid")),
    Sealed("doubt", "sender", ("held",)),
    Sealed("pending", "sender", ("asked",)),
    Sealed("identity", "submission", ("openid", "name", "phone", "address", "mentioned", "principal")),
    Sealed("outbox", "id", ("addressee", "payload")),
    Sealed("platform_token", "app_id", ("token",)),
    Sealed("draft", "id", ("typed",)),
    Sealed("receipt", "submission", ("token",)),
    Sealed("staff_wechat", "staff", ("openid",)),
    Sealed("staff_phone", "staff", ("phone",)),
    Sealed("staff_factor", "staff", ("secret",)),
    Sealed("letter", "id", ("openid", "text", "note")),
    Sealed("installation", "id", ("proof",)),
)
"""The known value comes last: while it is sealed under an older key, a rotation is not finished."""
