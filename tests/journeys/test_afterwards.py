"""What a citizen does once a case is stored, walked on the phone by somebody who has read nothing."""

import re

import pytest

from bot.simulator.samples import photo
from handlers.errors import Refused
from storage import timeline
from storage.people.staff import Role
from storage.submissions import deadline, evidence, submission
from storage.submissions import identity as identities
from tests.verbs import NOT_FILED

WHOLE = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉"
SECOND = "举报 店名：好又多超市 地址：东大街88号 问题：卖过期牛奶"
DISPUTE = (
    "投诉 店名：好又多超市 地址：东大街88号 问题：过期牛奶 诉求：退款96元 "
    "姓名：张三 电话：13812345678 通讯地址：青屏大街1号"
)


@pytest.fixture
def staff(hire):
    return {name: hire(name, Role.INTAKE, Role.OFFICER, Role.LEADER) for name in ("wang", "li")}


@pytest.fixture
def act(town, staff, act):
    """A move of staff, and the courier's round after it."""

    def take(number, name, who="wang", **values):
        after = act(number, name, staff[who], **values)
        town.work()
        return after

    return take


@pytest.fixture
def say(town):
    town.platform.follow("a")
    return lambda text, phone="a": town.platform.say(phone, text).reply.text


def number_in(text):
    return re.search(r"SA\d{8}-\d{4,}", text)[0]


def read(town, number):
    with town.service.db.read() as tx:
        return submission.get(tx, number)


def entries(town, number):
    with town.service.db.read() as tx:
        return timeline.of(tx, submission.get(tx, number).id)


def test_a_case_is_concluded_confirmed_and_rated(town, say, act, conclude, staff):
    number = number_in(say(WHOLE))
    act(number, "assign", unit="青屏所")
    conclude(number, staff["wang"], "已责令改正并处罚款5000元")
    town.work(rounds=2)
    told = town.screen("a")[-1]
    assert "罚款5000元" in told
    assert f"满意 {number}" in told
    assert "评价 5" in say("满意")
    assert read(town, number).confirmed_at is not None
    assert "打了5分" in say("评价 5 办得很快")
    assert "打了4分" in say("评价 4")
    assert read(town, number).rating == 4
    town.clock.advance(days=2)
    assert "已经评价过" in say(f"评价 {number} 1")
    assert read(town, number).rating == 4


def test_an_outcome_is_disputed_once_and_reviewed_by_somebody_else(town, say, act):
    number = number_in(say(WHOLE))
    for name, values in NOT_FILED:
        act(number, name, **values)
    assert "理由" in say("不满意")
    assert "另一名工作人员" in say("你们没有查冷库，过期的都在里面")
    found = read(town, number)
    assert (found.stage, found.unread) == ("disputed", True)
    assert "正由另一名工作人员复核" in say("进度")
    with pytest.raises(Refused) as refused:
        act(number, "review_uphold", "wang", note="维持")
    assert refused.value.code == "own_decision"
    act(number, "review_uphold", "li", note="冷库已查，没有过期食品")
    told = town.screen("a")[-1]
    for words in ("冷库已查", "60日", "6个月", "以书面告知为准"):
        assert words in told
    assert "消费者协会" not in told
    assert "已经提过一次异议" in say(f"异议 {number} 还是不服")


def test_a_review_may_reopen_the_case(town, say, act):
    number = number_in(say(DISPUTE))
    act(number, "decline", ground="16.3", note="不能证明存在消费争议")
    assert "消费者权益保护法" in town.screen("a")[-1]
    say("异议 小票在这里")
    act(number, "review_reopen", "li", note="小票有效")
    assert read(town, number).stage == "registered"
    assert "重新办理" in town.screen("a")[-1]
    act(number, "accept", "wang")
    act(number, "settle", "wang", note="商家已退款")
    assert "已经提过一次异议" in say("异议 我还要赔偿")
    assert "认可" in say("满意")


def test_a_complaint_is_withdrawn_after_a_question(town, say):
    number = number_in(say(DISPUTE))
    assert "回复“是”" in say("撤回")
    assert "没有改动" in say("否")
    assert read(town, number).stage == "triage"
    say(f"撤回 {number}")
    reply = say("是的")
    assert "已按您的要求撤回" in reply
    assert read(town, number).stage == "withdrawn"
    with town.service.db.read() as tx:
        assert {due.state for due in deadline.of(tx, read(town, number).id)} == {"cancelled"}


def test_a_report_cannot_be_withdrawn_and_the_answer_is_kind(town, say):
    number = number_in(say(WHOLE))
    for text in ("撤回", "撤回举报", f"撤回 {number}"):
        reply = say(text)
        assert "谢谢您告诉我们" in reply
        assert "补充" in reply
    assert read(town, number).stage == "triage"


