"""Danger to a person: certain, doubtful or none, whom to call, and the first aid that helps."""

import sys
from collections import Counter

import pytest

from benchmarks.recognition import dangerous, rows
from content.understanding.danger import FIRST_AID
from handlers.understanding import classifier, urgency
from handlers.understanding.danger import Danger, Level, assess
from handlers.understanding.normal import gist, read
from handlers.understanding.recognition import recognise
from tests.conftest import ROOT

REMARKS = ROOT / "tests" / "recognition" / "remarks.jsonl"


def danger(text: str, asked: str = "") -> Danger:
    return recognise(text, asked).danger


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("说完了", ""),
        ("没人吃坏", ""),
        ("笑得肚子疼", ""),
        ("笑死我了", ""),
        ("气死我了", ""),
        ("救救老百姓吧", ""),
        ("日期看不清", ""),
        ("就在孩子学校门口", "address"),
        ("照片在我儿子手机上", "pictures"),
        ("急诊楼对面的包子铺", "merchant"),
        ("嗓子哑了别打电话", "phone"),
        ("没吃就发现了", "problem"),
        ("上个月吃坏过肚子，后来好了", "problem"),
    ],
)
def test_an_ordinary_remark_calls_nobody_and_asks_nothing(text, asked):
    assert danger(text, asked) == Danger()


@pytest.mark.parametrize(
    "text", ["差点噎着", "不用叫救护车", "怕吃了中毒", "要是中毒了咋办", "上周在他家食物中毒住院了"]
)
def test_what_did_not_happen_or_is_over_calls_nobody(text):
    assert danger(text).level < Level.CERTAIN


@pytest.mark.parametrize(
    ("text", "asked", "number"),
    [
        ("孩子吃果冻噎住了", "", "120"),
        ("好多孩子吐了", "", "120"),
        ("叫不醒了", "merchant", "120"),
        ("俺孙子吃老鼠药了", "", "120"),
        ("举报有人中毒了快来", "", "120"),
        ("投诉他家，我妈现在喘不上气", "", "120"),
        ("七八个人住院了他家还在卖", "", "120"),
        ("已经死了一个人了那酒还在卖", "", "120"),
        ("就命", "", "120"),
        ("又倒了两个", "emergency_after", "120"),
        ("他们说要弄死我", "", "110"),
        ("举报完就有人跟踪我", "after", "110"),
        ("不能说他说要弄死我", "name", "110"),
        ("把我锁在店里了", "", "110"),
        ("后厨着火了", "", "119"),
        ("满楼道煤气味", "", "119"),
        ("困在三楼电梯里", "address", "119"),
    ],
)
def test_danger_said_is_certain_at_every_question_and_tells_whom_to_call(text, asked, number):
    found = danger(text, asked)
    assert (found.level, found.number) == (Level.CERTAIN, number)
    assert found.reasons


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我爸吃汤圆噎住了", "choking"),
        ("吃了花生喉咙肿了喘不上气", "allergy_shock"),
        ("孩子在地上抽搐口吐白沫", "seizure"),
        ("人倒在店里叫不醒", "unconscious"),
        ("吃了野蘑菇看见小人", "poison_mushroom"),
        ("我妈喝农药了", "poison_swallowed"),
        ("煤气罐漏气了", "gas"),
        ("老板拿刀追我", ""),
    ],
)
def test_the_first_aid_that_helps_is_told(text, kind):
    assert danger(text).kind == kind
    assert not kind or FIRST_AID[kind].line


def test_a_threat_by_an_official_is_danger_and_a_letter():
    found = recognise("你们所长带人来我家堵门了，说再告就弄死我")
    assert found.intent == "emergency"
    assert "discipline" in found.also
    assert found.danger.number == "110"


def test_a_possible_danger_is_asked_about():
    assert danger("食物中毒怎么办").level is Level.DOUBTFUL
    assert danger("孩子发烧了").number == "120"


def test_a_place_that_is_asked_for_is_no_danger():
    assert recognise("医院门口", "address").danger == Danger()


def test_what_was_learned_from_is_told_apart():
    """How well it holds for remarks that nothing was learned from, ``benchmarks.fit_recognition --check`` tells."""
    counts = Counter((dangerous(row), danger(row["text"], row["asked"]).level) for row in rows(REMARKS))
    assert counts[False, Level.CERTAIN] <= 0.01 * sum(counts[False, level] for level in Level)
    assert counts[True, Level.NONE] <= 0.01 * sum(counts[True, level] for level in Level)


REPEATED = ["买的", "没有", "吐了一个", "老板说不让走", "不会到算吃喝叫打喊被把给就", "1", "喝…喝", "谢谢", "怕", ",。"]


def calls(work, text: str) -> int:
    """How many calls, of Python and of C, the work makes; unlike its time they are the same on every machine."""
    made = 0

    def count(_frame, event, _argument):
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work(text)
    finally:
        sys.setprofile(None)
    return made


def understand(text: str) -> None:
    plain = read(text)
    assess(plain.text)
    classifier.concepts(gist(plain).text)
    urgency.assess(text)


@pytest.mark.parametrize("part", REPEATED)
def test_no_repetition_makes_a_message_of_two_kilobytes_dear(part):
    text = (part * 2048).encode()[:2048].decode(errors="ignore")
    assert calls(understand, text) < 40_000


@pytest.mark.parametrize("text", ["新闻上说外省幼儿园中毒了", "网上看到说某地酒厂爆炸了", "玩游戏被砍死了"])
def test_what_was_only_read_or_seen_calls_nobody(text):
    assert danger(text).level < Level.CERTAIN


@pytest.mark.parametrize("text", ["刀削面太咸", "我晕针", "鸡都死了好几天了还在卖", "他今天又进了一车鸭血"])
def test_food_and_manners_of_speaking_are_no_danger(text):
    assert danger(text).level is Level.NONE


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一家人都中独了", "120"),
        ("好几个老人不省人世", "120"),
        ("我割脉了", "120"),
        ("俺娘要喝药", "120"),
        ("着了着了", "119"),
    ],
)
def test_danger_is_one_however_it_is_spelt(text, number):
    assert (danger(text).level, danger(text).number) == (Level.CERTAIN, number)
