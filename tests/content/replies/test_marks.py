"""What others wrote is harmless in a text; words to tap and links of our own are marks."""

import pytest

from content.replies import marks, say


@pytest.mark.parametrize(
    "text", ['<a href="http://evil.example">点此</a>', "weixin://bizmsgmenu?x", "www.evil.cn", "http://1.2.3.4/x"]
)
def test_what_others_wrote_makes_no_tag_and_no_address(text):
    shown = marks.harmless(text)
    assert "<" not in shown
    assert "://" not in shown
    assert "evil.cn" not in shown


def test_numbers_and_sums_stay_as_they_are():
    assert marks.harmless("退款3.5元，9.9折") == "退款3.5元，9.9折"


def test_a_tap_sends_its_words_and_may_be_turned_into_words_to_type():
    assert marks.untapped(f"回复{marks.tap('提交')}") == "回复“提交”"


def test_a_link_of_our_own_stays_when_taps_are_off():
    assert marks.untapped(marks.link("https://a.example/1", "看回执")) == '<a href="https://a.example/1">看回执</a>'


def test_a_name_cannot_make_a_link_in_a_reply():
    assert "<a" not in say("offer_taken", name='<a href="http://evil.example">x</a>')


def test_a_telephone_is_shown_by_its_ends():
    assert marks.masked("138 1234 5678") == "138****5678"
