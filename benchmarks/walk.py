"""Every page of a full office, its filters and searches, and every list of the API, as addresses to be asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient

from bot.api import PREFIX
from bot.console.session import SESSION
from bot.service import Service
from storage.engine.database import Tx
from storage.people import staff
from storage.people.staff import Role
from storage.submissions import receipt

TOKEN = "benchmark"
SAMPLES = 12
"""Cases, articles and receipts of each kind that are asked for."""
SEARCHED = ("过期", "店", "面馆 过期", "老鼠", "和平街", "从没有人写过")
"""Words that nearly all submissions hold, that some do, and that none does."""


@dataclass(frozen=True)
class Stop:
    """Addresses of one kind, and who may ask for them."""

    name: str
    paths: Sequence[str]
    headers: Mapping[str, str] = field(default_factory=dict)


def enter(service: Service) -> None:
    """Make an account with every role, signed in at the console and known to the API."""

    def make(tx: Tx) -> None:
        if staff.get(tx, TOKEN) is None:
            staff.add(tx, TOKEN, password_hash="-", roles=frozenset(Role), must_change=False)
            staff.add_token(tx, TOKEN, TOKEN)
        staff.close_session(tx, TOKEN)
        staff.open_session(tx, TOKEN, TOKEN, TOKEN)

    service.db.write(make)


def client(app: Flask) -> FlaskClient:
    """A browser of that account."""
    made = app.test_client()
    made.set_cookie(SESSION, TOKEN, path="/console")
    return made


def stops(tx: Tx) -> Iterator[Stop]:
    """The walk through what is stored now."""
    yield from _console(tx)
    yield from _lists(tx)
    yield from _public(tx)
    yield from _api(tx)


def _sample(tx: Tx, sql: str) -> list[str]:
    """Evenly spread values of the first column."""
    found = [str(next(iter(row.values()))) for row in tx.all(sql)]
    return found[:: max(len(found) // SAMPLES, 1)][:SAMPLES] or ["none"]


def _numbers(tx: Tx) -> list[str]:
    days = _sample(tx, "select day from daily_number order by day")
    return [f"SA{day.replace('-', '')}-0001" for day in days]


def _console(tx: Tx) -> Iterator[Stop]:
    base = "/console"
    numbers = _numbers(tx)
    yield Stop("day", [f"{base}/"])
    yield Stop("queue", [f"{base}/submissions"])
    yield Stop("case", [f"{base}/submissions/{number}" for number in numbers])
    yield Stop("audit of a case", [f"{base}/audit?subject={number}" for number in numbers])
    yield Stop("audit", [f"{base}/audit"])
    yield Stop("tasks", [f"{base}/tasks", f"{base}/tasks?kind=phone", f"{base}/tasks?kind=extend"])
    yield Stop("rewards", [f"{base}/rewards", f"{base}/rewards?state=paid", f"{base}/rewards?state=applied"])
    rewarded = "select s.number from reward r join submission s on s.id = r.submission where r.state = 'paid' limit 400"
    yield Stop("reward", [f"{base}/rewards/{number}" for number in _sample(tx, rewarded)])
    yield Stop("articles", [f"{base}/articles", f"{base}/articles?state=draft", f"{base}/articles?state=released"])
    yield Stop("article", [f"{base}/articles/{id}" for id in _sample(tx, "select id from article limit 400")])
    yield Stop("deliveries", [f"{base}/deliveries"])
    for name in (
        "letters",
        "staff",
        "duty",
        "wechat",
        "submissions/new",
        "articles/new",
        "alarms?seen=none",
        "password",
    ):
        yield Stop(name, [f"{base}/{name}"])


def _lists(tx: Tx) -> Iterator[Stop]:
    """Tabs, filters and what is typed into the search of the queue."""
    queue = "/console/submissions"
    tabs = ("all", "unread", *_sample(tx, "select distinct stage from submission"))
    yield Stop("queue, each tab", [f"{queue}?stage={tab}" for tab in tabs])
    filters = [f"{name}={value}" for name, values in FILTERS.items() for value in values]
    yield Stop("queue, a filter", [f"{queue}?{one}" for one in filters])
    yield Stop("queue, a filter in a tab", [f"{queue}?stage={tab}&{one}" for tab in tabs for one in filters])
    yield Stop(
        "queue, two filters", [f"{queue}?stage=concluded&category=other&kind=report", f"{queue}?mine=1&urgent=1"]
    )
    numbers = _numbers(tx)
    yield Stop("search, a number", [f"{queue}?text={number}" for number in numbers])
    begun = [number[:length] for number in numbers[:3] for length in (6, 8, 10)]
    yield Stop("search, words", [f"{queue}?text={word}" for word in SEARCHED])
    yield Stop("search, words in a filter", [f"{queue}?text={word}&kind=complaint" for word in SEARCHED])
    yield Stop("search, a number begun", [f"{queue}?text={begins}" for begins in begun])


FILTERS = {
    "kind": ("report", "complaint"),
    "category": ("other", "health_food_false"),
    "urgent": ("1",),
    "mine": ("1",),
    "fresh": ("1",),
    "due": ("late", "today"),
    "township": ("青屏街道",),
    "source": ("wechat",),
    "since": ("2026-01-01",),
    "sort": ("due", "new"),
}


def _public(tx: Tx) -> Iterator[Stop]:
    yield Stop("archive", ["/exposures", "/exposures?category=other", "/exposures?q=面馆"])
    ids = _sample(tx, "select id from article where state = 'released' limit 400")
    yield Stop("article for the public", [f"/exposures/{id}" for id in ids])
    yield Stop("feeds", ["/exposures/feed.xml", "/exposures.json"])
    tokens = [receipt.token(tx, id) for id in _sample(tx, "select submission from receipt limit 400")]
    yield Stop("receipt", [f"/receipts/{token}" for token in tokens])
    yield Stop("metrics", ["/metrics"])


def _api(tx: Tx) -> Iterator[Stop]:
    signed = {"Authorization": f"Bearer {TOKEN}"}
    number, listed = _numbers(tx)[-1], f"{PREFIX}/submissions"
    unit, officer = (_sample(tx, f"select {name} from submission where {name} <> '' limit 400")[0] for name in MINE)
    month = f"received_from={number[2:6]}-01-01&received_to={number[2:6]}-02-01"
    one = (
        "kind=report",
        "stage=not_filed",
        "category=other",
        "urgent=true",
        f"q={number}",
        month,
        "received_from=2099-01-01",
    )
    yield Stop("API submissions", [listed, *(f"{listed}?{query}" for query in one)], signed)
    yield Stop("API of a unit, an officer", [f"{listed}?unit={unit}", f"{listed}?assignee={officer}"], signed)
    yield Stop("API submission", [f"{listed}/{one}" for one in _numbers(tx)], signed)
    yield Stop("API articles", [f"{PREFIX}/articles", f"{PREFIX}/articles?state=draft"], signed)


MINE = ("unit", "assignee")


def opened(browser: FlaskClient, some: Iterable[Stop]) -> Iterator[tuple[Stop, str, int]]:
    """Ask for every address; gives the status of each answer."""
    for stop in some:
        for path in stop.paths:
            yield stop, path, browser.get(path, headers=dict(stop.headers)).status_code
