"""What was bought or eaten, and when, as written."""

import pytest

from handlers.understanding.recognition import product_told, when_told


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("昨天晚上在店里吃的", "昨天晚上"),
        ("11月3号买的", "11月3号"),
        ("上周三去的那家", "上周三"),
        ("三天前买了一箱", "三天前"),
        ("卖过期卤肉", ""),
        ("3号楼下的超市", ""),
    ],
)
def test_the_first_time_is_told(text, time):
    assert when_told(text) == time


@pytest.mark.parametrize(
    ("text", "thing"), [("昨天买的卤肉都臭了", "卤肉"), ("喝了一瓶酸奶拉肚子", "酸奶"), ("后厨有老鼠", "")]
)
def test_what_follows_buying_or_eating_is_the_product(text, thing):
    assert product_told(text) == thing
