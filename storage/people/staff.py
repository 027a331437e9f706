"""Accounts, their sessions, known devices and API tokens. Tokens are kept as keyed digests only."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.engine.database import Row, Tx
from storage.engine.times import moment, stamp
from storage.errors import Conflict


class Role(StrEnum):
    """What an account may do."""

    INTAKE = "intake"
    OFFICER = "officer"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    LEADER = "leader"
    CUSTODIAN = "custodian"
    ADMIN = "admin"
    SECURITY = "security"
    AUDITOR = "auditor"
    LIAISON = "liaison"


@dataclass(frozen=True)
class Staff:
    """An account of the console or the API."""

    name: str
    roles: frozenset[Role]
    unit: str
    must_change: bool
    failures: int
    locked_until: datetime | None
    disabled: bool
    password_until: datetime | None = None
    """When a one-time password ends; None for one that its owner chose."""
    on_behalf: str = ""
    """The leader for whom somebody decides who is none."""


def _staff(row: Row) -> Staff:
    return Staff(
        name=row["name"],
        roles=frozenset(Role(role) for role in json.loads(row["roles"])),
        unit=row["unit"],
        must_change=bool(row["must_change"]),
        failures=int(row["failures"]),
        locked_until=moment(row["locked_until"]) if row["locked_until"] else None,
        disabled=bool(row["disabled"]),
        password_until=moment(row["password_until"]) if row["password_until"] else None,
    )


def add(
    tx: Tx,
    name: str,
    *,
    password_hash: str,
    roles: frozenset[Role],
    must_change: bool = True,
    until: datetime | None = None,
    unit: str = "",
) -> None:
    """With a password that `must_change` before `until`, or that stays. Raises Conflict when the name is taken."""
    if get(tx, name):
        raise Conflict(f"账号 {name} 已经有了，要给它新密码请运行 staff reset {name}")
    tx.insert(
        "staff",
        name=name,
        password=password_hash,
        must_change=int(must_change),
        password_until=stamp(until) if until else None,
        roles=json.dumps(sorted(roles)),
        unit=unit,
        failures=0,
        disabled=0,
        created_at=tx.stamp,
    )


def get(tx: Tx, name: str) -> Staff | None:
    row = tx.one("select * from staff where name = :name", name=name)
    return _staff(row) if row else None


def every(tx: Tx) -> list[Staff]:
    return [_staff(row) for row in tx.all("select * from staff order by created_at, name")]


def password_hash(tx: Tx, name: str) -> str:
    return str(tx.value("select password from staff where name = :name", name=name) or "")


def set_password(tx: Tx, name: str, password_hash: str, *, must_change: bool, until: datetime | None = None) -> None:
    """A new password, which `must_change` before `until` or stays, ends every session of the account."""
    tx.run(
        "update staff set password = :hash, must_change = :must, password_until = :until, failures = 0, "
        "locked_until = null where name = :name",
        hash=password_hash,
        must=int(must_change),
        until=stamp(until) if until else None,
        name=name,
    )
    tx.run("delete from staff_session where staff = :name", name=name)


def set_roles(tx: Tx, name: str, roles: frozenset[Role]) -> None:
    tx.run("update staff set roles = :roles where name = :name", roles=json.dumps(sorted(roles)), name=name)


def note_failure(tx: Tx, name: str, failures: int, locked_until: datetime | None) -> None:
    tx.run(
        "update staff set failures = :n, locked_until = :until where name = :name",
        n=failures,
        until=stamp(locked_until) if locked_until else None,
        name=name,
    )


def clear_failures(tx: Tx, name: str) -> None:
    tx.run("update staff set failures = 0, locked_until = null where name = :name", name=name)


def open_session(
    tx: Tx, name: str, token: str, csrf: str, *, source: str = "", browser: str = "", proven: bool = True
) -> None:
    """From an address and a browser; not `proven` while the code of a second factor is to come."""
    tx.insert(
        "staff_session",
        token=tx.vault.digest(token, "session"),
        staff=name,
        csrf=csrf,
        created_at=tx.stamp,
        seen_at=tx.stamp,
        proven=int(proven),
        source=source,
        browser=browser,
    )


@dataclass(frozen=True)
class Session:
    """A signed-in browser: whose, the token its forms must carry, since when, and when it was last noted as in use."""

    staff: Staff
    csrf: str
    opened_at: datetime
    seen_at: datetime
    proven: bool
    has_factor: bool


def session(tx: Tx, token: str, *, seen_after: datetime, opened_after: datetime) -> Session | None:
    """The session of this token, unless it idled or is too old."""
    row = tx.one(
        "select s.*, x.csrf, x.created_at as opened_at, x.seen_at, x.proven, "
        "(select count(*) from staff_factor f where f.staff = s.name) as factors "
        "from staff_session x join staff s on s.name = x.staff "
        "where x.token = :token and x.seen_at >= :seen and x.created_at >= :opened and s.disabled = 0",
        token=tx.vault.digest(token, "session"),
        seen=stamp(seen_after),
        opened=stamp(opened_after),
    )
    if row is None:
        return None
    times = moment(row["opened_at"]), moment(row["seen_at"])
    return Session(_staff(row), row["csrf"], *times, bool(row["proven"]), bool(row["factors"]))


def waiting(tx: Tx, token: str) -> Staff | None:
    """The account whose session of this token waits for a code."""
    row = tx.one(
        "select s.* from staff_session x join staff s on s.name = x.staff "
        "where x.token = :token and x.proven = 0 and s.disabled = 0",
        token=tx.vault.digest(token, "session"),
    )
    return _staff(row) if row else None


@dataclass(frozen=True)
class Seat:
    """Where an account is signed in; `own` is the browser that asks."""

    source: str
    browser: str
    opened_at: datetime
    seen_at: datetime
    own: bool


def seats(tx: Tx, name: str, token: str, *, seen_after: datetime, opened_after: datetime) -> list[Seat]:
    """Where an account is signed in, the newest first, for whoever holds the session of this token."""
    rows = tx.all(
        "select * from staff_session where staff = :name and proven = 1 and seen_at >= :seen "
        "and created_at >= :opened order by created_at desc, token",
        name=name,
        seen=stamp(seen_after),
        opened=stamp(opened_after),
    )
    own = tx.vault.digest(token, "session")
    return [
        Seat(row["source"], row["browser"], moment(row["created_at"]), moment(row["seen_at"]), row["token"] == own)
        for row in rows
    ]


def end_other_sessions(tx: Tx, name: str, token: str) -> int:
    """End every session of an account but the one of this token; returns how many."""
    own = tx.vault.digest(token, "session")
    return tx.run("delete from staff_session where staff = :name and token <> :own", name=name, own=own)


def touch_session(tx: Tx, token: str) -> None:
    tx.run(
        "update staff_session set seen_at = :at where token = :token",
        at=tx.stamp,
        token=tx.vault.digest(token, "session"),
    )


def close_session(tx: Tx, token: str) -> None:
    tx.run("delete from staff_session where token = :token", token=tx.vault.digest(token, "session"))


def forget_sessions(tx: Tx, seen_before: datetime) -> int:
    """Erase sessions that nobody has used since then."""
    return tx.run("delete from staff_session where seen_at < :seen", seen=stamp(seen_before))


def trust_device(tx: Tx, name: str, device: str) -> None:
    tx.run(
        "insert into staff_device (token, staff, since) values (:token, :name, :at) "
        "on conflict (token, staff) do nothing",
        token=tx.vault.digest(device, "device"),
        name=name,
        at=tx.stamp,
    )


def knows_device(tx: Tx, name: str, device: str) -> bool:
    return bool(
        tx.one(
            "select 1 as known from staff_device where token = :token and staff = :name",
            token=tx.vault.digest(device, "device"),
            name=name,
        )
    )


def forget_devices(tx: Tx, name: str) -> None:
    """From now on every device counts as one that was never signed in."""
    tx.run("delete from staff_device where staff = :name", name=name)


def wrong_passwords(tx: Tx, source: str, since: datetime) -> int:
    """How many came from a source in a window that began after then."""
    row = tx.one(
        "select count from sign_in_failure where source = :source and since > :since",
        source=tx.vault.digest(source, "sign-in source"),
        since=stamp(since),
    )
    return int(row["count"]) if row else 0


def count_wrong_password(tx: Tx, source: str, since: datetime) -> int:
    """Count one more, and say how many there are; a window that began before then is over."""
    tx.run(
        "insert into sign_in_failure (source, count, since) values (:source, 1, :at) on conflict (source) do update "
        "set count = case when sign_in_failure.since > :since then sign_in_failure.count + 1 else 1 end, "
        "since = case when sign_in_failure.since > :since then sign_in_failure.since else excluded.since end",
        source=tx.vault.digest(source, "sign-in source"),
        at=tx.stamp,
        since=stamp(since),
    )
    return wrong_passwords(tx, source, since)


def forget_wrong_passwords(tx: Tx, before: datetime) -> int:
    """Erase counts whose window began before then."""
    return tx.run("delete from sign_in_failure where since < :before", before=stamp(before))


def set_disabled(tx: Tx, name: str, *, disabled: bool) -> None:
    tx.run("update staff set disabled = :disabled where name = :name", disabled=int(disabled), name=name)


def add_token(tx: Tx, name: str, token: str, until: datetime | None = None) -> None:
    """Let an API token act for an account, for good or until that moment."""
    tx.insert(
        "staff_token",
        token=tx.vault.digest(token, "api"),
        staff=name,
        created_at=tx.stamp,
        expires_at=stamp(until) if until else None,
    )


def end_access(tx: Tx, name: str) -> None:
    """End every session and API token of an account; each device of it is a new one."""
    tx.run("delete from staff_session where staff = :name", name=name)
    tx.run("delete from staff_token where staff = :name", name=name)
    forget_devices(tx, name)


def of_token(tx: Tx, token: str) -> Staff | None:
    row = tx.one(
        "select s.* from staff_token t join staff s on s.name = t.staff where t.token = :token and s.disabled = 0 "
        "and (t.expires_at is null or t.expires_at > :now)",
        token=tx.vault.digest(token, "api"),
        now=tx.stamp,
    )
    return _staff(row) if row else None
