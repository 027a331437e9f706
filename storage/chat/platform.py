"""The platform's access token: one, sealed, shared by all processes; and how often it refused what we asked."""

from datetime import datetime, timedelta

from storage.engine.database import Tx
from storage.engine.times import stamp


def current(tx: Tx, app_id: str, left: timedelta = timedelta(0)) -> str | None:
    """The token, unless it expires within `left`."""
    row = tx.one(
        "select token from platform_token where app_id = :app and expires_at > :until",
        app=app_id,
        until=stamp(tx.now + left),
    )
    return tx.vault.open(row["token"], "platform_token.token", app_id) if row else None


def store(tx: Tx, app_id: str, token: str, expires_at: datetime) -> None:
    sealed = tx.vault.seal(token, "platform_token.token", app_id)
    tx.upsert("platform_token", "app_id", app_id=app_id, token=sealed, expires_at=stamp(expires_at))


def drop(tx: Tx, app_id: str) -> None:
    tx.run("delete from platform_token where app_id = :app", app=app_id)


def count_error(tx: Tx, sign: str) -> None:
    """One more call failed; `sign` is the platform's code, or a word for what has none."""
    tx.run(
        "insert into platform_error (sign, count, last_at) values (:sign, 1, :at) on conflict (sign) "
        "do update set count = platform_error.count + 1, last_at = excluded.last_at",
        sign=sign,
        at=tx.stamp,
    )


def errors(tx: Tx) -> dict[str, int]:
    """How often each error came since the service began."""
    rows = tx.all("select sign, count from platform_error order by sign")
    return {row["sign"]: int(row["count"]) for row in rows}
