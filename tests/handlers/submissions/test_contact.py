"""How a complainant is reached: shown to whoever is in charge, each look on record, and to nobody else."""

import pytest

from handlers.submissions import contact
from storage.people import staff
from storage.people.staff import Role
from storage.submissions import submission

COMPLAINT = "投诉 店名：甲 地址：乙 问题：丙 诉求：退款 姓名：张三 电话：13812345678 通讯地址：东大街1号"
REPORT = "举报 店名：甲 地址：乙 问题：丙 姓名：张三 电话：13812345678"


@pytest.fixture
def people(hire, service):
    def of_unit(name, unit):
        roles = frozenset({Role.OFFICER})
        service.db.write(lambda tx: staff.add(tx, name, password_hash="x", roles=roles, must_change=False, unit=unit))
        with service.db.read() as tx:
            return staff.get(tx, name)

    return {
        "shouli": hire("shouli", Role.INTAKE),
        "chengban": hire("chengban", Role.OFFICER),
        "another": of_unit("another", "青屏所"),
        "lingdao": hire("lingdao", Role.LEADER),
        "bianji": hire("bianji", Role.EDITOR),
        "baoguan": hire("baoguan", Role.CUSTODIAN),
    }


@pytest.fixture
def seen(service, people):
    """Who sees something of it."""

    def by(number):
        def look(tx):
            found = submission.get(tx, number)
            return {name for name, account in people.items() if contact.look(tx, found, account)}

        return service.db.write(look)

    return by


def test_of_a_complaint_it_is_shown_to_whoever_is_in_charge(tip, act, people, seen):
    number = tip(COMPLAINT).number
    assert seen(number) == {"shouli", "lingdao"}
    act(number, "assign", people["shouli"], unit="青屏所")
    assert seen(number) == {"shouli", "lingdao", "another"}
    act(number, "assign", people["shouli"], unit="青屏所", assignee="chengban")
    assert seen(number) == {"chengban", "lingdao"}


def test_an_informant_is_shown_to_none_of_them(tip, seen, audited):
    assert seen(tip(REPORT).number) == set()
    assert "contact" not in audited()


def test_each_look_is_on_record(service, tip, people, ask):
    made = tip(COMPLAINT)
    shown = service.db.write(lambda tx: contact.look(tx, made, people["shouli"]))
    assert (shown.name, shown.phone, shown.address) == ("张三", "13812345678", "东大街1号")
    assert "138" not in repr(shown)
    row = ask(lambda tx: tx.one("select actor, action, subject, detail from audit where action = 'contact'"))
    assert row == {"actor": "shouli", "action": "contact", "subject": made.number, "detail": contact.REASON}
