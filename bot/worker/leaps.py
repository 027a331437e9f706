"""What is put right when the clock was set back: nothing waits for a time that the clock read once before."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from handlers.notices.channels import WINDOWS
from handlers.office import Office
from handlers.people.accounts import ONE_TIME
from handlers.people.binding import LIFE
from handlers.people.factor import STEP
from handlers.people.signing_in import LOCK
from storage import ticks
from storage.engine.database import Tx
from storage.notices.outbox import LEASE

NONE = timedelta()
log = logging.getLogger("shian.clock")


@dataclass(frozen=True)
class Ahead:
    """A moment that is never further ahead than `longest`."""

    table: str
    column: str
    longest: timedelta = NONE


def _all(office: Office) -> tuple[Ahead, ...]:
    return (
        Ahead("tick", "ran_at"),
        # A pause that is cut short costs one attempt.
        Ahead("outbox", "due_at", LEASE),
        Ahead("alarm", "next_at", office.alarm_wait),
        Ahead("release", "offered_at"),
        Ahead("release", "accepted_at"),
        Ahead("platform_token", "expires_at"),
        Ahead("contact_window", "closes_at", max(span for _, span in WINDOWS.values())),
        Ahead("talk", "updated_at"),
        Ahead("pending", "asked_at"),
        Ahead("staff", "locked_until", LOCK),
        Ahead("staff", "password_until", ONE_TIME),
        Ahead("staff_factor", "taken_at", STEP),
        Ahead("staff_session", "created_at"),
        Ahead("staff_session", "seen_at"),
        Ahead("sign_in_failure", "since"),
        Ahead("binding_code", "expires_at", LIFE),
        Ahead("binding_try", "since"),
    )


def settle(tx: Tx, office: Office) -> None:
    """Bring back every moment that a clock which was ahead has set too late. May be done any number of times."""
    log.warning("the clock was set back: leases, locks, sessions and windows were brought back with it")
    for row in _all(office):
        ticks.bring_back(tx, row.table, row.column, tx.now + row.longest)
