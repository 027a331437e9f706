"""订阅 and 退订: what a follower wants to be sent, by category and township.

The choices are numbered alike in the list, for 订阅 and for 退订. The worker makes the platform's tags follow
them (bot/worker/tags.py); a parcel says only whose tags, so that the newest choice counts whenever it is brought.
"""

import re
import unicodedata

from content.replies import say
from handlers.chat.context import Context, Reply
from handlers.exposure.topics import MOST, Topic, topics
from storage.chat import subscription
from storage.notices import outbox, parcel

_APART = re.compile(r"[\s,、;。.]+")


def subscribe(context: Context) -> Reply | None:
    """订阅: the list; with numbers or names, adds them."""
    asked = _asked(context, "订阅")
    if asked is None:
        return None
    wanted, unknown = asked
    chosen = subscription.chosen(context.tx, context.sender)
    after = chosen | {choice.topic for choice in wanted}
    if len(after) > MOST:
        return Reply(say("subscribe_too_many", most=MOST, chosen=_labels(context, chosen)))
    if after == chosen:
        return _list(context, chosen, unknown)
    subscription.give(context.tx, context.sender, (choice.topic for choice in wanted))
    _follow_up(context)
    return Reply(say("subscribe_done", chosen=_labels(context, after), unknown=unknown))


def unsubscribe(context: Context) -> Reply | None:
    """退订: all, or what is named. In the middle of a talk it is an answer, unless there is something to end."""
    asked = _asked(context, "退订")
    if asked is None:
        return None
    wanted, unknown = asked
    chosen = subscription.chosen(context.tx, context.sender)
    if not chosen:
        return None if context.under_way else Reply(say("subscribe_none"))
    ended = {choice.topic for choice in wanted} if wanted or unknown else chosen
    if not ended & chosen:
        return _list(context, chosen, unknown)
    subscription.withdraw(context.tx, context.sender, ended & chosen)
    _follow_up(context)
    return Reply(
        say("subscribe_ended", ended=_labels(context, ended & chosen), chosen=_labels(context, chosen - ended))
    )


def leave(context: Context) -> None:
    """Forget the choices of somebody who unfollows: the platform takes the tags itself."""
    if subscription.erase(context.tx, context.sender):
        outbox.drop_for(context.tx, context.sender, parcel.Topic.TAGS)


def _asked(context: Context, word: str) -> tuple[list[Topic], list[str]] | None:
    """(choices, words that are none) behind the word; None when it is part of a sentence (订阅号, 退订单的钱)."""
    rest = "" if context.word == word else context.rest_after(word)
    if rest is None:
        return None
    wanted, unknown = _read(rest, topics(context.office.region))
    glued = rest and context.text.startswith(word + rest[0])
    return None if unknown and (glued or context.under_way) else (wanted, unknown)


def _read(text: str, offered: tuple[Topic, ...]) -> tuple[list[Topic], list[str]]:
    """Numbers, names, or parts of a name that mean one only."""
    wanted: dict[int, Topic] = {}
    unknown: list[str] = []
    for word in filter(None, _APART.split(unicodedata.normalize("NFKC", text))):
        found = [choice for choice in offered if word.lstrip("0") in (str(choice.number), choice.label)]
        if not found and len(word) > 1 and not word.isdecimal():
            found = [choice for choice in offered if word in choice.label]
        if len(found) == 1:
            wanted[found[0].number] = found[0]
        else:
            unknown.append(word[:20])
    return list(wanted.values()), unknown[:5]


def _labels(context: Context, chosen: set[str]) -> list[str]:
    return [choice.label for choice in topics(context.office.region) if choice.topic in chosen]


def _list(context: Context, chosen: set[str], unknown: list[str]) -> Reply:
    lines = [
        {"number": choice.number, "label": choice.label, "on": choice.topic in chosen, "kind": choice.topic[:8]}
        for choice in topics(context.office.region)
    ]
    waiting = outbox.waiting(context.tx, context.sender, parcel.Topic.TAGS) is not None
    return Reply(
        say(
            "subscribe_list",
            categories=[line for line in lines if line["kind"] == "category"],
            townships=[line for line in lines if line["kind"] == "township"],
            unknown=unknown,
            waiting=waiting,
        )
    )


def _follow_up(context: Context) -> None:
    """Let the tags follow; what still waits for this person is said anew."""
    outbox.drop_for(context.tx, context.sender, parcel.Topic.TAGS)
    subject = parcel.Subject(parcel.Topic.TAGS, context.tx.new_id())
    outbox.put(context.tx, "tags", subject, openid=context.message.openid)
