"""Rewards for reports (举报奖励): what one amounts to; grade, approve with a second person, check the code, pay.

Nothing here tells who reported. The claim code goes to the reporter's phone once; its keyed digest is all that
is kept, so that who reported without a name fetches the reward with the code alone.
"""

import hmac
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from content import rewards
from content.replies import say
from content.rewards import RewardRule
from handlers import moves
from handlers.clock import deadlines
from handlers.errors import Refused
from handlers.masking import mask
from handlers.moves import Field, Move
from handlers.notices import telling
from handlers.office import Office
from storage import audit, reward, timeline
from storage.engine.database import Tx
from storage.errors import Conflict
from storage.notices.parcel import Subject, Topic
from storage.people.staff import Role, Staff
from storage.reward import Reward
from storage.submissions import identity as identities

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Nothing that can be taken for another sign when it is read out or copied."""
GROUPS, GROUP = 5, 4
_FEN = Decimal("0.01")
READERS = frozenset({Role.INTAKE, Role.OFFICER, Role.LEADER})
_GRADERS = frozenset({Role.OFFICER, Role.LEADER})
_WINDOW = frozenset({Role.INTAKE, Role.LEADER})
_LEADER = frozenset({Role.LEADER})
WRONG_CODES = 5
"""After so many a leader must send a new code."""
MOST = Decimal("1e12")
"""Yuan; more is a slip of the finger."""


@dataclass(frozen=True)
class State:
    """Where a reward stands: for staff, and for whoever applied."""

    label: str
    public: str


STATES: dict[str, State] = {
    "applied": State("待定级", "已申请，等待审定。"),
    "graded": State("待审批", "已申请，等待审定。"),
    "approved": State("待领取", "已审定，领奖码已发到您的微信，请凭码到窗口领取。"),
    "claimable": State("已核码", "领奖码已核对，正在发放。"),
    "paid": State("已发放", "已发放。"),
    "declined": State("不予奖励", "经审定不予奖励，理由已发给您。"),
}
"""Those staff know; ``offered`` before them means that the reporter was only told the conditions."""

MOVES: tuple[Move, ...] = (
    Move("reward_approve", "批准并发出领奖码", ("graded",), "approved", _LEADER, public=True),
    Move(
        "reward_grade",
        "定级",
        ("applied", "graded"),
        "graded",
        _GRADERS,
        (Field("level", "等级", required=True), Field("base", "罚没款总额（元，没有填0）", required=True)),
    ),
    Move(
        "reward_verify",
        "核对领奖码",
        ("approved",),
        "claimable",
        _WINDOW,
        (Field("code", "领取人出示的领奖码", required=True),),
    ),
    Move(
        "reward_pay",
        "已发放",
        ("claimable",),
        "paid",
        _WINDOW,
        (Field("voucher", "付款凭证编号（不要写领取人是谁）", required=True),),
        public=True,
    ),
    Move("reward_reissue", "作废旧码，重发领奖码", ("approved",), "approved", _LEADER, public=True),
    Move(
        "reward_decline",
        "不予奖励",
        ("applied", "graded", "approved"),
        "declined",
        _LEADER,
        (Field("note", "理由（告知申请人）", required=True, long=True),),
        public=True,
        danger=True,
    ),
)


def find(tx: Tx, number: str) -> Reward:
    """The reward applied for under this number; raises Refused when there is none."""
    found = reward.find(tx, number)
    if found is None or found.state not in STATES:
        raise Refused("not_found", f"没有编号为 {number} 的奖励申请。")
    return found


def rule_of(office: Office, found: Reward) -> RewardRule:
    """The rule in force when the report was received."""
    return rewards.rule(office.today(found.received_at))


def moves_for(found: Reward, staff: Staff) -> list[Move]:
    """What this person may do with it now: the page's buttons."""
    offered = moves.allowed(MOVES, found.state, staff.roles)
    return [one for one in offered if not (one.name == "reward_approve" and found.grader == staff.name)]


def move(
    tx: Tx, office: Office, number: str, name: str, *, staff: Staff, version: int, values: Mapping[str, str]
) -> Reward:
    """Take a move. A wrong claim code is counted and leaves the state as it is, which the caller must look at.

    Raises Refused, with code ``stale`` when somebody else changed the reward since `version`.
    """
    found = find(tx, number)
    given = {key: value.strip() for key, value in values.items()}
    if found.version != version:
        raise Refused("stale", f"此项刚被他人更新，现为“{STATES[found.state].label}”。请查看后再操作。")
    chosen = moves.check(
        MOVES, name, stage=found.state, stage_label=STATES[found.state].label, roles=staff.roles, values=given
    )
    changes = {"state": chosen.target} | _CHANGES[name](tx, office, found, staff, given)
    try:
        after = reward.change(tx, found, **{key: value for key, value in changes.items() if key != "told"})
    except Conflict:
        raise Refused("stale", "此项刚被他人更新。请查看后再操作。") from None
    right = after.state == chosen.target
    audit.write(
        tx,
        actor=staff.name,
        action=name if right else "reward_wrong_code",
        subject=number,
        detail=f"{found.state}→{after.state} v{after.version}",
    )
    if right:
        _record(tx, after, chosen, staff)
    if text := changes.get("told"):
        _tell(tx, after, text)
    return after


