"""Articles, their pictures, and how far the platform has come with releasing them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from storage.engine.database import Row, Tx, containing
from storage.engine.paging import Page, page
from storage.engine.times import moment, stamped


@dataclass(frozen=True)
class Article:
    """A typical case (典型案例) or notice on its way to the public."""

    id: str
    title: str
    summary: str
    body: str
    category: str
    party: str
    cover: str
    author: str
    approver: str
    state: str
    reason: str
    channel: str
    scheduled_at: datetime | None
    released_at: datetime | None
    url: str
    created_at: datetime
    updated_at: datetime
    version: int


TIMES = ("scheduled_at", "released_at", "created_at", "updated_at")


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
    tx.change("article", before.id, before.version, f"article {before.id}", **stamped(values))
    return get(tx, before.id)


def note_reason(tx: Tx, id: str, reason: str) -> None:
    """Why an article is held up. Not a change of the article: its version stays."""
    tx.run("update article set reason = :reason where id = :id", reason=reason, id=id)


def note_address(tx: Tx, id: str, url: str) -> None:
    """Where a released article stands at the platform, if that is not known yet. Its version stays, as above."""
    tx.run("update article set url = :url where id = :id and state = 'released' and url = ''", url=url, id=id)


def every(tx: Tx, *, state: str = "", after: str = "", limit: int = 200) -> Page[Article]:
    """Newest first."""
    sql = f"select * from article{' where state = :state' if state else ''}"  # noqa: S608 - no value is in it
    return page(tx, sql, "created_at desc, id desc", _article, after=after, limit=limit, state=state)


def count(tx: Tx, state: str, most: int) -> int:
    """How many are in a state, counted no further than `most`."""
    sql = "select count(*) from (select 1 from article where state = :state limit :most) as counted"
    return int(tx.value(sql, state=state, most=most))


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
    tx: Tx, *, text: str = "", word: str = "", category: str = "", after: str = "", limit: int = 50
) -> Page[Article]:
    """What the public may read, newest first; `text` stands in title or party, `word` anywhere in the article.

    Raises BadCursor when `after` is no `next` of such a page.
    """
    sql = "select * from article where state = 'released'"
    sql += " and category = :category" if category else ""
    sql += f" and ({_within(('title', 'party'), 'text')})" if text else ""
    sql += f" and ({_within(('title', 'party', 'summary', 'body'), 'word')})" if word else ""
    values = {"category": category, "text": containing(text), "word": containing(word)}
    return page(tx, sql, "released_at desc, id desc", _article, after=after, limit=limit, **values)


def _within(columns: Collection[str], value: str) -> str:
    return " or ".join(f"{column} like :{value} escape '\\'" for column in columns)


def add_picture(tx: Tx, article: str, *, sha256: str, mime: str) -> str:
    id = tx.new_id()
    tx.insert("picture", id=id, article=article, sha256=sha256, mime=mime, created_at=tx.stamp)
    return id


def pictures(tx: Tx, article: str) -> list[Row]:
    """id, sha256 and mime of an article's pictures, in the order they were added."""
    return tx.all("select id, sha256, mime from picture where article = :a order by created_at, id", a=article)
