"""From the phone to the queue and back: a tip comes in, staff treat it, the citizen hears of it."""

import re

from bot.simulator.samples import photo
from handlers.submissions import desk
from storage.people.staff import Role
from storage.submissions import evidence, submission

WHOLE = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉"


def number_in(text: str) -> str:
    found = re.search(r"SA\d{8}-\d{4,}", text)
    assert found, text
    return found[0]


def test_a_tip_is_treated_and_answered_on_the_phone(town, hire):
    clerk = hire("wang", Role.INTAKE, Role.OFFICER)
    town.platform.follow("a")
    number = number_in(town.platform.say("a", WHOLE).reply.text)
    for name, values in (
        ("register", {}),
        ("assign", {"unit": "青屏所"}),
        ("note", {"note": "已电话联系商户"}),
        ("answer", {"note": "已安排人员到场核查，谢谢您。"}),
    ):
        with town.service.db.read() as tx:
            version = submission.get(tx, number).version
        town.service.db.write(
            lambda tx, name=name, values=values, version=version: desk.move(
                tx, town.service.office, number, name, staff=clerk, version=version, values=values
            )
        )
    town.work()
    notice = town.screen("a")[-1]
    assert "已安排人员到场核查" in notice
    assert "电话联系商户" not in "".join(town.screen("a"))
    progress = town.platform.say("a", "进度").reply.text
    assert "已分派" in progress
    assert "已安排人员到场核查" in progress


def test_pictures_join_the_report_in_any_order_with_one_summary(town):
    town.platform.follow("a")
    for _ in range(2):
        assert town.platform.picture("a", photo()).reply is None
    number = number_in(town.platform.say("a", WHOLE).reply.text)
    town.platform.picture("a", photo())
    town.platform.picture("a", photo())
    town.work(rounds=8)
    with town.service.db.read() as tx:
        files = evidence.of(tx, submission.get(tx, number).id)
    assert [file.state for file in files] == ["stored"] * 4
    assert {file.mime for file in files} == {"image/jpeg"}
    summaries = [text for text in town.screen("a") if "张照片" in text]
    assert len(summaries) == 1
    assert number in summaries[0]


def test_once_the_words_came_nobody_asks_for_them_any_more(town):
    town.platform.follow("a")
    town.platform.picture("a", photo())
    reply = town.platform.say("a", WHOLE).reply.text
    assert "随附材料：1件" in reply
    town.work(rounds=8)
    assert not any("说一说" in text for text in town.screen("a"))


def test_pictures_alone_are_kept_and_the_words_asked_for(town):
    town.platform.follow("a")
    for _ in range(3):
        town.platform.picture("a", photo())
    town.work(rounds=8)
    (summary,) = [text for text in town.screen("a") if "张照片" in text]
    assert "3张照片" in summary
    assert "举报" in summary


def test_a_voice_note_alone_becomes_a_submission(town):
    town.platform.follow("a")
    number = number_in(town.platform.voice("a").reply.text)
    town.work()
    with town.service.db.read() as tx:
        (file,) = evidence.of(tx, submission.get(tx, number).id)
    assert (file.kind, file.state, file.mime) == ("voice", "stored", "audio/amr")


def test_an_answer_that_finds_no_open_way_goes_into_the_next_reply(town, hire):
    clerk = hire("wang", Role.INTAKE)
    town.platform.follow("a")
    number = number_in(town.platform.say("a", WHOLE).reply.text)
    town.clock.advance(days=3)
    town.service.db.write(
        lambda tx: desk.move(
            tx, town.service.office, number, "answer", staff=clerk, version=1, values={"note": "请补充购买日期"}
        )
    )
    town.work(rounds=3)
    assert not any("请补充购买日期" in text for text in town.screen("a"))
    assert "请补充购买日期" in town.platform.say("a", "帮助").reply.text
    assert "请补充购买日期" not in town.platform.say("a", "帮助").reply.text


def test_somebody_elses_number_answers_as_one_that_does_not_exist(town):
    town.platform.follow("a")
    town.platform.follow("b")
    number = number_in(town.platform.say("a", WHOLE).reply.text)
    theirs = town.platform.say("b", f"进度 {number}").reply.text
    nobodys = town.platform.say("b", "进度 SA20261123-9999").reply.text
    assert theirs.replace(number, "N") == nobodys.replace("SA20261123-9999", "N")


def test_unfollowing_erases_the_profile_and_coming_back_restores_the_cases(town):
    town.platform.follow("a")
    number = number_in(town.platform.say("a", WHOLE).reply.text)
    town.platform.say("a", "举报")
    town.platform.unfollow("a")
    with town.service.db.read() as tx:
        assert tx.value("select count(*) from follower") == 0
        assert tx.value("select count(*) from talk") == 0
    town.platform.follow("a")
    assert number in town.platform.say("a", "进度").reply.text
