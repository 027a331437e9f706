"""订阅 and 退订: what a follower wants to be sent, by category and township.

The choices are numbered alike in the list, for 订阅 and for 退订. The worker makes the platform's tags follow
them (bot/tagging.py); a parcel says only whose tags, so that the newest choice counts whenever it is brought.
"""

import re
import unicodedata

from content.replies import say
from handlers.chat.context import Call, Reply
from handlers.exposure.topics import MOST, Topic, topics
from storage import outbox, subscription

PARCEL = "tags:"
_APART = re.compile(r"[\s,、;。.]+")


def subscribe(call: Call) -> Reply | None:
    """订阅: the list; with numbers or names, adds them."""
    asked = _asked(call, "订阅")
    if asked is None:
        return None
    wanted, unknown = asked
    chosen = subscription.chosen(call.tx, call.sender)
    after = chosen | {choice.topic for choice in wanted}
    if len(after) > MOST:
        return Reply(say("subscribe_too_many", most=MOST, chosen=_labels(call, chosen)))
    if after == chosen:
        return _list(call, chosen, unknown)
    subscription.give(call.tx, call.sender, (choice.topic for choice in wanted))
    _follow_up(call)
    return Reply(say("subscribe_done", chosen=_labels(call, after), unknown=unknown))


def unsubscribe(call: Call) -> Reply | None:
    """退订: all, or what is named. In the middle of a talk it is an answer, unless there is something to end."""
    asked = _asked(call, "退订")
    if asked is None:
        return None
    wanted, unknown = asked
    chosen = subscription.chosen(call.tx, call.sender)
    if not chosen:
        return None if call.under_way else Reply(say("subscribe_none"))
    ended = {choice.topic for choice in wanted} if wanted or unknown else chosen
    if not ended & chosen:
        return _list(call, chosen, unknown)
    subscription.withdraw(call.tx, call.sender, ended & chosen)
    _follow_up(call)
    return Reply(say("subscribe_ended", ended=_labels(call, ended & chosen), chosen=_labels(call, chosen - ended)))


def leave(call: Call) -> None:
    """Forget the choices of somebody who unfollows: the platform takes the tags itself."""
    if subscription.erase(call.tx, call.sender):
        outbox.drop_for(call.tx, call.sender, PARCEL)


def _asked(call: Call, word: str) -> tuple[list[Topic], list[str]] | None:
    """(choices, words that are none) behind the word; None when it is part of a sentence (订阅号, 退订单的钱)."""
    rest = "" if call.word == word else call.rest_after(word)
    if rest is None:
        return None
    wanted, unknown = _read(rest, topics(call.site.region))
    glued = rest and call.text.startswith(word + rest[0])
    return None if unknown and (glued or call.under_way) else (wanted, unknown)


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


def _labels(call: Call, chosen: set[str]) -> list[str]:
    return [choice.label for choice in topics(call.site.region) if choice.topic in chosen]


def _list(call: Call, chosen: set[str], unknown: list[str]) -> Reply:
    lines = [
        {"number": choice.number, "label": choice.label, "on": choice.topic in chosen, "kind": choice.topic[:8]}
        for choice in topics(call.site.region)
    ]
    waiting = outbox.waiting_like(call.tx, call.sender, PARCEL) is not None
    return Reply(
        say(
            "subscribe_list",
            categories=[line for line in lines if line["kind"] == "category"],
            townships=[line for line in lines if line["kind"] == "township"],
            unknown=unknown,
            waiting=waiting,
        )
    )


def _follow_up(call: Call) -> None:
    """Let the tags follow; what still waits for this person is said anew."""
    outbox.drop_for(call.tx, call.sender, PARCEL)
    outbox.put(call.tx, "tags", f"{PARCEL}{call.tx.new_id()}", openid=call.message.openid)
