"""The duty roster as staff keep it, and the order in which an alarm calls people (值班表)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from types import MappingProxyType

from content.replies import say
from handlers.errors import Refused
from handlers.notices import telling
from handlers.office import Office
from storage import audit
from storage.engine.database import Tx
from storage.notices import roster
from storage.notices.parcel import Subject, Topic
from storage.people import contact
from storage.people import staff as accounts
from storage.people.staff import Role, Staff

EDITORS = frozenset({Role.ADMIN, Role.LEADER, Role.INTAKE})
READERS = EDITORS | {Role.OFFICER}
CALLABLE = frozenset({Role.INTAKE, Role.OFFICER, Role.LEADER})
"""Who may stand on the roster: an alarm asks to act on a submission, so only those who can."""
DAYS = 14
"""How far ahead the roster is kept."""
PLACES = 4
WEEK = timedelta(days=7)
NOBODY: Mapping[str, int] = MappingProxyType({})
_PHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}[0-9]")


def callable_staff(tx: Tx) -> list[Staff]:
    """The accounts that may stand on the roster."""
    return [one for one in accounts.every(tx) if not one.disabled and CALLABLE & one.roles]


def order_of_call(tx: Tx, office: Office, busy: Mapping[str, int] = NOBODY) -> tuple[str, ...]:
    """Who is called now, first to last: today's roster, then the leaders, who are the last resort.

    Of each, whoever is called for fewer alarms already (`busy`) comes first: several are called at once.
    """
    leaders = [one.name for one in accounts.every(tx) if Role.LEADER in one.roles and not one.disabled]
    on_duty = roster.order(tx, office.duty_day(tx.now))
    fewest_first = (sorted(names, key=lambda name: busy.get(name, 0)) for names in (on_duty, leaders))
    return tuple(dict.fromkeys(chain.from_iterable(fewest_first)))


def coming(tx: Tx, office: Office) -> dict[date, tuple[str, ...]]:
    """The roster of the coming two weeks, today's duty day first."""
    return roster.orders(tx, office.duty_day(tx.now), DAYS)


def gaps(tx: Tx, office: Office) -> list[date]:
    """Which of today and tomorrow nobody stands on the roster for."""
    return [day for day, names in roster.orders(tx, office.duty_day(tx.now), 2).items() if not names]


def set_order(tx: Tx, office: Office, day: str, names: Sequence[str], *, staff: Staff) -> date:
    """Replace the order of one coming day; no names make it empty. Raises Refused."""
    chosen = _coming_day(tx, office, day)
    given = tuple(dict.fromkeys(name for name in names if name))
    known = {one.name for one in callable_staff(tx)}
    if unknown := [name for name in given if name not in known]:
        raise Refused("invalid_field", f"“{unknown[0][:32]}”不能排班：没有这个账号、已停用，或不办理举报投诉。")
    roster.replace(tx, chosen, given, actor=staff.name)
    audit.write(tx, actor=staff.name, action="duty_set", subject=chosen.isoformat(), detail=",".join(given))
    return chosen


def _coming_day(tx: Tx, office: Office, day: str) -> date:
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise Refused("invalid_field", "请选择日期。") from None
    ahead = (chosen - office.duty_day(tx.now)).days
    if not 0 <= ahead < DAYS:
        raise Refused("invalid_field", f"只能排今天起{DAYS}天以内的班。")
    return chosen


def copy_week(tx: Tx, office: Office, *, staff: Staff) -> list[date]:
    """Fill each empty coming day with the order of a week before it; days already set stay. The days it filled."""
    filled = []
    for day, names in coming(tx, office).items():
        before = () if names else roster.order(tx, day - WEEK)
        if before:
            roster.replace(tx, day, before, actor=staff.name)
            audit.write(tx, actor=staff.name, action="duty_set", subject=day.isoformat(), detail=",".join(before))
            filled.append(day)
    return filled


def set_phone(tx: Tx, name: str, phone: str, *, staff: Staff) -> None:
    """Keep the number that the SMS command is given for an account; '' takes it out. Raises Refused."""
    if name not in {one.name for one in callable_staff(tx)}:
        raise Refused("invalid_field", "没有这个可以排班的账号。")
    plain = unicodedata.normalize("NFKC", phone).strip()
    if plain and not _PHONE.fullmatch(plain):
        raise Refused("invalid_field", "电话请填 7 至 20 位数字，可以有加号、空格和连字符。")
    contact.set_phone(tx, name, plain)
    audit.write(tx, actor=staff.name, action="staff_phone", subject=name, detail="" if plain else "removed")


def remind(tx: Tx, office: Office) -> None:
    """Tell the leaders once that nobody stands on the roster for tomorrow."""
    tomorrow = office.duty_day(tx.now) + timedelta(days=1)
    if roster.order(tx, tomorrow):
        return
    link = f"{office.base_url}/console/duty"
    for one in accounts.every(tx):
        openid = contact.openid_of(tx, one.name) if Role.LEADER in one.roles and not one.disabled else ""
        if openid:
            text = say("roster_empty", day=tomorrow.isoformat(), link=link)
            telling.put(tx, Subject(Topic.ROSTER, tomorrow.isoformat(), one.name), openid=openid, text=text)
