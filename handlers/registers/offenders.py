"""Businesses that are penalised again and again (屡罚不改): so many decisions within some years.

A decision that was revoked, or whose party's credit was restored, does not count, nor does one against a natural
person: nothing tells two of the same name apart. The rule stands in ``content/registers/offenders.toml``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MINYEAR, date
from itertools import groupby

from content.registers import offenders as rules
from handlers.registers import disclosure
from storage.engine.database import Tx
from storage.registers import business
from storage.registers import penalty as penalties
from storage.registers.penalty import Penalty


@dataclass(frozen=True)
class Offender:
    """A business with the decisions (文号) that were counted, the oldest first; `code` is '' where none was given."""

    name: str
    code: str
    count: int
    window_from: str
    window_to: str
    decisions: tuple[str, ...]


def offenders(tx: Tx, as_of: date) -> Iterator[Offender]:
    """Who is one on that day, by code; those without a code, by name, come first."""
    rule = rules.rule(as_of)
    since = _years_before(as_of, rule.years)
    for (code, _), decided in groupby(penalties.by_party(tx, since, as_of), key=_party):
        counted = [one for one in decided if _counts(one, as_of, warnings=rule.warnings)]
        if len(counted) >= rule.decisions and (code or business.count_named(tx, counted[-1].name) <= 1):
            documents = tuple(one.document for one in counted)
            name, window = counted[-1].name, (since.isoformat(), as_of.isoformat())
            yield Offender(name, code, len(counted), *window, documents)


def _party(penalty: Penalty) -> tuple[str, str]:
    """A name alone never joins a decision to a business that has a code, nor to one of several that bear it."""
    return penalty.code, "" if penalty.code else penalty.name


def _counts(penalty: Penalty, day: date, *, warnings: bool) -> bool:
    if disclosure.is_undone(penalty, day) or disclosure.is_of_a_person(penalty):
        return False
    return warnings or not disclosure.is_warning(penalty)


def _years_before(day: date, years: int) -> date:
    """The same day so many years ago; the month's last where there is none (Civil Code, Art. 202)."""
    year = max(day.year - years, MINYEAR)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
