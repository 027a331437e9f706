"""One spelling for what people write in many, with the way back."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.normal import fold, read


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
