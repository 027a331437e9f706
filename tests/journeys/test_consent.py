"""A citizen consents on the page of the link that comes with the number, and is told after the window has closed."""

import re
from urllib.parse import urlsplit

import pytest
import requests

from bot.simulator.tokens import page_is_signed
from handlers.submissions import desk
from storage.people.staff import Role
from storage.submissions import submission
from tests.journeys.conftest import open_town

TIP = "举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉"
CUSTOMER, SUBSCRIPTION = "message/custom/send", "message/subscribe/bizsend"


@pytest.fixture
def town(service, clock):
    with open_town(service, clock, subscribe_template="dingyue") as made:
        yield made


@pytest.fixture
def handed_in(town):
    """(number, address of the consent page) of a report from phone a."""
    town.platform.follow("a")
    said = town.platform.say("a", TIP).reply.text
    return re.search(r"SA\d{8}-\d{4,}", said)[0], re.search(r'http[^"\s]+/notify/[^"\s]+', said)[0]


@pytest.fixture
def answer(town, hire):
    clerk = hire("wang", Role.INTAKE)

    def fn(number, note):
        with town.service.db.read() as tx:
            version = submission.get(tx, number).version
        values = {"note": note}
        town.service.db.write(
            lambda tx: desk.move(tx, town.service.office, number, "answer", staff=clerk, version=version, values=values)
        )

    return fn


def open_page(town, address):
    """The page over HTTP and whether WeChat would let it use its script."""
    host = town.platform.account.webhook.rpartition("/")[0]
    page = requests.get(host + urlsplit(address).path, timeout=5)
    given = dict(re.findall(r'data-(app-id|timestamp|nonce|signature)="([^"]+)"', page.text))
    config = {"appId": given["app-id"], "timestamp": given["timestamp"], "nonceStr": given["nonce"], "url": address}
    return page, page_is_signed(town.platform.world, config | {"signature": given["signature"]})


def test_who_consents_is_told_after_the_window_has_closed_and_once(town, handed_in, answer):
    number, address = handed_in
    town.work()
    page, signed = open_page(town, address)
    assert page.status_code == 200
    assert signed
    assert number in page.text
    template = re.search(r'<wx-open-subscribe[^>]* template="([^"]+)"', page.text)[1]
    assert town.platform.decide("a", template).reply is None

    town.clock.advance(days=3)
    answer(number, "已到店检查")
    town.work(rounds=3)
    assert (town.asked(CUSTOMER), town.asked(SUBSCRIPTION)) == (0, 1)
    (notice,) = [bubble for bubble in town.platform.inbox("a") if bubble.kind == "notice"]
    assert notice.text.startswith(number)
    assert "老王" not in notice.text

    answer(number, "再次检查")
    town.work(rounds=3)
    assert town.asked(SUBSCRIPTION) == 1
    said = town.platform.say("a", "帮助").reply.text
    assert "已到店检查" in said
    assert "再次检查" in said


def test_who_refuses_gets_no_notice_and_the_answer_with_their_next_message(town, handed_in, answer):
    number, address = handed_in
    town.work()
    open_page(town, address)
    town.platform.decide("a", "dingyue", accept=False)
    town.clock.advance(days=3)
    answer(number, "已到店检查")
    town.work(rounds=3)
    assert (town.asked(CUSTOMER), town.asked(SUBSCRIPTION)) == (0, 0)
    assert "已到店检查" in town.platform.say("a", "进度").reply.text


def test_a_consent_given_late_brings_what_was_waiting(town, handed_in, answer):
    number, address = handed_in
    town.clock.advance(days=3)
    answer(number, "已到店检查")
    town.work(rounds=3)
    assert town.asked(SUBSCRIPTION) == 0
    assert open_page(town, address)[1]
    town.platform.decide("a", "dingyue")
    town.work()
    assert town.asked(SUBSCRIPTION) == 1
