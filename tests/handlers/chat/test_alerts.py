"""Danger now: one event is one case, whatever was asked; who names no danger calls nobody."""

import pytest

from storage.notices import alarm

SCHOOL = "学校食堂吃完午饭好几个孩子都在吐"


@pytest.fixture
def calls(ask):
    return lambda: ask(lambda tx: tx.value("select count(*) from alarm"))


def test_the_first_lines_say_whom_to_ring_and_the_number(phone, stored, calls):
    lines = phone.say(SCHOOL).splitlines()
    assert "120" in lines[0]
    assert stored()[0].number in lines[1]
    assert calls() == 1


def test_everything_said_after_it_joins_it_and_completes_it(phone, stored, ask):
    phone.say(SCHOOL)
    for text in ("是青屏小学的食堂", "三年级二班", "大概十来个", "我是家长，在医院", "中午吃的是鸡腿饭"):
        phone.say(text)
    phone.send(MsgType="location", Location_X="34.53", Location_Y="113.39", Label="新密市青屏大街8号")
    (made,) = stored()
    said = ask(lambda tx: [row["body"] for row in tx.all("select body from timeline where kind = 'said'")])
    assert made.address
    for word in ("三年级二班", "大概十来个", "鸡腿饭"):
        assert any(word in body for body in said)


def test_thanks_after_it_are_no_part_of_it_and_another_business_is_another_event(phone, stored):
    phone.say("老王熟食店的卤肉吃完，我妈晕倒了，现在喘不上气")
    assert phone.say("谢谢").startswith("不客气")
    phone.say("张记包子铺有人晕倒了")
    assert len(stored()) == 2


def test_after_it_nobody_is_asked_whether_there_is_danger(phone, stored):
    phone.say(SCHOOL)
    assert stored()[0].number in phone.say("吃完肚子有点不舒服")
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("举报有人吃了豆腐中毒了，快来", "120"),
        ("老板拿刀堵在我家门口，说要弄死我", "110"),
        ("饭店后厨着火了，人还没出来", "119"),
    ],
)
def test_the_number_is_that_of_the_danger_also_behind_a_command(phone, stored, text, number):
    assert number in phone.say(text).splitlines()[0]
    assert stored()[0].urgency == 2


def test_what_becomes_danger_after_it_was_handed_in_calls_then(phone, tip, stored, calls):
    made = tip()
    assert calls() == 0
    assert "120" in phone.say("我爸吃完卤肉现在昏过去了")
    assert len(stored()) == 1
    assert calls() == 1
    assert made.number in phone.say("进度")


def test_a_threat_by_an_official_is_urgent_and_a_letter_and_its_words_are_in_no_case(phone, stored, ask):
    phone.say("稽查队队长带人拿着棍子堵我，说再举报就打断我的腿")
    (made,) = stored()
    assert made.urgency == 2
    assert "队长" not in made.description
    assert ask(lambda tx: tx.value("select count(*) from letter")) == 1
    assert ask(lambda tx: alarm.of(tx, made.number)) is not None


@pytest.mark.parametrize(
    "text", ["说完了", "日期看不清", "笑死我了", "差点吃进嘴里，没吃", "照片在我儿子手机上", "怕孩子吃坏，没敢买"]
)
def test_ordinary_remarks_call_nobody(phone, calls, text):
    for begin in ((), ("举报", "跳过", "老王熟食店")):
        for word in begin:
            phone.say(word)
        phone.say(text)
        assert calls() == 0


@pytest.mark.parametrize(
    "place",
    ["急救站旁边那家店", "120急救站对面", "急救中心对面的烧饼摊", "急诊楼下的小卖部", "消防队隔壁", "派出所旁边那家店"],
)
def test_a_shop_beside_those_who_help_is_no_danger(phone, calls, place):
    for begin in ((), ("举报", "跳过"), ("老王熟食店",)):
        for word in begin:
            phone.say(word)
        assert "请马上拨打" not in phone.say(place)
    assert "请马上拨打" not in phone.say(f"{place}，卖过期面包")
    assert calls() == 0


def test_a_labelled_report_with_danger_in_it_is_stored_as_it_stands_and_calls(phone, stored, calls):
    phone.say("举报 店名：老王熟食店 地址：青屏大街12号 问题：吃完卤肉三个人都在吐，有一个昏过去了")
    assert (stored()[0].merchant, stored()[0].urgency, calls()) == ("老王熟食店", 2, 1)
