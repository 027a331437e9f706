"""What a parcel of the outbox is: the states it goes through, and what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """How far a parcel has come."""

    WAITING = "waiting"
    SENDING = "sending"
    """Under lease."""
    SENT = "sent"
    HELD = "held"
    """No way to the person is open now."""
    FAILED = "failed"


NEXT = {
    State.WAITING: {State.SENDING, State.SENT},
    State.SENDING: {State.SENDING, State.WAITING, State.SENT, State.HELD, State.FAILED},
    State.SENT: {State.WAITING},
    State.HELD: {State.WAITING, State.SENT, State.FAILED},
    State.FAILED: {State.SENT},
}
"""What may follow each state. Staff tell what waits, is held or failed; what was sent may turn out not to arrive, and
what is held does not wait for ever."""
AT_REST = (State.WAITING, State.HELD, State.FAILED)
"""Not told, and not being told just now."""


class Topic(StrEnum):
    """What a parcel is about: a thing that has an id, or else an id of its own."""

    SUBMISSION = "submission"
    """A notice to the reporter."""
    ALARM = "alarm"
    """To whoever is called; `about` is the submission."""
    REWARD = "reward"
    ROSTER = "roster"
    """`about` is the day."""
    ACCOUNT = "account"
    """`about` is the name of the account."""
    EVIDENCE = "evidence"
    RELEASE = "release"
    PICTURES = "pictures"
    """A summary of files; `about` is the last of them."""
    MESSAGE = "message"
    """Answered late."""
    ANSWER = "answer"
    """What an answer had no room for."""
    TAGS = "tags"


STAFF = {Topic.ALARM, Topic.ROSTER, Topic.ACCOUNT}
"""What goes to members of staff."""


@dataclass(frozen=True)
class Subject:
    """What a parcel is about, and what of that caused it: a version, the number of a call."""

    topic: Topic
    about: str
    cause: str = ""


@dataclass(frozen=True)
class Parcel:
    """A row of the outbox under lease: something the courier must bring to the platform, or fetch.

    `way`: being tried, with an outcome that is not known yet. `reminded`: the way of a short notice sent ahead.
    """

    id: str
    kind: str
    subject: Subject
    addressee: str = field(repr=False)
    payload: Mapping[str, str] = field(repr=False)
    attempts: int
    interrupted: bool
    created_at: datetime
    recipient: str = ""
    way: str = ""
    tried_at: datetime | None = None
    reminded: str = ""
    bounced: tuple[str, ...] = ()
    doubtful: bool = False
    by_day: str = ""
