"""The types of the API: what is decoded, what is encoded, and what the OpenAPI document describes."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from content.submissions.categories import CATEGORIES
from handlers.exposure import articles
from handlers.fields import CHECKS, CHOICE, DAY, MOMENT, NUMBER, YES, Field
from handlers.moves import Move
from handlers.submissions import orders, procedure
from handlers.submissions.intake import LIMITS
from handlers.submissions.stages import STAGES
from storage.submissions.submission import Kind

Time = Annotated[
    str, Meta(description="RFC 3339, in the time zone of the office.", extra_json_schema={"format": "date-time"})
]
Word = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(max_length=20_000)]
StageName = Annotated[str, Meta(extra_json_schema={"enum": list(STAGES)})]
CategoryCode = Annotated[str, Meta(extra_json_schema={"enum": list(CATEGORIES)})]
State = Annotated[str, Meta(extra_json_schema={"enum": list(articles.STATES)})]
Version = Annotated[int, Meta(ge=1, description="What you last saw; when it has changed since, the answer is 409.")]
Limit = Annotated[int, Meta(ge=1, description="How many at most; 200 is the most there is.")]
Cursor = Annotated[str, Meta(description="`next_cursor` of the page before.")]


class Problem(Struct):
    """What was refused, and why (RFC 9457, application/problem+json)."""

    title: str
    status: int
    code: Annotated[str, Meta(description="Stable, for programs.")]
    detail: str
    field: str | UnsetType = UNSET
    missing: Annotated[list[str], Meta(description="Checks nobody confirmed.")] | UnsetType = UNSET
    version: int | UnsetType = UNSET


class Code(Struct):
    """A check that a person must confirm on approval."""

    code: str
    label: str


class FormField(Struct):
    """Something a move asks for."""

    name: str
    label: str
    required: bool


class MoveOffer(Struct):
    """A move the caller may take now."""

    name: str
    label: str
    fields: list[FormField]


def _body(name: str, moves: Iterable[Move[Any]], version: tuple[Any, ...]) -> type[Struct]:
    """The body of a procedure's moves, from their fields; one name means the same in all of them."""
    asked: dict[str, list[Field]] = {}
    for move in moves:
        for field in move.fields:
            asked.setdefault(field.name, []).append(field)
    return msgspec.defstruct(
        name,
        [version, *((name, _answer(fields) | None, None) for name, fields in asked.items())],
        namespace={"__doc__": "The version you saw and the fields of the move; others are ignored."},
        module=__name__,
    )


def _answer(fields: Sequence[Field]) -> Any:
    labels = "; ".join(dict.fromkeys(field.label for field in fields))
    kind, options = fields[0].kind, _options(fields)
    if kind == CHECKS:
        return Annotated[list[str], Meta(description=f"{labels}: codes of `checks`.")]
    if kind == MOMENT:
        return Annotated[Time, Meta(description=f"{labels}; RFC 3339 with offset.")]
    if kind == YES:
        return Annotated[bool, Meta(description=labels)]
    if kind == NUMBER:
        return Annotated[int, Meta(description=labels, ge=1)]
    known = {"enum": [*options]} if options else {"format": "date"} if kind == DAY else None
    most = max(field.most for field in fields)
    return Annotated[str, Meta(description=labels, max_length=most, extra_json_schema=known)]


def _options(fields: Sequence[Field]) -> dict[str, str]:
    """What may be chosen in any of the moves that ask for it; nothing where it depends on the row."""
    if any(field.kind != CHOICE or field.free or callable(field.options) for field in fields):
        return {}
    return {code: label for field in fields if not callable(field.options) for code, label in field.options.items()}


# Submissions.


class DeadlineRecord(Struct):
    """A day by which the law wants something done."""

    code: str
    due_on: Annotated[str, Meta(extra_json_schema={"format": "date"})]
    state: str
    basis: str
    provisional: Annotated[bool, Meta(description="The calendar of a year it needs is not published yet.")]
    unsure: Annotated[bool, Meta(description="Nobody has compared its rule with the source yet.")]
    met_on: Annotated[str | None, Meta(description="The day it was met.", extra_json_schema={"format": "date"})]
    days_late: Annotated[int, Meta(description="Working or calendar days, as its rule counts; 0 in time.")]


class EvidenceRecord(Struct):
    """A stored file; `sha256` is of the original bytes."""

    sha256: str
    kind: str
    bytes: int


class TimelineEntry(Struct):
    """Something that happened, for people to read."""

    at: Time
    kind: str
    actor: str
    title: str
    body: str


