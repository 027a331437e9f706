"""A correction in plain words changes the answer that is meant."""

import pytest

from handlers.chat import correcting
from handlers.chat.dialogue import Said
from handlers.chat.questions import COMPLAINT, REPORT

GIVEN = {"category": "", "merchant": "老王熟食店", "address": "青屏大街12号"}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("不对，地址是西大街3号", {"address": "西大街3号"}),
        ("地址写错了，是14号", {"address": "青屏大街14号"}),
        ("等一下，店名不对，是好又多", {"merchant": "好又多"}),
        ("店名改成好又多", {"merchant": "好又多"}),
        ("不是12号，是14号", {"address": "青屏大街14号"}),
        ("不对，是西大街", {"address": "西大街"}),
        ("地址就是西大街3号", {"address": "西大街3号"}),
        ("地址不是12号是14号", {"address": "青屏大街14号"}),
        ("青屏大街14号才对", {"address": "青屏大街14号"}),
        ("说反了，是青屏小街", {"address": "青屏小街"}),
        ("店名少打一个字，是老王熟食大店", {"merchant": "老王熟食大店"}),
        ("不是老王是老李", {"merchant": "老李熟食店"}),
        ("类别选错了 应该是4", {"category": "illegal_additive"}),
    ],
)
def test_corrections(text, known):
    found = correcting.read(REPORT, GIVEN, Said(text=text), plain=False)
    assert {name: value for name, value in found.items() if value} == known


@pytest.mark.parametrize(
    "text", ["老板说肉是好的", "他家的地址很偏", "肉应该是冰的，他家是热的", "不是我一个人看见的，是好几个人看见的"]
)
def test_a_story_corrects_nothing(text):
    assert correcting.read(REPORT, GIVEN, Said(text=text), plain=True) is None


def test_a_telephone_is_corrected_where_one_was_given():
    answers = dict.fromkeys(("merchant", "address", "problem", "demand", "pictures", "name"), "x")
    answers |= {"phone": "13800000000"}
    found = correcting.read(COMPLAINT, answers, Said(text="不对，是13812345678"), plain=False)
    assert found == {"phone": "13812345678"}


TOLD = GIVEN | {"problem": "卖三无糖", "pictures": ""}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("不对 是青屏小街12号", {"address": "青屏小街12号"}),
        ("不对，是硬糖", None),
        ("不是三无糖，是过期糖", {"problem": "卖过期糖"}),
        ("问题改成 卖过期糖", {"problem": "卖过期糖"}),
    ],
)
def test_a_story_is_not_replaced_by_a_word_that_does_not_name_it(text, known):
    found = correcting.read(REPORT, TOLD, Said(text=text), plain=False)
    assert (found and {name: value for name, value in found.items() if value}) == known
