"""What is remembered, as frozen values. Imports nothing of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a citizen hands in; 投诉 asks for a remedy for oneself, 举报 for action (Order 121, Art. 3)."""

    REPORT = "report"
    COMPLAINT = "complaint"


class Role(StrEnum):
    """What an account may do."""

    INTAKE = "intake"
    OFFICER = "officer"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    LEADER = "leader"
    CUSTODIAN = "custodian"
    ADMIN = "admin"
    SECURITY = "security"
    AUDITOR = "auditor"
    LIAISON = "liaison"


@dataclass(frozen=True)
class Message:
    """A message or event as WeChat pushed it; `kind` is the MsgType or ``event:<event in lower case>``."""

    openid: str = field(repr=False)
    account: str
    kind: str
    created: str
    id: str
    fields: Mapping[str, object] = field(repr=False)

    def text(self, name: str) -> str:
        """A field as text; '' when it is missing or not a text."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class Submission:
    """One report or complaint; `number` is public, `id` is inside. Who handed it in is not in here."""

    id: str
    number: str
    kind: Kind
    stage: str
    category: str
    merchant: str
    address: str
    latitude: str
    longitude: str
    happened: str
    description: str
    demand: str
    source: str
    named: bool
    received_at: datetime
    created_at: datetime
    updated_at: datetime
    version: int
    urgency: int
    reasons: tuple[str, ...]
    unit: str
    assignee: str
    external_number: str
    external_at: str
    product: str
    online: str
    township: str
    outside: str
    food: bool
    business: str
    sibling: str
    joined: str
    unread: bool = False
    asked_at: datetime | None = None
    decided_by: str = ""
    confirmed_at: datetime | None = None
    disputed_at: datetime | None = None
    rating: int = 0
    rated_at: datetime | None = None


@dataclass(frozen=True)
class Pending:
    """What a citizen was asked about stored submissions: `numbers` to choose from, and the answers so far."""

    verb: str
    numbers: tuple[str, ...]
    answers: Mapping[str, str] = field(repr=False)
    asked_at: datetime


@dataclass(frozen=True)
class Identity:
    """Who handed a submission in: the most precious secret of the system."""

    openid: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    mentioned: str = field(default="", repr=False)
    principal: str = field(default="", repr=False)


@dataclass(frozen=True)
class Deadline:
    """A day by which the law wants something done."""

    code: str
    due_on: str
    state: str
    basis: str
    provisional: bool


@dataclass(frozen=True)
class Entry:
    """A line of a subject's timeline."""

    id: str
    at: datetime
    kind: str
    actor: str
    title: str
    body: str
    public: bool


@dataclass(frozen=True)
class Evidence:
    """A picture, voice note or video that a citizen sent; `state` is awaited, stored or lost."""

    id: str
    submission: str | None
    kind: str
    media: str
    state: str
    arrived_at: datetime
    sha256: str
    bytes: int
    mime: str
    error: str


@dataclass(frozen=True)
class Parcel:
    """A row of the outbox under lease: something the courier must bring to the platform, or fetch.

    `way`: being tried, with an outcome that is not known yet. `reminded`: the way of a short notice sent ahead.
    """

    id: str
    kind: str
    subject: str
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


@dataclass(frozen=True)
class Task:
    """Something that people must do (待办), with the day by which it is due."""

    id: str
    cause: str
    kind: str
    submission: str
    number: str
    title: str
    body: str
    due_on: str
    state: str
    how: str
    happened_at: datetime | None
    note: str
    done_by: str
    done_at: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class Article:
    """A typical case (典型案例) or notice on its way to the public."""

    id: str
    title: str
    summary: str
    body: str
    category: str
    party: str
    cover: str
    author: str
    approver: str
    state: str
    reason: str
    channel: str
    scheduled_at: datetime | None
    released_at: datetime | None
    url: str
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True)
class Release:
    """How far the platform has come with one scheduled article."""

    id: str
    article: str
    channel: str
    uploads: Mapping[str, str]
    cover: str
    draft: str
    offered_at: datetime | None
    job: str
    accepted_at: datetime | None
    polled_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Finish:
    """What the platform says became of a release."""

    channel: str
    job: str
    succeeded: bool
    detail: str
    url: str


@dataclass(frozen=True)
class Staff:
    """An account of the console or the API."""

    name: str
    roles: frozenset[Role]
    unit: str
    must_change: bool
    failures: int
    locked_until: datetime | None
    disabled: bool


@dataclass(frozen=True)
class AuditRow:
    """A link of the audit chain (留痕)."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: str
    previous: str
    hash: str


@dataclass(frozen=True)
class Business:
    """Who sells or makes food (经营主体), as registered; `code` is '' for a stall that has none."""

    id: str
    name: str
    code: str
    kind: str
    address: str
    township: str
    status: str
    updated_at: datetime


@dataclass(frozen=True)
class Penalty:
    """A decision on an administrative penalty (行政处罚决定), in the columns of double publicity (双公示).

    Amounts are decimal texts in 10,000 yuan, days ISO dates; '' where the file says nothing.
    """

    id: str
    name: str
    party_kind: str
    code: str
    document: str
    violation: str
    facts: str
    basis: str
    category: str
    content: str
    fine: str
    confiscated: str
    permit: str
    decided_on: str
    valid_until: str
    disclosed_until: str
    authority: str
    authority_code: str
    source: str
    source_code: str
    note: str
    restored: bool


@dataclass(frozen=True)
class Listing:
    """An entry of the list of serious violations (严重违法失信名单, Order 44); days are ISO dates."""

    id: str
    name: str
    code: str
    reason: str
    decided_on: str
    decided_by: str
    listed_until: str
    removed_on: str
