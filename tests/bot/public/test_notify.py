"""The page that asks once for the consent to a notice: a number, nothing inline, nothing to wait for."""

import re
from html.parser import HTMLParser

import pytest

from bot.simulator import Fault
from bot.simulator.tokens import page_is_signed
from bot.web.app import create_app
from bot.worker import retention
from tests.journeys.conftest import open_town

WHOLE = "举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉 姓名：张三 电话：13812345678"
BASE = "http://127.0.0.1:8000"
SCRIPT = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
LATER = "请稍后再试"


class Tags(HTMLParser):
    """Every element of a page with its attributes; templates of WeChat's tags are text, as in a browser."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def of(self, name):
        return [attributes for tag, attributes in self.found if tag == name]


@pytest.fixture
def asking(service, clock):
    """A town whose office has a template."""
    with open_town(service, clock, subscribe_template="dingyue") as made:
        yield made


@pytest.fixture
def browser(asking):
    return create_app(asking.service).test_client()


@pytest.fixture
def link(asking):
    """The path of the page, out of the reply with the number."""
    asking.platform.follow("a")
    said = asking.platform.say("a", WHOLE).reply.text
    return re.search(rf"{BASE}(/notify/[\w-]+)", said)[1]


@pytest.fixture
def ticket(asking):
    """The worker has run."""
    asking.work()


def config_of(page):
    """What our script hands to wx.config."""
    (box,) = [attributes for attributes in Tags(page.text).of("section") if "data-signature" in attributes]
    names = {"appId": "data-app-id", "timestamp": "data-timestamp", "nonceStr": "data-nonce"}
    return {name: box[key] for name, key in names.items()} | {"signature": box["data-signature"]}


def test_it_shows_office_and_number_and_what_the_consent_is_for_and_nothing_of_the_case(browser, link, ticket, stored):
    page = browser.get(link)
    assert page.status_code == 200
    for shown in ("新密市场监管", stored()[0].number, "不发别的", "也可以不同意", "不受任何影响"):
        assert shown in page.text
    for hidden in ("老王", "青屏大街", "卤肉", "张三", "13812345678", "举报"):
        assert hidden not in page.text.split("<main")[1]
    (tag,) = Tags(page.text).of("wx-open-subscribe")
    assert tag["template"] == "dingyue"


def test_its_policy_alone_lets_in_exactly_the_platforms_script_and_frames(browser, link, ticket):
    page = browser.get(link)
    policy = dict(part.split(" ", 1) for part in page.headers["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == f"'self' {SCRIPT}"
    assert policy["frame-src"] == "https://*.qq.com webcompt:"
    assert policy["style-src"] == policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "qq.com" not in browser.get("/exposures").headers["Content-Security-Policy"]
    assert "qq.com" not in browser.get("/notify/unknown").headers["Content-Security-Policy"]


def test_nothing_on_it_is_inline_but_the_inert_content_of_the_platforms_tag(browser, link, ticket):
    tags = Tags(browser.get(link).text)
    scripts = tags.of("script")
    assert [script["src"] for script in scripts if "src" in script] == [SCRIPT, "/exposures/static/notify.js"]
    assert [script for script in scripts if "src" not in script] == [{"type": "text/wxtag-template"}]
    assert not tags.of("style")
    assert not [name for _, attributes in tags.found for name in attributes if name == "style" or name.startswith("on")]
    assert browser.get("/exposures/static/notify.js").status_code == 200


def test_it_is_kept_by_nobody_found_by_no_search_and_named_to_no_other_site(browser, link, ticket):
    page = browser.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("query", ["", "?from=singlemessage&isappinstalled=0", "?a=%E5%8F%B7"])
def test_it_is_signed_for_the_address_it_was_opened_by_and_no_other(asking, browser, link, ticket, query):
    config = config_of(browser.get(link + query))
    assert page_is_signed(asking.platform.world, config | {"url": f"{BASE}{link}{query}"})
    assert not page_is_signed(asking.platform.world, config | {"url": f"{BASE}{link}x"})


def test_every_opening_is_signed_anew(browser, link, ticket):
    first, second = (config_of(browser.get(link)) for _ in range(2))
    assert first["nonceStr"] != second["nonceStr"]


@pytest.mark.parametrize("fault", [Fault(errcode=-1), Fault(lost=True), Fault(errcode=40164)])
def test_while_it_cannot_be_signed_it_says_so_and_recovers_by_itself(asking, browser, link, fault, caplog):
    asking.platform.script("ticket/getticket", fault)
    asking.work()
    page = browser.get(link)
    assert page.status_code == 200
    assert LATER in page.text
    assert SCRIPT not in page.text
    assert "wx-open-subscribe" not in page.text
    assert "no ticket to sign the consent page with" in caplog.text
    asking.work()
    assert config_of(browser.get(link))


def test_opening_it_never_asks_the_platform(asking, browser, link):
    before = len(asking.platform.calls)
    assert LATER in browser.get(link).text
    asking.work()
    assert asking.asked("ticket/getticket") == 1
    calls = len(asking.platform.calls)
    assert calls > before
    browser.get(link)
    assert len(asking.platform.calls) == calls


def test_the_ticket_is_replaced_before_it_dies(asking, browser, link, ticket):
    asking.work(rounds=5)
    assert asking.asked("ticket/getticket") == 1
    for _ in range(40):
        asking.work(seconds=300)
        config = config_of(browser.get(link))
        assert page_is_signed(asking.platform.world, config | {"url": f"{BASE}{link}"})


def test_an_office_without_a_template_asks_nobody_and_fetches_no_ticket(town, client, link, browser):
    town.platform.follow("a")
    assert "/notify/" not in town.platform.say("a", WHOLE).reply.text
    town.work()
    assert town.asked("ticket/getticket") == 0
    assert client.get(link).status_code == 404
    assert browser.get(link).status_code == 200


@pytest.mark.parametrize("token", ["x", "A" * 24, "SA20261123-0001", "%00", "%F0%9F%98%80"])
def test_an_unknown_token_is_a_page_that_does_not_exist(browser, link, ticket, token):
    answer = browser.get(f"/notify/{token}")
    assert answer.status_code == 404
    assert answer.data == browser.get("/exposures/none").data


def test_the_link_stops_working_after_half_a_year(asking, browser, link, ticket, clock):
    clock.advance(days=184)
    asking.service.db.write(retention.forget)
    assert browser.get(link).status_code == 404


def test_neither_its_token_nor_the_ticket_is_stored_in_plain(asking, link, ticket):
    signed_with = asking.platform.world.memory.get("current_token", "jsapi")["value"]
    with asking.service.db.read() as tx:
        assert link.rpartition("/")[2] not in str(tx.all("select * from consent_page"))
        assert signed_with not in str(tx.all("select * from platform_token"))


def test_every_submission_has_a_page_of_its_own(asking, browser, link, ticket):
    said = asking.platform.say("a", WHOLE.replace("老王", "老李")).reply.text
    other = re.search(r"/notify/[\w-]+", said)[0]
    assert other != link
    assert len(other.removeprefix("/notify/")) >= 22  # 128 bits
    numbers = [re.search(r"SA\d{8}-\d{4,}", browser.get(path).text)[0] for path in (link, other)]
    assert numbers[0] != numbers[1]
