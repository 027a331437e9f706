"""Grade, approve, check the code, pay: two people at least, a code nobody can look up, every step on record."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rewards import rule
from handlers import rewards
from handlers.errors import Refused
from handlers.rewards import LETTERS, amount, make_code, plain_code
from storage import audit, reward
from storage.people.staff import Role
from storage.submissions import submission
from tests.engines import everything_in

RULE = rule(date(2026, 11, 23))
YUAN = st.decimals(min_value=0, max_value=10**9, places=2)
CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}")


@pytest.fixture
def clerk(hire):
    return hire("chen", Role.INTAKE, Role.OFFICER)


@pytest.fixture
def leader(hire):
    return hire("zhou", Role.LEADER)


@pytest.fixture
def applied(phone, tip, act, clerk, conclude):
    """The number of a report whose reward was applied for."""
    number = tip().number
    act(number, "register", clerk)
    conclude(number, clerk, "查实，已处罚")
    phone.say(f"奖励 {number}")
    phone.say("是")
    return number


@pytest.fixture
def take(service):
    """Take a move as staff who has just looked."""

    def move(number, name, staff, version=0, **values):
        def run(tx):
            seen = version or reward.find(tx, number).version
            return rewards.move(tx, service.office, number, name, staff=staff, version=seen, values=values)

        return service.db.write(run)

    return move


@pytest.fixture
def approved(applied, take, clerk, leader):
    take(applied, "reward_grade", clerk, level="2", base="200000")
    take(applied, "reward_approve", leader, limb="fine")
    return applied


@pytest.fixture
def code(parcels, approved):
    """The claim code as the reporter reads it."""
    return CODE.search(parcels()[-1].payload["text"])[0]


def test_from_application_to_payment(applied, take, clerk, leader, parcels, audited):
    assert take(applied, "reward_grade", clerk, level="2", base="200,000.00").amount == "6000.00"
    assert take(applied, "reward_approve", leader, limb="fine").state == "approved"
    told = parcels()[-1].payload["text"]
    assert "6000.00 元" in told
    assert take(applied, "reward_verify", clerk, code=CODE.search(told)[0].lower()).state == "claimable"
    assert take(applied, "reward_pay", clerk, voucher="P2026-17").state == "paid"
    assert "如果不是您本人" in parcels()[-1].payload["text"]
    steps = [action for action in audited() if action.startswith("reward_")]
    assert steps == ["reward_apply", "reward_grade", "reward_approve", "reward_verify", "reward_pay"]


def test_when_nothing_was_fined_the_floor_is_paid(applied, take, clerk):
    assert take(applied, "reward_grade", clerk, level="3", base="0").amount == "1000.00"


@pytest.mark.parametrize(
    ("level", "base"), [("9", "1"), ("1", "many"), ("1", "-1"), ("1", "1.001"), ("1", "NaN"), ("1", "1e13"), ("1", "")]
)
def test_a_grade_needs_a_level_and_yuan(applied, take, clerk, level, base):
    with pytest.raises(Refused):
        take(applied, "reward_grade", clerk, level=level, base=base)


def test_whoever_graded_does_not_approve(applied, take, hire, leader, offered):
    both = hire("liu", Role.OFFICER, Role.LEADER)
    found = take(applied, "reward_grade", both, level="1", base="0")
    assert "reward_approve" not in offered(rewards.PROCEDURE, found, both)
    assert "reward_approve" in offered(rewards.PROCEDURE, found, leader)
    with pytest.raises(Refused, match="不能是同一个人"):
        take(applied, "reward_approve", both, limb="fine")
    assert take(applied, "reward_approve", leader, limb="fine").approver == "zhou"


def test_only_leaders_approve_and_only_the_window_checks_codes(applied, take, hire, clerk, leader):
    officer = hire("wu", Role.OFFICER)
    take(applied, "reward_grade", officer, level="1", base="0")
    with pytest.raises(Refused, match="角色"):
        take(applied, "reward_approve", clerk, limb="fine")
    take(applied, "reward_approve", leader, limb="fine")
    with pytest.raises(Refused, match="角色"):
        take(applied, "reward_verify", officer, code="x")


def test_the_code_is_nowhere_but_in_the_sealed_notice(approved, code, service):
    service.db.write(lambda tx: audit.write(tx, actor="x", action="look", subject=approved))
    stored = everything_in(service.db)
    assert approved in stored
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_the_code_of_one_reward_does_not_open_another(approved, code, take, tip, act, phone, clerk, leader, conclude):
    other = tip().number
    act(other, "register", clerk)
    conclude(other, clerk, "查实")
    phone.say(f"奖励 {other}")
    phone.say("是")
    take(other, "reward_grade", clerk, level="1", base="0")
    take(other, "reward_approve", leader, limb="fine")
    assert take(other, "reward_verify", clerk, code=code).state == "approved"
    assert take(approved, "reward_verify", clerk, code=code).state == "claimable"


def test_wrong_codes_are_counted_and_in_the_end_a_leader_must_send_a_new_one(
    approved, code, take, clerk, leader, parcels, audited
):
    for tries in range(1, rewards.WRONG_CODES + 1):
        after = take(approved, "reward_verify", clerk, code="AAAA-AAAA-AAAA-AAAA-AAAA")
        assert (after.state, after.wrong_codes) == ("approved", tries)
    with pytest.raises(Refused, match="输错"):
        take(approved, "reward_verify", clerk, code=code)
    assert audited().count("reward_wrong_code") == rewards.WRONG_CODES
    take(approved, "reward_reissue", leader)
    new = CODE.search(parcels()[-1].payload["text"])[0]
    assert take(approved, "reward_verify", clerk, code=code).state == "approved"
    assert take(approved, "reward_verify", clerk, code=new).state == "claimable"


def test_a_checked_code_is_used_up_and_nothing_is_paid_twice(approved, code, take, clerk):
    take(approved, "reward_verify", clerk, code=code)
    with pytest.raises(Refused, match="不能执行"):
        take(approved, "reward_verify", clerk, code=code)
    take(approved, "reward_pay", clerk, voucher="P1")
    with pytest.raises(Refused, match="不能执行"):
        take(approved, "reward_pay", clerk, voucher="P1")


def test_after_the_period_a_leader_decides(approved, code, take, clerk, leader, clock):
    clock.advance(days=90)
    with pytest.raises(Refused, match="期限"):
        take(approved, "reward_verify", clerk, code=code)
    assert take(approved, "reward_verify", leader, code=code).state == "claimable"


def test_the_last_day_is_counted_in_working_days_and_still_good(approved, code, take, clerk, ask, clock):
    assert ask(lambda tx: reward.find(tx, approved)).expires_on == "2027-01-05"
    clock.advance(days=43)
    assert take(approved, "reward_verify", clerk, code=code).state == "claimable"


def test_a_refusal_is_told_with_its_reason_and_is_final(applied, take, leader, parcels, phone, ask):
    take(applied, "reward_decline", leader, note="线索此前已由抽检掌握")
    assert "线索此前已由抽检掌握" in parcels()[-1].payload["text"]
    assert "不予奖励" in phone.say(f"奖励 {applied}")
    assert ask(lambda tx: reward.find(tx, applied)).state == "declined"


def test_two_who_act_at_once_do_not_overwrite_each_other(applied, take, clerk, leader):
    take(applied, "reward_grade", clerk, level="1", base="0", version=2)
    with pytest.raises(Refused) as refused:
        take(applied, "reward_decline", leader, note="x", version=2)
    assert refused.value.code == "stale"


def test_what_was_only_offered_is_not_there_for_staff(phone, tip, act, clerk, service, ask, conclude):
    number = tip().number
    act(number, "register", clerk)
    conclude(number, clerk, "查实")
    phone.say(f"奖励 {number}")
    with pytest.raises(Refused, match="没有编号"):
        ask(lambda tx: rewards.find(tx, number))
    with pytest.raises(Refused, match="没有编号"):
        ask(lambda tx: rewards.find(tx, "SA1"))


def test_a_telephone_number_in_a_voucher_is_masked(approved, code, take, clerk):
    take(approved, "reward_verify", clerk, code=code)
    assert "13812345678" not in take(approved, "reward_pay", clerk, voucher="凭证7 13812345678").voucher


def test_the_audit_and_the_timeline_tell_nobody_who_it_is(approved, code, service, phone):
    with service.db.read() as tx:
        found = submission.get(tx, approved)
        rows = [*tx.all("select * from audit"), *tx.all("select * from timeline where subject = :s", s=found.id)]
        rows += tx.all("select * from reward")
    assert phone.openid not in str(rows)
    assert code not in str(rows)


@pytest.mark.parametrize(
    ("level", "base", "expected"),
    [
        ("1", "0", "5000.00"),
        ("2", "0", "3000.00"),
        ("3", "0", "1000.00"),
        ("1", "100000", "5000.00"),
        ("1", "100000.20", "5000.01"),
        ("2", "100000.01", "3000.00"),
        ("2", "200000", "6000.00"),
        ("3", "123456.78", "1234.57"),
        ("1", "20000000", "1000000.00"),
        ("1", "20000000.01", "1000000.00"),
        ("3", "999999999.99", "1000000.00"),
    ],
)
def test_the_percentage_the_floor_and_the_cap(level, base, expected):
    assert amount(level, Decimal(base), RULE) == Decimal(expected)
    assert str(amount(level, Decimal(base), RULE)) == expected


@given(base=YUAN, more=YUAN)
def test_more_fined_is_never_less_rewarded_and_a_better_level_never_worse(base, more):
    for level, worse in (("1", "2"), ("2", "3")):
        assert amount(level, base, RULE) >= amount(worse, base, RULE)
        assert amount(level, base + more, RULE) >= amount(level, base, RULE)
        assert RULE.levels[level].floor <= amount(level, base, RULE) <= RULE.cap


def test_codes_are_long_readable_and_never_alike():
    codes = {make_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(f"([{LETTERS}]{{4}}-){{4}}[{LETTERS}]{{4}}", code) for code in codes)
    assert not set("01ILO") & set(LETTERS)


@pytest.mark.parametrize("typed", ["{}", " {} ", "\t{}\n"])
def test_a_code_is_understood_however_it_is_typed(typed):
    code = make_code()
    for form in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), code.replace("-", "－")):
        assert plain_code(typed.format(form)) == code
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert plain_code(full_width) == code


def test_approving_says_which_limb_of_a_major_breach_it_is(applied, take, clerk, leader):
    take(applied, "reward_grade", clerk, level="2", base="200000")
    for limb in ("", "other"):
        with pytest.raises(Refused):
            take(applied, "reward_approve", leader, limb=limb)
    assert take(applied, "reward_approve", leader, limb="closure").limb == "closure"
