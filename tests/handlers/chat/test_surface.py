"""What users rely on in the chat, sentence by sentence, through the real webhook."""

from itertools import permutations

import pytest

from handlers.understanding.recognition import recognise
from storage.submissions import evidence, identity
from tests.conversations.labels import UNREADABLE
from tests.verbs import WHOLE

PARTS = ("店名：老王熟食店", "地址：新密市青屏大街12号", "问题：卖过期卤肉，包装日期被涂改")
COMPLAINT = "投诉 店名：好又多超市 地址：西大街 问题：买到过期奶 诉求：退款100元"
ONE = "老王熟食店"


def last_line(text):
    return text.splitlines()[-1]


@pytest.fixture
def person(service):
    """Who handed it in, as the custodian reads it."""

    def read(made):
        return service.db.write(lambda tx: identity.reveal(tx, made.id, reason="test", by="test", number=made.number))

    return read


@pytest.mark.parametrize("order", permutations(PARTS), ids=lambda order: " ".join(part[:2] for part in order))
@pytest.mark.parametrize("marks", ["：", ":", "： "])
def test_a_whole_report_is_accepted_with_its_labels_in_any_order_and_either_colon(phone, stored, order, marks):
    assert "SA2026" in phone.say("举报 " + " ".join(order).replace("：", marks))
    (made,) = stored()
    assert (made.merchant, made.address) == (ONE, "新密市青屏大街12号")
    assert made.description == "卖过期卤肉，包装日期被涂改"


@pytest.mark.parametrize("missing", range(3))
def test_of_an_incomplete_one_only_what_is_missing_is_asked(phone, stored, missing):
    reply = phone.say("举报 " + " ".join(part for part in PARTS if part != PARTS[missing]))
    assert f"【{PARTS[missing][:2]}】" in last_line(reply)
    phone.say(PARTS[missing][3:])
    assert len(stored()) == 1


@pytest.mark.parametrize("problem", ["好多孩子在吐，快来人", "所长收了老板的红包", "怎么赔？", "谢谢"])
def test_a_labelled_report_is_stored_as_it_stands_whatever_else_it_sounds_like(phone, stored, ask, problem):
    assert "SA2026" in phone.say(f"举报 店名：{ONE} 地址：青屏大街12号 问题：{problem}")
    assert [case.description for case in stored()] == [problem]
    assert ask(lambda tx: tx.value("select count(*) from letter")) == 0


def test_optional_labels_are_kept_and_a_name_or_a_telephone_makes_it_a_named_report(phone, stored, person):
    phone.say(f"{WHOLE} 类别：2 时间：11月20日")
    phone.say(f"{WHOLE} 姓名：张三")
    reply = phone.say(f"{WHOLE} 电话：13812345678")
    plain, named, by_phone = stored()
    assert (plain.category, plain.named) == ("rural_fake", False)
    assert plain.happened.startswith("11月20日")
    assert (named.named, person(named).name) == (True, "张三")
    assert (by_phone.named, person(by_phone).phone) == (True, "13812345678")
    assert "姓名电话加密" in reply


def test_what_may_be_skipped_is_never_missing(phone, stored):
    for text in ("举报", "跳过", ONE):
        phone.say(text)
    assert "缺少：问题" in phone.say("提交")
    assert "SA2026" in phone.say("卖过期卤肉") + phone.say("提交")
    assert [case.address for case in stored()] == [""]


@pytest.mark.parametrize(
    ("text", "intent", "sees"),
    [
        ("举报有奖吗", "question", "依据："),
        ("举报！好多孩子在吐", "emergency", "请马上拨打120"),
        ("举报你们所长收钱", "discipline", "JJ2026"),
        ("举报老王熟食店卖过期卤肉", "report", "举报：老王熟食店"),
        ("投诉好又多超市卖过期奶，要求退款", "complaint", "投诉：好又多超市"),
        ("举报人信息会泄露吗", "question", "依据："),
        ("有人拿刀堵着我的门要砍我", "emergency", "请马上拨打110"),
        ("饭店后厨着火了有人困在里面", "emergency", "请马上拨打119"),
        ("谢谢你们", "chatter", "不客气"),
    ],
)
def test_a_message_is_understood_whole_and_as_recognise_says(phone, text, intent, sees):
    assert recognise(text).intent == intent
    assert sees in phone.say(text)


@pytest.mark.parametrize(
    ("kind", "asked"), [("举报", "姓名"), ("投诉", "姓名"), ("投诉", "电话"), ("投诉", "联系地址")]
)
def test_the_privacy_notice_stands_where_identity_is_asked_and_no_consent_is_demanded(phone, kind, asked):
    reply, said = phone.say(kind), ["跳过"] if kind == "举报" else []
    said += [ONE, "青屏大街12号", "卖过期卤肉", *(["退款"] if kind == "投诉" else []), "没有"]
    said += ["张三丰", "13812345678"]
    for text in said:
        if f"【{asked}】" in last_line(reply):
            break
        reply = phone.say(text)
    assert f"【{asked}】" in last_line(reply)
    assert "加密保存" in reply
    assert "同意" not in reply