def _grade(tx: Tx, office: Office, found: Reward, staff: Staff, given: Mapping[str, str]) -> dict[str, Any]:
    rule = rule_of(office, found)
    if given["level"] not in rule.levels:
        raise Refused("invalid_field", f"没有“{given['level']}”这个等级。")
    try:
        base = Decimal(given["base"].replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise Refused("invalid_field", f"罚没款“{given['base'][:20]}”不是数字，请填元，如 12345.60。") from None
    if not base.is_finite() or not 0 <= base < MOST or base != base.quantize(Decimal("0.01")):
        raise Refused("invalid_field", "罚没款应不小于0，最多两位小数。")
    return {
        "level": given["level"],
        "base": f"{base:.2f}",
        "amount": str(amount(given["level"], base, rule)),
        "basis": rule.basis,
        "grader": staff.name,
    }


def _approve(tx: Tx, office: Office, found: Reward, staff: Staff, given: Mapping[str, str]) -> dict[str, Any]:
    if found.grader == staff.name:
        raise Refused("forbidden", "定级和批准不能是同一个人，请另一位负责人批准。")
    return {"approver": staff.name} | _issue(tx, office, found)


def _reissue(tx: Tx, office: Office, found: Reward, staff: Staff, given: Mapping[str, str]) -> dict[str, Any]:
    return _issue(tx, office, found)


def _issue(tx: Tx, office: Office, found: Reward) -> dict[str, Any]:
    """A new claim code: to the reporter's phone as it is, here as its digest only."""
    code, claim = make_code(), rule_of(office, found).claim
    expires = deadlines.due(office.today(tx.now), claim.days, claim.unit).on.isoformat()
    text = say(
        "reward_code",
        office=office,
        number=found.number,
        amount=found.amount,
        code=code,
        expires=expires,
        sure=claim.sure,
    )
    return {"code": _digest(tx, found, code), "wrong_codes": 0, "expires_on": expires, "told": text}


def _verify(tx: Tx, office: Office, found: Reward, staff: Staff, given: Mapping[str, str]) -> dict[str, Any]:
    if found.wrong_codes >= WRONG_CODES:
        raise Refused("locked", f"领奖码已输错{WRONG_CODES}次，请负责人核实后重发领奖码。")
    if found.expires_on < office.today(tx.now).isoformat() and Role.LEADER not in staff.roles:
        raise Refused("expired", f"领取期限（{found.expires_on}）已过，请负责人决定是否仍予核对。")
    if not hmac.compare_digest(_digest(tx, found, plain_code(given["code"])), found.code):
        return {"state": found.state, "wrong_codes": found.wrong_codes + 1}
    return {"code": None}


def _pay(tx: Tx, office: Office, found: Reward, staff: Staff, given: Mapping[str, str]) -> dict[str, Any]:
    text = say("reward_paid", office=office, number=found.number, at=office.local(tx.now))
    return {"voucher": mask(given["voucher"]).text, "told": text}


def _decline(tx: Tx, office: Office, found: Reward, staff: Staff, given: Mapping[str, str]) -> dict[str, Any]:
    return {
        "reason": given["note"],
        "code": None,
        "told": say("reward_declined", number=found.number, note=given["note"]),
    }


_CHANGES: dict[str, Callable[[Tx, Office, Reward, Staff, Mapping[str, str]], dict[str, Any]]] = {
    "reward_grade": _grade,
    "reward_approve": _approve,
    "reward_reissue": _reissue,
    "reward_verify": _verify,
    "reward_pay": _pay,
    "reward_decline": _decline,
}
"""What each move changes besides the state, and under ``told`` what the reporter is told of it."""


def _digest(tx: Tx, found: Reward, code: str) -> str:
    return tx.vault.digest(f"{found.id}:{code}", "reward code")


def _record(tx: Tx, after: Reward, chosen: Move, staff: Staff) -> None:
    lines = {
        "reward_grade": f"罚没款{after.base}元，奖励{after.amount}元",
        "reward_decline": after.reason,
    }
    timeline.add(
        tx,
        after.submission,
        "move",
        actor=staff.name,
        title=f"举报奖励：{chosen.label}",
        body=lines.get(chosen.name, ""),
        public=chosen.public,
    )


def _tell(tx: Tx, after: Reward, text: str) -> None:
    openid = identities.of(tx, after.submission).openid
    telling.put(tx, Subject(Topic.REWARD, after.id, str(after.version)), openid=openid, text=text)


def amount(level: str, base: Decimal, rule: RewardRule) -> Decimal:
    """What a report of that level brings, in yuan and fen.

    The percentage of `base`, the yuan confiscated and fined; at least the floor, at most the cap of a case.
    """
    grade = rule.levels[level]
    earned = (grade.percent * base / 100).quantize(_FEN, ROUND_HALF_UP)
    return min(rule.cap, max(grade.floor, earned)).quantize(_FEN)


def make_code() -> str:
    """``7KQ2-…``: twenty random signs in groups of four, 99 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def plain_code(typed: str) -> str:
    """A claim code as it was made, however it was typed: half-width or full-width, small letters, other gaps."""
    signs = "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())
    return "-".join(signs[i : i + GROUP] for i in range(0, len(signs), GROUP))
