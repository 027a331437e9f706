"""What a report is filed under: what was done to the food weighs more than where it was bought."""

import pytest

from handlers.understanding.recognition import recognise


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("举报卤肉店往汤里放罂粟壳", "illegal_additive"),
        ("举报豆腐坊用工业石膏点豆腐", "illegal_additive"),
        ("举报超市卖的牛奶过期三天", "online_offline"),
        ("举报批发市场卖的香精没有厂名和许可证", "fake_additive"),
        ("举报集市上卖的方便面叫康帅傅，三无", "rural_fake"),
        ("举报直播间主播卖的燕窝是糖水", "influencer_food"),
        ("举报他们给老人讲课卖胶囊，说能治糖尿病", "health_food_false"),
        ("举报加油站的加油机不准，多跳了五升", "other"),
    ],
)
def test_a_report_is_filed_under_what_was_done(text, code):
    assert recognise(text).category == code


def test_a_category_that_an_office_added_is_taken_by_its_words(monkeypatch):
    monkeypatch.setattr("handlers.understanding.category.categories.guess", lambda _: "school_meals")
    assert recognise("举报食堂的肉过期").category == "school_meals"
