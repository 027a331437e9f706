"""What is said in the middle of a talk and is no answer to it."""

import pytest

from storage.submissions import identity

FED = "孩子刚吃完育才幼儿园的午饭就上吐下泻，现在喘不上气"


def last_line(text):
    return text.splitlines()[-1]


def test_danger_in_the_middle_of_a_talk_is_stored_at_once_with_what_was_said_before(phone, stored):
    for text in ("举报", "跳过", "老王熟食店", "青屏大街"):
        phone.say(text)
    assert phone.say(FED).startswith("请马上拨打120")
    (made,) = stored()
    assert (made.urgency, made.merchant, made.address, made.description) == (2, "老王熟食店", "青屏大街", FED)
    phone.say("三年级二班的")
    assert len(stored()) == 1


def test_a_question_back_is_answered_and_the_question_stays(phone):
    phone.say("举报 店名：老王熟食店 问题：肉臭")
    reply = phone.say("举报会不会泄露我的名字？")
    assert "地址" in last_line(reply)
    assert "加密保存" in reply


@pytest.mark.parametrize("name", ["医院旁边那家店", "怎么这么好吃饭店"])
def test_a_name_is_an_answer_however_it_sounds(phone, stored, name):
    phone.say("举报")
    phone.say("跳过")
    assert "地址" in last_line(phone.say(name))
    assert stored() == []


def test_a_question_in_a_story_is_part_of_the_story(phone, stored):
    for text in ("举报", "跳过", "老王熟食店", "青屏大街", "他家的肉发臭，这样卖合法吗？"):
        reply = phone.say(text)
    assert "照片" in last_line(reply)
    phone.say("提交")
    assert stored()[0].description == "他家的肉发臭，这样卖合法吗？"


@pytest.mark.parametrize("name", ["没问题饭店", "忘不了火锅店", "不二家蛋糕店"])
def test_a_shop_may_be_called_like_a_refusal(phone, stored, name):
    for text in ("举报", "跳过", name, "青屏大街", "肉臭", "提交"):
        phone.say(text)
    assert stored()[0].merchant == name


UNTIL_NAME = ("投诉", "好又多超市", "西大街", "奶是坏的", "退钱", "没有", "李四")


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        (("不对，我叫李五", "13812345678", "东大街3号"), "name", "李五"),
        (("不对，是李五", "13812345678", "东大街3号"), "name", "李五"),
        (("13812345678", "不对，是13912345678", "东大街3号"), "phone", "13912345678"),
        (("13812345678", "东大街3号", "我家住北大街5号"), "address", "北大街5号"),
        (("13812345678", "东大街3号", "13912345678"), "phone", "13912345678"),
        (("13812345678", "东大街3号", "我的电话是13912345678"), "phone", "13912345678"),
    ],
)
def test_what_was_said_of_oneself_is_put_right_and_read_by_nobody_in_the_text(
    phone, stored, service, said, field, value
):
    for text in (*UNTIL_NAME, *said, "提交"):
        phone.say(text)
    (made,) = stored()
    person = service.db.write(lambda tx: identity.reveal(tx, made.id, reason="test", by="test", number=made.number))
    assert getattr(person, field) == value
    assert value not in made.description


def test_the_telephone_of_somebody_else_is_not_ones_own(phone, stored, service):
    for text in (*UNTIL_NAME, "13812345678", "东大街3号", "老板电话是13912345678", "提交"):
        phone.say(text)
    (made,) = stored()
    person = service.db.write(lambda tx: identity.reveal(tx, made.id, reason="test", by="test", number=made.number))
    assert person.phone == "13812345678"


def test_不对_before_the_first_answer_belongs_to_it(phone, stored):
    for text in ("举报", "跳过", "不对，是老王熟食店", "青屏大街12号", "卖过期卤肉", "提交"):
        phone.say(text)
    assert [case.merchant for case in stored()] == ["老王熟食店"]


UNTIL_REPORT_NAME = ("举报", "跳过", "老王熟食店", "青屏大街12号", "卖过期卤肉", "没有")


@pytest.mark.parametrize("text", ["我要匿名", "不用", "保密", "怕他打击报复我", "我是路过的", "不想写", "不方便"])
def test_who_will_not_give_a_name_is_anonymous(phone, stored, text):
    for said in (*UNTIL_REPORT_NAME, text, "提交"):
        phone.say(said)
    assert [case.named for case in stored()] == [False]


@pytest.mark.parametrize("text", ["为什么要留姓名", "你们会不会告诉老板", "老板会知道吗", "会保密吗"])
def test_who_asks_what_the_name_is_for_is_told_and_asked_again(phone, text):
    for said in UNTIL_REPORT_NAME:
        phone.say(said)
    reply = phone.say(text)
    assert "加密保存" in reply
    assert last_line(reply) == "请回复【姓名】"


@pytest.mark.parametrize(
    "text", ["算了", "不报了", "不弄了", "人工", "转人工客服", "谢谢", "【地址】", "地址", "打字慢，稍等"]
)
def test_what_is_no_address_is_none(phone, stored, text):
    for said in ("举报", "跳过", "老王熟食店", text, "继续", "问题：卖过期卤肉", "提交"):
        phone.say(said)
    (made,) = stored()
    assert (made.merchant, made.address, made.description) == ("老王熟食店", "", "卖过期卤肉")


