"""One's own account: where it is signed in, its second factor from the QR code to a lost phone, its WeChat."""

import re

import pyotp
import pytest

from bot.settings import ConsoleSettings
from handlers.people.signing_in import DEVICE_LIMIT, LIMIT
from storage import audit
from storage.people import contact
from storage.people.staff import Role
from tests.bot.console.conftest import PASSWORD, Forms
from tests.bot.console.test_people import secret_in

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
EDGE = f"{CHROME} Edg/140.0"
FACTOR = "/account/factor"


class App:
    """The authenticator on somebody's phone."""

    def __init__(self, clock):
        self.clock = clock
        self.secret = ""

    @property
    def code(self):
        """What it shows half a minute later: no code is taken twice."""
        self.clock.advance(seconds=30)
        return pyotp.TOTP(self.secret).at(self.clock.now)

    @property
    def wrong(self):
        near = {pyotp.TOTP(self.secret).at(self.clock.now, counter_offset=steps) for steps in (-1, 0, 1)}
        return next(digits for digits in ("111111", "222222", "333333", "444444") if digits not in near)

    def set_up(self, device, password=PASSWORD, right=True):
        """Scan the code of the page and send its form."""
        page = device.read(FACTOR)
        self.secret = re.search(r'id="factor-secret"[^>]*>(\w+)<', page)[1]
        form = next(form for form in Forms(page).found if form.action.endswith(FACTOR))
        sent = form.fields | {"code": self.code if right else self.wrong, "password": password}
        return device.client.post(form.action, data=sent)


@pytest.fixture
def app_of_li(clock):
    return App(clock)


@pytest.fixture
def recovery(clerk, app_of_li):
    """The recovery codes of li, who set the second factor up and signed out."""
    page = app_of_li.set_up(clerk)
    assert page.status_code == 200
    clerk.send("/account", "/sign-out")
    return re.findall(r"<li><code>(\w+)</code>", page.text)


@pytest.fixture
def demand(service, monkeypatch):
    """Let these roles need a second factor."""
    return lambda *roles: monkeypatch.setitem(
        service.settings.__dict__, "console", ConsoleSettings(totp_roles=tuple(roles))
    )


def prove(device, code, **values):
    return device.send("/code", "/code", code=code, **values)


def test_after_a_right_password_a_code_is_asked_for_and_nothing_else_is_open(recovery, app_of_li, browser):
    device = browser()
    assert device.sign_in("li", next="/console/tasks").location == "/console/code?next=/console/tasks"
    for path in ("/", "/submissions", "/password", "/account", FACTOR, "/wechat"):
        assert device.get(path).location == "/console/code"
    assert device.client.get_cookie("shian_device", path="/console") is None
    asked = device.client.get("/console/code?next=/console/tasks")
    form = next(form for form in Forms(asked.text).found if form.action.endswith("/code"))
    assert form.visible == ["code"]
    for action in ("password", "account/factor", "account/factor/end", "account/sessions"):
        answer = device.client.post(f"/console/{action}", data={"csrf": form.fields["csrf"]})
        assert answer.location == "/console/code"
    answer = device.client.post(form.action, data=form.fields | {"code": app_of_li.code})
    assert answer.location == "/console/tasks"
    assert device.get("/tasks").status_code == 200
    assert device.get("/code").location == "/console/"


def test_whoever_lacks_the_password_does_not_learn_of_a_second_factor(recovery, browser, employ):
    employ("wang", Role.INTAKE)
    answers = [browser().sign_in(name, "secret-guess-1") for name in ("li", "wang", "nobody")]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text.split("<main")[1].split("<form")[0] for answer in answers}) == 1
    assert browser().form("/sign-in").visible == ["name", "password"]


def test_the_code_opens_another_session_than_the_password(recovery, app_of_li, browser):
    device, thief = browser(), browser()
    device.sign_in("li")
    half = device.client.get_cookie("shian_session", path="/console").value
    assert prove(device, app_of_li.code).status_code == 302
    thief.client.set_cookie("shian_session", half, path="/console")
    assert thief.get("/submissions").location.startswith("/console/sign-in")


def test_a_password_waits_ten_minutes_for_its_code(recovery, app_of_li, browser, clock):
    device = browser()
    device.sign_in("li")
    clock.advance(minutes=9)
    device.read("/code")
    clock.advance(minutes=2)
    assert device.get("/code").location.startswith("/console/sign-in")


