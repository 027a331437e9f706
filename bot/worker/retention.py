"""How long what people said is kept. RETENTION says which table forgets what, and when; `forget` does it, in steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.service import Service
from storage.chat import consent, inbox, pending, talk, window
from storage.engine.database import Tx
from storage.engine.times import utc_now
from storage.notices import outbox
from storage.people import contact, staff
from storage.submissions import draft, evidence

DAY = timedelta(days=1)
KEPT_MESSAGES = timedelta(days=183)
"""Network logs are kept for six months (Cybersecurity Law); raw messages no longer than that."""
FRESH_FILE = DAY
AT_ONCE = 100
"""Rows that each line of RETENTION erases at one look, so that the messages of citizens do not wait for it."""


@dataclass(frozen=True)
class Retention:
    """What the tables hold is erased by `erase` once it is older than `after`; `what` says which rows that means.

    `erase` takes the moment and how many rows at most.
    """

    tables: tuple[str, ...]
    after: timedelta
    erase: Callable[[Tx, datetime, int], object]
    what: str


def _all_of(erase: Callable[[Tx, datetime], object]) -> Callable[[Tx, datetime, int], object]:
    """Of tables that hold a few rows at any time."""
    return lambda tx, before, _most: erase(tx, before)


RETENTION = (
    Retention(("talk",), 2 * DAY, _all_of(talk.erase_stale), "unfinished talks"),
    Retention(("pending",), DAY, _all_of(pending.erase_stale), "questions nobody answered"),
    Retention(("evidence",), 3 * DAY, evidence.forget_loose, "pictures without words"),
    Retention(("inbox",), KEPT_MESSAGES, inbox.forget, "messages and the replies to them"),
    Retention(("draft",), 30 * DAY, draft.forget, "what staff typed and did not send"),
    Retention(("outbox",), KEPT_MESSAGES, outbox.forget, "notices that were sent, but for those of a case"),
    Retention(("outbox",), KEPT_MESSAGES, outbox.give_up, "no rows: what was held so long stays with staff as failed"),
    Retention(("contact_window",), timedelta(), window.forget_closed, "windows that are closed"),
    Retention(("consent_page",), KEPT_MESSAGES, consent.forget_pages, "addresses of consent pages"),
    Retention(("staff_session",), DAY, _all_of(staff.forget_sessions), "sessions nobody uses"),
    Retention(("sign_in_failure",), DAY, _all_of(staff.forget_wrong_passwords), "where wrong passwords came from"),
    Retention(("binding_code", "binding_try"), DAY, _all_of(contact.forget), "codes that ran out, and wrong tries"),
)


def forget(tx: Tx) -> None:
    """Erase what is no longer needed, as far as one look goes."""
    for row in RETENTION:
        row.erase(tx, tx.now - row.after, AT_ONCE)


def forget_files(service: Service) -> None:
    """Erase stored files that nothing refers to any more. A day old at least: a fresh one may be on its way in."""
    for path, sha256 in service.files.older_than(utc_now() - FRESH_FILE):
        with service.db.read() as tx:
            needed = bool(sha256) and evidence.is_referred_to(tx, sha256)
        if not needed:
            service.files.remove(path)
