"""Rewards (举报奖励): who applied is not shown; the claim code at the window stands for the person."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.lists import Column, Filter, List, show
from bot.console.moves import Tried, forms, take
from bot.console.session import Visit
from handlers import rewards
from handlers.clock import deadlines
from handlers.errors import Refused
from handlers.moves import barred
from handlers.rewards import MOVES, STATES, WRONG_CODES
from storage import audit, reward
from storage.engine.database import Tx
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.reward import Reward

DONE = {move.name: move.label for move in MOVES}
LEDGER = List(
    "rewards_ledger",
    columns=(
        Column("举报编号", "reward_number", main=True),
        Column("状态", "reward_state"),
        Column("等级", "reward_level"),
        Column("罚没款（元）", "reward_base", "num"),
        Column("奖励（元）", "reward_amount", "num"),
        Column("申请", "reward_applied", "num text-nowrap"),
        Column("领取期限", "expires_on", "num"),
    ),
    empty="没有奖励申请。",
    filters=(Filter("state", "状态", {"": "全部"} | {name: state.label for name, state in STATES.items()}),),
)


def ledger(visit: Visit) -> str:
    """The applications, of all or of one state, the oldest first."""
    with visit.service.db.read() as tx:
        shown, by_state = show(LEDGER, partial(reward.listed, tx)), reward.by_state(tx)
    counts = {name: by_state.get(name, 0) for name in STATES}
    return render_template(
        "console/rewards.html",
        shown=shown,
        counts={"": sum(counts.values()), **counts},
        reward_states=STATES,
        labels=_levels(visit, shown.rows),
    )


def counted(_visit: Visit, tx: Tx, chosen: Mapping[str, str]) -> int:
    """How many the ledger shows under these filters."""
    return reward.by_state(tx).get(chosen["state"], 0)


def look(visit: Visit, number: str) -> ResponseReturnValue:
    """One reward, and what may be done with it."""
    return _page(visit, number, Tried())


def act(visit: Visit, number: str, name: str) -> ResponseReturnValue:
    """Take a move; a refusal shows the page as it is now, with what was typed."""
    after = take(visit, rewards.PROCEDURE, rewards.move, number, name)
    if isinstance(after, Tried):
        return _page(visit, number, after)
    if after.wrong_codes and name == "reward_verify" and after.state == "approved":
        left = WRONG_CODES - after.wrong_codes
        wrong = Refused("wrong_code", f"领奖码不对，请与领取人再核对一遍。还可以试 {left} 次。")
        return _page(visit, number, Tried(name, refused=wrong))
    return redirect(url_for("console.rewards_look", number=number, done=name), 303)


def _page(visit: Visit, number: str, tried: Tried) -> tuple[str, int]:
    def address(name: str) -> str:
        return url_for("console.rewards_act", number=number, name=name)

    with visit.service.db.read() as tx:
        found = rewards.find(tx, number)
        page = render_template(
            "console/reward.html",
            found=found,
            **_known(visit, tx, found),
            forms=forms(visit, tx, rewards.PROCEDURE, found, address, tried),
            barred=barred(tx, rewards.PROCEDURE, found, visit.staff),
            notices=outbox.about(tx, Topic.REWARD, found.id),
            trail=[row for row in audit.newest(tx, subject=number) if row.action.startswith("reward_")],
            refused=tried.refused,
            done=DONE.get(request.args.get("done", "")),
        )
    return page, tried.status


def _known(visit: Visit, tx: Tx, found: Reward) -> dict[str, Any]:
    """What the rule of its day says of it."""
    office, rule = visit.service.office, rewards.rule_of(visit.service.office, found)
    assert found.applied_at is not None
    return {
        "rule": rule,
        "states": STATES,
        "limit": WRONG_CODES,
        "told_by": deadlines.due(office.today(found.applied_at), rule.notice.days, rule.notice.unit).on,
        "overdue": found.state == "approved" and found.expires_on < office.today(tx.now).isoformat(),
        "consult": bool(found.amount) and Decimal(found.amount) >= rule.consult,
    }


def _levels(visit: Visit, rows: list[Reward]) -> dict[str, str]:
    """Number -> the level's name, as the rule of that report calls it."""
    office = visit.service.office
    return {row.number: rewards.rule_of(office, row).levels[row.level].label for row in rows if row.level}
