"""A county of any size: five years of an office that never was, made by a seed into today's schema.

What is made is what the service itself would have stored: texts, dates, deadlines, notices and the audit chain fit
together. Only the files behind the evidence are missing. Memory does not grow with the county.

    python -m benchmarks.county --submissions 50000 var/county
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from itertools import islice

from benchmarks.county import messages, registers
from benchmarks.county.cases import Case
from benchmarks.county.sheaf import Sheaf
from bot.demo import words
from bot.demo.words import Shop
from bot.service import Service
from storage.engine.database import Tx
from storage.submissions.submission import Kind

YEARS = timedelta(days=366 * messages.YEARS)
BATCH = 1000
"""Submissions, businesses or followers of one transaction."""
FEWEST_SHOPS, MOST_SHOPS = 100, 50_000
OPENS, OPEN_HOURS, HOURS_FROM_UTC = 7, 16, 8
"""When people write: from seven to eleven at night, in China."""


class County:
    """Makes the rows of one service whose database is empty; `until` is the last moment of the county."""

    def __init__(self, service: Service, *, seed: int, until: datetime, messages_each: int = 3) -> None:
        self._service, self._until, self._messages = service, until, messages_each
        self._sheaf = Sheaf(random.Random(seed))
        self._first = until - YEARS
        self._days: Counter[str] = Counter()
        self._shops: list[Shop] = []
        digest = service.db.vault.digest
        self._sender = lru_cache(100_000)(lambda openid: digest(openid, "openid"))

    def fill(self, size: int) -> Iterator[int]:
        """Yields the number of rows of each transaction."""
        yield self._store(lambda: registers.staff(self._sheaf, self._first))
        count = min(max(size // 20, FEWEST_SHOPS), MOST_SHOPS)
        made = registers.shops(self._sheaf, self._service.office, count, self._first)
        while rows := self._store(lambda: self._shops.extend(islice(made, BATCH))):
            yield rows
        for begin in range(0, size, BATCH):
            yield self._store(partial(self._cases, range(begin, min(begin + BATCH, size)), size))
        for begin in range(0, size // 2, BATCH):
            yield self._store(partial(self._followers, range(begin, min(begin + BATCH, size // 2))))
        yield self._store(partial(self._rest, max(size // 500, 20)))

    def _store(self, make: Callable[[], object]) -> int:
        def write(tx: Tx) -> int:
            self._sheaf.tx = tx
            make()
            return self._sheaf.store()

        return self._service.db.write(write, timeout=600)

    def _cases(self, numbers: range, size: int) -> None:
        people = max(size // 2, 1)
        for number in numbers:
            self._case(self._moment(number / size), people)

    def _moment(self, share: float) -> datetime:
        """Times go up with `share`, by day."""
        days, part = divmod(share * YEARS.days, 1)
        midnight = self._first.replace(hour=0, minute=0, second=0, microsecond=0)
        local = timedelta(days=days, hours=OPENS + OPEN_HOURS * part)
        return min(midnight + local - timedelta(hours=HOURS_FROM_UTC), self._until)

    def _case(self, at: datetime, people: int) -> None:
        sheaf, chance, office = self._sheaf, self._sheaf.chance, self._service.office
        # Some people and some shops come up far more often than others.
        openid = _openid(int(people * chance.random() ** 3))
        known = self._shops[int(len(self._shops) * chance.random() ** 3)]
        case = Case(
            sheaf=sheaf,
            office=office,
            until=self._until,
            id=sheaf.id(at),
            number=self._number(at),
            kind=Kind.REPORT if chance.random() < 0.6 else Kind.COMPLAINT,
            at=at,
            shop=known if chance.random() < 0.7 else words.shop(chance, office.region),
            openid=openid,
            sender=self._sender(openid),
        )
        messages.of(case, case.write(), self._messages)

    def _number(self, at: datetime) -> str:
        day = self._service.office.today(at)
        self._days[day.isoformat()] += 1
        return f"SA{day:%Y%m%d}-{self._days[day.isoformat()]:04d}"

    def _followers(self, numbers: range) -> None:
        for number in numbers:
            openid = _openid(number)
            registers.follower(self._sheaf, openid, self._sender(openid), self._first)

    def _rest(self, articles: int) -> None:
        for number in range(articles):
            at = self._moment(number / articles)
            registers.article(self._sheaf, self._sheaf.chance.choice(self._shops), at)
        self._sheaf.add_tally()
        for day, last in self._days.items():
            self._sheaf.add("daily_number", day=day, last=last)


def _openid(number: int) -> str:
    return f"oInvented{number:019d}"


def fill(service: Service, size: int, *, seed: int = 1, until: datetime | None = None, messages_each: int = 3) -> int:
    """Fill an empty database with `size` submissions and what belongs to them; returns the number of rows."""
    county = County(service, seed=seed, until=until or datetime.now(UTC), messages_each=messages_each)
    return sum(county.fill(size))
