"""What staff see of what the citizen did since, and the review by a second pair of eyes."""

import pytest

from storage.people.staff import Role

WHOLE = "举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉"


@pytest.fixture
def officer(signed_in):
    return signed_in("zhang", Role.INTAKE, Role.OFFICER)


@pytest.fixture
def made(phone, stored):
    phone.say(WHOLE)
    return stored()[0]


@pytest.fixture
def act(officer, made):
    """A move by the form of the page."""

    def take(name, device=None, **values):
        path = f"/submissions/{made.number}"
        form, extra = ("/say", {"say": name}) if name == "ask" else (f"/moves/{name}", {})
        return (device or officer).send(path, form, **values, **extra)

    return take


def test_what_is_new_is_marked_on_the_queue_until_somebody_opens_it(officer, phone, made):
    officer.read(f"/submissions/{made.number}")
    assert "有新补充</span>" not in officer.read("/submissions")
    phone.say("补充 后院还有冷库")
    assert "有新补充</span>" in officer.read("/submissions")
    assert made.number in officer.read("/submissions?stage=unread")
    page = officer.read(f"/submissions/{made.number}")
    assert "有新补充</span>" in page
    assert "后院还有冷库" in page
    assert "有新补充</span>" not in officer.read("/submissions")
    assert made.number not in officer.read("/submissions?stage=unread")


def test_a_question_waits_visibly_for_its_answer(officer, phone, made, act):
    assert act("ask", note="哪天买的？").status_code == 303
    assert "待提交人回复" in officer.read("/submissions")
    phone.say("上周三")
    assert "待提交人回复" not in officer.read("/submissions")
    assert "上周三" in officer.read(f"/submissions/{made.number}")


def test_a_dispute_is_reviewed_by_somebody_else(officer, signed_in, phone, made, act, stored):
    act("refer", unit="县公安局", note="不属实")
    phone.say("异议 没有查冷库")
    page = officer.read(f"/submissions/{made.number}")
    assert "须由 zhang 以外的人复核" in page
    assert "复核：维持原结果" not in page
    second = signed_in("sun", Role.OFFICER)
    assert "复核：维持原结果" in second.read(f"/submissions/{made.number}")
    form = second.form(f"/submissions/{made.number}", "/moves/review_uphold")
    own = officer.form(f"/submissions/{made.number}", "/say")
    forced = officer.client.post(form.action, data=own.fields | {"note": "维持"})
    assert forced.status_code == 403
    assert "须由另一名工作人员执行" in forced.text
    assert act("review_uphold", second, note="冷库已查").status_code == 303
    assert stored()[0].stage == "upheld"


def test_confirmation_and_rating_stand_on_the_page_and_the_average_under_the_queue(officer, phone, made, act):
    assert "群众评价" not in officer.read("/submissions?stage=all")
    act("assign", unit="青屏所")
    act("refer", unit="县公安局", note="已处罚")
    phone.say("满意")
    phone.say("评价 4 很快")
    page = officer.read(f"/submissions/{made.number}")
    assert "认可办理结果" in page
    assert "4 分" in page
    assert "很快" in page
    assert "群众评价 1 件，平均 4.0 分" in officer.read("/submissions?stage=all")
