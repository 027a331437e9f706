"""Years of submissions slow nothing down: no page, tick or message reads a large table from end to end.

Every statement they execute is explained by SQLite, which takes tables without statistics for large ones.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from benchmarks import county, walk
from bot.commands.export import SOURCES
from bot.service import Service
from bot.web.app import create_app
from bot.worker.ticks import run_tick, ticks_of
from storage.engine.database import Tx
from tests.verbs import WHOLE

pytestmark = pytest.mark.embedded
LARGE = {
    *("alarm_call", "audit", "business", "business_key", "consent", "consent_page", "contact_window", "deadline"),
    *("evidence", "follower", "identity", "inbox", "outbox", "penalty", "receipt", "reward", "submission"),
    *("subscription", "task", "timeline", "article"),
}
"""What grows with the years or with the number of people."""
OF_FEW = {"inbox_failed", "outbox_unsent", "submission_unread"}
"""Indexes that hold only what is unfinished."""
SHARED = {"asked", "assignee", "category", "kind", "open", "stage", "state", "topic", "unit", "unread", "urgency"}
"""Columns of which thousands of rows have the same value: to sort what they find is as bad as to read the table."""
ALLOWED: dict[str, str] = {
    "from reward group by state": "one report in twenty brings a reward, and the index alone is read",
}
"""A piece of a statement -> why it may read or sort many rows."""
SMALL = 300


@dataclass
class Watch:
    """What was executed, each statement with its plan."""

    plans: dict[str, list[str]] = field(default_factory=dict)

    def faults(self) -> list[str]:
        return [
            f"{step} IN {sql}"
            for sql, plan in self.plans.items()
            for step in plan
            if _bad(step, sql, plan) and not any(piece in sql for piece in ALLOWED)
        ]


def _bad(step: str, sql: str, plan: list[str]) -> bool:
    """Whether a step goes through many rows; one that walks in the order that was asked for ends with the page."""
    sorts = any(one.startswith(("USE TEMP B-TREE FOR ORDER BY", "USE TEMP B-TREE FOR GROUP BY")) for one in plan)
    found = re.match(r"(SCAN|SEARCH) (\w+)(?: .*INDEX (\w+))?(?: \((.*)\))?", step)
    if found is None or found[3] in OF_FEW or _table(found[2], sql) not in LARGE:
        return False
    if found[1] == "SEARCH":
        return sorts and {*re.findall(r"(\w+)[=<>]", found[4])} <= SHARED
    return not found[3] or "limit" not in sql or sorts


def _table(name: str, sql: str) -> str:
    """What stands behind the alias of a plan."""
    aliases = dict(re.findall(r"(?:from|join) (\w+) (?:as )?(\w+)", sql))
    return next((table for table, alias in aliases.items() if alias == name), name)


@pytest.fixture
def watch(service: Service, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """From now on every statement is explained."""
    seen = Watch()

    def explained(verb: Callable[..., Any]) -> Callable[..., Any]:
        def execute(tx: Tx, sql: str, **values: Any) -> Any:
            if sql not in seen.plans:
                plan = tx._session.query(f"explain query plan {sql}", values)
                seen.plans[sql] = [row["detail"] for row in plan]
            return verb(tx, sql, **values)

        return execute

    for name in ("all", "run", "stream"):
        monkeypatch.setattr(Tx, name, explained(getattr(Tx, name)))
    return seen


@pytest.fixture
def office(service: Service, clock) -> Iterator[Service]:
    """An office that has worked for years."""
    county.fill(service, SMALL, until=clock.now)
    walk.enter(service)
    return service


@pytest.fixture
def stops(office: Service) -> list[walk.Stop]:
    with office.db.read() as tx:
        return list(walk.stops(tx))


def test_no_page_reads_a_large_table_from_end_to_end(office, stops, watch):
    answers = [(path, status) for _, path, status in walk.opened(walk.client(create_app(office)), stops)]
    assert [(path, status) for path, status in answers if status != 200] == []
    assert watch.faults() == []


def test_no_tick_does(office, watch, clock):
    for tick in ticks_of(office):
        run_tick(office, tick)
        clock.advance(days=2)
    assert watch.faults() == []


def test_no_export_sorts_more_than_what_belongs_to_one_row(office, watch):
    today = office.office.today(office.db.clock())
    for name in ("submissions", "articles", "audit"):
        with office.db.read() as tx:
            assert list(SOURCES[name].rows(tx, office, today))
    assert len(watch.plans) >= 3
    assert [sql for sql, plan in watch.plans.items() if "USE TEMP B-TREE FOR ORDER BY" in plan] == []


def test_no_message_does(office, phone, watch):
    for text in ("你好", WHOLE, "补充", "店员没有戴口罩", "进度", "查商家 老周面馆", "曝光", "订阅", "撤回"):
        phone.say(text)
    phone.picture("m1")
    phone.event("subscribe")
    phone.event("unsubscribe")
    assert watch.faults() == []
