"""Accounts: who may be called what, and which passwords are too weak."""

import pytest

from handlers.errors import Refused
from handlers.people import accounts
from storage import audit
from storage.people import staff
from storage.people.staff import Role

INTAKE = frozenset({Role.INTAKE})


@pytest.mark.parametrize(
    ("name", "unit", "roles", "code"),
    [
        ("has space", "", INTAKE, "invalid_field"),
        ("", "", INTAKE, "invalid_field"),
        ("字" * 33, "", INTAKE, "invalid_field"),
        ("li", "所" * 65, INTAKE, "invalid_field"),
        ("li", "", frozenset(), "missing_field"),
        ("wang", "", INTAKE, "taken"),
        ("citizen", "", INTAKE, "invalid_field"),
        ("system", "", INTAKE, "invalid_field"),
    ],
)
def test_what_is_no_account_is_refused_and_not_written_down(service, ask, name, unit, roles, code):
    service.db.write(lambda tx: accounts.make(tx, "wang", unit="", roles=INTAKE, password_hash="x", by="admin"))
    with pytest.raises(Refused) as refused:
        service.db.write(lambda tx: accounts.make(tx, name, unit=unit, roles=roles, password_hash="x", by="admin"))
    assert refused.value.code == code
    assert [account.name for account in ask(staff.every)] == ["wang"]
    assert ask(audit.length) == 2  # with the row of `init`


def test_only_who_exists_is_reset_or_given_a_token_and_nobody_resets_their_own(service, ask):
    service.db.write(lambda tx: accounts.make(tx, "wang", unit="", roles=INTAKE, password_hash="x", by="admin"))
    for verb in (
        lambda tx: accounts.reset(tx, "nobody", password_hash="x", by="admin"),
        lambda tx: accounts.reset(tx, "wang", password_hash="x", by="wang"),
        lambda tx: accounts.give_token(tx, "nobody", "secret", by="admin"),
    ):
        with pytest.raises(Refused):
            service.db.write(verb)
    assert ask(audit.length) == 2  # with the row of `init`


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("short1", True),
        ("onlyletters", True),
        ("1234567890", True),
        ("a1a1a1a1a1a1", True),
        ("wang2026-xinmi", True),
        ("WANG2026-xinmi", True),
        ("qingping12street", False),
        ("青屏大街12号的老王熟食", False),
        ("password123", True),
    ],
)
def test_a_weak_password_is_told_why(password, weak):
    assert bool(accounts.weakness(password, "wang")) == weak
