"""``/api/v1/submissions``."""

from collections.abc import Collection

from bot.api import shapes
from bot.api.ask import PAGE_LIMIT, Ask, moved, texts
from bot.api.moments import end, read
from bot.api.schemas import NewSubmission, SubmissionDetail, SubmissionPage, SubmissionQuery
from content.submissions.categories import CATEGORIES
from handlers.errors import Refused
from handlers.office import Office
from handlers.submissions import desk, intake, orders
from handlers.submissions.procedure import MOVES
from handlers.submissions.stages import STAGES
from storage.engine.database import Tx
from storage.engine.times import stamp
from storage.submissions import listing
from storage.submissions.identity import Identity
from storage.submissions.listing import LAST_RECEIVED_FIRST, NEWEST_FIRST, Filter
from storage.submissions.submission import Draft

FIRST_STAGE = "triage"


def _known(value: str, known: Collection[str], field: str) -> str:
    if value and value not in known:
        raise Refused("invalid_field", f"{field} 没有“{value[:40]}”这个值，可选：{'、'.join(known)}。", field=field)
    return value


def _filter(query: SubmissionQuery, office: Office) -> Filter:
    begins, ends = query.received_from, query.received_to
    return Filter(
        kind=query.kind or "",
        stage=_known(query.stage or "", STAGES, "stage"),
        category=_known(query.category or "", CATEGORIES, "category"),
        assignee=query.assignee,
        unit=query.unit,
        urgent=query.urgent,
        text=query.q,
        received_from=stamp(read(begins, "received_from", office.timezone)) if begins else "",
        received_to=stamp(end(ends, "received_to", office.timezone)) if ends else "",
    )


def page(ask: Ask) -> SubmissionPage:
    office, query = ask.service.office, ask.query
    chosen, limit = _filter(query, office), min(query.limit, PAGE_LIMIT)
    if query.q:
        ask.service.words.catch_up(pages=1)
    with ask.service.db.read() as tx:
        found = listing.search(tx, chosen, order=_order(chosen), after=query.cursor, limit=limit)
        items = shapes.submission_records(tx, office, found)
    return SubmissionPage(items, found.next or None)


def _order(chosen: Filter) -> str:
    """By the time that was asked for: the newest first, or of those received then the last received."""
    return LAST_RECEIVED_FIRST if chosen.received_from or chosen.received_to else NEWEST_FIRST


def one(ask: Ask) -> SubmissionDetail:
    """Opening is recorded, so this reading is a write."""

    def open_(tx: Tx) -> SubmissionDetail:
        found = desk.open_submission(tx, ask.path["number"], ask.staff)
        return shapes.submission_detail(tx, ask.service.office, found, ask.staff)

    return ask.service.db.write(open_)


def create(ask: Ask) -> SubmissionDetail:
    body: NewSubmission = ask.body
    office = ask.service.office
    names = ("merchant", "address", "description", "demand", "source", "category", "received_at", "link")
    given = texts(body, *names, "name", "phone", "contact_address")
    _known(given["category"], CATEGORIES, "category")
    received = read(given["received_at"], "received_at", office.timezone) if given["received_at"] else None
    identity = Identity(name=given["name"], phone=given["phone"], address=given["contact_address"])

    def receive(tx: Tx) -> SubmissionDetail:
        draft = Draft(
            kind=body.kind,
            stage=FIRST_STAGE,
            category=given["category"],
            received_at=received or tx.now,
            merchant=given["merchant"],
            address=given["address"],
            description=given["description"],
            demand=given["demand"],
            source=given["source"],
            link=given["link"],
        )
        stored = intake.enter(tx, office, draft, identity, staff=ask.staff)
        return shapes.submission_detail(tx, office, stored, ask.staff)

    return ask.service.db.write(receive)


def move(ask: Ask) -> SubmissionDetail:
    office = ask.service.office
    values = moved(ask.body, (*MOVES, *orders.MOVES), office.timezone)

    def take(tx: Tx) -> SubmissionDetail:
        number, name = ask.path["number"], ask.path["move"]
        moved_on = desk.move(tx, office, number, name, staff=ask.staff, version=ask.body.version, values=values)
        return shapes.submission_detail(tx, office, moved_on, ask.staff)

    return ask.service.db.write(take)
