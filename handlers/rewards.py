"""Rewards for reports (举报奖励): what one amounts to; grade, approve with a second person, check the code, pay.

Nothing here tells who reported. The claim code goes to the reporter's phone once; its keyed digest is all that
is kept, so that who reported without a name fetches the reward with the code alone.
"""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from content import rewards
from content.replies import say
from content.rewards import RewardRule
from handlers import moves
from handlers.clock import deadlines
from handlers.errors import Refused
from handlers.fields import CHOICE, LONG, MONEY, Field, Typed
from handlers.masking import withheld
from handlers.moves import Act, FourEyes, Move, Outcome, Procedure
from handlers.notices import telling
from handlers.office import Office
from storage import reward
from storage.engine.database import Tx
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


def find(tx: Tx, number: str) -> Reward:
    """The reward applied for under this number; raises Refused when there is none."""
    found = reward.find(tx, number)
    if found is None or found.state not in STATES:
        raise Refused("not_found", f"没有编号为 {number} 的奖励申请。")
    return found


def rule_of(office: Office, found: Reward) -> RewardRule:
    """The rule in force when the report was received."""
    return rewards.rule(office.today(found.received_at))


def move(tx: Tx, office: Office, number: str, name: str, *, staff: Staff, version: int, values: Typed) -> Reward:
    """Take a move. A wrong claim code is counted and leaves the state as it is, which the caller must look at.

    Raises Refused, with code ``stale`` when somebody else changed the reward since `version`.
    """
    return moves.take(tx, office, PROCEDURE, find(tx, number), name, staff=staff, version=version, values=values)


def _levels(office: Office, found: Reward) -> dict[str, str]:
    return {code: f"{level.label}（{level.percent}%）" for code, level in rule_of(office, found).levels.items()}


def _grade(act: Act[Reward]) -> Outcome:
    rule, base = rule_of(act.office, act.row), act.given["base"]
    earned = str(amount(act.given["level"], base, rule))
    changes = {"base": f"{base:.2f}", "amount": earned, "basis": rule.basis}
    return Outcome(changes, body=f"罚没款{base:.2f}元，奖励{earned}元")


def _issue(act: Act[Reward]) -> Outcome:
    """A new claim code: to the reporter's phone as it is, here as its digest only."""
    code, claim = make_code(), rule_of(act.office, act.row).claim
    expires = deadlines.due(act.office.today(act.tx.now), claim.days, claim.unit).on.isoformat()
    changes = {"code": _digest(act.tx, act.row, code), "wrong_codes": 0, "expires_on": expires}
    return Outcome(changes, words={"code": code})


def _verify(act: Act[Reward]) -> Outcome:
    found = act.row
    if found.wrong_codes >= WRONG_CODES:
        raise Refused("locked", f"领奖码已输错{WRONG_CODES}次，请负责人核实后重发领奖码。")
    if found.expires_on < act.office.today(act.tx.now).isoformat() and Role.LEADER not in act.staff.roles:
        raise Refused("expired", f"领取期限（{found.expires_on}）已过，请负责人决定是否仍予核对。")
    if not hmac.compare_digest(_digest(act.tx, found, plain_code(act.given["code"])), found.code):
        return Outcome({"state": found.state, "wrong_codes": found.wrong_codes + 1}, failed="reward_wrong_code")
    return Outcome({"code": None})


def _void(_act: Act[Reward]) -> Outcome:
    return Outcome({"code": None})


def _tell(act: Act[Reward], after: Reward, outcome: Outcome) -> None:
    if not act.move.tells:
        return
    text = say(
        act.move.tells,
        office=act.office,
        number=after.number,
        amount=after.amount,
        expires=after.expires_on,
        sure=rule_of(act.office, after).claim.sure,
        at=act.office.local(act.tx.now),
        note=after.reason,
        **outcome.words,
    )
    openid = identities.addressee(act.tx, after.submission)
    telling.put(act.tx, Subject(Topic.REWARD, after.id, str(after.version)), openid=openid, text=text)


def _digest(tx: Tx, found: Reward, code: str) -> str:
    return tx.vault.digest(f"{found.id}:{code}", "reward code")


MOVES: tuple[Move[Reward], ...] = (
    Move(
        "reward_approve",
        "批准并发出领奖码",
        ("graded",),
        "approved",
        _LEADER,
        (
            Field(
                "limb",
                "属于哪一类重大违法",
                required=True,
                kind=CHOICE,
                column="limb",
                options=lambda office, found: rule_of(office, found).limbs,
                hint="依据暂行办法第二条；较大数额按本省标准，请法制机构确认。",
            ),
        ),
        public=True,
        tells="reward_code",
        signs="approver",
        four_eyes=FourEyes(
            lambda _tx, found: {found.grader}, "forbidden", "定级和批准不能是同一个人，请另一位负责人批准。"
        ),
        effect=_issue,
        hint="领奖码会发到举报人的微信，只发一次，这里不显示。",
    ),
    Move(
        "reward_grade",
        "定级",
        ("applied", "graded"),
        "graded",
        _GRADERS,
        (
            Field("level", "等级", required=True, kind=CHOICE, column="level", options=_levels),
            Field("base", "罚没款总额（元，没有填0）", required=True, kind=MONEY, column="base", limit=64),
        ),
        signs="grader",
        effect=_grade,
    ),
    Move(
        "reward_verify",
        "核对领奖码",
        ("approved",),
        "claimable",
        _WINDOW,
        (Field("code", "领取人出示的领奖码", required=True, recorded=False, numbers=True, limit=64),),
        effect=_verify,
    ),
    Move(
        "reward_pay",
        "已发放",
        ("claimable",),
        "paid",
        _WINDOW,
        (
            Field(
                "voucher",
                "付款凭证编号（不要写领取人是谁）",
                required=True,
                column="voucher",
                recorded=False,
                limit=64,
            ),
        ),
        public=True,
        tells="reward_paid",
        hint="领奖码已核对。按上面的金额付款后再点。",
    ),
    Move(
        "reward_reissue",
        "作废旧码，重发领奖码",
        ("approved",),
        "approved",
        _LEADER,
        public=True,
        tells="reward_code",
        effect=_issue,
    ),
    Move(
        "reward_decline",
        "不予奖励",
        ("applied", "graded", "approved"),
        "declined",
        _LEADER,
        (Field("note", "理由（告知申请人）", required=True, kind=LONG, column="reason"),),
        public=True,
        tells="reward_declined",
        effect=_void,
        danger=True,
    ),
)
PROCEDURE = Procedure[Reward](
    moves=MOVES,
    states={name: state.label for name, state in STATES.items()},
    change=reward.change,
    number=lambda found: found.number,
    about=lambda found: found.submission,
    keep=lambda act: withheld(act, act.row.submission),
    line=lambda _found, move: f"举报奖励：{move.label}",
    follow=_tell,
)


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
