"""The second factor: codes by time, each taken once, and recovery codes for when the phone is gone."""

import pyotp
import pytest

from handlers.errors import Refused
from handlers.people import accounts, factor
from storage import audit
from storage.people import factor as stored
from storage.people import staff
from storage.people.staff import Role

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def code(clock):
    """What the phone shows now, or so many steps away."""
    return lambda steps=0: pyotp.TOTP(SECRET).at(clock.now, counter_offset=steps)


@pytest.fixture
def takes(service):
    return lambda typed, name="li": service.db.write(lambda tx: factor.take(tx, name, typed)) is not None


@pytest.fixture
def recovery(service, hire, code, clock):
    """The recovery codes of li, who has set up a second factor a while ago."""
    hire("li", Role.INTAKE)
    codes = service.db.write(lambda tx: factor.set_up(tx, "li", SECRET, code(), session=""))
    clock.advance(minutes=5)
    return codes


def test_codes_are_those_of_the_standard():
    """RFC 6238, appendix B, the last six digits, for SHA-1."""
    for second, digits in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        assert pyotp.TOTP(SECRET).at(second) == digits


def test_an_app_reads_office_and_name_from_the_address(service):
    address = factor.address(service.office, "王受理", SECRET)
    read = pyotp.parse_uri(address)
    assert (read.secret, read.name, read.issuer) == (SECRET, "王受理", f"{service.office.name}食安哨")
    assert len({factor.make_secret() for _ in range(50)}) == 50


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_one_step_ahead_or_behind(recovery, takes, code, steps, right):
    assert takes(code(steps)) is right


def test_a_code_is_taken_once_and_none_before_it(recovery, takes, code, clock):
    before = code(-1)
    assert takes(code())
    assert not takes(code())
    assert not takes(before)
    clock.advance(seconds=30)
    assert takes(code())


def test_the_code_that_set_it_up_signs_nobody_in(service, hire, code, takes):
    hire("li", Role.INTAKE)
    service.db.write(lambda tx: factor.set_up(tx, "li", SECRET, code(), session=""))
    assert not takes(code())
    assert takes(code(1))


@pytest.mark.parametrize("typed", ["", "abc", "12345", "1" * 5000, "\x00", "𝟜𝟜𝟜"])
def test_what_is_no_code_is_not_taken(recovery, takes, typed):
    assert not takes(typed)


def test_a_code_may_be_written_in_any_way(recovery, takes, code):
    wide = code().translate({ord(str(i)): 0xFF10 + i for i in range(10)})
    assert takes(f" {wide[:3]} {wide[3:]} ")
    assert takes(f"{recovery[0][:5].lower()}-{recovery[0][5:]}")


def test_a_recovery_code_is_taken_once_and_how_many_are_left_is_on_record(recovery, takes, ask):
    assert len(set(recovery)) == factor.RECOVERY_CODES
    assert all(len(one) == 10 and one.isascii() and one.isalnum() for one in recovery)
    assert ask(lambda tx: factor.recovery_of(tx, "li")) is None
    assert [takes(recovery[3]), takes(recovery[3]), takes(recovery[4], "nobody")] == [True, False, False]
    row = ask(lambda tx: factor.recovery_of(tx, "li"))
    assert (row.action, row.detail) == ("factor_recovery", "9 left")


def test_new_codes_take_the_place_of_old_ones_and_the_use_of_those_is_forgotten(recovery, takes, service, code, ask):
    takes(recovery[0])
    service.db.write(lambda tx: factor.set_up(tx, "li", SECRET, code(), session=""))
    assert not takes(recovery[1])
    assert ask(lambda tx: factor.recovery_of(tx, "li")) is None


def test_setting_it_up_takes_a_right_code_and_ends_the_other_sessions(service, hire, code, ask, audited):
    hire("li", Role.INTAKE)
    for token in ("here", "there"):
        service.db.write(lambda tx, token=token: staff.open_session(tx, "li", token, "c"))
    with pytest.raises(Refused) as refused:
        service.db.write(lambda tx: factor.set_up(tx, "li", SECRET, code(5), session="here"))
    assert refused.value.code == "wrong_code"
    assert not ask(lambda tx: factor.is_set(tx, "li"))
    service.db.write(lambda tx: factor.set_up(tx, "li", SECRET, code(), session="here"))
    assert ask(lambda tx: factor.is_set(tx, "li"))
    assert ask(lambda tx: tx.value("select count(*) from staff_session")) == 1
    assert audited() == ["factor_set"]


def test_nothing_secret_is_on_record(recovery, takes, service, code, ask):
    takes(recovery[0])
    service.db.write(lambda tx: factor.end(tx, staff.get(tx, "li"), frozenset()))
    kept = str(ask(lambda tx: list(audit.rows(tx))))
    assert "factor_ended" in kept
    for secret in (SECRET, *recovery):
        assert secret not in kept


def test_where_a_role_demands_it_nobody_ends_their_own(recovery, service, ask):
    li = ask(lambda tx: staff.get(tx, "li"))
    with pytest.raises(Refused):
        service.db.write(lambda tx: factor.end(tx, li, frozenset({Role.INTAKE})))
    service.db.write(lambda tx: factor.end(tx, li, frozenset({Role.ADMIN})))
    assert not ask(lambda tx: factor.is_set(tx, "li"))


@pytest.mark.parametrize("phone_lost", [False, True])
def test_a_reset_ends_it_for_a_lost_phone_only(recovery, service, ask, audited, phone_lost):
    service.db.write(lambda tx: accounts.reset(tx, "li", password_hash="y", by="guanli", phone_lost=phone_lost))
    assert ask(lambda tx: factor.is_set(tx, "li")) is not phone_lost
    assert ask(lambda tx: stored.recovery_left(tx, "li")) == (0 if phone_lost else 10)
    assert audited() == ["factor_set", "staff_reset", *(["factor_ended"] if phone_lost else [])]
