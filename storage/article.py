"""Articles, their pictures, and how far the platform has come with releasing them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import datetime

from storage.database import Row, Tx, containing
from storage.records import Article, Finish, Release
from storage.times import moment, stamp

TIMES = ("scheduled_at", "released_at", "created_at", "updated_at")
RELEASE_TIMES = ("offered_at", "accepted_at", "polled_at", "closed_at")


def _stamped(values: Mapping[str, object]) -> dict[str, object]:
    return {name: stamp(value) if isinstance(value, datetime) else value for name, value in values.items()}


def _article(row: Row) -> Article:
    values = {field.name: row[field.name] for field in fields(Article)}
    values |= {name: moment(row[name]) if row[name] else None for name in TIMES}
    return Article(**(values | {"cover": row["cover"] or ""}))


def add(tx: Tx, *, title: str, summary: str, body: str, category: str, party: str, cover: str, author: str) -> Article:
    id = tx.new_id()
    tx.insert(
        "article",
        id=id,
        title=title,
        summary=summary,
        body=body,
        category=category,
        party=party,
        cover=cover or None,
        author=author,
        approver="",
        state="draft",
        reason="",
        channel="",
        url="",
        created_at=tx.stamp,
        updated_at=tx.stamp,
        version=1,
    )
    return get(tx, id)


def find(tx: Tx, id: str) -> Article | None:
    row = tx.one("select * from article where id = :id", id=id)
    return _article(row) if row else None


def get(tx: Tx, id: str) -> Article:
    found = find(tx, id)
    if found is None:
        raise LookupError(id)
    return found


def change(tx: Tx, before: Article, **values: object) -> Article:
    """Compare-and-set on `version`; raises Conflict when somebody else was first."""
    tx.change("article", before.id, before.version, f"article {before.id}", **_stamped(values))
    return get(tx, before.id)


def note_reason(tx: Tx, id: str, reason: str) -> None:
    """Why an article is held up. Not a change of the article: its version stays."""
    tx.run("update article set reason = :reason where id = :id", reason=reason, id=id)


def every(tx: Tx, *, state: str = "", limit: int = 200, after: tuple[str, str] | None = None) -> list[Article]:
    """Newest first; `after` is the stamp of making and the id of the last one of the page before."""
    at, id = after or ("", "")
    rows = tx.all(
        "select * from article where (:state = '' or state = :state) "
        "and (:id = '' or created_at < :at or (created_at = :at and id < :id)) "
        "order by created_at desc, id desc limit :n",
        state=state,
        at=at,
        id=id,
        n=limit,
    )
    return [_article(row) for row in rows]


def each(tx: Tx, page: int = 200) -> Iterator[Article]:
    """All articles, oldest first, without holding them in memory."""
    after = ""
    while rows := tx.all("select * from article where id > :after order by id limit :n", after=after, n=page):
        yield from (_article(row) for row in rows)
        after = rows[-1]["id"]


def due(tx: Tx) -> list[Article]:
    rows = tx.all(
        "select * from article where state = 'scheduled' and scheduled_at <= :now order by scheduled_at",
        now=tx.stamp,
    )
    return [_article(row) for row in rows]


def released(
    tx: Tx, *, text: str = "", word: str = "", category: str = "", limit: int = 50, offset: int = 0
) -> list[Article]:
    """What the public may read, newest first; `text` stands in title or party, `word` anywhere in the article."""
    rows = tx.all(
        "select * from article where state = 'released' and (:category = '' or category = :category) "
        "and (:text = '' or title like :like escape '\\' or party like :like escape '\\') "
        "and (:word = '' or title like :within escape '\\' or party like :within escape '\\' "
        "or summary like :within escape '\\' or body like :within escape '\\') "
        "order by released_at desc, id desc limit :n offset :offset",
        text=text,
        like=containing(text),
        word=word,
        within=containing(word),
        category=category,
        n=limit,
        offset=offset,
    )
    return [_article(row) for row in rows]


def add_picture(tx: Tx, article: str, *, sha256: str, mime: str) -> str:
    id = tx.new_id()
    tx.insert("picture", id=id, article=article, sha256=sha256, mime=mime, created_at=tx.stamp)
    return id


def pictures(tx: Tx, article: str) -> list[Row]:
    """id, sha256 and mime of an article's pictures, in the order they were added."""
    return tx.all("select id, sha256, mime from picture where article = :a order by created_at, id", a=article)


def _release(row: Row) -> Release:
    values = {field.name: row[field.name] for field in fields(Release)}
    values |= {name: moment(row[name]) if row[name] else None for name in RELEASE_TIMES}
    values |= {name: row[name] or "" for name in ("cover", "draft", "job")}
    return Release(**(values | {"uploads": json.loads(row["uploads"])}))


def open_release(tx: Tx, article: str, channel: str) -> str:
    """Begin a release; its id is the idempotency key towards the platform."""
    id = tx.new_id()
    tx.insert("release", id=id, article=article, channel=channel, uploads="{}")
    return id


def release(tx: Tx, article: str) -> Release | None:
    """The newest release of an article."""
    row = tx.one("select * from release where article = :a order by id desc limit 1", a=article)
    return _release(row) if row else None


def update_release(tx: Tx, id: str, **values: object) -> None:
    if isinstance(uploads := values.get("uploads"), Mapping):
        values["uploads"] = json.dumps(dict(uploads))
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    tx.run(f"update release set {assignments} where id = :id", id=id, **_stamped(values))  # noqa: S608 - names are ours


def open_releases(tx: Tx) -> list[Release]:
    """Offered to the platform, fate unknown."""
    rows = tx.all("select * from release where offered_at is not null and closed_at is null order by id")
    return [_release(row) for row in rows]


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
