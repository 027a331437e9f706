"""The answer to a doubt, and what silence means."""

import pytest

from handlers.chat import routing

DOUBTFUL = "吃完肚子有点不舒服"


@pytest.fixture
def silence(service, clock):
    def pass_by(**by):
        clock.advance(**by)
        service.db.write(lambda tx: routing.settle_silent(tx, service.office))

    return pass_by


@pytest.fixture
def calls(ask):
    return lambda: ask(lambda tx: tx.value("select count(*) from alarm"))


@pytest.mark.parametrize("yes", ["是", "是的", "嗯 正在", "120已经叫了"])
def test_yes_is_an_emergency(phone, stored, calls, yes):
    phone.say(DOUBTFUL)
    assert stored() == []
    assert "120" in phone.say(yes)
    assert stored()[0].urgency == 2
    assert calls() == 1


@pytest.mark.parametrize("no", ["不是", "没有，已经好了", "没事", "开玩笑的"])
def test_no_goes_on_as_the_talk_it_would_have_been(phone, stored, calls, no):
    for text in ("举报", "跳过", "老王熟食店", "青屏大街"):
        phone.say(text)
    phone.say(DOUBTFUL)
    assert "照片" in phone.say(no).splitlines()[-1]
    phone.say("提交")
    assert (stored()[0].description, calls()) == (DOUBTFUL, 0)


def test_words_that_are_no_answer_are_read_together_with_those_held(phone, stored, calls):
    phone.say(DOUBTFUL)
    phone.say("是老王熟食店买的卤肉")
    phone.say("提交")
    assert "肚子" in stored()[0].description
    assert "卤肉" in stored()[0].description
    assert calls() == 0


def test_after_three_minutes_of_silence_it_is_stored_for_the_desk_without_a_call(
    phone, stored, calls, silence, parcels
):
    phone.say(DOUBTFUL)
    silence(minutes=2)
    assert stored() == []
    silence(minutes=2)
    (made,) = stored()
    assert (made.urgency, calls()) == (2, 0)
    assert any(made.number in one.payload["text"] for one in parcels())
    silence(minutes=5)
    assert len(stored()) == 1


def test_a_command_in_between_is_answered_and_what_was_held_goes_on(phone, stored):
    phone.say(DOUBTFUL)
    assert "进度" in phone.say("帮助")
    phone.say("提交")
    assert DOUBTFUL in stored()[0].description


def test_somebody_elses_yes_answers_nothing(phone, other_phone, stored):
    phone.say(DOUBTFUL)
    other_phone.say("是")
    assert stored() == []


def test_it_is_over_is_no_yes(phone, stored, calls):
    phone.say("举报 豆腐发酸，吃完肚子有点不舒服")
    phone.say("现在好了")
    assert (stored(), calls()) == ([], 0)
