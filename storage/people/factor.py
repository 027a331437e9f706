"""Second factors of accounts: the secret that codes are made from, sealed, and recovery codes as keyed digests."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from storage.engine.database import Tx
from storage.engine.times import moment, stamp

SECRET = "staff_factor.secret"  # noqa: S105 - its place


@dataclass(frozen=True)
class Factor:
    """Codes of an account. None is taken that belongs to the time step that began `taken_at`, or to one before."""

    secret: str = field(repr=False)
    since: datetime
    taken_at: datetime


def put(tx: Tx, name: str, secret: str, recovery: Iterable[str], taken_at: datetime) -> None:
    """Give an account a second factor, in place of the one it had."""
    end(tx, name)
    sealed = tx.vault.seal(secret, SECRET, name)
    tx.insert("staff_factor", staff=name, secret=sealed, since=tx.stamp, taken_at=stamp(taken_at))
    for code in recovery:
        tx.insert("staff_recovery", code=_digest(tx, name, code), staff=name)


def find(tx: Tx, name: str) -> Factor | None:
    row = tx.one("select * from staff_factor where staff = :name", name=name)
    if row is None:
        return None
    return Factor(tx.vault.open(row["secret"], SECRET, name), moment(row["since"]), moment(row["taken_at"]))


def holders(tx: Tx) -> frozenset[str]:
    """The accounts that have one."""
    return frozenset(row["staff"] for row in tx.all("select staff from staff_factor"))


def mark_taken(tx: Tx, name: str, at: datetime) -> None:
    """Note when the time step began whose code was taken."""
    tx.run("update staff_factor set taken_at = :at where staff = :name", at=stamp(at), name=name)


def take_recovery(tx: Tx, name: str, code: str) -> bool:
    """Whether it is a recovery code of the account; it is used up then."""
    digest = _digest(tx, name, code)
    return bool(tx.run("delete from staff_recovery where code = :code and staff = :name", code=digest, name=name))


def recovery_left(tx: Tx, name: str) -> int:
    return int(tx.value("select count(*) from staff_recovery where staff = :name", name=name))


def end(tx: Tx, name: str) -> bool:
    """Whether there was one to take away."""
    tx.run("delete from staff_recovery where staff = :name", name=name)
    return bool(tx.run("delete from staff_factor where staff = :name", name=name))


def _digest(tx: Tx, name: str, code: str) -> str:
    return tx.vault.digest(f"{name} {code}", "staff_recovery")
