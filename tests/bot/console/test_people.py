"""Accounts made and reset in the console."""

import re

import pytest

from storage.people import staff
from storage.people.staff import Role


def secret_in(page):
    return re.search(r'id="one-time-password">(\w+)<', page)[1]


def test_a_new_account_gets_a_one_time_password_that_is_shown_once(signed_in, browser, audited):
    admin = signed_in("admin", Role.ADMIN)
    answer = admin.send("/staff", "/staff", name="李受理", unit="青屏所", roles=["intake", "officer"])
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    secret = secret_in(answer.text)
    assert secret not in admin.read("/staff")
    assert "受理员、承办人" in admin.read("/staff")
    device = browser()
    assert device.sign_in("李受理", secret).status_code == 302
    assert device.get("/submissions").location == "/console/password"
    assert "staff_add" in audited()


@pytest.mark.parametrize("how", ["made", "reset"])
def test_a_one_time_password_ends_after_three_days(signed_in, browser, clock, how):
    admin = signed_in("guanli", Role.ADMIN)
    secret = secret_in(admin.send("/staff", "/staff", name="wang", roles=["intake"]).text)
    if how == "reset":
        secret = secret_in(admin.send("/staff", "/reset", name="wang").text)
    assert '待设密码，<span class="num">2026-11-26 09:00</span> 前有效' in admin.read("/staff")
    clock.advance(hours=71, minutes=59)
    assert browser().sign_in("wang", secret).status_code == 302
    clock.advance(minutes=2)
    late = browser()
    assert "已经过期" not in late.sign_in("wang", "wrong").text
    answer = late.sign_in("wang", secret)
    assert (answer.status_code, "72 小时内有效" in answer.text) == (401, True)
    admin = browser()
    admin.sign_in("guanli")
    assert "一次性密码已过期" in admin.read("/staff")
    renewed = secret_in(admin.send("/staff", "/reset", name="wang").text)
    assert late.sign_in("wang", renewed).status_code == 302


def test_a_password_that_was_chosen_does_not_end(signed_in, browser, clock):
    admin, device = signed_in("guanli", Role.ADMIN), browser()
    device.sign_in("wang", secret_in(admin.send("/staff", "/staff", name="wang", roles=["intake"]).text))
    device.send("/password", "", new="qingping12street", repeat="qingping12street")
    clock.advance(days=30)
    assert device.sign_in("wang", "qingping12street").status_code == 302


def test_an_account_needs_a_name_of_its_own_and_a_role(signed_in, service):
    admin = signed_in("admin", Role.ADMIN)
    for wrong, status in (
        ({"name": "admin", "roles": ["intake"]}, 409),
        ({"name": "has space", "roles": ["intake"]}, 422),
        ({"name": "chen", "roles": ["emperor"]}, 422),
        ({"name": "chen"}, 422),
    ):
        assert admin.send("/staff", "/staff", **wrong).status_code == status, wrong
    with service.db.read() as tx:
        assert [account.name for account in staff.every(tx)] == ["admin"]


def test_a_reset_ends_the_sessions_of_the_account(signed_in, browser):
    admin, clerk = signed_in("admin", Role.SECURITY), signed_in("li", Role.INTAKE)
    answer = admin.send("/staff", "/reset", name="li")
    assert clerk.get("/submissions").status_code == 302
    assert browser().sign_in("li").status_code == 401
    assert browser().sign_in("li", secret_in(answer.text)).status_code == 302
    assert admin.send("/staff", "/reset", name="admin").status_code == 422
    assert admin.send("/staff", "/reset", name="nobody").status_code == 404


def test_a_guarded_role_is_proposed_by_one_and_confirmed_by_another(signed_in, browser):
    admin, leader = signed_in("guanli", Role.ADMIN, Role.SECURITY), signed_in("lingdao", Role.LEADER)
    answer = admin.send("/staff", "/staff", name="jijian", roles=["liaison"])
    liaison = browser()
    liaison.sign_in("jijian", secret_in(answer.text))
    liaison.send("/password", "", new="qingping12street", repeat="qingping12street")
    assert liaison.get("/letters").status_code == 403
    assert "等另一人确认" in liaison.read("/")
    assert "待确认的角色" in admin.read("/staff")
    assert "/staff/roles/confirm" not in admin.read("/staff")
    forged = admin.send("/staff", "/staff/roles/refuse", name="nobody")
    assert forged.status_code == 404
    page = leader.read("/submissions")
    assert "有 1 个角色等您确认" in page
    assert 'action="/console/staff/reset"' not in leader.read("/staff")
    assert leader.send("/staff", "/roles/confirm").status_code == 303
    assert "等您确认" not in leader.read("/submissions")
    assert "还没有设置来信密码" in liaison.read("/letters")


def test_an_administrator_cannot_confirm_what_they_proposed(signed_in):
    admin = signed_in("guanli", Role.ADMIN, Role.SECURITY)
    admin.send("/staff", "/staff", name="jijian", roles=["liaison"])
    csrf = admin.form("/staff", "/roles/refuse").fields["csrf"]
    sent = {"csrf": csrf, "name": "jijian", "role": "liaison"}
    answer = admin.client.post("/console/staff/roles/confirm", data=sent)
    assert (answer.status_code, "提出人和本人都不能确认" in answer.text) == (403, True)
    assert admin.send("/staff", "/roles/refuse").status_code == 303
    assert "待确认的角色" not in admin.read("/staff")


def test_the_liaison_sees_that_the_password_was_reset(signed_in, browser):
    admin = signed_in("guanli", Role.ADMIN)
    signed_in("jijian", Role.LIAISON)
    answer = admin.send("/staff", "/reset", name="jijian")
    device = browser()
    device.sign_in("jijian", secret_in(answer.text))
    device.send("/password", "", new="qingping12street", repeat="qingping12street")
    assert "被 guanli 重置过" in device.read("/")
    assert device.get("/letters").status_code == 403
