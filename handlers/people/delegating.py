"""A leader's decisions in other hands for some days: who is away lets a named person decide, and both are on record.

Procedure rules, Art. 18, leave the decision to the responsible person of the office; who acts for them is the office's
own order (本局授权), which the record names with each decision.
"""

from dataclasses import replace
from datetime import date, timedelta

from handlers.errors import Refused
from handlers.office import Office
from storage import audit
from storage.engine.database import Tx
from storage.people import delegation, staff
from storage.people.staff import Role, Staff

LONGEST = timedelta(days=90)
"""A longer absence is a change of office: give the role."""


def delegate(tx: Tx, office: Office, deputy: str, *, since: date, until: date, leader: Staff) -> None:
    """Let somebody decide for a leader on these days. Raises Refused."""
    today = office.today(tx.now)
    if Role.LEADER not in leader.roles:
        raise Refused("forbidden", "只有分管领导可以委托他人代为决定。")
    chosen = staff.get(tx, deputy)
    if chosen is None or chosen.disabled or deputy == leader.name:
        raise Refused("invalid_field", f"没有可以委托的账号“{deputy[:40]}”，请选择另一名在用的人员。", field="deputy")
    if not today <= until or until < since or until - since > LONGEST:
        days = LONGEST.days
        raise Refused("invalid_field", f"委托的日期应从今天或以后开始，不早于开始日结束，最长{days}天。", field="until")
    delegation.add(tx, leader.name, deputy, since=since, until=until)
    audit.write(tx, actor=leader.name, action="delegate", subject=deputy, detail=f"{since}–{until}")


def end(tx: Tx, id: str, *, leader: Staff) -> None:
    """Take the decisions back at once. Raises Refused when there is nothing to take back."""
    if not delegation.end(tx, id, leader.name):
        raise Refused("not_found", "没有这项委托，或者已经结束。")
    audit.write(tx, actor=leader.name, action="delegate_end", subject=id)


def acting(tx: Tx, office: Office, account: Staff) -> Staff:
    """The account as it may decide today: with the role of a leader it acts for, whom it names."""
    if Role.LEADER in account.roles:
        return account
    given = delegation.for_deputy(tx, account.name, office.today(tx.now))
    leaders = [one.leader for one in given if _still_leads(tx, one.leader)]
    return replace(account, roles=account.roles | {Role.LEADER}, on_behalf=leaders[0]) if leaders else account


def _still_leads(tx: Tx, name: str) -> bool:
    found = staff.get(tx, name)
    return found is not None and Role.LEADER in found.roles
