"""Which alarm rings for an emergency: one that rings for the same place, or for what the same person said before.

Two that are one event ring twice where that is not plain; two events that were taken for one would ring once.
"""

import re
from datetime import timedelta

from handlers.notices import telling
from handlers.office import Office
from handlers.registers import names
from handlers.understanding import normal
from storage.engine.database import Tx
from storage.notices import alarm as alarms
from storage.notices.alarm import Lead
from storage.submissions.submission import Submission

WITHIN = timedelta(hours=3)
"""So long after it was raised an alarm gathers what comes, taken or not."""
COMPARED = 50
"""With so many alarms of that time a place is compared, the newest first."""
TELLING = 2
"""Characters that a sign, and one more that a street, must have to tell it from another."""
_NUMBERS = re.compile(r"\d+")
_NO_STREET = re.compile(r"[\W\d号]+")


def lead_of(tx: Tx, office: Office, found: Submission) -> Lead | None:
    """The alarm in whose list a new emergency stands; None when it rings itself."""
    since = tx.now - WITHIN
    around = alarms.leads(tx, since, COMPARED)
    same = next((one for one in around if is_same_place(one, found, office.region)), None)
    openid = telling.reporter_of(tx, found.id)
    return same or (alarms.lead_of(tx, openid, since) if openid else None)


def is_same_place(one: Lead, other: Submission, region: str) -> bool:
    """Whether both name the same registered business, or one name or house with nothing that speaks against it."""
    if one.business and other.business:
        return one.business == other.business
    if one.township and other.township and one.township != other.township:
        return False
    named, housed = bool(one.merchant and other.merchant), bool(one.address and other.address)
    if named and not _alike(one.merchant, other.merchant, region):
        return False
    if housed and not _on_one_street(one.address, other.address, region):
        return False
    return named or (housed and bool(_NUMBERS.search(one.address) and _NUMBERS.search(other.address)))


def _alike(one: str, other: str, region: str) -> bool:
    """Whether one name begins with the other, by sound, and that says more than a trade."""
    short, long = sorted((names.take_apart(text, region) for text in (one, other)), key=lambda name: len(name.sounds))
    return short.signs >= TELLING and long.sounds[: len(short.sounds)] == short.sounds


def _on_one_street(one: str, other: str, region: str) -> bool:
    """Whether one address lies within the other, with the same numbers where both have any."""
    plain = [normal.fold(names.take_apart(text, region).core) for text in (one, other)]
    numbers = [_NUMBERS.findall(text) for text in plain]
    short, long = sorted((_NO_STREET.sub("", text) for text in plain), key=len)
    return len(short) > TELLING and short in long and (numbers[0] == numbers[1] or not all(numbers))
