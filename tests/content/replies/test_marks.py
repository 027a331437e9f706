"""Nothing that others wrote, a citizen, staff or a register, can make a link, a tag or a line of its own."""

import re

import pytest
from jinja2 import nodes

from content.replies import LIMIT_BYTES, marks, say, texts
from content.replies.facts import FACTS
from tests.conftest import ROOT

HOSTILE = '<a href="http://evil.example">x</a>\nhttp://evil.example www.evil.cn'
OUR_LINK = "https://ours.example/a"
OURS: dict[str, str | int] = {
    "answer": "说明",
    "base_url": OUR_LINK,
    "brief": "【紧急】",
    "call": "120",
    "consent": OUR_LINK,
    "further": 2,
    "hours": "现在",
    "link": OUR_LINK,
    "minutes": 10,
    "offers": "现在可以回复",
    "people": 3,
    "question": "问题",
    "receipt": OUR_LINK,
    "since": "23:05",
    "time": "23:15",
}
"""Facts that the account itself makes, and what stands for them here."""
MARKING = {"ours", "safe", "escape", "e", "forceescape", "urlize", "xmlattr", "tojson"}
"""Filters after which a value is taken for markup."""
TREES = {
    path.stem: texts()[path.stem].environment.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "content" / "replies").glob("*.txt"))
}

ALARMS = sorted(name for name in FACTS if name.startswith("alarm_"))


def filled(facts, value, name=""):
    """Each fact with this value, but for those of our own."""
    if isinstance(facts, list):
        return [filled(facts[0], value)] * 2
    if facts:
        return {part: filled(its_parts, value, part) for part, its_parts in facts.items()}
    return OURS.get(name, value)


@pytest.mark.parametrize("name", sorted(name for name in FACTS if FACTS[name]))
def test_what_others_wrote_makes_neither_a_tag_nor_a_link(name):
    said = say(name, **filled(FACTS[name], HOSTILE))
    theirs = "".join(re.split(f'<a href="(?:{OUR_LINK}|weixin:[^"]*)">|</a>', said)).replace(OUR_LINK, "")
    assert not re.search(r"<|://|evil\.|www\.evil", theirs), theirs


@pytest.mark.parametrize("name", ALARMS)
def test_what_others_wrote_makes_no_line_of_its_own_in_an_alarm(name):
    lines = [say(name, **filled(FACTS[name], value)).splitlines() for value in (HOSTILE, "值")]
    assert len(lines[0]) == len(lines[1])


@pytest.mark.parametrize("name", TREES)
def test_only_what_the_account_itself_says_is_taken_for_markup(name):
    """Also in the branches that no test goes through."""
    for one in TREES[name].find_all(nodes.Filter):
        if one.name in MARKING:
            assert one.name == "ours"
            assert getattr(one.node, "attr", getattr(one.node, "name", "")) in OURS
    for call in TREES[name].find_all(nodes.Call):
        called = getattr(call.node, "name", "")
        if called in ("tap", "link"):
            address, words = (None, *call.args) if called == "tap" else call.args
            assert isinstance(words, nodes.Const)
            assert address is None or (getattr(address, "attr", "") or address.arg.value) in OURS


@pytest.mark.parametrize("name", ALARMS)
def test_each_value_of_an_alarm_is_one_line(name):
    for output in TREES[name].find_all(nodes.Output):
        for value in output.nodes:
            filters = {one.name for one in [value, *value.find_all(nodes.Filter)] if isinstance(one, nodes.Filter)}
            computed = (
                isinstance(value, nodes.TemplateData) or getattr(value, "attr", getattr(value, "name", "")) in OURS
            )
            assert computed or filters & {"oneline", "ours"}


def test_words_to_tap_fit_an_answer_many_times():
    assert len(marks.tap("不知道").encode()) < LIMIT_BYTES / 15


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
