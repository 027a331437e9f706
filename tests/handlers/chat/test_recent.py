"""What was handed in just now, and for how long what is said may belong to it."""

import pytest

from handlers.chat import recent
from storage.submissions import submission


@pytest.fixture
def found(service, phone):
    def look():
        with service.db.read() as tx:
            own = submission.of_sender(tx, tx.vault.digest(phone.openid, "openid"))
            return recent.find(tx, service.office, own)

    return look


def test_ten_minutes_and_each_word_begins_them_anew(phone, tip, clock, found):
    made = tip()
    clock.advance(minutes=8)
    phone.say("补充 还有老鼠")
    clock.advance(minutes=8)
    assert found().number == made.number
    clock.advance(minutes=11)
    assert found() is None


def test_an_emergency_stays_open_longer(phone, clock, found):
    phone.say("学校食堂吃完午饭好几个孩子都在吐")
    clock.advance(minutes=25)
    assert found() is not None
    clock.advance(minutes=31)
    assert found() is None


def test_what_is_urgent_for_its_words_alone_is_no_emergency(phone, stored):
    phone.say("举报 店名：育才小学食堂 地址：青屏大街1号 问题：米饭里有虫")
    assert stored()[0].urgency == 2
    phone.say("另外刘记烧鸡店卖过期鸡")
    phone.say("提交")
    assert len(stored()) == 2
