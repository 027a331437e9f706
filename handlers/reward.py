"""Rewards for reports (举报奖励): their states, what one amounts to, and the claim code that stands for a person."""

import secrets
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from content.rewards import RewardRule

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Nothing that can be taken for another sign when it is read out or copied."""
GROUPS, GROUP = 5, 4
_FEN = Decimal("0.01")


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
