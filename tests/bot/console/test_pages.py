"""Who may see what, and what every page carries."""

import re

import pytest

from storage.people.staff import Role

DESK = {Role.INTAKE, Role.OFFICER, Role.LEADER}
PRESS = {Role.EDITOR, Role.REVIEWER, Role.PUBLISHER, Role.LEADER}
MAY_SEE = {
    "/submissions": DESK,
    "/submissions/new": {Role.INTAKE, Role.LEADER},
    "/rewards": DESK,
    "/tasks": {*DESK, Role.CUSTODIAN},
    "/articles": PRESS,
    "/articles/new": {Role.EDITOR},
    "/duty": {Role.INTAKE, Role.OFFICER, Role.LEADER, Role.ADMIN},
    "/wechat": set(Role),
    "/letters": {Role.LIAISON},
    "/deliveries": {Role.INTAKE, Role.LEADER, Role.PUBLISHER, Role.ADMIN},
    "/staff": {Role.ADMIN, Role.SECURITY, Role.LEADER},
    "/audit": {Role.AUDITOR, Role.SECURITY},
    "/": set(Role),
    "/alarms": set(Role),
    "/password": set(Role),
    "/account": set(Role),
    "/account/factor": set(Role),
}


def rules(app, method):
    """Addresses of the console that need a session, with something in every gap."""
    free = ("console.static", "console.sign_in", "console.enter")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("console.") and rule.endpoint not in free and method in rule.methods:
            yield re.sub("<[^>]+>", "x", rule.rule)


@pytest.mark.parametrize("role", Role)
def test_every_role_sees_its_pages_and_no_other(signed_in, role):
    device = signed_in("li", role)
    seen = {path for path in MAY_SEE if device.get(path).status_code == 200}
    assert seen == {path for path, roles in MAY_SEE.items() if role in roles}
    refused = {device.get(path).status_code for path in MAY_SEE.keys() - seen}
    assert refused <= {403}


def test_the_menu_names_only_what_may_be_opened(signed_in):
    page = signed_in("li", Role.EDITOR).read("/articles")
    menu = page.split("<nav")[1].split("</nav>")[0]
    assert "稿件" in menu
    assert "受理队列" not in menu


def test_without_a_session_every_page_leads_to_the_sign_in(app, browser):
    device = browser()
    for path in rules(app, "GET"):
        answer = device.client.get(path)
        assert answer.status_code == 302, path
        assert answer.location.startswith("/console/sign-in"), path


def test_without_token_every_form_is_refused(app, signed_in, browser):
    everything = signed_in("li", *Role)
    paths = list(rules(app, "POST"))
    assert len(paths) > 8
    for path in paths:
        assert everything.client.post(path, data={"version": "1"}).status_code == 400, path
        assert everything.client.post(path, data={"csrf": "x"}).status_code == 403, path
        assert browser().client.post(path).status_code == 400, path


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/submissions", "/nowhere", "/submissions/SA1", "/audit", "/static/console.css"]
)
def test_every_answer_carries_its_headers(signed_in, path):
    answer = signed_in("li", Role.INTAKE).get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")


def test_pages_have_no_inline_script_or_style(signed_in):
    device = signed_in("li", *Role)
    for path in MAY_SEE:
        page = device.read(path)
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page), path


def test_a_missing_page_is_told_in_chinese_and_leads_home(signed_in):
    answer = signed_in("li", Role.INTAKE).get("/nowhere")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text
    assert 'href="/console/"' in answer.text


def test_bootstrap_comes_from_here(signed_in):
    device = signed_in("li", Role.INTAKE)
    addresses = re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', device.read("/submissions"))
    assert len(addresses) == 3
    assert all(device.client.get(address).status_code == 200 for address in addresses)
