"""Two persons give the roles that open letters and identities."""

import pytest

from handlers.errors import Refused
from handlers.people import accounts, granting
from handlers.submissions import revealing
from storage import audit
from storage.people import contact, proposal, staff
from storage.people.staff import Role

LIAISON = frozenset({Role.LIAISON})


@pytest.fixture
def guanli(hire):
    return hire("guanli", Role.ADMIN, Role.SECURITY)


@pytest.fixture
def lingdao(hire):
    return hire("lingdao", Role.LEADER)


@pytest.fixture
def make(service):
    def add(name="jijian", roles=LIAISON, by="guanli"):
        return service.db.write(lambda tx: accounts.make(tx, name, unit="", roles=roles, password_hash="x", by=by))

    return add


@pytest.fixture
def decide(service):
    return lambda verb, by, name="jijian", role="liaison": service.db.write(lambda tx: verb(tx, name, role, by))


@pytest.fixture
def roles_of(ask):
    return lambda name="jijian": ask(lambda tx: staff.get(tx, name)).roles


def test_a_role_has_no_effect_until_another_confirms_it(make, decide, guanli, lingdao, roles_of, audited, ask):
    waiting = make(roles=LIAISON | {Role.INTAKE})
    assert [(one.staff, one.role, one.by) for one in waiting] == [("jijian", Role.LIAISON, "guanli")]
    assert roles_of() == {Role.INTAKE}
    assert ask(lambda tx: granting.to_confirm(tx, lingdao)) == waiting
    assert ask(lambda tx: granting.to_confirm(tx, guanli)) == []
    decide(granting.confirm, lingdao)
    assert roles_of() == {Role.INTAKE, Role.LIAISON}
    assert ask(proposal.every) == []
    row = ask(lambda tx: audit.last(tx, "jijian", "role_confirm"))
    assert (row.actor, row.detail) == ("lingdao", "liaison proposed by guanli")
    assert audited() == ["staff_add", "role_propose", "role_confirm"]


def test_neither_who_proposed_it_nor_the_holder_nor_anybody_else_confirms(make, decide, guanli, hire, roles_of):
    make("jijian", frozenset({Role.LIAISON, Role.SECURITY}))
    for other in (guanli, hire("li", Role.INTAKE, Role.AUDITOR), staff_of("jijian", Role.SECURITY)):
        with pytest.raises(Refused) as refused:
            decide(granting.confirm, other)
        assert refused.value.code == "own_decision"
    assert Role.LIAISON not in roles_of()
    decide(granting.confirm, hire("anquan", Role.SECURITY))
    assert Role.LIAISON in roles_of()


def staff_of(name, *roles):
    return staff.Staff(name, frozenset(roles), "", False, 0, None, False)


def test_what_the_command_line_proposes_is_confirmed_by_the_leader(make, decide, guanli, lingdao, roles_of):
    (waiting,) = make(by="command")
    assert granting.whom(waiting) == "分管领导"
    with pytest.raises(Refused, match="分管领导"):
        decide(granting.confirm, guanli)
    decide(granting.confirm, lingdao)
    assert roles_of() == LIAISON


def test_it_may_be_refused_and_is_confirmed_once(make, decide, guanli, lingdao, hire, roles_of):
    make()
    with pytest.raises(Refused):
        decide(granting.refuse, hire("li", Role.INTAKE))
    decide(granting.refuse, guanli)
    for verb in (granting.confirm, granting.refuse):
        with pytest.raises(Refused) as refused:
            decide(verb, lingdao)
        assert refused.value.code == "not_found"
    assert roles_of() == frozenset()


def test_an_administrator_who_gives_himself_the_role_does_not_have_it(service, decide, guanli, roles_of):
    service.db.write(lambda tx: granting.give(tx, "guanli", guanli.roles | LIAISON, "guanli"))
    assert roles_of("guanli") == guanli.roles
    with pytest.raises(Refused):
        decide(granting.confirm, guanli, "guanli")


def test_roles_are_given_and_taken_as_named(service, make, decide, lingdao, roles_of, ask):
    make(roles=LIAISON | {Role.INTAKE})
    decide(granting.confirm, lingdao)

    def give(*roles):
        return service.db.write(lambda tx: granting.give(tx, "jijian", frozenset(roles), "command"))

    assert give(Role.OFFICER, Role.LIAISON) == []
    assert roles_of() == {Role.OFFICER, Role.LIAISON}
    assert give(Role.CUSTODIAN) == []
    assert roles_of() == {Role.CUSTODIAN}
    assert ask(audit.newest)[0].action == "role_confirm"
    assert [one.role for one in give(Role.LIAISON)] == [Role.LIAISON]
    assert roles_of() == frozenset()
    assert give(Role.OFFICER) == ask(proposal.every) == []
    for wrong in (("nobody", LIAISON), ("jijian", frozenset())):
        with pytest.raises(Refused):
            service.db.write(lambda tx, wrong=wrong: granting.give(tx, *wrong, "command"))


def test_after_a_reset_the_roles_wait_again_and_the_holder_is_told(service, phone, parcels, hire, lingdao, ask):
    hire("baoguan", Role.CUSTODIAN, Role.OFFICER)
    service.db.write(lambda tx: contact.bind(tx, "baoguan", phone.openid))
    service.db.write(lambda tx: accounts.reset(tx, "baoguan", password_hash="y", by="guanli"))
    assert ask(lambda tx: staff.get(tx, "baoguan")).roles == {Role.OFFICER}
    assert [(one.staff, one.role, one.by) for one in ask(proposal.every)] == [("baoguan", Role.CUSTODIAN, "guanli")]
    (told,) = parcels()
    assert "被 guanli 重置" in told.payload["text"]
    assert ask(lambda tx: accounts.reset_of(tx, staff.get(tx, "baoguan"))).actor == "guanli"
    with pytest.raises(Refused):
        service.db.write(lambda tx: revealing.reveal(tx, ["SA1"], by="baoguan", reason="x"))


def test_a_reset_of_any_other_account_changes_no_role(service, hire, parcels, ask):
    hire("li", Role.INTAKE)
    assert service.db.write(lambda tx: accounts.reset(tx, "li", password_hash="y", by="command")) == []
    assert ask(lambda tx: staff.get(tx, "li")).roles == {Role.INTAKE}
    assert ask(lambda tx: accounts.reset_of(tx, staff.get(tx, "li"))) is None
    assert parcels() == []


def test_the_notice_of_a_reset_goes_after_a_month(service, hire, clock, ask):
    hire("jijian", Role.LIAISON)
    service.db.write(lambda tx: accounts.reset(tx, "jijian", password_hash="y", by="command"))
    clock.advance(days=29)
    assert ask(lambda tx: accounts.reset_of(tx, staff.get(tx, "jijian")))
    clock.advance(days=2)
    assert ask(lambda tx: accounts.reset_of(tx, staff.get(tx, "jijian"))) is None
