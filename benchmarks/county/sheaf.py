"""Rows on their way into the database, table by table, with ids that a seed makes again."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage import audit
from storage.audit import Link
from storage.engine.database import Tx
from storage.engine.times import stamp

PARENTS_FIRST = ("staff", "business", "submission", "article", "alarm")
"""Rows of other tables refer to these."""


class Sheaf:
    """Gathers rows until they are stored through `tx`; the audit chain goes on from one transaction to the next."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.tx: Tx
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._tally: Counter[tuple[str, object]] = Counter()
        self._made = 0
        self._head: Link | None = None

    def id(self, at: datetime) -> str:
        """As storage.engine.times makes them: they sort by time."""
        self._made += 1
        return f"{int(at.timestamp() * 1000):012x}{self._made & 0xFFFF:04x}{self.chance.getrandbits(32):08x}"

    def add(self, table: str, **values: Any) -> None:
        self._rows[table].append(values)

    def count(self, values: Mapping[str, object]) -> None:
        """What storage/submissions/tally.py keeps."""
        self._tally.update((name, value) for name, value in values.items() if value)

    def add_tally(self) -> None:
        for (name, value), n in self._tally.items():
            self.add("tally", name=name, value=str(value), n=n)

    def record(self, at: datetime, actor: str, action: str, subject: str, detail: str = "") -> None:
        """A row of the audit chain."""
        before = self._head or audit.newest_link(self.tx)
        texts = {"at": stamp(at), "actor": actor, "action": action, "subject": subject, "detail": detail}
        self._head = Link(before.seq + 1, audit._hash(self.tx, before.hash, before.seq + 1, *texts.values()))
        self.add("audit", seq=self._head.seq, **texts, previous=before.hash, hash=self._head.hash)

    def store(self) -> int:
        """Write what was gathered; returns the number of rows."""
        stored = 0
        for table in (*PARENTS_FIRST, *sorted(self._rows.keys() - {*PARENTS_FIRST})):
            self.tx.insert_all(table, self._rows.get(table, ()))
            stored += len(self._rows.pop(table, ()))
        if self._head:
            audit.keep_head(self.tx, self._head)
        return stored
