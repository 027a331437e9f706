"""How staff are reached: the WeChat they bound, and a telephone number for the office's own SMS command.

The openid of an official is sealed like a citizen's. A code to bind with is kept as its digest.
"""

from datetime import datetime

from storage.engine.database import Tx
from storage.engine.times import day_of, moment, stamp


def offer_code(tx: Tx, name: str, code: str, expires_at: datetime) -> None:
    """Keep a new one-time code of an account; it replaces the one before."""
    digest = tx.vault.digest(code, "binding code")
    tx.upsert("binding_code", "staff", staff=name, code=digest, expires_at=stamp(expires_at))


def take_code(tx: Tx, code: str) -> str | None:
    """The account that a code was made for, which is used up with it; None when it is wrong or too old."""
    digest = tx.vault.digest(code, "binding code")
    row = tx.one(
        "select c.staff from binding_code c join staff s on s.name = c.staff "
        "where c.code = :code and c.expires_at > :now and s.disabled = 0",
        code=digest,
        now=tx.stamp,
    )
    if row is None:
        return None
    tx.run("delete from binding_code where code = :code", code=digest)
    return str(row["staff"])


def _own(tx: Tx, sender: str) -> str:
    return tx.vault.digest(sender, "staff_wechat")


def bind(tx: Tx, name: str, openid: str) -> None:
    """One WeChat for one account: both lose what they were bound to before."""
    own = _own(tx, tx.vault.digest(openid, "openid"))
    tx.run("delete from staff_wechat where staff = :name or sender = :own", name=name, own=own)
    sealed = tx.vault.seal(openid, "staff_wechat.openid", name)
    # The day is enough: by the moment the message could be told that bound it.
    tx.insert("staff_wechat", staff=name, sender=own, openid=sealed, bound_at=stamp(day_of(tx.now)))


def unbind(tx: Tx, name: str) -> bool:
    """Whether there was anything to forget."""
    return bool(tx.run("delete from staff_wechat where staff = :name", name=name))


def bound_to(tx: Tx, sender: str) -> str | None:
    """The account that a sender (digest) bound, unless it was disabled."""
    name = tx.value(
        "select w.staff from staff_wechat w join staff s on s.name = w.staff "
        "where w.sender = :sender and s.disabled = 0",
        sender=_own(tx, sender),
    )
    return str(name) if name else None


def openid_of(tx: Tx, name: str) -> str:
    """The openid of an account; '' when it has bound none."""
    sealed = tx.value("select openid from staff_wechat where staff = :name", name=name)
    return tx.vault.open(sealed, "staff_wechat.openid", name) if sealed else ""


def bindings(tx: Tx) -> dict[str, datetime]:
    """The accounts that bound a WeChat, and since when."""
    return {row["staff"]: moment(row["bound_at"]) for row in tx.all("select staff, bound_at from staff_wechat")}


def set_phone(tx: Tx, name: str, phone: str) -> None:
    """'' takes the number out."""
    tx.run("delete from staff_phone where staff = :name", name=name)
    if phone:
        tx.insert("staff_phone", staff=name, phone=tx.vault.seal(phone, "staff_phone.phone", name))


def phones(tx: Tx) -> dict[str, str]:
    """The telephone numbers of the accounts that have one."""
    rows = tx.all("select staff, phone from staff_phone")
    return {row["staff"]: tx.vault.open(row["phone"], "staff_phone.phone", row["staff"]) for row in rows}


def wrong_tries(tx: Tx, sender: str, since: datetime) -> int:
    """How many wrong codes a sender tried in a row that began after then."""
    own = tx.vault.digest(sender, "binding_try")
    tries = tx.value(
        "select tries from binding_try where sender = :own and since > :since", own=own, since=stamp(since)
    )
    return int(tries or 0)


def note_wrong_try(tx: Tx, sender: str, since: datetime) -> None:
    """Count one more; a row of tries that began before then is over."""
    tx.run(
        "insert into binding_try (sender, tries, since) values (:sender, 1, :at) on conflict (sender) do update set "
        "tries = case when binding_try.since > :since then binding_try.tries + 1 else 1 end, "
        "since = case when binding_try.since > :since then binding_try.since else excluded.since end",
        sender=tx.vault.digest(sender, "binding_try"),
        at=tx.stamp,
        since=stamp(since),
    )


def forget(tx: Tx, before: datetime) -> None:
    """Erase codes that ran out and wrong tries that began before then."""
    tx.run("delete from binding_code where expires_at < :before", before=stamp(before))
    tx.run("delete from binding_try where since < :before", before=stamp(before))
