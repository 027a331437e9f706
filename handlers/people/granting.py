"""Roles of accounts. Two persons give the ones that open what an administrator may not see.

They are two accounts: who makes every account could make a second one for themselves. The record tells who made
which, and the holder is told of a reset.
"""

from collections.abc import Iterable

from handlers.errors import Refused
from handlers.office import ACTORS
from storage import audit
from storage.engine.database import Tx
from storage.people import proposal, staff
from storage.people.proposal import Proposal
from storage.people.staff import Role, Staff

GUARDED = frozenset({Role.LIAISON, Role.CUSTODIAN})
"""What two persons give: letters, and who reported."""
PROPOSERS = frozenset({Role.ADMIN, Role.SECURITY})
CONFIRMERS = frozenset({Role.ADMIN, Role.SECURITY, Role.LEADER})
ASK_LEADER = frozenset({Role.LEADER})
"""Who confirms what came from the command line: whoever has the server's shell is an administrator already."""
AT_THE_SHELL = frozenset({Role.CUSTODIAN})
"""What the command line gives at once: the shell has the key file, and `export --reveal` names any custodian there."""


def give(tx: Tx, name: str, roles: frozenset[Role], by: str) -> list[Proposal]:
    """Make these the roles of an account; returns those that a second person must confirm. Raises Refused.

    A guarded role that it has stays; one that it is not to have goes at once, whether it was confirmed or not.
    """
    account = staff.get(tx, name)
    if account is None:
        raise Refused("not_found", f"没有账号“{name}”。现有账号见“账号”页（命令行 staff list）。")
    if not roles:
        raise Refused("missing_field", "至少选择一个角色。")
    for role in GUARDED - roles:
        proposal.remove(tx, name, role)
    staff.set_roles(tx, name, (roles - GUARDED) | (roles & account.roles))
    audit.write(tx, actor=by, action="staff_roles", subject=name, detail=",".join(sorted(roles)))
    return propose(tx, name, (roles & GUARDED) - account.roles, by)


def propose(tx: Tx, name: str, roles: Iterable[Role], by: str) -> list[Proposal]:
    """Let guarded roles wait for a second person; returns what waits for this account."""
    at_once = AT_THE_SHELL.intersection(roles) if by in ACTORS else frozenset()
    if at_once and (account := staff.get(tx, name)):
        staff.set_roles(tx, name, account.roles | at_once)
        audit.write(tx, actor=by, action="role_confirm", subject=name, detail=",".join(sorted(at_once)))
    for role in sorted(set(roles) - at_once):
        proposal.add(tx, name, role, by)
        audit.write(tx, actor=by, action="role_propose", subject=name, detail=role)
    return [one for one in proposal.every(tx) if one.staff == name]


def suspend(tx: Tx, account: Staff, by: str) -> list[Proposal]:
    """Take the guarded roles of an account until a second person confirms them again; returns what waits."""
    held = account.roles & GUARDED
    if held:
        staff.set_roles(tx, account.name, account.roles - GUARDED)
    return propose(tx, account.name, held, by)


def _confirmers(found: Proposal) -> frozenset[Role]:
    return ASK_LEADER if found.by in ACTORS else CONFIRMERS


def whom(found: Proposal) -> str:
    """Who may confirm it, in words."""
    return "分管领导" if _confirmers(found) == ASK_LEADER else "另一名系统管理员、安全管理员或分管领导"


def may_confirm(found: Proposal, by: Staff) -> bool:
    return bool(_confirmers(found) & by.roles) and by.name not in (found.by, found.staff)


def confirm(tx: Tx, name: str, role: str, by: Staff) -> None:
    """Give a role that somebody else proposed. Raises Refused."""
    found = _find(tx, name, role)
    if not may_confirm(found, by):
        raise Refused("own_decision", f"这个角色要由{whom(found)}确认，提出人和本人都不能确认。")
    account = staff.get(tx, name)
    assert account is not None
    staff.set_roles(tx, name, account.roles | {found.role})
    proposal.remove(tx, name, found.role)
    audit.write(tx, actor=by.name, action="role_confirm", subject=name, detail=f"{found.role} proposed by {found.by}")


def refuse(tx: Tx, name: str, role: str, by: Staff) -> None:
    """Take a proposal back, one's own too. Raises Refused."""
    found = _find(tx, name, role)
    if not CONFIRMERS & by.roles:
        raise Refused("forbidden", "您的角色不能办理角色确认。")
    proposal.remove(tx, name, found.role)
    audit.write(tx, actor=by.name, action="role_refuse", subject=name, detail=found.role)


def _find(tx: Tx, name: str, role: str) -> Proposal:
    found = proposal.of(tx, name, role)
    if found is None:
        raise Refused("not_found", "没有待确认的这个角色：可能别人已经办理。")
    return found


def to_confirm(tx: Tx, by: Staff) -> list[Proposal]:
    """What waits for this person."""
    return [one for one in proposal.every(tx) if may_confirm(one, by)] if CONFIRMERS & by.roles else []
