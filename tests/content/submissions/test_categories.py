import pytest

from content.errors import ContentError
from content.submissions.categories import CATEGORIES, CODES, guess, label


def test_the_public_codes_and_labels_stand_among_whatever_an_office_adds():
    public = {code: category.label for code, category in CATEGORIES.items() if code in CODES}
    assert public == {
        "online_offline": "线上线下食品安全",
        "rural_fake": "农村假冒伪劣食品",
        "influencer_food": "网红食品",
        "illegal_additive": "非法添加",
        "fake_additive": "假冒食品添加剂",
        "health_food_false": "保健食品虚假宣传",
        "other": "其他",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("新密市青屏大街12号老王熟食店卖过期卤肉，包装日期被涂改", "online_offline"),
        ("昨天点的外卖里有一只蟑螂", "online_offline"),
        ("饭店火锅外卖里像是加了罂粟壳，吃了还想吃", "illegal_additive"),
        ("市场上的鱿鱼用福尔马林泡过", "illegal_additive"),
        ("赶集买到康帅傅方便面", "rural_fake"),
        ("村口小卖部的辣条没有厂名厂址", "rural_fake"),
        ("在抖音直播间买的牛肉干跟主播说的不一样", "influencer_food"),
        ("网红蛋糕店打卡的人很多，用的是临期奶油", "influencer_food"),
        ("批发部卖的泡打粉和香精没有生产许可证", "fake_additive"),
        ("给我妈推销的保健品说能降血糖、包治百病，送鸡蛋听课", "health_food_false"),
        ("减肥茶宣称三天见效还能治疗便秘", "health_food_false"),
        ("谢谢，辛苦了", None),
        ("", None),
    ],
)
def test_everyday_sentences_find_their_category(text, code):
    assert guess(text) == code


def test_an_unknown_code_is_named_with_the_known_ones():
    with pytest.raises(ContentError, match=r"pizza.*online_offline"):
        label("pizza")
    assert label("other") == "其他"
