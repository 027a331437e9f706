"""What a message wants done: the writer's own demand, as written."""

import pytest

from handlers.understanding.recognition import recognise


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("福满楼卖过期肉，要求退一赔十，并查处他", "要求退一赔十，并查处他"),
        ("诉求：退一赔三。电话13812345678", "退一赔三"),
        ("肉都臭了，希望你们好好查查他", "希望你们好好查查他"),
        ("买到假货，退一赔三", "退一赔三"),
        ("我要他赔偿500元", "我要他赔偿500元"),
        ("他家卖过期火腿肠，还要他退我26块", "要他退我26块"),
        ("孩子吃坏了，赔偿500元", "赔偿500元"),
        ("要求你们查处，另外我吃坏了肚子，要求退款赔偿500元", "要求退款赔偿500元"),
        ("希望你们查处他。东西坏了，退一赔三", "退一赔三"),
        ("我要求查处他。也要求他赔礼道歉", "我要求查处他"),
        ("我要求查处他，不要求赔钱", "我要求查处他"),
        ("商家要求先付款再发货，货一直不给", ""),
        ("我不要求赔钱", ""),
        ("不是要赔钱，你们去看看吧", ""),
        ("我要举报福满楼", ""),
        ("东西不符合要求", ""),
        ("我要买酸奶", ""),
        ("福满楼后厨有老鼠", ""),
    ],
)
def test_a_demand_is_what_the_writer_wants(text, demand):
    assert recognise(text).demand == demand
