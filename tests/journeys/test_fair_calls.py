"""Calling is fair and true: nobody rings a hundred times or buries another; whoever reported hears how it stands."""

import json
import re

import pytest

from handlers.notices import alarms
from storage.notices import alarm
from storage.submissions import submission
from tests.journeys.night import EMERGENCY, IDENTITY, Night

NUMBER = re.compile(r"SA\d{8}-\d{4,}")
DANGER = "举报 店名：{name} 地址：{place} 问题：好多孩子正在上吐下泻，还有人昏迷"


@pytest.fixture
def night(town, hire):
    return Night(town, hire)


@pytest.fixture
def report(town):
    """Somebody reports danger now, with labels; the number."""

    def say(phone, name="阳光幼儿园食堂", place="新密市西大街12号", text=DANGER):
        if not town.platform.follows(phone):
            town.platform.follow(phone)
        return NUMBER.search(town.platform.say(phone, text.format(name=name, place=place)).reply.text)[0]

    return say


def calls(town, name):
    return [text for text in town.screen(name) if "【紧急】" in text]


def test_a_hundred_of_one_phone_ring_once_and_never_bury_another(night, town, report):
    night.on_duty("wang", "li")
    night.bind("wang", "li", "zhang")
    first = report("joker", "恶作剧一号店", "东大街1号")
    for n in range(2, 100):
        report("joker", f"恶作剧{n}号店", f"东大街{n}号")
    town.work()
    real = report("citizen")
    town.work(rounds=2)
    assert [night.rings(name) for name in ("wang", "li", "zhang")] == [1, 1, 0]
    assert first in calls(town, "wang")[0]
    assert real in calls(town, "li")[0]
    town.clock.advance(minutes=2)
    town.work(rounds=5)
    news = [text for text in town.screen("wang") if "另有98件新的紧急件" in text]
    assert len(news) == 1
    report("joker", "又一家店", "东大街100号")
    for _ in range(4):
        town.clock.advance(minutes=10)
        town.work(rounds=2)
    assert all(night.rings(name) <= 4 for name in ("wang", "li", "zhang"))
    assert not any("件新的紧急件" in text and text not in news for name in night.staff for text in town.screen(name))
    with town.service.db.read() as tx:
        assert [one.number for one in alarm.opened(tx)] == [real, first]


def test_nobody_is_told_which_reports_are_of_one_person(night, town, report):
    night.on_duty("wang")
    night.bind("wang")
    first, second = report("citizen"), report("citizen", "好再来饭店", "溱水路8号")
    town.work(rounds=3)
    town.clock.advance(minutes=2)
    town.work(rounds=2)
    town.platform.say("wang", "收到")
    assert first in "".join(town.screen("wang"))
    assert second not in "".join(town.screen("wang"))
    assert not any("警报" in title and first in title for title in night.titles(second))


def test_alarms_of_several_people_call_several_officers_at_once_and_the_newest_first(night, town, report):
    night.on_duty("wang", "li")
    night.bind("wang", "li", "zhang")
    old, new = report("one", "张记面馆", "嵩山路3号"), report("two", "好再来饭店", "溱水路8号")
    town.work()
    assert new in calls(town, "wang")[0]
    assert old in calls(town, "li")[0]
    assert [night.rings(name) for name in ("wang", "li", "zhang")] == [1, 1, 0]
    third = report("three", "福满楼", "东大街9号")
    town.work(rounds=2)
    assert third in calls(town, "wang")[1]
    assert night.rings("zhang") == 0


def test_many_people_of_one_place_are_one_alarm_with_its_list(night, town, report):
    night.on_duty("wang", "li")
    night.bind("wang", "li")
    first = report("one")
    town.work()
    others = [report(f"parent{n}", "阳光幼儿园", "西大街12号") for n in range(3)]
    town.clock.advance(minutes=1)
    town.work(rounds=2)
    assert [night.rings("wang"), night.rings("li")] == [1, 0]
    told = town.screen("wang")[-1]
    assert "已有4人反映同一处" in told
    assert all(number in told for number in others)
    town.clock.advance(minutes=9)
    town.work(rounds=2)
    assert all(number in calls(town, "li")[0] for number in (first, *others))
    reply = town.platform.say("li", "收到").reply.text
    assert all(number in reply for number in (first, *others))
    later = report("late", "阳光幼儿园", "西大街12号")
    town.clock.advance(minutes=1)
    town.work(rounds=2)
    assert later in town.screen("li")[-1]
    assert [night.rings("wang"), night.rings("li")] == [1, 1]
    town.clock.advance(hours=3)
    assert report("next day", "阳光幼儿园", "西大街12号")
    town.work(rounds=2)
    assert night.rings("wang") == 2


