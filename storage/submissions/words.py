"""What is found when staff look for words: shop, address, what happened, demand, unit, 12315 number, and every note.

The index follows the timeline, which tells of every change, a little behind: never while somebody waits for a reply.
"""

import threading
from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from functools import partial
from itertools import count

from storage.engine.database import Database, Tx
from storage.engine.times import first_id

PAGE = 200
"""Lines of the timeline that one transaction indexes."""
LATE = timedelta(minutes=1)
"""How far the clocks of two nodes may differ: ids are made by them, and one behind the mark would be missed."""
TEXTS = ("number", "merchant", "address", "product", "description", "demand", "unit", "external_number")


def texts_of(tx: Tx, ids: Collection[str]) -> dict[str, str]:
    """All that is found of these submissions; what is no submission is left out."""
    marks = {f"id{n}": id for n, id in enumerate(ids)}
    names = ", ".join(f":{mark}" for mark in marks)
    columns = ", ".join(TEXTS)
    found: dict[str, list[str]] = {
        row["id"]: [row[name] for name in TEXTS]
        for row in tx.all(f"select id, {columns} from submission where id in ({names})", **marks)  # noqa: S608
    }
    bodies = defaultdict(list)
    for row in tx.all(f"select subject, body from timeline where subject in ({names})", **marks):  # noqa: S608
        bodies[row["subject"]].append(row["body"])
    return {id: "\n".join((*texts, *bodies[id])) for id, texts in found.items()}


class Indexer:
    """Keeps the index of one database; it remembers what it has indexed since the mark.

    The worker does so every few seconds, and whoever is about to look does: what just came is found as well.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._seen: set[str] = set()
        self._one = threading.Lock()

    def catch_up(self, pages: int | None = None) -> int:
        """Index what is new, a page a transaction; returns how many lines of the timeline told of it.

        Many submissions that were there before there was an index are left to whoever sets no limit: the worker.
        """
        with self._one:
            done = self._fill(most=pages * PAGE if pages else None)
            if done is None:
                return 0
            for _ in range(pages) if pages else count():
                lines = self._page()
                done += lines
                if not lines:
                    break
            return done

    def _fill(self, most: int | None) -> int | None:
        """Index every submission once, where that was never done; interrupted, it begins anew.

        None, and nothing done, where there are more than `most`.
        """
        with self._db.read() as tx:
            if _mark(tx) is not None:
                return 0
            if most and len(tx.all("select id from submission limit :n", n=most + 1)) > most:
                return None
            mark = first_id(tx.now - LATE)
            told = {row["id"] for row in tx.all("select id from timeline where id > :mark", mark=mark)}
        done, after = 0, ""
        sql = "select id from submission where id > :after order by id limit :limit"
        while ids := self._ids(sql, after=after, limit=PAGE):
            with self._db.read() as tx:
                texts = texts_of(tx, ids)
            self._db.write(partial(Tx.put_words, texts=texts))
            done, after = done + len(ids), ids[-1]
        self._db.write(lambda tx: _store(tx, {}, mark))
        self._seen = told
        return done

    def _ids(self, sql: str, **values: str | int) -> list[str]:
        with self._db.read() as tx:
            return [row["id"] for row in tx.all(sql, **values)]

    def _page(self) -> int:
        with self._db.read() as tx:
            mark = _mark(tx) or ""
            # Another process may have moved the mark on: what lies behind it is never asked for again.
            self._seen = {id for id in self._seen if id > mark}
            rows = tx.all(
                "select id, subject from timeline where id > :mark order by id limit :limit",
                mark=mark,
                limit=PAGE + len(self._seen),
            )
            new = [row for row in rows if row["id"] not in self._seen]
            texts = texts_of(tx, {row["subject"] for row in new}) if new else {}
            settled = [row["id"] for row in rows if row["id"] < first_id(tx.now - LATE)]
        if new:
            self._db.write(lambda tx: _store(tx, texts, settled[-1] if settled else mark))
            self._seen |= {row["id"] for row in new}
            self._seen -= set(settled)
        return len(new)


def _mark(tx: Tx) -> str | None:
    """Up to which id all is indexed, None before anything was. One in the future, of a clock set back, is no mark."""
    mark = tx.value("select timeline from word_mark where id = 1")
    return mark if mark is None or mark <= first_id(tx.now) else first_id(tx.now - LATE)


def _store(tx: Tx, texts: dict[str, str], mark: str) -> None:
    tx.put_words(texts)
    tx.upsert("word_mark", "id", id=1, timeline=mark)
