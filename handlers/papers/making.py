"""A paper is made from a case: numbered, worded by its text, kept, and told in the timeline."""

from content.papers import papers, texts
from content.papers.papers import Paper as Kind
from handlers import fields
from handlers.errors import Refused
from handlers.fields import LONG, TEXT, Field, Typed
from handlers.masking import mask
from handlers.office import Office
from handlers.papers import document, facts
from handlers.papers.secrecy import hidden
from handlers.submissions import contact, procedure
from storage import audit, paper, timeline
from storage.engine.database import Tx
from storage.paper import Paper
from storage.people.staff import Staff
from storage.submissions import submission
from storage.submissions.submission import Submission

PAPER_LIMIT = 5000
"""Characters of a long field: several pages."""


def asks(kind: Kind) -> tuple[Field, ...]:
    """What staff type into it."""
    return tuple(
        Field(one.name, one.label, one.required, LONG if one.long else TEXT, limit=PAPER_LIMIT if one.long else 0)
        for one in kind.asks
    )


def offered(tx: Tx, office: Office, found: Submission) -> list[Kind]:
    """The papers that may be made of it now."""
    steps = facts.steps(tx, office, found)
    fitting = (one for one in papers.PAPERS.paper if found.kind.value in one.kinds)
    return [one for one in fitting if not one.needs or steps[one.needs]["by"]]


def make(tx: Tx, office: Office, found: Submission, code: str, *, staff: Staff, values: Typed) -> Paper:
    """Make a paper. Raises Refused when it does not fit the case as it is, or for what was typed."""
    kind = _fitting(tx, office, found, code)
    given = fields.read(asks(kind), values, office, found)
    typed = {one.name: mask(given.get(one.name, "")).text for one in kind.asks}
    number = _number(tx, office, kind, found)
    text = hidden(tx, found, texts.write(code, number=number, given=typed, **_facts(tx, office, found)))
    made = paper.add(tx, found.id, kind=code, title=kind.title, number=number, by=staff.name, text=text)
    timeline.add(tx, found.id, "note", actor=staff.name, title=f"制作文书：{kind.title}", body=number)
    audit.write(tx, actor=staff.name, action="paper", subject=found.number, detail=f"{code} {number}")
    return made


def _fitting(tx: Tx, office: Office, found: Submission, code: str) -> Kind:
    kind = papers.BY_CODE.get(code)
    if kind is None:
        raise Refused("not_found", "没有这种文书。")
    if kind not in offered(tx, office, found):
        step = next((move.label for move in procedure.MOVES if move.name == kind.needs), "")
        why = f"这件还没有“{step}”这一步" if found.kind.value in kind.kinds else "它不用于这一种件"
        raise Refused("wrong_stage", f"现在不能制作{kind.title}：{why}。")
    return kind


def _number(tx: Tx, office: Office, kind: Kind, found: Submission) -> str:
    short, series = papers.PAPERS.series_of(kind, found.unit)
    year = office.today(tx.now).year
    return papers.PAPERS.number(short, series, year, paper.next_number(tx, f"{short}{series}", year))


def _facts(tx: Tx, office: Office, found: Submission) -> dict[str, object]:
    today = office.today(tx.now)
    return {
        "office": {"name": office.name, "region": office.region},
        "case": facts.case(office, found),
        "person": facts.PERSON if found.kind is submission.Kind.COMPLAINT else facts.NOBODY,
        "ground": facts.ground(found),
        "remedies": facts.other_ways(found, today),
        "deadlines": facts.periods_of(tx, office, found, today),
        "steps": facts.steps(tx, office, found),
        "today": facts.said(today),
    }


def open_paper(tx: Tx, number: str, id: str, staff: Staff) -> tuple[Paper, bytes]:
    """A paper as DOCX; a complainant is named in it to whoever is in charge of the complaint, and that is on record."""
    made = paper.find(tx, id)
    found = submission.find(tx, submission.number_of(tx, made.submission)) if made else None
    if made is None or found is None or found.number != number:
        raise Refused("not_found", "没有这份文书。")
    audit.write(tx, actor=staff.name, action="paper_open", subject=found.number, detail=made.number)
    person = contact.look(tx, found, staff) if facts.NAME in made.text else None
    text = made.text
    if person:
        named = {facts.NAME: person.name, facts.PHONE: person.phone, facts.ADDRESS: person.address}
        for mark, value in named.items():
            text = text.replace(mark, str(texts.plain(value)) or mark)
    return made, document.docx(text, author=made.made_by)