def test_words_are_added_to_the_only_open_case_and_masked(town, say):
    number = number_in(say(WHOLE))
    town.clock.advance(days=1)
    assert number in say("补充 店主电话13812345678，后院还有一个冷库")
    last = entries(town, number)[-1]
    assert (last.kind, last.public, last.body) == ("said", True, "店主电话〔电话〕，后院还有一个冷库")
    assert read(town, number).unread


def test_with_several_cases_it_asks_which_and_takes_a_number(town, say):
    first, second = number_in(say(WHOLE)), number_in(say(SECOND))
    town.clock.advance(days=1)
    asked = say("补充 还有老鼠")
    assert f"1. {second}" in asked
    assert f"2. {first}" in asked
    assert "前面的数字" in say("第九个")
    assert first in say("2")
    assert entries(town, first)[-1].body == "还有老鼠"
    assert first in say(f"补充 {first} 蟑螂也有")
    assert [entry.body for entry in entries(town, second)][1:] == []


def test_later_pictures_are_asked_for_once_and_joined_on_the_answer(town, say):
    first, second = number_in(say(WHOLE)), number_in(say(SECOND))
    town.clock.advance(hours=3)
    for _ in range(2):
        assert town.platform.picture("a", photo()).reply is None
    town.work(rounds=8)
    summaries = [text for text in town.screen("a") if "要附到哪一件" in text]
    assert len(summaries) == 1
    assert "2张照片" in summaries[0]
    assert "2件" in say("补充 2")
    with town.service.db.read() as tx:
        assert len(evidence.of(tx, submission.get(tx, first).id)) == 2
        assert len(evidence.of(tx, submission.get(tx, second).id)) == 0


def test_later_pictures_may_begin_something_new_all_the_same(town, say):
    say(WHOLE)
    town.clock.advance(hours=3)
    town.platform.picture("a", photo())
    town.work(rounds=8)
    new = number_in(say(SECOND))
    with town.service.db.read() as tx:
        assert len(evidence.of(tx, submission.get(tx, new).id)) == 1


def test_a_question_of_staff_is_answered_by_plain_words_and_by_a_picture(town, say, act):
    number = number_in(say(WHOLE))
    town.clock.advance(hours=1)
    act(number, "ask", note="是哪一天买的？")
    assert "是哪一天买的" in town.screen("a")[-1]
    assert "等您回答" in say("进度")
    town.platform.picture("a", photo())
    assert "谢谢" in say("上周三下午")
    last = entries(town, number)[-1]
    assert (last.title, last.body) == ("回复询问", "上周三下午")
    found = read(town, number)
    assert (found.asked_at, found.unread) == (None, True)
    with town.service.db.read() as tx:
        assert len(evidence.of(tx, found.id)) == 1


def test_with_two_questions_open_a_number_says_which(town, say, act):
    first, second = number_in(say(WHOLE)), number_in(say(SECOND))
    act(first, "ask", note="哪天？")
    act(second, "ask", note="几箱？")
    assert f"2. {first}" in say("回复 上周三")
    assert first in say("2")
    assert second in say("两箱")
    assert entries(town, second)[-1].body == "两箱"


def test_a_name_is_given_later_and_sealed(town, say, audited):
    number = number_in(say(WHOLE))
    question = say(f"实名 {number}")
    assert "身份保管员" in question
    assert question.splitlines()[-1].endswith("【姓名】")
    assert say("李四").splitlines()[-1].endswith("【电话】")
    assert "实名举报" in say("13900001111")
    found = read(town, number)
    assert found.named
    with town.service.db.read() as tx:
        identity = identities._of(tx, found.id)
        rows = tx.all("select * from timeline") + tx.all("select * from audit") + tx.all("select * from pending")
        row = tx.one("select * from identity where submission = :id", id=found.id)
    assert (identity.name, identity.phone) == ("李四", "13900001111")
    assert "李四" not in str((rows, row))
    assert audited()[-1] == "give_name"
    assert "不用再留姓名" in say(f"实名 {number}")


def test_coming_back_says_what_waits(town, say):
    say(WHOLE)
    town.platform.unfollow("a")
    town.clock.advance(days=1)
    assert "还有1件正在办理" in town.platform.follow("a").reply.text
    assert "正在办理" not in town.platform.follow("b").reply.text


def test_a_number_after_the_list_chooses_a_case(town, say):
    first, second = number_in(say(WHOLE)), number_in(say(SECOND))
    assert f"2. {first}" in say("进度")
    assert say("2").startswith(first)
    assert say("进度 1").startswith(second)
