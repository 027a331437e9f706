"""A tap on the page that asks for consent, in a real browser: the stand-in's page script tells our webhook."""

import time

import pytest
from playwright.sync_api import expect

from bot.office import open_office
from bot.settings import load
from storage import consent, submission

pytestmark = pytest.mark.browser


@pytest.fixture
def demo_office(demo):
    office = open_office(load(demo.config, {}), demo=True)
    yield office
    office.close()


@pytest.fixture
def consents(demo_office):
    def read():
        with demo_office.db.read() as tx:
            return tx.value("select sum(remaining) from consent") or 0

    return read


def wait_for(done):
    for _ in range(100):
        if done():
            return
        time.sleep(0.1)
    raise AssertionError("it never came to hold")


def test_one_tap_and_one_yes_are_one_consent(demo, demo_office, open_page, consents):
    phones = open_page()
    phones.goto(f"{demo.url}/simulator/")
    phone = phones.locator('[data-phone="b"]')
    phone.get_by_test_id("follow").click()
    expect(phone.get_by_test_id("bubble").first).to_be_visible()
    made = demo_office.db.write(lambda tx: next(iter(submission.every(tx))).id)
    token = demo_office.db.write(lambda tx: consent.open_page(tx, made))
    page = phones.context.new_page()
    page.goto(f"{demo.url}/notify/{token}")
    page.evaluate("localStorage.setItem('simulator-phone', 'b')")
    for choice, said, count in (("refuse", "没有同意", 0), ("allow", "会提醒您一次", 1)):
        page.locator("wx-open-subscribe button").click()
        page.get_by_test_id(choice).click()
        expect(page.get_by_role("status")).to_contain_text(said)
        wait_for(lambda count=count: consents() == count)