def test_further_words_on_a_case_whose_alarm_is_known_ring_nobody(night, town, report):
    night.on_duty("wang", "li")
    night.bind("wang", "li")
    number = report("citizen")
    town.work()
    service, said = town.service, len(town.screen("wang"))
    for _ in range(3):
        service.db.write(lambda tx: alarms.raise_alarm(tx, service.office, submission.get(tx, number), "又有人昏迷"))
        town.clock.advance(minutes=2)
        town.work()
    assert [night.rings("wang"), night.rings("li")] == [1, 0]
    assert len(town.screen("wang")) == said


def test_whoever_reported_is_told_once_that_somebody_has_taken_it_and_not_who(night, town, report):
    night.on_duty("wang")
    night.bind("wang")
    numbers = [report("citizen"), report("citizen", "好再来饭店", "溱水路8号"), report("neighbour")]
    town.work(rounds=3)
    town.platform.say("wang", "收到")
    town.work(rounds=3)
    for phone, number in (("citizen", numbers[0]), ("neighbour", numbers[2])):
        said = [text for text in town.screen(phone) if "值班人员已接手" in text]
        assert len(said) == 1
        assert number in said[0]
        assert "wang" not in said[0]
    assert "还没有值班人员接手" not in "".join(town.screen("citizen"))


def test_after_ten_minutes_without_an_officer_the_citizen_is_told_once_whom_to_call(night, town, report):
    number = report("citizen")
    beaten = report("guest", text="举报 店名：好再来饭店 地址：溱水路8号 问题：老板拿刀追着我要砍我")
    town.work(rounds=3)
    assert "还没有值班人员接手" not in "".join(town.screen("citizen"))
    for _ in range(4):
        town.clock.advance(minutes=10)
        town.work(rounds=2)
    (said,) = [text for text in town.screen("citizen") if "还没有值班人员接手" in text]
    assert all(part in said for part in (number, "12315", "120", "到09:1"))
    (said,) = [text for text in town.screen("guest") if "还没有值班人员接手" in text]
    assert all(part in said for part in (beaten, "12315", "110"))
    night.acknowledge(number, "zhang")
    town.work(rounds=2)
    assert "值班人员已接手" in town.screen("citizen")[-1]


def test_a_citizens_lines_and_links_are_dead_wherever_the_alarm_goes(night, town, report, listener):
    night.configure(webhook=listener.url)
    night.on_duty("wang")
    night.bind("wang")
    report("citizen", '<a href="http://evil.example">点此登录处置</a>', "西大街\n查看：http://evil.example/x")
    town.work(rounds=2)
    ((facts, _, _),) = listener.got
    for text in (calls(town, "wang")[0], facts["text"]):
        assert "evil.example" not in text
        assert "<a" not in text
        assert [line for line in text.splitlines() if line.startswith("查看：")] == [f"查看：{facts['link']}"]
    assert not any("\n" in value or "evil.example" in value for value in (facts["what"], facts["place"]))
    assert "evil.example" not in json.dumps(facts["reasons"], ensure_ascii=False)


def test_the_webhook_hears_what_has_joined_and_of_nobodys_identity(night, town, report, listener):
    night.configure(webhook=listener.url)
    night.on_duty("wang")
    report("one")
    town.work()
    other = report("two", text=EMERGENCY.replace("上吐下泻", "正在上吐下泻"))
    town.clock.advance(minutes=1)
    town.work(rounds=2)
    facts, body, _ = listener.got[-1]
    assert (facts["event"], facts["officer"], facts["people"], facts["others"]) == ("further", "wang", 2, [other])
    for secret in (*IDENTITY, town.platform.openid("two")):
        assert secret not in body.decode()
