"""How far the platform has come with a scheduled article, and what it says became of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from storage.engine.database import Row, Tx
from storage.engine.times import moment, stamp, stamped


@dataclass(frozen=True)
class Release:
    """How far the platform has come with one scheduled article."""

    id: str
    article: str
    channel: str
    uploads: Mapping[str, str]
    cover: str
    draft: str
    offered_at: datetime | None
    job: str
    accepted_at: datetime | None
    polled_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Finish:
    """What the platform says became of a release."""

    channel: str
    job: str
    succeeded: bool
    detail: str
    url: str


TIMES = ("offered_at", "accepted_at", "polled_at", "closed_at")


def _release(row: Row) -> Release:
    values = {field.name: row[field.name] for field in fields(Release)}
    values |= {name: moment(row[name]) if row[name] else None for name in TIMES}
    values |= {name: row[name] or "" for name in ("cover", "draft", "job")}
    return Release(**(values | {"uploads": json.loads(row["uploads"])}))


def begin(tx: Tx, article: str, channel: str) -> str:
    """Begin a release; its id is the idempotency key towards the platform."""
    id = tx.new_id()
    tx.insert("release", id=id, article=article, channel=channel, uploads="{}")
    return id


def get(tx: Tx, id: str) -> Release:
    row = tx.one("select * from release where id = :id", id=id)
    assert row is not None, f"release {id} is not there any more; nothing erases one"
    return _release(row)


def current(tx: Tx, article: str) -> Release | None:
    """The newest release of an article."""
    row = tx.one("select * from release where article = :a order by id desc limit 1", a=article)
    return _release(row) if row else None


def update(tx: Tx, id: str, **values: object) -> None:
    if isinstance(uploads := values.get("uploads"), Mapping):
        values["uploads"] = json.dumps(dict(uploads))
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    tx.run(f"update release set {assignments} where id = :id", id=id, **stamped(values))  # noqa: S608 - names are ours


def opened(tx: Tx) -> list[Release]:
    """Offered to the platform, fate unknown."""
    rows = tx.all("select * from release where offered_at is not null and closed_at is null order by id")
    return [_release(row) for row in rows]


def closed(tx: Tx, channel: str, job: str) -> Release | None:
    """The release of a job whose fate is known."""
    sql = "select * from release where channel = :channel and job = :job and closed_at is not null"
    row = tx.one(sql, channel=channel, job=job)
    return _release(row) if row else None


def note_finish(tx: Tx, finish: Finish) -> None:
    tx.run(
        "insert into finish (channel, job, succeeded, detail, url, at) "
        "values (:channel, :job, :ok, :detail, :url, :at) on conflict (channel, job) do nothing",
        channel=finish.channel,
        job=finish.job,
        ok=int(finish.succeeded),
        detail=finish.detail,
        url=finish.url,
        at=tx.stamp,
    )


def finish_of(tx: Tx, channel: str, job: str) -> Finish | None:
    row = tx.one("select * from finish where channel = :channel and job = :job", channel=channel, job=job)
    return Finish(row["channel"], row["job"], bool(row["succeeded"]), row["detail"], row["url"]) if row else None


def unclaimed_finishes(tx: Tx, channel: str, since: datetime) -> list[Finish]:
    """Finish events since then whose job no release knows."""
    rows = tx.all(
        "select f.* from finish f left join release r on r.channel = f.channel and r.job = f.job "
        "where f.channel = :channel and f.at >= :since and r.id is null order by f.at",
        channel=channel,
        since=stamp(since),
    )
    return [Finish(row["channel"], row["job"], bool(row["succeeded"]), row["detail"], row["url"]) for row in rows]
