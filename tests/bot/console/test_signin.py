"""Signing in and out: passwords, locks, devices, and where it leads."""

import threading

import pytest

from bot.console import signin
from bot.web import passwords
from handlers.people import signing_in
from storage import audit
from storage.people.staff import Role


def fail(device, name, times):
    for _ in range(times):
        assert device.sign_in(name, "wrong").status_code == 401


def test_the_form_asks_name_then_password(browser):
    assert browser().form("/sign-in").visible == ["name", "password"]


def test_signing_in_leads_to_the_page_that_was_asked_for(browser, li):
    device = browser()
    asked = device.get("/submissions?kind=report")
    assert asked.status_code == 302
    form = device.client.get(asked.location)
    assert form.status_code == 200
    answer = device.sign_in(li, next="/console/submissions?kind=report")
    assert answer.location == "/console/submissions?kind=report"
    cookies = [cookie for cookie in answer.headers.getlist("Set-Cookie") if "shian_" in cookie]
    assert len(cookies) == 2
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/console" in cookie for cookie in cookies)
    assert "li" in device.read("/submissions")


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "/console//evil", "/\\evil", "javascript:1", "/console/\r\nX:1"],
)
def test_signing_in_never_leads_elsewhere(browser, li, address):
    assert browser().sign_in(li, next=address).location == "/console/"


def test_a_wrong_name_and_a_wrong_password_answer_alike(browser, li):
    answers = [browser().sign_in(name, "secret-guess-1") for name in (li, "nobody-here")]
    assert len({answer.text.split("<main")[1].split("<form")[0] for answer in answers}) == 1


def test_wrong_passwords_are_counted_and_the_record_gets_locks_and_numbers(browser, li, service):
    fail(browser(), "nobody-here", 9)
    fail(browser(), li, 3)
    known = browser()
    known.sign_in(li)
    known.send("/account", "/sign-out")
    fail(browser(), li, 6)
    known.sign_in(li)
    with service.db.read() as tx:
        rows = [(row.action, row.detail) for row in audit.rows(tx, after=1)]
    assert rows == [
        ("sign_in", "after 3 wrong tries"),
        ("sign_out", ""),
        ("sign_in_locked", "5 wrong tries"),
        ("sign_in", "after 5 wrong tries"),
    ]


def test_one_address_may_not_guess_for_ever_but_known_devices_go_on(browser, li, clock, audited, monkeypatch):
    known = browser("203.0.113.7")
    known.sign_in(li)
    known.send("/submissions", "/sign-out")
    fail(browser("203.0.113.7"), "nobody-here", signing_in.ADDRESS_LIMIT)
    assert audited()[-1] == "sign_in_limited"
    with monkeypatch.context() as patch:
        patch.setattr(passwords, "matches", None)
        limited = browser("203.0.113.7").sign_in(li)
    assert limited.status_code == 429
    assert "15 分钟后" in limited.text
    assert known.sign_in(li).status_code == 302
    assert browser("203.0.113.8").sign_in(li).status_code == 302
    clock.advance(minutes=16)
    assert browser("203.0.113.7").sign_in(li).status_code == 302


@pytest.mark.parametrize(("one", "other", "together"), [("2001:db8::1", "2001:db8::2", 429), ("::1", "1::1", 401)])
def test_who_has_one_address_of_a_network_has_all_of_them(browser, one, other, together, monkeypatch):
    monkeypatch.setattr(signing_in, "ADDRESS_LIMIT", 1)
    fail(browser(one), "nobody-here", 1)
    assert browser(other).sign_in("nobody-here").status_code == together


def test_all_addresses_together_may_not_guess_for_ever(browser, li, monkeypatch):
    monkeypatch.setattr(signing_in, "TOTAL_LIMIT", 4)
    known = browser()
    known.sign_in(li)
    known.send("/submissions", "/sign-out")
    for i in range(4):
        fail(browser(f"203.0.113.{i}"), "nobody-here", 1)
    assert browser("203.0.113.99").sign_in(li).status_code == 429
    assert known.sign_in(li).status_code == 302


def test_a_planted_device_is_neither_trusted_nor_kept(browser, employ, li, clock):
    employ("wang", Role.INTAKE)
    thief = browser()
    thief.sign_in("wang")
    for planted in ("planted", thief.client.get_cookie("shian_device", path="/console").value):
        device = browser()
        device.client.set_cookie("shian_device", planted, path="/console")
        assert device.sign_in(li).status_code == 302
        assert device.client.get_cookie("shian_device", path="/console").value != planted
        strange = browser()
        fail(strange, li, 5)
        strange.client.set_cookie("shian_device", planted, path="/console")
        assert strange.sign_in(li).status_code == 401
        device.send("/submissions", "/sign-out")
        assert device.sign_in(li).status_code == 302
        clock.advance(minutes=16)