def test_wrong_codes_lock_the_account_like_wrong_passwords(recovery, app_of_li, browser, audited, clock):
    device = browser()
    device.sign_in("li")
    for _ in range(LIMIT):
        assert prove(device, app_of_li.wrong).status_code == 401
    before = audited()
    assert before[-2:] == ["sign_in_wrong_code", "sign_in_locked"]
    assert prove(device, app_of_li.code).status_code == 401
    assert browser().sign_in("li").status_code == 401
    assert audited() == before
    clock.advance(minutes=16)
    device.sign_in("li")
    assert prove(device, app_of_li.code).status_code == 302


def test_a_device_that_was_signed_in_stays_in_until_it_guesses(recovery, app_of_li, browser, clerk):
    stranger = browser()
    for _ in range(LIMIT):
        assert stranger.sign_in("li", "wrong").status_code == 401
    assert clerk.sign_in("li").location == "/console/code"
    assert prove(clerk, app_of_li.code).status_code == 302
    clerk.send("/account", "/sign-out")
    clerk.sign_in("li")
    for _ in range(DEVICE_LIMIT):
        prove(clerk, app_of_li.wrong)
    assert prove(clerk, app_of_li.code).status_code == 401


def test_a_right_password_alone_ends_no_count_of_wrong_tries(recovery, app_of_li, browser):
    for _ in range(LIMIT):
        device = browser()
        assert device.sign_in("li").status_code == 302
        assert prove(device, app_of_li.wrong).status_code == 401
    assert browser().sign_in("li").status_code == 401


def test_a_recovery_code_lets_in_once_and_it_is_told_how_many_are_left(recovery, browser):
    device = browser()
    device.sign_in("li")
    assert prove(device, recovery[0]).location == "/console/account"
    page = device.read("/account")
    assert "用了一个恢复码登录" in page
    assert re.search(r"恢复码还剩 <strong[^>]*>9<", page)
    again = browser()
    again.sign_in("li")
    assert prove(again, recovery[0]).status_code == 401
    assert prove(again, recovery[1]).status_code == 302


def test_recovery_codes_are_shown_once_and_are_letters_and_digits(recovery, app_of_li, browser):
    assert len(recovery) == 10
    assert all(code.isascii() and code.isalnum() for code in recovery)
    device = browser()
    device.sign_in("li")
    prove(device, app_of_li.code)
    assert not any(code in device.read("/account") for code in recovery)


def test_it_is_set_up_with_the_password_and_a_right_code_only(clerk, app_of_li, audited):
    before = audited()
    for wrong, says in (({"password": "x"}, "现用密码不正确"), ({"right": False}, "验证码不正确")):
        answer = app_of_li.set_up(clerk, **wrong)
        assert (answer.status_code, says in answer.text) == (422, True)
        assert app_of_li.secret in answer.text, "the phone need not scan again"
    assert "未开启" in clerk.read("/account")
    assert audited() == before


def test_a_secret_of_another_session_is_not_taken(clerk, signed_in, app_of_li):
    other = signed_in("wang", Role.INTAKE)
    offer = other.form(FACTOR).fields["offer"]
    for forged in (offer, "", "s1.AAAA"):
        answer = clerk.send(FACTOR, FACTOR, offer=forged, code="123456", password=PASSWORD)
        assert answer.status_code == 400


def test_it_is_ended_with_the_password_only(clerk, app_of_li, browser):
    app_of_li.set_up(clerk)
    assert clerk.send("/account", "/factor/end", password="wrong").status_code == 422
    assert clerk.send("/account", "/factor/end", password=PASSWORD).status_code == 303
    assert "未开启" in clerk.read("/account")
    assert browser().sign_in("li").location == "/console/"


def test_roles_may_demand_it_before_anything_else(demand, employ, browser, app_of_li):
    demand("admin")
    employ("guanli", Role.ADMIN)
    device = browser()
    device.sign_in("guanli")
    for path in ("/", "/staff", "/account", "/password", "/wechat"):
        assert device.get(path).location == "/console/account/factor"
    assert "/console/staff" not in device.read(FACTOR)
    assert app_of_li.set_up(device).status_code == 200
    assert device.get("/staff").status_code == 200
    page = device.read("/account")
    assert "/factor/end" not in page
    csrf = device.form("/account", "/sign-out").fields["csrf"]
    forced = device.client.post("/console/account/factor/end", data={"csrf": csrf, "password": PASSWORD})
    assert (forced.status_code, "不能关闭" in forced.text) == (403, True)


def test_whose_roles_do_not_demand_it_goes_on_without(demand, clerk):
    demand("admin", "security")
    assert clerk.get("/submissions").status_code == 200