@pytest.mark.parametrize("text", ["他家后厨还有老鼠", "举报小李烧烤也用死鸡肉", "那个肉是前天买的"])
def test_at_the_question_for_pictures_what_is_told_is_kept_and_said_so(phone, stored, text):
    for said in UNTIL_REPORT_NAME[:-1]:
        phone.say(said)
    reply = phone.say(text)
    assert "记在" in reply
    assert last_line(reply) == "请发送【照片】"
    phone.say("提交")
    assert text in stored()[0].description


@pytest.mark.parametrize("text", ["【提交】", "提交吧", "核对无误", "没错", "「提交」"])
def test_the_words_of_the_summary_hand_it_in_as_they_stand_there(phone, stored, text):
    for said in (*UNTIL_REPORT_NAME, "匿名"):
        phone.say(said)
    assert "SA2026" in phone.say(text)
    assert [case.description for case in stored()] == ["卖过期卤肉"]


def test_a_home_in_the_same_text_is_not_the_shops_address(phone, stored):
    phone.say("我叫王小明，家住西大街5号，我投诉东大街88号好又多超市，奶过期了")
    for text in ("退50元", "没有", "提交", "13812345678", "提交"):
        phone.say(text)
    assert [(case.merchant, case.address) for case in stored()] == [("好又多超市", "东大街88号")]


TOLD = ("举报", "跳过", "老王熟食店", "青屏大街", "肉臭")
NAMED = (*TOLD, "没有", "贾有田", "13900006612")


@pytest.mark.parametrize("text", ["我还是不留名了", "改成匿名吧", "把我名字去掉"])
def test_who_was_named_may_still_go_unnamed(phone, stored, text):
    for one in (*NAMED, text, "提交"):
        phone.say(one)
    (made,) = stored()
    assert (made.named, text in made.description) == (False, False)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (TOLD[:1], "这几个啥区别啊"),
        (TOLD[:2], "老板会不会找我麻烦"),
        (TOLD[:3], "定位咋发"),
        (TOLD[:4], "多久能处理"),
        (TOLD[:4], "要多久才去查"),
        (TOLD, "视频可以不"),
        ((*TOLD, "没有"), "实名举报有奖励没"),
    ],
)
def test_a_question_to_us_is_no_answer_whatever_word_it_ends_with(phone, before, text):
    for one in before:
        asked = phone.say(one)
    assert last_line(phone.say(text)) == last_line(asked)


@pytest.mark.parametrize("text", ["谁知道是不是猫肉", "怎么能用过期的面粉呢"])
def test_a_question_that_asks_nobody_is_part_of_the_story(phone, stored, text):
    for one in (*TOLD[:4], text, "提交"):
        phone.say(one)
    assert stored()[0].description == text


@pytest.mark.parametrize(
    ("before", "text"), [(TOLD[:2], "我出去看看招牌"), (TOLD[:3], "等下 我找找门牌"), (TOLD[:4], "我想想咋说")]
)
def test_who_asks_for_a_moment_has_answered_nothing(phone, before, text):
    for one in before:
        asked = phone.say(one)
    assert last_line(phone.say(text)) == last_line(asked)


@pytest.mark.parametrize("text", ["哪有照片", "照片在我媳妇手机上", "不会用微信发图", "当时光顾生气了"])
def test_who_has_no_picture_is_asked_for_none_again(phone, text):
    for one in TOLD:
        phone.say(one)
    assert "姓名" in last_line(phone.say(text))


@pytest.mark.parametrize(
    ("before", "text"),
    [(TOLD[:1], "不弄了眼花"), (TOLD[:3], "算了 太费事"), (TOLD[:4], "不报了 算了"), (TOLD[:2], "我再考虑考虑 先不报")],
)
def test_who_leaves_may_say_why(phone, before, text):
    for one in before:
        phone.say(one)
    assert "【" not in last_line(phone.say(text))


@pytest.mark.parametrize("text", ["交", "报！", "没啥补的了 交", "报吧"])
def test_one_word_hands_it_in(phone, stored, text):
    for one in (*TOLD, "没有", "匿名", text):
        phone.say(one)
    assert len(stored()) == 1


def test_who_wants_no_call_is_not_told_how_to_call(phone):
    for one in NAMED[:-1]:
        phone.say(one)
    assert "提交" in last_line(phone.say("不想接电话"))


def test_a_leaflet_is_no_name(phone, stored):
    for one in (*TOLD, "有传单", "没有", "匿名", "提交"):
        phone.say(one)
    (made,) = stored()
    assert (made.named, "有传单" in made.description) == (False, True)


def test_a_name_that_comes_once_more_is_the_writers_and_no_words_of_the_case(phone, stored):
    for text in ("投诉", "好又多超市", "东大街88号", "牛奶过期了", "没有", "退一赔十", "叫我老李就行"):
        phone.say(text)
    assert "电话" in phone.say("李建国")
    for text in ("13800001234", "青屏街3号楼", "提交"):
        phone.say(text)
    (made,) = stored()
    assert "李建国" not in made.description


def test_nothing_is_handed_in_by_another_word_than_the_last_one(phone, stored):
    for text in ("举报", "跳过", "老王熟食店", "青屏大街", "肉臭", "没有", "跳过"):
        phone.say(text)
    assert "提交" in phone.say("跳过")
    assert stored() == []
    phone.say("提交")
    assert len(stored()) == 1
