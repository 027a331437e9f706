"""A paper is offered once its step was taken, kept and told; how it reads: tests/bot/console/test_papers.py."""

import pytest

from handlers.errors import Refused
from handlers.papers import making
from storage import audit, timeline
from tests.handlers.submissions.cases import VERIFIED


def offered(service, found):
    with service.db.read() as tx:
        return {one.code for one in making.offered(tx, service.office, found)}


def test_what_needs_a_step_is_offered_once_that_was_taken(case, service):
    assert "filing" not in offered(service, case("report"))
    assert "filing" in offered(service, case("report", VERIFIED))
    assert "accepted" not in offered(service, case("report"))


def test_a_paper_stands_in_timeline_and_record(case, service, people):
    found = case("report")
    made = service.db.write(
        lambda tx: making.make(tx, service.office, found, "receipt", staff=people["intake"], values={})
    )
    with service.db.read() as tx:
        assert timeline.of(tx, found.id)[-1].title == "制作文书：收件回执"
        assert audit.last(tx, found.number, "paper").detail == f"receipt {made.number}"


def test_a_paper_opens_at_its_own_case_alone(case, service, people):
    found, other = case("report"), case("report")
    staff = people["intake"]
    made = service.db.write(lambda tx: making.make(tx, service.office, found, "receipt", staff=staff, values={}))
    with pytest.raises(Refused):
        service.db.write(lambda tx: making.open_paper(tx, other.number, made.id, staff))


def test_what_is_refused_takes_no_number(case, service, people):
    found, staff = case("report"), people["intake"]
    with pytest.raises(Refused):
        service.db.write(lambda tx: making.make(tx, service.office, found, "referral", staff=staff, values={}))
    made = service.db.write(
        lambda tx: making.make(
            tx, service.office, found, "referral", staff=staff, values={"unit": "某局", "reasons": "不归本局"}
        )
    )
    assert made.number.endswith("〔2026〕1号")