class SubmissionRecord(Struct, kw_only=True):
    """A report (举报) or complaint (投诉). Nothing of whoever handed it in."""

    number: str
    kind: Kind
    stage: StageName
    category: CategoryCode
    merchant: str
    address: str
    happened: str
    description: str
    demand: str
    source: str
    named: bool
    received_at: Time
    urgency: Annotated[int, Meta(description="0 none, 1 soon, 2 danger now.")]
    reasons: tuple[str, ...]
    unit: str
    assignee: str
    external_number: Annotated[str, Meta(description="Of the national 12315 platform.")]
    external_at: Annotated[str, Meta(description="When that platform registered it, as staff wrote it.")]
    township: Annotated[str, Meta(description="Township of the address; empty when unknown.")]
    outside: Annotated[str, Meta(description="The region it is in when it is not ours; to be referred.")]
    food: Annotated[bool, Meta(description="False for what is plainly no food matter.")]
    product: str
    online: Annotated[str, Meta(description="The shopping platform; empty for a shop in a street.")]
    sibling: Annotated[str, Meta(description="Number of the other half of one message that held both kinds.")]
    joined: Annotated[str, Meta(description="Number of the submission it is treated together with, or went into.")]
    proposal: Annotated[str, Meta(description="What its officer proposed: `file` or `not_file`.")]
    ground: Annotated[str, Meta(description="The ground of the decision or proposal, as article and item.")]
    deadlines: list[DeadlineRecord]
    evidence: list[EvidenceRecord]
    created_at: Time
    updated_at: Time
    version: int


class RevealedSubmission(SubmissionRecord, kw_only=True):
    """With the identity: for the export of a custodian, never an answer of the API."""

    openid: str
    name: str
    phone: str


class SubmissionDetail(SubmissionRecord, kw_only=True):
    """With what the caller may do, and what happened."""

    moves: list[MoveOffer]
    timeline: list[TimelineEntry]


class SubmissionPage(Struct):
    """Newest first; no `next_cursor` means the end."""

    items: list[SubmissionRecord]
    next_cursor: str | None


class SubmissionQuery(Struct, forbid_unknown_fields=True):
    """Which submissions to list; all filters must hold."""

    kind: Kind | None = None
    stage: StageName | None = None
    category: CategoryCode | None = None
    assignee: str = ""
    unit: str = ""
    urgent: Annotated[bool, Meta(description="true: only the urgent ones.")] = False
    q: Annotated[
        str, Meta(max_length=200, description="In number, merchant, address, description or 12315 number.")
    ] = ""
    received_from: Annotated[str, Meta(description="A date or RFC 3339 time, included.")] = ""
    received_to: Annotated[str, Meta(description="A date, included, or an RFC 3339 time, not included.")] = ""
    limit: Limit = 50
    cursor: Cursor = ""


class NewSubmission(Struct, forbid_unknown_fields=True):
    """Entered for a caller, or from another channel. What is missing is asked for later."""

    kind: Kind = Kind.REPORT
    category: CategoryCode | None = None
    merchant: Annotated[str, Meta(max_length=LIMITS["merchant"])] | None = None
    address: Annotated[str, Meta(max_length=LIMITS["address"])] | None = None
    description: Annotated[str, Meta(max_length=LIMITS["description"])] | None = None
    demand: Annotated[str, Meta(max_length=LIMITS["demand"])] | None = None
    source: Annotated[str, Meta(max_length=LIMITS["source"])] | None = None
    received_at: (
        Annotated[str, Meta(description="RFC 3339, or a date or time without offset, taken as the office's.")] | None
    ) = None
    link: Annotated[str, Meta(max_length=LIMITS["link"], description="Where a lead of the press is read.")] | None = (
        None
    )
    name: Annotated[str, Meta(max_length=LIMITS["name"])] | None = None
    phone: Annotated[str, Meta(max_length=LIMITS["phone"])] | None = None
    contact_address: Annotated[str, Meta(max_length=LIMITS["home"])] | None = None


SubmissionMove = _body("SubmissionMove", (*procedure.MOVES, *orders.MOVES), ("version", Version))


# Articles.


class ArticleRecord(Struct, kw_only=True):
    """A typical case (典型案例) or notice on its way to the public."""

    id: str
    state: State
    version: int
    title: str
    summary: str
    body: Annotated[str, Meta(description="Markdown.")]
    category: CategoryCode
    party: str
    author: str
    approver: str
    channel: str
    scheduled_at: Time | None
    released_at: Time | None
    url: str
    reason: Annotated[str, Meta(description="Why it is held up, when it is scheduled or failed.")]
    created_at: Time
    updated_at: Time


class ArticleDetail(ArticleRecord, kw_only=True):
    """With the checks that its approval must confirm and what the caller may do."""

    checks: list[Code]
    moves: list[MoveOffer]


class ArticlePage(Struct):
    """Newest first; no `next_cursor` means the end."""

    items: list[ArticleDetail]
    next_cursor: str | None


class ArticleQuery(Struct, forbid_unknown_fields=True):
    """Which articles to list."""

    state: State | None = None
    limit: Limit = 50
    cursor: Cursor = ""


class NewArticle(Struct, kw_only=True, forbid_unknown_fields=True):
    """A draft. Without a cover one is drawn."""

    title: Annotated[Word, Meta(description=f"At most {articles.TITLE_LIMIT} characters.")]
    summary: Annotated[Word, Meta(description=f"At most {articles.SUMMARY_LIMIT} characters.")] | None = None
    body: Annotated[str, Meta(description="Markdown.", max_length=articles.BODY_LIMIT)]
    category: CategoryCode
    party: Word | None = None
    cover: Annotated[str, Meta(description="A JPEG or PNG as a data URI; '' for a drawn one.")] | None = None


class ArticleChange(NewArticle, kw_only=True, forbid_unknown_fields=True):
    """A changed draft; without `cover` it keeps the one it has."""

    version: Version


ArticleMove = _body("ArticleMove", articles.MOVES, ("version", Version | None, None))
