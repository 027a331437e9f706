"""The address of a receipt: secret, one per submission, and the same ever after."""

import re

import pytest

from handlers.submissions import receipts


@pytest.fixture
def link(service):
    return lambda made: service.db.write(lambda tx: receipts.link(tx, service.office, made))


def test_the_link_stays_the_same_and_every_submission_has_its_own(tip, link):
    first, second = tip(), tip()
    assert link(first) == link(first) != link(second)
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/receipts/[\w-]{22,}", link(first))


def test_the_number_is_told_with_its_link_and_progress_tells_it_again(phone, stored, link):
    reply = phone.say("举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉")
    assert link(stored()[0]) in reply
    assert phone.say("进度").count(link(stored()[0])) == 1
