"""奖励: a reporter asks by chat what a concluded report may bring, and applies for it, once.

Only for one's own reports. Somebody else's number answers exactly as one that does not exist.
"""

from content import rewards
from content.replies import say
from handlers.chat.context import Context, Reply
from handlers.chat.reading import named_in
from handlers.rewards import STATES
from handlers.submissions.stages import STAGES, is_concluded
from storage import audit, reward, timeline
from storage.submissions import submission
from storage.submissions.submission import Kind, Submission

YES = {"是", "是的", "对", "确认申请"}
"""Answers to the conditions; anything else is none, and applies for nothing."""


def show(context: Context) -> Reply | None:
    """奖励 alone lists, 奖励 <number> tells the conditions; other words are a question and not for here."""
    rest = context.opening.rest
    if not rest:
        return _list(context)
    if not any(letter.isdecimal() for letter in rest):
        return None
    number = named_in(rest)
    own = context.own_numbered(number)
    return _one(context, own) if own else Reply(say("reward_unknown", number=number[:24]))


def confirm(context: Context) -> Reply | None:
    """是, after the conditions were shown: the application."""
    if context.text.strip("。.！!“” ") not in YES:
        return None
    since = context.now - context.office.talk_window
    if context.under_way:
        # What a talk asked later is what they answer now.
        since = max(since, context.under_way.updated_at)
    offer = reward.offered(context.tx, context.sender, since)
    if offer is None or not is_concluded(submission.get(context.tx, offer.number)):
        return None
    reward.change(context.tx, offer, state="applied", applied_at=context.tx.stamp)
    timeline.add(context.tx, offer.submission, "move", actor="citizen", title="申请举报奖励", public=True)
    audit.write(context.tx, actor="citizen", action="reward_apply", subject=offer.number)
    rule = rewards.rule(context.office.today(offer.received_at))
    return Reply(say("reward_applied", number=offer.number, notice=rule.notice.text))


def _list(context: Context) -> Reply:
    own = reward.of_sender(context.tx, context.sender)
    if not own:
        return Reply(say("reward_none"))
    under_way = [{"number": one.number, "state": STATES[one.state].public} for one in own if _applied(one.state)]
    return Reply(say("reward_list", free=[one.number for one in own if not _applied(one.state)], under_way=under_way))


def _one(context: Context, found: Submission) -> Reply:
    if found.kind is not Kind.REPORT:
        return Reply(say("reward_complaint", number=found.number))
    known = reward.find(context.tx, found.number)
    if known and _applied(known.state):
        return Reply(say("reward_state", number=found.number, state=STATES[known.state].public))
    if not is_concluded(found):
        return Reply(say("reward_early", number=found.number, stage=STAGES[found.stage].public))
    reward.offer(context.tx, found.id)
    return Reply(say("reward_ask", number=found.number))


def _applied(state: str) -> bool:
    return state not in ("", "offered")
