"""Rewards for reports (举报奖励): one row a report at most. Whose report it is only its identity knows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.engine.database import Row, Tx
from storage.engine.paging import Page, page
from storage.engine.times import moment, stamp
from storage.submissions import identity
from storage.submissions.submission import Kind

_COLUMNS = "r.*, s.number, s.received_at, s.stage"
_FROM = "reward r join submission s on s.id = r.submission"
_SELECT = f"select {_COLUMNS} from {_FROM}"  # noqa: S608 - names are ours


@dataclass(frozen=True)
class Reward:
    """How far the reward for one report has come; amounts are decimal yuan, '' before it is graded."""

    id: str
    submission: str
    number: str
    stage: str
    received_at: datetime
    state: str
    level: str
    base: str
    amount: str
    basis: str
    grader: str
    approver: str
    reason: str
    voucher: str
    code: str = field(repr=False)
    wrong_codes: int
    applied_at: datetime | None
    expires_on: str
    version: int
    limb: str = ""


@dataclass(frozen=True)
class Own:
    """A report of the person who asks; `state` is that of its reward, '' when there is none."""

    id: str
    number: str
    state: str


def _reward(row: Row) -> Reward:
    return Reward(
        **{name: row[name] for name in ("id", "submission", "number", "stage", "state", "level", "base", "amount")},
        **{
            name: row[name]
            for name in ("basis", "grader", "approver", "reason", "voucher", "expires_on", "version", "limb")
        },
        code=row["code"] or "",
        wrong_codes=int(row["wrong_codes"]),
        received_at=moment(row["received_at"]),
        applied_at=moment(row["applied_at"]) if row["applied_at"] else None,
    )


def find(tx: Tx, number: str) -> Reward | None:
    """The reward for the report of that number."""
    row = tx.one(f"{_SELECT} where s.number = :number", number=number)
    return _reward(row) if row else None


def of_sender(tx: Tx, sender: str) -> list[Own]:
    """One person's reports that ended with a case (also if upheld) or have a reward under way, newest first."""
    rows = tx.all(
        "select s.id, s.number, r.state, i.submission, i.openid "
        "from submission s join identity i on i.submission = s.id "
        "left join reward r on r.submission = s.id "
        "where i.sender = :sender and s.kind = :kind and (s.stage = 'concluded' "
        "or (s.stage = 'upheld' and s.outcome = 'concluded') or r.state is not null) "
        "order by s.created_at desc, s.id desc limit 20",
        sender=identity.own(tx, sender),
        kind=Kind.REPORT.value,
    )
    for row in rows:
        identity.confirm(tx, row, sender)
    return [Own(row["id"], row["number"], row["state"] or "") for row in rows]


def offer(tx: Tx, submission: str) -> None:
    """Note that the reporter was told the conditions; what was applied for already stays as it is."""
    blank = dict.fromkeys(
        ("level", "base", "amount", "basis", "grader", "approver", "reason", "voucher", "expires_on"), ""
    )
    touched = tx.run(
        "update reward set updated_at = :at where submission = :submission", at=tx.stamp, submission=submission
    )
    if not touched:
        tx.insert(
            "reward",
            id=tx.new_id(),
            submission=submission,
            state="offered",
            wrong_codes=0,
            created_at=tx.stamp,
            updated_at=tx.stamp,
            version=1,
            **blank,
        )


def offered(tx: Tx, sender: str, since: datetime) -> Reward | None:
    """The offer this person was shown last, since then."""
    row = tx.one(
        f"select {_COLUMNS}, i.openid from {_FROM} join identity i on i.submission = r.submission "  # noqa: S608
        "where i.sender = :sender and r.state = 'offered' and r.updated_at > :since "
        "order by r.updated_at desc limit 1",
        sender=identity.own(tx, sender),
        since=stamp(since),
    )
    if row:
        identity.confirm(tx, row, sender)
    return _reward(row) if row else None


def change(tx: Tx, before: Reward, **values: Any) -> Reward:
    """Compare-and-set; raises Conflict when somebody else was first."""
    tx.change("reward", before.id, before.version, before.number, **values)
    after = find(tx, before.number)
    assert after is not None
    return after


def listed(tx: Tx, state: str = "", *, after: str = "", limit: int = 50) -> Page[Reward]:
    """Those in a state, or all that were applied for; the oldest application first."""
    sql = f"{_SELECT} where r.state <> 'offered'{' and r.state = :state' if state else ''}"
    return page(tx, sql, "applied_at, id", _reward, after=after, limit=limit, state=state)


def by_state(tx: Tx) -> dict[str, int]:
    return {row["state"]: int(row["n"]) for row in tx.all("select state, count(*) as n from reward group by state")}
