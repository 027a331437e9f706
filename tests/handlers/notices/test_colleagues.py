"""Whoever something has come to wait for is told on WeChat, where that is bound; whoever did it is not."""

import pytest

from storage.people import contact
from storage.people.staff import Role


@pytest.fixture
def bound(service, hire):
    """An account with a WeChat of its own."""

    def make(name, *roles):
        account = hire(name, *roles)
        service.db.write(lambda tx: contact.offer_code(tx, name, name, tx.now.replace(year=2099)))
        service.db.write(lambda tx: contact.bind(tx, name, f"openid-{name}"))
        return account

    return make


@pytest.fixture
def told(service):
    """(account, cause) of what staff were told."""

    def read():
        with service.db.read() as tx:
            rows = tx.all("select about, cause from outbox where topic = 'account' order by created_at, id")
        return [(row["about"], row["cause"]) for row in rows]

    return read


def test_who_is_given_a_case_is_told(bound, hire, tip, act, told, stored):
    bound("zhang", Role.OFFICER)
    report = tip()
    act(report.number, "assign", hire("li", Role.INTAKE), unit="青屏所", assignee="zhang")
    assert told() == [("zhang", f"{report.number} v2")]
    assert stored()[0].fresh


def test_who_takes_it_is_not_told_of_it(bound, tip, act, told, stored):
    both = bound("li", Role.INTAKE, Role.OFFICER)
    act(tip().number, "assign", both, unit="青屏所", assignee="li")
    assert (told(), stored()[0].fresh) == ([], False)


def test_who_decides_is_told_of_what_is_proposed(bound, hire, tip, act, told):
    bound("zongguan", Role.LEADER)
    officer, number = hire("zhang", Role.OFFICER), tip().number
    act(number, "verify", officer)
    act(number, "ask_to_extend", officer, note="等检验结果")
    act(number, "propose", officer, outcome="file")
    assert [name for name, _ in told()] == ["zongguan", "zongguan"]


def test_who_reviews_is_told_of_what_was_written(bound, newsroom, told):
    bound("shen", Role.REVIEWER)
    made = newsroom.write()
    newsroom.move(made, "submit", newsroom.editor)
    assert [name for name, _ in told()] == ["shen"]
