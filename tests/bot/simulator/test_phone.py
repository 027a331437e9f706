"""The phone page in a real browser: what a visitor does on it."""

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


def test_one_phone_at_a_time_fits_a_narrow_screen(page):
    page.set_viewport_size({"width": 390, "height": 844})
    expect(on(page, "a", "follow")).to_be_visible()
    expect(on(page, "b", "follow")).to_be_hidden()
    page.get_by_role("button", name="手机乙", exact=True).click()
    expect(on(page, "b", "follow")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
