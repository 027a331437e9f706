"""What of the registers may be shown to anybody who asks, and what has to be gone without a trace.

A penalty is shown while its disclosure (公示) lasts; one that was restored (信用修复) or revoked is not, nor a plain
warning (Order 45, Art. 2), nor what was decided against a natural person. A listing is shown while it is in force
(Order 44). Risk classes and submissions are not in here at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.registers.imports import LISTING_YEARS
from handlers.masking import mask
from storage.engine.database import Tx
from storage.registers import business
from storage.registers import listing as listings
from storage.registers import penalty as penalties
from storage.registers.business import Business
from storage.registers.listing import Listing
from storage.registers.penalty import Penalty

WARNING = "警告"
NATURAL_PERSON = "自然人"


@dataclass(frozen=True)
class Disclosed:
    """What may be shown of one business, newest first."""

    listings: Sequence[Listing]
    penalties: Sequence[Penalty]


def disclosed(tx: Tx, found: Business, today: date) -> Disclosed:
    """What may be shown of a business today."""
    # A decision that names nobody's code cannot be laid at the door of one of several who bear the name.
    name = found.name if business.count_named(tx, found.name) == 1 else ""
    return Disclosed(
        [entry for entry in listings.of(tx, name, found.code) if in_force(entry, today)],
        [penalty for penalty in penalties.of(tx, name, found.code) if is_shown(penalty, today)],
    )


def is_shown(penalty: Penalty, today: date) -> bool:
    """Whether a penalty is disclosed on a day; not when its file does not say until when."""
    if is_undone(penalty, today) or is_of_a_person(penalty) or is_warning(penalty):
        return False
    return penalty.decided_on <= today.isoformat() <= penalty.disclosed_until


def is_undone(penalty: Penalty, today: date) -> bool:
    """Whether it was revoked, or its party's credit restored, by that day; by any day where the file names none."""
    day = today.isoformat()
    if penalty.revoked_on and penalty.revoked_on <= day:
        return True
    return penalty.restored_on <= day if penalty.restored_on else penalty.restored


def is_of_a_person(penalty: Penalty) -> bool:
    """Whether it was decided against a natural person (自然人)."""
    return NATURAL_PERSON in penalty.party_kind


def is_warning(penalty: Penalty) -> bool:
    """Whether it is a warning (警告) and nothing else."""
    kinds = {kind for kind in re.split(r"[\s,，;；、/|+]+", penalty.category) if kind}
    amounts = (penalty.fine, penalty.confiscated)
    return kinds == {WARNING} and not any(amount not in ("", "0") for amount in amounts)


def in_force(entry: Listing, today: date) -> bool:
    """Whether a business is on the list of serious violations on a day."""
    day = today.isoformat()
    until = entry.listed_until or _years_after(date.fromisoformat(entry.decided_on), LISTING_YEARS).isoformat()
    return entry.decided_on <= day < until and not (entry.removed_on and entry.removed_on <= day)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def told(text: str, longest: int) -> str:
    """A text of a decision as it may stand in a chat: no personal numbers, not endless."""
    plain = " ".join(mask(text).text.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"
