"""Records as the API answers them; the export writes the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields as fields_of
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct, structs

from bot.api.moments import written
from bot.api.schemas import (
    ArticleDetail,
    ArticleRecord,
    Code,
    DeadlineRecord,
    EvidenceRecord,
    FormField,
    MoveOffer,
    RevealedSubmission,
    SubmissionDetail,
    SubmissionRecord,
    TimelineEntry,
)
from handlers import periods
from handlers.exposure import articles
from handlers.fields import asked_of
from handlers.moves import Procedure, allowed
from handlers.office import Office
from handlers.submissions import desk
from storage import timeline
from storage.engine.database import Tx
from storage.exposure import article
from storage.exposure.article import Article
from storage.people.staff import Staff
from storage.submissions import deadline, evidence, submission
from storage.submissions.deadline import Deadline
from storage.submissions.identity import Identity
from storage.submissions.submission import Submission

S = TypeVar("S", bound=Struct)
TIMES = ("received_at", "created_at", "updated_at", "scheduled_at", "released_at")


def _shared(record: Any, shape: type[Struct], office: Office) -> dict[str, Any]:
    """The fields a record and its shape have in common, with times as text."""
    names, of = _common(record.__class__, shape)
    return _timed(dict(zip(names, of(record), strict=True)), office)


def _timed(values: dict[str, Any], office: Office) -> dict[str, Any]:
    for name in TIMES:
        if values.get(name):
            values[name] = written(values[name], office.timezone)
    return values


@cache
def _common(record: type[Any], shape: type[Struct]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names, and what reads them: an export asks for them a million times."""
    known = {field.name for field in fields_of(record)}
    names = tuple(name for name in shape.__struct_fields__ if name in known)
    return names, attrgetter(*names)


def _with(record: Struct, shape: type[S], **more: Any) -> S:
    return shape(**structs.asdict(record), **more)


def submission_record(tx: Tx, office: Office, found: Submission) -> SubmissionRecord:
    """A submission without its reporter; evidence that has not arrived yet is left out."""
    return submission_records(tx, office, [found])[0]


def submission_records(tx: Tx, office: Office, found: Sequence[Submission]) -> list[SubmissionRecord]:
    """Many of them at once."""
    ids, today = [one.id for one in found], office.today(tx.now)
    deadlines, files = deadline.of_each(tx, ids), evidence.of_each(tx, ids)
    return [
        SubmissionRecord(
            **_shared(one, SubmissionRecord, office),
            deadlines=[_deadline_record(office, today, row) for row in deadlines.get(one.id, ())],
            evidence=[EvidenceRecord(e.sha256, e.kind, e.bytes) for e in files.get(one.id, ()) if e.state == "stored"],
        )
        for one in found
    ]


def every_submission(tx: Tx, office: Office) -> Iterator[SubmissionRecord]:
    """All of them, oldest first, while none is held in memory: rows and what belongs to them side by side."""
    names, _ = _common(Submission, SubmissionRecord)
    today = office.today(tx.now)
    deadlines, files = deadline.along(tx), evidence.along(tx)
    for values in submission.rows(tx, ("id", *names)):
        id = values.pop("id")
        yield SubmissionRecord(
            **_timed(values, office),
            deadlines=[_deadline_record(office, today, row) for row in deadlines(id)],
            evidence=[EvidenceRecord(e.sha256, e.kind, e.bytes) for e in files(id)],
        )


def _deadline_record(office: Office, today: date, row: Deadline) -> DeadlineRecord:
    return DeadlineRecord(
        *(row.code, row.due_on, row.state, row.basis, row.provisional, row.unsure),
        periods.met_on(office, row) or None,
        periods.days_late(office, row, today),
    )


def revealed(tx: Tx, office: Office, found: Submission, identity: Identity) -> RevealedSubmission:
    """With the identity that was revealed."""
    record = submission_record(tx, office, found)
    return _with(record, RevealedSubmission, openid=identity.openid, name=identity.name, phone=identity.phone)


def submission_detail(tx: Tx, office: Office, found: Submission, staff: Staff) -> SubmissionDetail:
    """With the moves `staff` may take and the timeline."""
    entries = [
        TimelineEntry(written(e.at, office.timezone), e.kind, e.actor, e.title, e.body)
        for e in timeline.of(tx, found.id)
    ]
    record = submission_record(tx, office, found)
    return _with(
        record,
        SubmissionDetail,
        moves=_offers(tx, office, desk.PROCEDURE, found, desk.acting(tx, office, staff)),
        timeline=entries,
    )


def article_record(office: Office, found: Article) -> ArticleRecord:
    return ArticleRecord(**_shared(found, ArticleRecord, office))


def every_article(tx: Tx, office: Office) -> Iterator[ArticleRecord]:
    """All of them, oldest first, while none is held in memory."""
    return (article_record(office, found) for found in article.each(tx))


def article_detail(tx: Tx, office: Office, found: Article, staff: Staff) -> ArticleDetail:
    """With its checks and the moves `staff` may take."""
    checks = [Code(code, label) for code, label in articles.checks_of(found).items()]
    offers = _offers(tx, office, articles.PROCEDURE, found, staff)
    return _with(article_record(office, found), ArticleDetail, checks=checks, moves=offers)


def _offers(tx: Tx, office: Office, procedure: Procedure[Any], row: Any, staff: Staff) -> list[MoveOffer]:
    return [
        MoveOffer(
            move.name,
            move.label,
            [FormField(one.name, one.label, one.required) for one in asked_of(move.fields, office, row)],
        )
        for move in allowed(tx, procedure, row, staff)
    ]
