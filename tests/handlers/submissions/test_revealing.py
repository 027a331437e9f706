"""An identity is told to a custodian with a reason, for the cases named, and to nobody else."""

import pytest

from handlers.errors import Refused
from handlers.submissions import revealing
from storage import audit
from storage.people.staff import Role

NAMED = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉 姓名：张三丰 电话：13812345678"


@pytest.fixture
def case(tip, hire):
    hire("周保管", Role.CUSTODIAN)
    hire("王领导", Role.LEADER, Role.ADMIN)
    return tip(NAMED)


def test_the_custodian_sees_the_person_and_the_chain_says_why(case, service, phone, ask):
    ((found, person),) = service.db.write(
        lambda tx: revealing.reveal(tx, [case.number, case.number], by="周保管", reason=" 法院调取 ")
    )
    assert (found.number, person.openid, person.name) == (case.number, phone.openid, "张三丰")
    row = ask(audit.newest)[0]
    assert (row.actor, row.action, row.subject, row.detail) == ("周保管", "reveal", case.number, "法院调取")


@pytest.mark.parametrize(
    ("by", "reason", "more", "code"),
    [
        ("王领导", "想看看", [], "forbidden"),
        ("没有这人", "想看看", [], "forbidden"),
        ("周保管", "  ", [], "missing_field"),
        ("", "法院调取", [], "missing_field"),
        ("周保管", "法院调取", ["SA20000101-0001"], "not_found"),
    ],
)
def test_anything_else_opens_nothing(case, service, audited, by, reason, more, code):
    before = audited()
    with pytest.raises(Refused) as refused:
        service.db.write(lambda tx: revealing.reveal(tx, [case.number, *more], by=by, reason=reason))
    assert refused.value.code == code
    assert audited() == before
