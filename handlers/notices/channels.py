"""The channels to a person, in the order in which they are tried, and what the platform allows on each.

A message of theirs opens five customer messages within 48 hours; following, a menu tap or a scanned code opens
three within a minute. A subscription notice needs a consent, a template message a service account.
Source: developers.weixin.qq.com, customer messages, subscription notices, template messages.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from handlers.office import Office
from storage.chat import consent, window
from storage.engine.database import Tx
from storage.notices.parcel import Parcel

WINDOWS = {
    "message": (5, timedelta(hours=48)),
    "menu": (3, timedelta(minutes=1)),
    "follow": (3, timedelta(minutes=1)),
    "scan": (3, timedelta(minutes=1)),
}
"""Cause -> how many messages within how long; the same cause again opens it anew."""
ON_THE_WAY = timedelta(seconds=5)
"""The platform counts from their act; until we hear of it, and until a message of ours is there, time goes by."""


def note_contact(tx: Tx, person: str, cause: str) -> None:
    """Note the window that an act of theirs opens; `cause` is one of WINDOWS."""
    messages, span = WINDOWS[cause]
    window.open_window(tx, person, cause, messages=messages, closes_at=tx.now + span - ON_THE_WAY)


@dataclass(frozen=True)
class Channel:
    """One channel. `short`: it carries number, stage and time only. `same_for`: how long a repeat is known as one.

    `is_open`, `spend` (something went out) and `shut` (the platform says that it is closed) take the digest of
    the person.
    """

    name: str
    label: str
    is_open: Callable[[Tx, Office, str], bool]
    spend: Callable[[Tx, Office, str], None]
    shut: Callable[[Tx, Office, str], None]
    short: bool = True
    same_for: timedelta = timedelta(0)

    def may_repeat(self, parcel: Parcel, now: datetime) -> bool:
        """Whether asking again cannot bring a parcel twice."""
        return parcel.tried_at is not None and timedelta(0) <= now - parcel.tried_at < self.same_for


def _nothing(_tx: Tx, _site: Office, _person: str) -> None:
    """No ledger is kept of this channel."""


CHANNELS = (
    Channel(
        "customer",
        "微信消息",
        is_open=lambda tx, office, person: window.usable(tx, person) is not None,
        spend=lambda tx, office, person: window.use(tx, person),
        shut=lambda tx, office, person: window.close(tx, person),
        short=False,
    ),
    Channel(
        "subscription",
        "订阅通知",
        is_open=lambda tx, office, person: bool(
            office.subscribe_template and consent.remaining(tx, person, office.subscribe_template)
        ),
        spend=lambda tx, office, person: consent.use(tx, person, office.subscribe_template),
        shut=lambda tx, office, person: consent.withdraw(tx, person, office.subscribe_template),
    ),
    Channel(
        "template",
        "模板消息",
        is_open=lambda tx, office, person: bool(office.service_template),
        spend=_nothing,
        shut=_nothing,
        # The platform knows a client_msg_id for ten minutes.
        same_for=timedelta(minutes=9),
    ),
)
BY_NAME = {channel.name: channel for channel in CHANNELS}


INTERRUPTED = "发送中断，不确定是否送达"
CLOSED = "没有可用的发送方式，待对方来信时告知"
REMINDED = "已发简短提醒，全文待对方下次来信时告知"


class Do(Enum):
    """What there is to do with a notice."""

    SEND = auto()
    DOUBT = auto()
    """It may have arrived, and a repeat could bring it twice."""
    HOLD = auto()
    LATER = auto()
    """A channel only lacks quota for now."""


@dataclass(frozen=True)
class Refusal:
    """Why a channel was tried in vain in this attempt; `verdict` is one of content/platform.toml."""

    verdict: str
    text: str


@dataclass(frozen=True)
class Step:
    """By which channel to send, or which one is in doubt; or why it is held or sent later."""

    do: Do
    channel: Channel | None = None
    reason: str = ""


def insists(parcel: Parcel) -> bool:
    """Whether it is rather sent twice than not at all."""
    return "insist" in parcel.payload


def next_step(parcel: Parcel, opened: Collection[str], tried: Mapping[str, Refusal], now: datetime) -> Step:
    """What to do next with a notice, where these channels are open and those were tried in vain.

    What is under way with an unknown outcome is repeated by the same channel, where that is harmless.
    """
    under_way = None if tried else BY_NAME.get(parcel.way)
    if under_way and not insists(parcel) and not under_way.may_repeat(parcel, now):
        return Step(Do.DOUBT, under_way, INTERRUPTED)
    for channel in (under_way,) if under_way else CHANNELS:
        fits = not channel.short or ("stage" in parcel.payload and not parcel.reminded)
        if fits and channel.name in opened and channel.name not in (*tried, *parcel.bounced):
            return Step(Do.SEND, channel)
    reason = next((one.text for one in tried.values()), REMINDED if parcel.reminded else CLOSED)
    return Step(Do.LATER if any(one.verdict == "quota" for one in tried.values()) else Do.HOLD, reason=reason)
