"""One spelling for what people write in many, with the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.normal import fold, gist, read


def test_width_case_script_space_slips_and_dialect_are_put_right():
    assert read("ＱＱ ｖｘ").text == "qqvx"
    assert read("賣過期雞蛋").text == "卖过期鸡蛋"
    assert read("过 期\u200b 了").text == "过期了"
    assert read("急急急急急").text == "急急"
    assert read("10000元").text == "10000元"
    assert read("俺夜儿个拉度子").text == "我昨天拉肚子"


@given(st.text(max_size=200))
def test_every_plain_character_knows_its_place_and_folding_keeps_all(text):
    plain = read(text)
    assert len(plain.text) == len(plain.places)
    assert plain.places == sorted(plain.places)
    assert all(0 <= place < len(text) for place in plain.places)
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("你好，他家卖过期肉", "他家卖过期肉"),
        ("他家卖过期肉，谢谢", "他家卖过期肉"),
        ("他家卖过期肉，谢谢领导了！", "他家卖过期肉"),
        ("他家卖过期肉，电话13800000000", "他家卖过期肉,"),
        ("不是要赔钱，他家卖过期肉", ",他家卖过期肉"),
        ("你好", "你好"),
        ("谢谢你们", "谢谢你们"),
        ("3号楼下120元", "3号楼下120元"),
    ],
)
def test_what_is_said_besides_is_left_away_unless_nothing_else_is_said(text, left):
    plain = gist(read(text))
    assert plain.text == left
    assert len(plain.places) == len(left)
