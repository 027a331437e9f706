"""Consent in a real browser: from the link in the chat to a notice that WeChat brings days later."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Chat, open_case, take

pytestmark = pytest.mark.browser
TIP = "举报 店名：小马早餐店 地址：新密市溱水路56号 问题：油条里有怪味"


@pytest.fixture
def phones(demo, open_page):
    page = open_page()
    page.goto(f"{demo.url}/simulator/")
    return page


@pytest.fixture
def hand_in(phones):
    """Hand a report in; its number and the page behind the link that came with it."""

    def send(name):
        chat = Chat(phones, name)
        expect(chat.phone).to_have_attribute("data-follows", re.compile("yes|no"))
        if chat.phone.get_attribute("data-follows") == "no":
            chat.follow()
        chat.say(TIP)
        number = re.search(r"SA\d{8}-\d{4,}", chat.hears("SA20"))[0]
        with phones.context.expect_page() as opened:
            chat.phone.locator('a[href*="/notify/"]').last.click()
        page = opened.value
        page.set_viewport_size({"width": 390, "height": 844})
        return chat, number, page

    return send


def test_a_notice_somebody_consented_to_arrives_after_the_window_has_closed(demo, phones, hand_in, sign_in):
    chat, number, page = hand_in("a")
    expect(page.get_by_text(number)).to_be_visible()
    button = page.get_by_role("button", name="同意，提醒我一次")
    expect(button).to_be_visible(timeout=20_000)  # the worker may have just begun
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=demo.shots / "consent.png")
    button.click()
    page.get_by_role("button", name="允许").click()
    expect(page.get_by_text("已同意")).to_be_visible()
    expect(button).to_be_hidden()

    for _ in range(3):
        phones.get_by_test_id("advance-day").click()
    desk = sign_in("shouli")
    open_case(desk, demo.url, number)
    take(desk, "register", external_number="WX20261126000001")
    take(desk, "answer", note="已到场核查")
    board = chat.phone.locator('[data-testid="bubble"][data-kind="notice"]')
    expect(board).to_contain_text(number, timeout=20_000)
    phones.screenshot(path=demo.shots / "notice.png")
    expect(board).to_have_count(1)


def test_who_refuses_is_told_so_and_may_change_their_mind(hand_in):
    _, _, page = hand_in("b")
    page.get_by_role("button", name="同意，提醒我一次").click()
    page.get_by_role("button", name="拒绝").click()
    expect(page.get_by_text("已拒绝")).to_be_visible()
    page.get_by_role("button", name="同意，提醒我一次").click()
    page.get_by_role("button", name="允许").click()
    expect(page.get_by_text("已同意")).to_be_visible()


def test_in_any_other_browser_the_page_asks_to_be_opened_in_wechat(hand_in, open_page):
    _, _, page = hand_in("b")
    elsewhere = open_page()
    elsewhere.goto(page.url.split("#")[0])
    expect(elsewhere.get_by_text("请在微信里打开")).to_be_visible()
    expect(elsewhere.get_by_role("button")).to_have_count(0)
