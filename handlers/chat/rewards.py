"""奖励: a reporter asks by chat what a concluded report may bring, and applies for it, once.

Only for one's own reports. Somebody else's number answers exactly as one that does not exist.
"""

from content import rewards
from content.replies import say
from handlers.chat.context import Call, Reply
from handlers.chat.reading import named_in
from handlers.rewards import STATES
from handlers.submissions.procedure import STAGES
from storage import audit, reward, submission, timeline
from storage.records import Kind, Submission

CONCLUDED = "concluded"
YES = {"是", "是的", "对", "确认申请"}
"""Answers to the conditions; anything else is none, and applies for nothing."""


def show(call: Call) -> Reply | None:
    """奖励 alone lists, 奖励 <number> tells the conditions; other words are a question and not for here."""
    rest = call.rest_after("奖励", apart=True)
    if call.word == "奖励" or rest == "":
        return _list(call)
    if rest is None or not any(letter.isdecimal() for letter in rest):
        return None
    number = named_in(rest)
    own = submission.of_sender(call.tx, call.sender, number=number)
    return _one(call, own[0]) if own else Reply(say("reward_unknown", number=number[:24]))


def confirm(call: Call) -> Reply | None:
    """是, after the conditions were shown: the application."""
    if call.text.strip("。.！!“” ") not in YES:
        return None
    since = call.now - call.site.talk_window
    if call.under_way:
        # What a talk asked later is what they answer now.
        since = max(since, call.under_way.updated_at)
    offer = reward.offered(call.tx, call.sender, since)
    if offer is None or offer.stage != CONCLUDED:
        return None
    reward.change(call.tx, offer, state="applied", applied_at=call.tx.stamp)
    timeline.add(call.tx, offer.submission, "move", actor="citizen", title="申请举报奖励", public=True)
    audit.write(call.tx, actor="citizen", action="reward_apply", subject=offer.number)
    rule = rewards.rule(call.site.today(offer.received_at))
    return Reply(say("reward_applied", number=offer.number, notice=rule.notice.text))


def _list(call: Call) -> Reply:
    own = reward.of_sender(call.tx, call.sender, stage=CONCLUDED)
    if not own:
        return Reply(say("reward_none"))
    under_way = [{"number": one.number, "state": STATES[one.state].public} for one in own if _applied(one.state)]
    return Reply(say("reward_list", free=[one.number for one in own if not _applied(one.state)], under_way=under_way))


def _one(call: Call, found: Submission) -> Reply:
    if found.kind is not Kind.REPORT:
        return Reply(say("reward_complaint", number=found.number))
    known = reward.find(call.tx, found.number)
    if known and _applied(known.state):
        return Reply(say("reward_state", number=found.number, state=STATES[known.state].public))
    if found.stage != CONCLUDED:
        return Reply(say("reward_early", number=found.number, stage=STAGES[found.stage].public))
    reward.offer(call.tx, found.id)
    return Reply(say("reward_ask", number=found.number))


def _applied(state: str) -> bool:
    return state not in ("", "offered")
