"""Sessions: their cookies, their end, and forms that are not ours."""

import pytest


def test_behind_https_cookies_are_of_this_host_alone(service, app, browser, li, monkeypatch):
    monkeypatch.setitem(service.office.__dict__, "base_url", "https://sa.example.gov.cn")
    device = browser()
    device.client.environ_base["wsgi.url_scheme"] = "https"
    given = device.sign_in(li).headers.getlist("Set-Cookie")
    taken = device.send("/submissions", "/sign-out").headers.getlist("Set-Cookie")
    assert (len(given), len(taken)) == (2, 1)
    for cookie in given + taken:
        assert cookie.startswith("__Host-shian_")
        assert {"Secure", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    assert device.get("/submissions").status_code == 302


def test_without_https_a_cookie_that_says_it_is_of_this_host_is_none(browser, li):
    device = browser()
    device.sign_in(li)
    token = device.client.get_cookie("shian_session", path="/console").value
    other = browser()
    other.client.set_cookie("__Host-shian_session", token)
    assert other.get("/submissions").status_code == 302


def test_a_session_ends_after_half_an_hour_of_idleness_and_after_twelve_hours(browser, li, clock):
    device = browser()
    device.sign_in(li)
    clock.advance(minutes=31)
    assert device.get("/submissions").status_code == 302
    device.sign_in(li)
    for _ in range(35):
        clock.advance(minutes=20)
        device.read("/submissions")
    clock.advance(minutes=21)
    assert device.get("/submissions").status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_forms_of_other_sites_are_refused(browser, li, headers):
    device = browser()
    assert device.send("/sign-in", "", headers=headers, name=li, password="Correct7Horse").status_code == 403
    device.sign_in(li)
    assert device.send("/submissions", "/sign-out", headers=headers).status_code == 403
    assert device.get("/submissions").status_code == 200


def test_a_browser_that_names_our_origin_is_let_in(browser, li):
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert browser().send("/sign-in", "", headers=headers, name=li, password="Correct7Horse").status_code == 302


def test_a_form_sent_after_the_session_ended_leads_to_the_sign_in(browser, li, clock):
    device = browser()
    device.sign_in(li)
    form = device.form("/submissions/new", "")
    clock.advance(hours=1)
    answer = device.client.post("/console/submissions/new", data=form.fields)
    assert answer.status_code == 401
    assert "/console/sign-in" in answer.text


def test_a_sign_in_in_between_gives_back_what_was_typed_and_leads_to_the_case(browser, li, clock, report):
    device = browser()
    device.sign_in(li)
    form = device.form(f"/submissions/{report.number}", "/register")
    clock.advance(hours=1)
    answer = device.client.post(form.action, data=form.fields | {"note": "请青屏所先去看"})
    assert answer.status_code == 401
    assert "请青屏所先去看" in answer.text
    assert f'value="/console/submissions/{report.number}"' in answer.text


def test_a_password_that_was_sent_too_late_is_not_shown(browser, li, clock):
    device = browser()
    device.sign_in(li)
    form = device.form("/password", "")
    clock.advance(hours=1)
    answer = device.client.post("/console/password", data=form.fields | {"old": "Correct7Horse", "new": "Fresh8Horse"})
    assert answer.status_code == 302
