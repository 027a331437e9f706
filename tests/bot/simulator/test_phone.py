"""The phone page in a real browser: what a visitor does on it."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from bot.simulator import Running, serve

from .receiver import text_reply

CHROMIUM = shutil.which("chromium") or ""
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: apt-get install chromium"),
]


@pytest.fixture
def running(platform) -> Iterator[Running]:
    server = serve(platform)
    yield server
    server.close()


@pytest.fixture
def page(running) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{running.origin}/simulator/")
        yield page
        browser.close()
    assert problems == []


def on(page: Page, phone: str, name: str) -> Locator:
    return page.locator(f'[data-phone="{phone}"] [data-testid="{name}"]')


def test_a_visitor_follows_talks_and_leaves(page, api, webhook):
    webhook.answer = lambda fields: (200, text_reply(fields, "收到 <b>" + fields["MsgType"]))
    report = {"type": "click", "name": "举报", "key": "report"}
    api.post("menu/create", {"button": [{"name": "更多", "sub_button": [report]}]})
    on(page, "a", "follow").click()
    expect(on(page, "a", "bubble")).to_have_count(1)
    on(page, "a", "text").fill("<i>你好</i>")
    on(page, "a", "text").press("Enter")
    expect(on(page, "a", "bubble").nth(1)).to_have_text("甲<i>你好</i>")
    expect(on(page, "a", "bubble").nth(2)).to_contain_text("收到 <b>text")
    on(page, "a", "sample-picture").click()
    expect(page.locator('[data-phone="a"] .photo')).to_be_visible()
    on(page, "a", "voice").click()
    expect(on(page, "a", "bubble").nth(5)).to_contain_text("3″")
    on(page, "a", "location").click()
    page.locator('[data-phone="a"] [data-testid="send-location"]').click()
    expect(on(page, "a", "bubble").nth(7)).to_contain_text("青屏大街12号")
    on(page, "a", "menu-toggle").click()
    on(page, "a", "menu-item").first.click()
    on(page, "a", "menu-item").nth(1).click()
    expect(on(page, "a", "bubble")).to_have_count(10)
    assert webhook.received[-1]["EventKey"] == "report"
    expect(on(page, "b", "bubble")).to_have_count(0)
    on(page, "a", "unfollow").click()
    expect(on(page, "a", "follow")).to_be_visible()


MARKED = (
    '请<a href="weixin://bizmsgmenu?msgmenucontent=提交&msgmenuid=1">提交</a>，'
    '<a href="https://x.example/r/1">看回执</a>'
)
DEAD = (
    '<b>粗</b><a href="javascript:alert(1)">坏</a><img src=x onerror=alert(1)>'
    '<a href="https://x.example/" id="y">多</a>'
)


def test_words_can_be_tapped_and_any_other_markup_is_text(page, webhook):
    webhook.answer = lambda fields: (200, text_reply(fields, MARKED + DEAD))
    on(page, "a", "follow").click()
    answer = on(page, "a", "bubble").first
    for look in (lambda: None, page.reload):  # as it arrives, and as it stands there
        look()
        expect(answer).to_contain_text(DEAD)
        expect(answer.get_by_role("button")).to_have_count(1)
        expect(answer.get_by_role("link")).to_have_count(2)  # the bare address in what is dead is one as well
        expect(answer.get_by_role("link", name="看回执")).to_have_attribute(
            "href", re.compile("^https://x.example/r/1")
        )
    answer.get_by_role("button", name="提交").click()
    expect(on(page, "a", "bubble").nth(1)).to_have_text("甲提交")
    expect(on(page, "a", "bubble")).to_have_count(3)
    sent = webhook.received[-1]
    assert (sent["MsgType"], sent["Content"], sent["bizmsgmenuid"]) == ("text", "提交", "1")


def test_what_a_person_writes_is_no_markup(page, webhook):
    on(page, "a", "follow").click()
    on(page, "a", "text").fill(MARKED)
    on(page, "a", "text").press("Enter")
    mine = page.locator('[data-phone="a"] [data-from="me"]')
    expect(mine).to_contain_text(MARKED)
    expect(mine.get_by_role("button")).to_have_count(0)


def test_the_beginning_of_a_long_answer_is_on_the_screen_and_the_next_one_too(page, webhook):
    page.set_viewport_size({"width": 375, "height": 667})
    webhook.answer = lambda fields: (200, text_reply(fields, "欢迎"))
    on(page, "a", "follow").click()
    expect(on(page, "a", "bubble")).to_have_count(1)
    for number, text in enumerate(("很长\n" * 60, "短"), start=1):
        webhook.answer = lambda fields, text=text: (200, text_reply(fields, text))
        on(page, "a", "text").fill("在吗")
        on(page, "a", "text").press("Enter")
        expect(on(page, "a", "bubble")).to_have_count(1 + 2 * number)
        said = page.locator('[data-phone="a"] [data-from="account"] .said').last.bounding_box()
        chat = page.locator('[data-phone="a"] .chat').bounding_box()
        assert chat["y"] <= said["y"] <= chat["y"] + chat["height"] - min(said["height"], 200)


def test_one_phone_at_a_time_fits_a_narrow_screen(page):
    page.set_viewport_size({"width": 390, "height": 844})
    expect(on(page, "a", "follow")).to_be_visible()
    expect(on(page, "b", "follow")).to_be_hidden()
    page.get_by_role("button", name="手机乙", exact=True).click()
    expect(on(page, "b", "follow")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
