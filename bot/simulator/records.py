"""What the stand-in platform and those who use it hand to each other; imports nothing of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Fields = Mapping[str, Any]


def utc_now() -> datetime:
    """The default clock: the present moment, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Account:
    """The simulated official account (公众号); the product holds the same values in its settings."""

    app_id: str
    app_secret: str
    token: str
    encoding_aes_key: str
    mode: str = "safe"  # safe | compatible | plain
    kind: str = "service"  # service | subscription
    name: str = "新密市场监管"
    webhook: str = "http://127.0.0.1:8000/wechat"


@dataclass(frozen=True)
class Reply:
    """A passive reply after decryption: its MsgType, its text ("" unless text) and all its fields."""

    kind: str
    text: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Delivery:
    """What became of one message pushed to the webhook.

    `status` is the last HTTP status, 0 when no answer came. `reply` is None for `success` and an
    empty body. `broken` says that the phone shows the out-of-order tip. `others` holds the
    remaining copies when several were sent at once.
    """

    status: int
    reply: Reply | None
    tries: int = 1
    broken: bool = False
    others: tuple["Delivery", ...] = ()


@dataclass(frozen=True)
class Fault:
    """How the next call to one API path shall go wrong.

    errcode: answered instead of doing it. lost: carried out, but the connection closes without an
    answer. delay: seconds before answering. event_first: the finish event of a mass
    send or publication is pushed before the answer. no_event: that event never comes. outcome: how
    that job ends, e.g. "err(20008)" for a mass send, "4" for a publication.
    """

    errcode: int = 0
    lost: bool = False
    delay: float = 0
    event_first: bool = False
    no_event: bool = False
    outcome: str = ""


@dataclass(frozen=True)
class File:
    """Bytes with their MIME type, as uploaded or as answered."""

    content: bytes
    mime: str
    name: str = ""


@dataclass(frozen=True)
class Ask:
    """One API call as it arrived; `path` without the leading `cgi-bin/`."""

    path: str
    method: str
    query: dict[str, str]
    body: dict[str, Any]
    file: File | None = None
    escaped: bool = False  # Chinese was sent as \uXXXX, which the platform takes literally


@dataclass(frozen=True)
class Call:
    """One recorded API call; `path` without `cgi-bin/`, `outcome` is the answer even where it was lost."""

    path: str
    body: dict[str, Any]
    at: datetime
    outcome: dict[str, Any]
    query: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Card:
    """One article as a chat shows it."""

    title: str
    digest: str
    cover: str
    url: str


@dataclass(frozen=True)
class Bubble:
    """One thing on the phone's screen.

    sender: me | account | system. how: passive | custom | mass | preview | notice, "" for mine.
    kind: text | image | voice | video | location | news | menu. media: the media id, if any.
    extra: what only one kind has (seconds, latitude, longitude, label, head, tail, items, …).
    """

    id: int
    sender: str
    how: str
    kind: str
    text: str
    at: datetime
    media: str = ""
    articles: tuple[Card, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