def test_a_complaint_asks_name_telephone_and_address_and_keeps_no_number_of_an_identity_card(phone, stored, person):
    asked = [last_line(phone.say(text)) for text in (COMPLAINT, "李四 410183199001011234", "13812345678")]
    assert asked == ["请回复【姓名】", "请回复【电话】", "请回复【联系地址】"]
    assert "SA2026" in phone.say("新密市东大街3号")
    (made,) = stored()
    who = person(made)
    assert (who.name, who.phone, who.address) == ("李四", "13812345678", "新密市东大街3号")
    assert "410183" not in f"{made.description}{who}"


@pytest.mark.parametrize(
    "before", [("举报",), ("举报", "跳过"), ("举报", "跳过", ONE), ("举报", "跳过", ONE, "西大街")]
)
def test_what_the_platform_says_for_a_sticker_is_no_answer_and_kept_nowhere(phone, stored, before):
    assert "打不开" in phone.say(UNREADABLE)
    question = [phone.say(text) for text in before][-1]
    assert last_line(phone.say(UNREADABLE)) == last_line(question)
    for text in ("问题：卖过期卤肉", "提交"):
        phone.say(text)
    assert [case.description for case in stored()] == ["卖过期卤肉"]
    assert all("不支持" not in case.merchant + case.address for case in stored())


@pytest.mark.parametrize("free", ["老王熟食店卖过期卤肉", "好又多超市卖过期奶，要求退款"])
def test_free_text_without_danger_is_stored_only_when_it_is_handed_in(phone, stored, free):
    phone.say(free)
    for text in ("青屏大街12号", "没有"):
        phone.say(text)
    assert stored() == []


FURTHER = {
    "words": lambda phone: phone.say("后厨还有老鼠"),
    "picture": lambda phone: phone.picture("m1"),
    "place": lambda phone: phone.send(MsgType="location", Location_X="34.53", Location_Y="113.39", Label="青屏大街8号"),
    "voice": lambda phone: phone.send(MsgType="voice", MediaId="m2", Format="amr"),
}


@pytest.mark.parametrize("kind", FURTHER)
@pytest.mark.parametrize(("minutes", "joins"), [(9, True), (11, False)])
def test_within_ten_minutes_what_comes_joins_what_was_handed_in(
    phone, stored, service, clock, ask, kind, minutes, joins
):
    phone.say("举报 店名：老王熟食店 问题：卖过期卤肉")
    phone.say("不知道")
    (made,) = stored()
    clock.advance(minutes=minutes)
    FURTHER[kind](phone)
    with service.db.read() as tx:
        files = len(evidence.of(tx, made.id))
    told = ask(lambda tx: tx.value("select count(*) from timeline where body = '后厨还有老鼠'"))
    assert bool(files or told or stored()[0].address) is joins


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("report", "举报"),
        ("complaint", "投诉"),
        ("progress", "进度"),
        ("lookup", "查"),
        ("exposure", "曝光"),
        ("help", "帮助"),
    ],
)
def test_a_menu_key_answers_as_its_word_does_spaced_or_marked(phone, other_phone, key, word):
    answer = phone.event("CLICK", key)
    assert answer
    for said in (word, " ".join(word), f"　{word}　", f"【{word}】", f"{word}！"):
        other_phone.say("取消")
        assert other_phone.say(said) == answer, said


@pytest.mark.parametrize("space", ["", " ", "　"])
def test_the_words_of_a_talk_may_be_spaced(phone, stored, space):
    for word in ("举报", "跳过", ONE, "上一步", "跳过", "青屏大街12号", "卖过期卤肉", "提交"):
        phone.say(word if word in (ONE, "青屏大街12号", "卖过期卤肉") else space.join(word))
    assert [(case.merchant, case.address) for case in stored()] == [("", "青屏大街12号")]
    phone.say(space.join("投诉"))
    assert "没有保存" in phone.say(space.join("取消"))


def test_the_number_has_its_day_and_at_least_four_digits(phone, stored):
    phone.say(WHOLE)
    phone.say(f"{WHOLE}，又看见一回")
    assert [case.number for case in stored()] == ["SA20261123-0001", "SA20261123-0002"]


@pytest.mark.parametrize("text", ["老王熟食店卖臭肉，我叫王小明", "我叫王小明，老王熟食店卖臭肉，电话13812345678"])
def test_an_informants_name_stands_in_no_field_that_officers_read(phone, stored, person, text):
    assert "王小明" not in phone.say(text).splitlines()[0].partition("，")[0]
    phone.say("提交")
    (made,) = stored()
    assert (made.merchant, person(made).name) == (ONE, "王小明")
    assert "王小明" not in f"{made.description}{made.address}{made.product}{made.happened}"
