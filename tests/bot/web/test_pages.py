"""What every HTML answer carries, also when something is refused or breaks."""

import pytest

from bot.web.app import create_app
from bot.web.pages import policy

REQUIRED = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"}


def assert_protected(answer):
    for name, value in REQUIRED.items():
        assert answer.headers[name] == value
    rules = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in rules
    assert "script-src 'self'" in rules
    script = next(rule for rule in rules.split("; ") if rule.startswith("script-src"))
    assert "unsafe-inline" not in script


@pytest.mark.parametrize("path", ["/healthz", "/no/such/page", "/wechat", "/metrics"])
def test_every_answer_is_protected(client, path):
    assert_protected(client.get(path))


def test_a_missing_page_is_told_in_chinese_without_the_path_in_it(client):
    answer = client.get("/<script>alert(1)</script>")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text
    assert "<script>alert" not in answer.text


def test_a_defect_is_told_kindly_and_shows_nothing_of_itself(service):
    app = create_app(service)

    def broken():
        raise RuntimeError("secret detail")

    app.add_url_rule("/broken", view_func=broken)
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "已经记录" in answer.text
    assert "secret detail" not in answer.text
    assert_protected(answer)


def test_a_method_that_is_not_allowed_is_told(client):
    answer = client.post("/healthz")
    assert (answer.status_code, "不支持这种访问方式" in answer.text) == (405, True)
    assert {method.strip() for method in answer.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}


def test_a_missing_page_looks_the_same_wherever_it_is_missing(client):
    assert client.get("/exposures/none").data == client.get("/none").data


@pytest.mark.parametrize(
    ("address", "promise"), [("https://sa.example.gov.cn", "max-age=31536000"), ("http://127.0.0.1:8000", None)]
)
def test_behind_https_every_answer_asks_for_nothing_else(service, monkeypatch, address, promise):
    monkeypatch.setitem(service.office.__dict__, "base_url", address)
    client = create_app(service).test_client()
    for path in ("/healthz", "/no/such/page", "/console/sign-in", "/exposures"):
        assert client.get(path).headers.get("Strict-Transport-Security") == promise


def test_a_page_may_loosen_one_rule_and_no_other():
    loosened, usual = policy(style_src="'self' 'unsafe-inline'"), policy()
    assert set(usual.split("; ")) - set(loosened.split("; ")) == {"style-src 'self'"}
