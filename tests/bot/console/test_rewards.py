"""Rewards in the console: who may do what, what is shown, and what never is."""

import json
import re

import pytest

from storage.people.staff import Role

CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}")


@pytest.fixture
def applied(phone, stored, hire, act, conclude):
    """The number of a concluded report whose reward was applied for."""
    phone.say("举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉 姓名：赵六 电话：13811112222")
    number, officer = stored()[-1].number, hire("chen", Role.INTAKE, Role.OFFICER)
    act(number, "register", officer)
    conclude(number, officer, "查实")
    phone.say(f"奖励 {number}")
    phone.say("是")
    return number


@pytest.fixture
def sent(service):
    """The texts that wait for the reporter."""

    def read():
        with service.db.read() as tx:
            rows = tx.all("select id, payload from outbox where kind = 'notice' order by created_at, id")
            return [json.loads(tx.vault.open(row["payload"], "outbox.payload", row["id"]))["text"] for row in rows]

    return read


def test_graded_approved_checked_and_paid_at_the_window(applied, signed_in, sent):
    officer, leader, window = signed_in("wu", Role.OFFICER), signed_in("li", Role.LEADER), signed_in("he", Role.INTAKE)
    path = f"/rewards/{applied}"
    assert applied in officer.read("/rewards")
    assert officer.send(path, "reward_grade", level="1", base="250000").status_code == 303
    assert "12,500.00 元" in leader.read(path)
    assert leader.send(path, "reward_approve", limb="fine").status_code == 303
    code = CODE.search(sent()[-1])[0]
    for device in (officer, leader, window):
        page = device.read(path)
        assert code not in page
        assert "等待发送" in page
    wrong = window.send(path, "reward_verify", code="AAAA")
    assert wrong.status_code == 422
    assert "还可以试 4 次" in wrong.text
    assert window.send(path, "reward_verify", code=code.lower().replace("-", " ")).status_code == 303
    assert window.send(path, "reward_pay", voucher="P-7").status_code == 303
    page = window.read(path)
    assert "已发放" in page
    assert "P-7" in page
    assert "领奖码不对" in page


def test_every_period_and_figure_that_is_not_sure_is_marked(applied, signed_in):
    page = signed_in("li", Role.LEADER).read(f"/rewards/{applied}")
    assert "暂按15个工作日内告知" in page
    assert "须经法制机构核对" in page
    assert "每案最高 1,000,000.00 元" in page


def test_whoever_graded_is_told_that_another_must_approve(applied, signed_in):
    leader = signed_in("li", Role.LEADER)
    leader.send(f"/rewards/{applied}", "reward_grade", level="3", base="0")
    page = leader.read(f"/rewards/{applied}")
    assert "请另一位负责人批准" in page
    assert "moves/reward_approve" not in page


def test_a_great_reward_is_to_be_agreed_with_the_finance_department(applied, signed_in):
    leader = signed_in("li", Role.LEADER)
    leader.send(f"/rewards/{applied}", "reward_grade", level="1", base="10000000")
    assert "财政部门" in leader.read(f"/rewards/{applied}")


def test_a_refusal_keeps_what_was_typed(applied, signed_in):
    answer = signed_in("wu", Role.OFFICER).send(f"/rewards/{applied}", "reward_grade", level="2", base="三千")
    assert answer.status_code == 422
    assert "不是数字" in answer.text
    assert 'value="三千"' in answer.text


def test_nothing_there_tells_who_reported(applied, signed_in, phone):
    leader = signed_in("li", Role.LEADER)
    for page in (leader.read("/rewards"), leader.read(f"/rewards/{applied}"), leader.read("/rewards?state=applied")):
        for secret in (phone.openid, "赵六", "13811112222"):
            assert secret not in page


def test_a_number_without_an_application_is_not_there(signed_in, phone, stored):
    phone.say("举报 店名：甲 地址：乙 问题：丙")
    device = signed_in("li", Role.LEADER)
    assert device.get(f"/rewards/{stored()[-1].number}").status_code == 404
    assert device.get("/rewards/SA1").status_code == 404
    assert "没有奖励申请" in device.read("/rewards?state=emperor")