def test_a_one_time_password_is_replaced_first_and_the_second_factor_set_up_next(demand, employ, browser, app_of_li):
    demand("intake")
    employ("wang", Role.INTAKE, must_change=True)
    device = browser()
    device.sign_in("wang")
    assert device.get(FACTOR).location == "/console/password"
    device.send("/password", "", new="qingping12street", repeat="qingping12street")
    assert device.get("/submissions").location == "/console/account/factor"
    app_of_li.set_up(device, "qingping12street")
    assert device.get("/submissions").status_code == 200


def test_an_api_token_needs_no_code(recovery, service, client, demand):
    demand("intake")
    from handlers.people import accounts

    service.db.write(lambda tx: accounts.give_token(tx, "li", "t" * 40, by="command"))
    answer = client.get("/api/v1/submissions", headers={"Authorization": f"Bearer {'t' * 40}"})
    assert answer.status_code == 200


def test_for_a_lost_phone_an_administrator_resets_both(recovery, signed_in, browser, app_of_li):
    admin, holder = signed_in("guanli", Role.ADMIN), browser()
    holder.sign_in("li")
    prove(holder, app_of_li.code)
    plain = next(form for form in Forms(admin.read("/staff")).found if form.action.endswith("/reset"))
    kept = secret_in(admin.client.post(plain.action, data=plain.fields).text)
    holder.sign_in("li", kept)
    assert holder.get("/submissions").location == "/console/code", "the password alone was reset"
    lost = next(form for form in Forms(admin.read("/staff")).found if "phone_lost" in form.fields)
    assert lost.fields["name"] == "li"
    secret = secret_in(admin.client.post(lost.action, data=lost.fields).text)
    assert holder.get("/submissions").location.startswith("/console/sign-in")
    holder.sign_in("li", secret)
    assert holder.get("/submissions").location == "/console/password"
    assert "手机丢了" not in admin.read("/staff")


def test_no_secret_of_it_is_on_record(recovery, app_of_li, browser, service):
    device = browser()
    device.sign_in("li")
    prove(device, recovery[0])
    with service.db.read() as tx:
        kept = str(list(audit.rows(tx)))
    assert "factor_recovery" in kept
    assert not any(secret in kept for secret in (app_of_li.secret, *recovery))


def test_one_sees_where_one_is_signed_in_and_signs_out_elsewhere(browser, li, audited):
    here, there = browser("203.0.113.7"), browser("203.0.113.8")
    for device, agent in ((here, CHROME), (there, EDGE)):
        device.client.environ_base["HTTP_USER_AGENT"] = agent
        device.sign_in(li)
    page = here.read("/account")
    for shown in ("203.0.113.7", "203.0.113.8", "Chrome（Windows）", "Edge（Windows）"):
        assert shown in page
    assert page.count("本机") == 1
    here.send("/account", "/sessions")
    assert there.get("/submissions").status_code == 302
    assert "203.0.113.8" not in here.read("/account")
    assert audited()[-1] == "sessions_ended"


def test_the_page_tells_ones_own_account(clerk):
    page = clerk.read("/account")
    for shown in ("li", "受理员", "修改密码", "我的微信", "未绑定"):
        assert shown in page


def test_a_code_is_shown_once_and_binds(signed_in, phone, service):
    clerk = signed_in("wang", Role.INTAKE)
    answer = clerk.send("/wechat", "/wechat")
    words = re.search(r'id="binding-code">([^<]+)<', answer.text)[1]
    assert re.fullmatch("绑定 [A-Z2-9]{8}", words)
    assert words not in clerk.read("/wechat")
    assert "wang" in phone.say(words)
    assert "已绑定" in clerk.read("/wechat")
    assert phone.openid not in clerk.read("/wechat")
    clerk.send("/wechat", "/release")
    with service.db.read() as tx:
        assert contact.bindings(tx) == {}


def test_a_leader_lends_their_decisions_and_takes_them_back(signed_in):
    leader, officer = signed_in("zhou", Role.LEADER), signed_in("zhang", Role.OFFICER)
    assert "代为决定" not in officer.read("/account")
    leader.send("/account", "/account/delegations", deputy="zhang", since="2026-11-23", until="2026-11-25")
    assert "2026-11-23 至 2026-11-25" in leader.read("/account")
    assert "您代 <strong>zhou</strong>" in officer.read("/account")
    assert (
        "不早于开始日"
        in leader.send("/account", "/account/delegations", deputy="zhang", since="2026-11-25", until="2026-11-23").text
    )
    assert leader.send("/account", "/end").status_code == 303
    assert "代为决定" not in officer.read("/account")
