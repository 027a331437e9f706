"""A one-time code ties an account to its WeChat; each step is on record."""

import pytest

from handlers.people import binding
from storage.people import contact
from storage.people.staff import Role


@pytest.fixture
def offer(service, hire):
    hire("wang", Role.INTAKE)
    return lambda: service.db.write(lambda tx: binding.offer(tx, "wang"))


@pytest.fixture
def taken(service):
    """The account that a code ties now."""
    return lambda code: service.db.write(lambda tx: contact.take_code(tx, code))


@pytest.mark.parametrize(("seconds", "name"), [(599, "wang"), (600, None)])
def test_a_code_is_good_for_ten_minutes(offer, taken, clock, seconds, name):
    code = offer()
    clock.advance(seconds=seconds)
    assert taken(code) == name


def test_a_code_is_good_once_and_a_newer_one_takes_its_place(offer, taken):
    old, new = offer(), offer()
    assert taken(old) is None
    assert taken(new) == "wang"
    assert taken(new) is None


def test_releasing_forgets_the_wechat_and_is_on_record_only_when_there_was_one(offer, service, ask, audited):
    offer()
    service.db.write(lambda tx: contact.bind(tx, "wang", "o1"))
    assert service.db.write(lambda tx: binding.release(tx, "wang"))
    assert ask(contact.bindings) == {}
    assert not service.db.write(lambda tx: binding.release(tx, "wang"))
    assert audited() == ["wechat_code", "wechat_unbind"]
