"""A leader's decisions in other hands: for the days named, by the person named, with both on record."""

from datetime import date

import pytest

from handlers.errors import Refused
from handlers.people import delegating
from storage import audit, timeline
from storage.people import delegation, staff
from storage.people.staff import Role
from tests.verbs import FILED

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def lingdao(hire):
    return hire("lingdao", Role.LEADER)


@pytest.fixture
def fuju(hire):
    return hire("fuju", Role.OFFICER)


@pytest.fixture
def give(service, lingdao):
    def delegate(deputy="fuju", since=TODAY, until=TODAY, leader=None):
        service.db.write(
            lambda tx: delegating.delegate(
                tx, service.office, deputy, since=since, until=until, leader=leader or lingdao
            )
        )

    return delegate


@pytest.fixture
def proposed(tip, act, fuju):
    made = tip()
    for name, values in FILED[:2]:
        act(made.number, name, fuju, **values)
    return made


def test_whoever_it_was_given_to_decides_and_the_record_says_for_whom(give, proposed, act, fuju, ask):
    with pytest.raises(Refused):
        act(proposed.number, "file_case", fuju)
    give()
    assert act(proposed.number, "file_case", fuju).stage == "case"
    entry = next(one for one in ask(lambda tx: timeline.of(tx, proposed.id)) if one.title == "立案")
    assert (entry.actor, entry.body) == ("fuju", "受lingdao委托")
    assert ask(lambda tx: audit.newest(tx)[0]).detail.endswith("for lingdao")


def test_what_is_ones_own_is_done_in_ones_own_name(give, tip, act, fuju, ask):
    give()
    made = tip()
    act(made.number, "verify", fuju)
    assert "委托" not in ask(lambda tx: timeline.of(tx, made.id))[-1].body


def test_it_ends_with_its_day_or_before(give, proposed, act, fuju, service, lingdao, clock, ask):
    give(until=TOMORROW)
    clock.advance(days=2)
    with pytest.raises(Refused):
        act(proposed.number, "file_case", fuju)


def test_taken_back_it_is_over_at_once(give, proposed, act, fuju, service, lingdao, ask):

    give()
    (one,) = ask(lambda tx: delegation.of_leader(tx, "lingdao", TODAY))
    service.db.write(lambda tx: delegating.end(tx, one.id, leader=lingdao))
    with pytest.raises(Refused):
        act(proposed.number, "file_case", fuju)


def test_who_leads_no_more_lends_nothing(give, proposed, act, fuju, service):
    give()
    service.db.write(lambda tx: staff.set_roles(tx, "lingdao", frozenset({Role.EDITOR})))
    with pytest.raises(Refused):
        act(proposed.number, "file_case", fuju)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"deputy": "nobody"}, "invalid_field"),
        ({"deputy": "lingdao"}, "invalid_field"),
        ({"since": TOMORROW}, "invalid_field"),
        ({"until": date(2027, 11, 23)}, "invalid_field"),
        ({"since": date(2026, 11, 1), "until": date(2026, 11, 2)}, "invalid_field"),
    ],
)
def test_what_is_no_delegation_is_refused(give, fuju, values, code):
    with pytest.raises(Refused) as refused:
        give(**values)
    assert refused.value.code == code


def test_only_leaders_delegate(give, fuju, hire):
    with pytest.raises(Refused, match="分管领导"):
        give(leader=hire("shouli", Role.INTAKE))
