"""What is a name, a telephone, a place, a shop, and what is none."""

import pytest

from handlers.chat import readers
from handlers.chat.dialogue import Said


def read(reader, text):
    return reader(Said(text=text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张三", "张三"),
        ("我叫王小明", "王小明"),
        ("贾有田", "贾有田"),
        ("欧阳建国", "欧阳建国"),
        ("李女士", "李女士"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("【赵六】", "赵六"),
        ("叫我周大勇", "周大勇"),
        ("我姓马，马秋菊", "马秋菊"),
        ("俺叫翟铁柱", "翟铁柱"),
        ("那我写吧 苗建国", "苗建国"),
        ("卢小娟 女", "卢小娟"),
    ],
)
def test_names(text, name):
    assert read(readers.person, text) == {"name": name}


@pytest.mark.parametrize(
    "text", ["不用", "保密", "我要匿名", "为什么要留姓名", "照片看不清", "13812345678", "青屏大街12号", "他家的肉发臭"]
)
def test_what_is_no_name(text):
    assert read(readers.person, text) is None


def test_a_name_may_bring_its_telephone():
    assert read(readers.person, "王小明 13812345678") == {"name": "王小明", "phone": "13812345678"}


@pytest.mark.parametrize(
    "text", ["李四 410183199001011234", "李四，身份证号：41018319900101123X", "李四410183900101123"]
)
def test_the_number_of_an_identity_card_beside_a_name_is_kept_nowhere(text):
    assert read(readers.person, text) == {"name": "李四"}
    assert read(readers.person, f"{text} 13812345678") == {"name": "李四", "phone": "13812345678"}


@pytest.mark.parametrize(
    "text", ["13812345678", "138 1234 5678", "138-1234-5678", "+8613812345678", "１３８１２３４５６７８"]
)
def test_mobile_numbers_have_eleven_digits(text):
    assert readers.telephone_in(text) == "13812345678"


@pytest.mark.parametrize("text", ["1381234567", "138123456789", "410183199001011234", "12号", "没有"])
def test_what_is_no_telephone(text):
    assert read(readers.telephone, text) is None


@pytest.mark.parametrize("reader", [readers.place, readers.home, readers.shop])
@pytest.mark.parametrize("text", ["13812345678", "410183199001011234"])
def test_a_number_is_no_place_and_no_shop(reader, text):
    assert read(reader, text) is None


@pytest.mark.parametrize("text", ["1", "第1个", "选一", "1。", "【1】"])
def test_a_listed_category_in_every_dress(text):
    assert read(readers.category, text) == {"category": "online_offline"}


def test_words_that_name_a_shop_name_it():
    assert read(readers.shop, "网上的店，叫果小鲜旗舰店") == {"merchant": "果小鲜旗舰店"}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("代 王桂枝", {"principal": "王桂枝"}),
        ("替我妈投的 我叫苗建国", {"principal": "我妈", "name": "苗建国"}),
    ],
)
def test_an_agent_says_for_whom_and_may_say_who_they_are(text, answers):
    assert read(readers.complainant, text) == answers