def test_five_wrong_passwords_lock_out_new_devices_only(browser, li, clock):
    known, new = browser(), browser()
    known.sign_in(li)
    known.send("/submissions", "/sign-out")
    fail(new, li, 5)
    assert new.sign_in(li).status_code == 401
    assert known.sign_in(li).status_code == 302
    assert new.sign_in(li).status_code == 401
    clock.advance(minutes=16)
    assert new.sign_in(li).status_code == 302


def test_four_wrong_passwords_do_not_lock(browser, li):
    device = browser()
    fail(device, li, 4)
    assert device.sign_in(li).status_code == 302
    device.send("/submissions", "/sign-out")
    fail(device, li, 4)
    assert browser().sign_in(li).status_code == 302


def test_a_lock_begins_anew_after_it_ran_out(browser, li, clock):
    device = browser()
    fail(device, li, 5)
    clock.advance(minutes=16)
    fail(device, li, 4)
    assert device.sign_in(li).status_code == 302


def test_a_known_device_may_not_guess_for_ever(browser, li):
    device = browser()
    device.sign_in(li)
    device.send("/submissions", "/sign-out")
    fail(device, li, 19)
    assert device.sign_in(li).status_code == 302
    device.send("/submissions", "/sign-out")
    fail(device, li, 1)
    assert device.sign_in(li).status_code == 401


def test_a_one_time_password_leads_to_a_new_one_first(employ, browser):
    employ("wang", Role.INTAKE, must_change=True)
    device = browser()
    assert device.sign_in("wang").status_code == 302
    for path in ("/", "/submissions", "/submissions/new", "/account"):
        assert device.get(path).location == "/console/password"
    form = device.form("/password")
    assert form.visible == ["new", "repeat"]
    for new, repeat, says in (
        ("short1", "short1", "至少"),
        ("Brand7New8Pass", "other", "不一致"),
        ("wang1234567", "wang1234567", "账号名"),
    ):
        refused = device.send("/password", "", new=new, repeat=repeat)
        assert refused.status_code == 422
        assert says in refused.text
    assert device.send("/password", "", new="Brand7New8Pass", repeat="Brand7New8Pass").status_code == 302
    assert "受理队列" in device.read("/submissions")
    assert browser().sign_in("wang").status_code == 401
    assert browser().sign_in("wang", "Brand7New8Pass").status_code == 302


COMMON = ("password123", "P@ssw0rd123", "qwerty12345", "1qaz2wsx3edc", "woaini1314520", "admin888888", "abc1234567")


@pytest.mark.parametrize("must_change", [True, False])
def test_nobody_chooses_a_password_that_everybody_guesses(employ, browser, must_change):
    employ("wang", Role.INTAKE, must_change=must_change)
    device = browser()
    device.sign_in("wang")
    for common in COMMON:
        refused = device.send("/password", "", old="Correct7Horse", new=common, repeat=common)
        assert (refused.status_code, "很容易被猜到" in refused.text) == (422, True), common
    assert browser().sign_in("wang", COMMON[0]).status_code == 401


def test_changing_ones_password_asks_the_old_one_and_ends_other_sessions(browser, li, audited):
    here, there = browser(), browser()
    here.sign_in(li), there.sign_in(li)
    new = {"new": "Brand7New8Pass", "repeat": "Brand7New8Pass"}
    assert here.send("/password", "", old="wrong", **new).status_code == 422
    assert here.send("/password", "", old="Correct7Horse", **new).status_code == 302
    assert here.get("/submissions").status_code == 200
    assert there.get("/submissions").status_code == 302
    assert audited()[-1] == "password_changed"


def test_signing_out_ends_the_session_itself(browser, li, audited):
    device = browser()
    device.sign_in(li)
    cookie = device.client.get_cookie("shian_session", path="/console").value
    device.send("/submissions", "/sign-out")
    thief = browser()
    thief.client.set_cookie("shian_session", cookie, path="/console")
    assert thief.get("/submissions").status_code == 302
    assert audited() == ["sign_in", "sign_out"]


def test_the_sign_in_form_needs_its_own_token(browser, li):
    device, other = browser(), browser()
    right = {"name": li, "password": "Correct7Horse"}
    assert device.client.post("/console/sign-in", data=right).status_code == 403
    foreign = other.form("/sign-in").fields["csrf"]
    device.get("/sign-in")
    assert device.client.post("/console/sign-in", data=right | {"csrf": foreign}).status_code == 403


def test_a_flood_of_attempts_is_turned_away_unchecked_and_leaves_staff_a_place(browser, li, monkeypatch):
    known, strange = browser(), browser()
    known.sign_in(li)
    known.send("/submissions", "/sign-out")
    monkeypatch.setattr(signin, "_places", threading.BoundedSemaphore(2))
    monkeypatch.setattr(signin, "_strangers", threading.BoundedSemaphore(1))
    with signin.effort(known=False):
        assert strange.sign_in(li).status_code == 503
        assert known.sign_in(li).status_code == 302
    assert strange.sign_in(li).status_code == 302
