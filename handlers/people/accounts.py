"""Accounts of staff, made and reset by the same rules at every door.

Passwords come as hashes: hashing takes longer than a transaction may.
"""

import re
from datetime import timedelta

from content.replies import say
from handlers.errors import Refused
from handlers.office import ACTORS
from handlers.people import granting, guessable
from handlers.people.granting import GUARDED
from storage import audit
from storage.audit import AuditRow
from storage.engine.database import Tx
from storage.engine.times import moment
from storage.errors import Conflict
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic
from storage.people import contact, factor, proposal, staff
from storage.people.proposal import Proposal
from storage.people.staff import Role, Staff

NAME = re.compile(r"[\w.-]{1,32}")
UNIT_LIMIT = 64
SHOWN = timedelta(days=30)
"""So long the owner of guarded roles sees that their password was reset."""
ONE_TIME_HOURS = 72
ONE_TIME = timedelta(hours=ONE_TIME_HOURS)
"""So long a password that somebody else was shown opens the account."""
PASSWORD_MINIMUM = 10
"""Characters of a password that people choose themselves."""


def make(tx: Tx, name: str, *, unit: str, roles: frozenset[Role], password_hash: str, by: str) -> list[Proposal]:
    """Make an account with a one-time password; returns the roles that a second person must confirm.

    Raises Refused for a name that is taken or no name, or without role.
    """
    if not NAME.fullmatch(name) or len(unit) > UNIT_LIMIT:
        raise Refused(
            "invalid_field", f"账号名用 1 至 32 个汉字、字母、数字、点、下划线或连字符；单位最多 {UNIT_LIMIT} 字。"
        )
    if name in ACTORS:
        raise Refused("invalid_field", f"“{name}”在记录中代表{ACTORS[name]}，不能用作账号名。")
    if not roles:
        raise Refused("missing_field", "至少选择一个角色。")
    try:
        with tx.savepoint():
            until = tx.now + ONE_TIME
            staff.add(tx, name, password_hash=password_hash, roles=roles - GUARDED, until=until, unit=unit)
    except Conflict:
        raise Refused("taken", f"已有账号“{name}”。忘记密码请用“重置密码”（命令行 staff reset）。") from None
    audit.write(tx, actor=by, action="staff_add", subject=name, detail=",".join(sorted(roles)))
    return granting.propose(tx, name, roles & GUARDED, by)


def reset(tx: Tx, name: str, *, password_hash: str, by: str, phone_lost: bool = False) -> list[Proposal]:
    """Give another's account a one-time password; sessions and tokens end, it is unlocked and in use. Raises Refused.

    Its second factor stays, unless the phone that has it was lost. Whoever resets it could sign in as its owner:
    guarded roles wait for a second person again, and the owner is told.
    """
    if name == by:
        raise Refused("invalid_field", "自己的密码请在右上角“我的账号”里修改。")
    account = _must_exist(tx, name)
    staff.set_password(tx, name, password_hash, must_change=True, until=tx.now + ONE_TIME)
    staff.end_access(tx, name)
    staff.set_disabled(tx, name, disabled=False)
    audit.write(tx, actor=by, action="staff_reset", subject=name)
    if phone_lost and factor.end(tx, name):
        audit.write(tx, actor=by, action="factor_ended", subject=name)
    openid = contact.openid_of(tx, name) if account.roles & GUARDED else ""
    if openid:
        text = say("account_reset", name=name, by=ACTORS.get(by, by))
        subject = Subject(Topic.ACCOUNT, name, tx.new_id())
        outbox.put(tx, "notice", subject, openid=openid, payload={"text": text, "insist": "1"})
    return granting.suspend(tx, account, by)


def reset_of(tx: Tx, account: Staff) -> AuditRow | None:
    """The last reset of an account with guarded roles, or that waits for them, as long as its owner is to see it."""
    guarded = account.roles & GUARDED or any(one.staff == account.name for one in proposal.every(tx))
    found = audit.last(tx, account.name, "staff_reset") if guarded else None
    return found if found and moment(found.at) > tx.now - SHOWN else None


def disable(tx: Tx, name: str, *, by: str) -> None:
    """Take an account out of use, at once, until it is reset. Raises Refused for the last administrator in use."""
    account = _must_exist(tx, name)
    others = [one for one in staff.every(tx) if one.name != name and not one.disabled]
    if Role.ADMIN in account.roles and not any(Role.ADMIN in one.roles for one in others):
        raise Refused("last_admin", f"“{name}”是最后一个在用的系统管理员，停用后没有人能管理账号。请先给别人这个角色。")
    staff.set_disabled(tx, name, disabled=True)
    staff.end_access(tx, name)
    audit.write(tx, actor=by, action="staff_disable", subject=name)


def revoke(tx: Tx, name: str, *, by: str) -> None:
    """End the sessions and API tokens of an account, which stays in use. Raises Refused."""
    _must_exist(tx, name)
    staff.end_access(tx, name)
    audit.write(tx, actor=by, action="staff_revoke", subject=name)


def give_token(tx: Tx, name: str, token: str, *, by: str, days: int = 0) -> None:
    """Let an API token act for an account, for so many days or for good. Raises Refused without such an account."""
    _must_exist(tx, name)
    staff.add_token(tx, name, token, tx.now + timedelta(days=days) if days else None)
    audit.write(tx, actor=by, action="staff_token", subject=name, detail=f"{days}d" if days else "")


def _must_exist(tx: Tx, name: str) -> Staff:
    account = staff.get(tx, name)
    if account is None:
        raise Refused("not_found", f"没有账号“{name}”。现有账号见“账号”页（命令行 staff list）。")
    return account


def weakness(password: str, name: str) -> str:
    """What is wrong with a password that somebody chose; '' when nothing is."""
    kinds = sum(any(test(letter) for letter in password) for test in (str.isdigit, str.isalpha))
    if len(password) < PASSWORD_MINIMUM:
        return f"新密码至少{PASSWORD_MINIMUM}位。"
    if name and name.lower() in password.lower():
        return "新密码不能包含账号名。"
    if kinds < 2 or len(set(password)) < 5:
        return "新密码要同时有字母和数字，且不能太简单。"
    if guessable.is_guessable(password):
        return "新密码由常见的词、键盘顺序、连续数字或年份组成，很容易被猜到，请换一个。"
    return ""
