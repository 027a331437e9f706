"""The page that asks for consent: signed for WeChat, silent about the case, there for whoever has its address."""

import re

import pytest
import requests

from bot.simulator import Fault
from bot.simulator.tokens import page_is_signed
from handlers import notices
from handlers.call import Call
from storage import consent, submission
from storage.records import Message
from tests.conftest import APP_ID
from tests.handlers.conftest import WHOLE
from tests.journeys.conftest import open_town

BASE = "http://127.0.0.1:8000"
TICKET = "ticket/getticket"


@pytest.fixture
def town(office, clock):
    with open_town(office, clock, subscribe_template="dingyue") as made:
        made.platform.follow("a")
        made.platform.say("a", WHOLE)
        yield made


@pytest.fixture
def line(town):
    """The line that goes with a reply."""

    def make(site=None):
        message = Message(town.platform.openid("a"), "gh", "text", "1", "2", {})

        def ask(tx):
            made = next(iter(submission.every(tx)))
            return notices.consent_line(Call(tx, site or town.office.site, message), made)

        return town.office.db.write(ask)

    return make


@pytest.fixture
def look(town):
    """Open an address of ours in a browser."""
    origin = town.platform.account.webhook.removesuffix("/wechat")
    return lambda path: requests.get(origin + path, timeout=10)


def path_in(line):
    return re.search(rf"{BASE}(/notify/\S+)", line)[1]


def test_the_line_names_a_page_of_its_own_each_time(line):
    first, second = path_in(line()), path_in(line())
    assert first != second
    assert len(first.removeprefix("/notify/")) >= 22  # 128 bits


def test_without_a_template_nothing_is_shown_and_no_page_is_there(line, office, look, town):
    assert line(office.site) == ""
    assert look("/notify/anything").status_code == 404


def test_the_page_is_signed_for_the_address_the_browser_knows(line, look, town):
    path = path_in(line())
    page = look(path)
    data = dict(re.findall(r'data-([\w-]+)="([^"]*)"', page.text))
    given = {"appId": data["app-id"], "nonceStr": data["nonce"], "timestamp": data["timestamp"]}
    given["signature"] = data["signature"]
    assert data["app-id"] == APP_ID
    assert page_is_signed(town.platform.world, given | {"url": BASE + path})
    assert not page_is_signed(town.platform.world, given | {"url": BASE + path + "x"})
    shared = look(path + "?from=singlemessage").text
    data = dict(re.findall(r'data-([\w-]+)="([^"]*)"', shared))
    given |= {"nonceStr": data["nonce"], "timestamp": data["timestamp"], "signature": data["signature"]}
    assert page_is_signed(town.platform.world, given | {"url": f"{BASE}{path}?from=singlemessage"})


def test_one_ticket_serves_all_pages_and_lies_sealed(line, look, town):
    pages = [look(path_in(line())) for _ in range(3)]
    assert all('template="dingyue"' in page.text for page in pages)
    assert town.asked(TICKET) == 1
    ticket = town.platform.world.memory.get("current_token", "jsapi")["value"]
    with town.office.db.read() as tx:
        assert ticket not in str(tx.all("select * from platform_token"))
    town.clock.advance(hours=2)
    look(path_in(line()))
    assert town.asked(TICKET) == 2


def test_only_this_page_takes_a_script_from_wechat_and_none_is_inline(line, look):
    page = look(path_in(line()))
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self' https://res.wx.qq.com;" in policy
    assert "frame-src https://*.qq.com webcompt:" in policy
    assert "default-src 'self'" in policy
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page.text))
    assert "res.wx.qq.com" not in look("/exposures").headers["Content-Security-Policy"]


def test_the_page_tells_nothing_of_the_case_or_the_person_and_is_not_kept(line, look, town):
    page = look(path_in(line()))
    with town.office.db.read() as tx:
        made = next(iter(submission.every(tx)))
    for secret in (made.number, made.id, made.merchant, made.description, town.platform.openid("a")):
        assert secret not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_the_address_cannot_be_read_from_the_database(line, town):
    token = path_in(line()).removeprefix("/notify/")
    with town.office.db.read() as tx:
        assert token not in str(tx.all("select * from consent_page"))


def test_without_a_ticket_the_page_says_so_and_has_no_button(line, look, town):
    path = path_in(line())
    town.platform.script(TICKET, Fault(errcode=-1))
    page = look(path)
    assert page.status_code == 200
    assert "现在无法设置提醒" in page.text
    assert "wx-open-subscribe" not in page.text
    assert "wx-open-subscribe" in look(path).text


def test_a_page_is_forgotten_after_half_a_year(line, look, town):
    path = path_in(line())
    town.office.db.write(lambda tx: consent.forget_pages(tx, tx.now))
    assert look(path).status_code == 404
