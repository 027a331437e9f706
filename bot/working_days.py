"""The working days that an office took in, known in every process: read at the start, and looked for now and then."""

import time
from collections.abc import Callable

from handlers import periods
from handlers.clock import calendar
from handlers.clock.calendar import Published
from storage import calendar as days
from storage.engine.database import Database

EVERY = 60.0
"""Seconds; another process may have taken a notice in."""
AT_ONCE = 200
"""Periods of one transaction, so that the messages of citizens do not wait for them."""


def read(db: Database) -> None:
    """Count by what stands in the database from now on."""
    with db.read() as tx:
        edition = days.edition(tx)
        if edition != calendar.edition():
            calendar.publish(Published(days.days(tx), edition))


def watch(db: Database) -> Callable[[], None]:
    """What reads it again once a minute at most, before a page is made."""
    looked = 0.0

    def look() -> None:
        nonlocal looked
        if time.monotonic() - looked >= EVERY:
            looked = time.monotonic()
            read(db)

    return look


def recompute(db: Database) -> int:
    """Count again every period that was estimated and is certain now; returns how many there were."""
    read(db)
    done = 0
    while found := db.write(lambda tx: periods.recompute(tx, AT_ONCE)):
        done += found
    return done
