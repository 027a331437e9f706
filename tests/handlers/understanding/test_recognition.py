"""What a message wants: sentences with a border in them, and what must hold of any text."""

import json
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.recognition import HELD_OUT, dangerous, macro_f1, rows, score, table
from content.submissions.categories import CATEGORIES
from content.understanding.recognition import INTENTS
from handlers.understanding import addresses
from handlers.understanding.danger import Level
from handlers.understanding.merchants import LIKELIEST, scored
from handlers.understanding.normal import fold
from handlers.understanding.recognition import LONGEST, NAMED_WITHIN, product_told, recognise
from tests.conftest import ROOT

OPEN = ROOT / "tests" / "recognition" / "open.jsonl"


def intent(text: str) -> str:
    return recognise(text).intent


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("举报李家熟食卖过期卤肉", "report"),
        ("菜市场卖鱼的秤不准，少我二两，你们去查查", "report"),
        ("买的手机三天就黑屏，商家不给退，我要退钱", "complaint"),
        ("办的健身卡店关门了，卡里的钱要求退给我", "complaint"),
        ("过期食品怎么赔偿", "question"),
        ("健康证在哪里办，需要什么材料", "question"),
        ("孩子吃完凉皮正在吐，喘不上气了", "emergency"),
        ("隔壁饭店着火了，里面还有人", "emergency"),
        ("所长收了老板的红包，举报了也不查", "discipline"),
        ("执法人员提前给店里通风报信", "discipline"),
        ("谢谢你们，辛苦了", "chatter"),
        ("低息贷款，当天放款，加微信", "chatter"),
        ("小区路灯坏了没人修", "chatter"),
    ],
)
def test_a_plain_message_is_understood(text, wanted):
    assert intent(text) == wanted


@pytest.mark.parametrize(
    "text", ["举报李家熟食卖过期卤肉", "买的手机三天就黑屏，商家不给退，我要退钱", "健康证在哪里办，需要什么材料"]
)
def test_courtesy_and_numbers_change_nothing(text):
    wanted = intent(text)
    assert intent(f"你好，{text}") == intent(f"{text}，谢谢") == intent(f"{text}，我电话13800000000") == wanted


def test_whoever_wants_no_money_makes_no_claim():
    assert intent("不是要赔钱，他家卖过期肉，你们查查") == "report"
    assert "complaint" not in recognise("不是要赔钱，他家卖过期肉，你们查查").also


@pytest.mark.parametrize(
    "text",
    [
        "所长收了老板的红包，举报了也不查",
        "经办我这个事的人收了老板两箱酒",
        "来的那个干部当面收了老板红包",
        "你们所里的人认识他们店长，来查前先打电话",
        "罚款五千，他问我要八千，说不开票",
    ],
)
def test_a_letter_names_an_official(text):
    found = recognise(text)
    assert (found.intent, found.official) == ("discipline", True)


@pytest.mark.parametrize(
    "text",
    [
        "老板吹牛说认识局长",
        "饭店经理说他上面有人，谁告都没用",
        "有人冒充市监局的来收钱，穿的制服不像",
        "队长是俺村打牌的外号，他开的熟食摊卖死鸡",
    ],
)
def test_boasts_impostors_and_nicknames_name_nobody(text):
    found = recognise(text)
    assert not found.official
    assert "discipline" not in (found.intent, *found.also)


@pytest.mark.parametrize(
    "text",
    ["我开店的，罚款能不能分期交", "上班时间是几点", "店员爱答不理，态度真差", "他给我塞钱让我删视频"],
)
def test_what_a_business_does_and_what_is_asked_is_no_letter(text):
    assert "discipline" not in (recognise(text).intent, *recognise(text).also)


def test_an_illness_is_an_emergency_only_while_it_lasts():
    assert intent("孩子刚吃完烤串现在一直吐，站不起来了") == "emergency"
    assert intent("上个月在那家店吃坏了肚子，后来好了，希望查查后厨卫生") == "report"
    assert intent("如果吃了外面的东西中毒了怎么办") == "question"
    assert intent("没有中毒，就是觉得他家肉不新鲜，有味，你们去看看吧") == "report"


def test_danger_to_life_is_an_emergency_without_any_food():
    for text in ("楼道里全是煤气味，有人晕倒了", "电梯困住两个孩子出不来", "有人触电了，叫不醒"):
        assert intent(text) == "emergency"


def test_slips_dialect_traditional_and_spread_letters_are_read():
    assert intent("俺孙子夜儿个吃了那家嘞凉皮拉肚了，今儿个好了，恁去查查那个摊儿卖嘞啥") == "report"
    assert intent("超市賣過期牛奶，請你們查處") == "report"
    assert intent("超 市 卖 过 期 牛 奶，举 报 他") == "report"
    assert intent("饭店卖变值的肉，投拆没人理，举抱他") in ("report", "complaint")


def test_what_else_a_message_holds_is_told():
    both = recognise("福满楼卖过期肉，要求退一赔十，并查处他")
    assert {both.intent, *both.also} >= {"complaint", "report"}
    assert both.intent not in both.also
    assert "report" in recognise("所长收钱不查，王记烩面用地沟油").also
    assert recognise("请问周六上班吗").also == ()


def test_the_category_is_told_of_what_is_reported():
    assert recognise("举报卤肉店往汤里放罂粟壳").category == "illegal_additive"
    assert recognise("加油站的加油机不准，多跳了五升，举报").category == "other"
    assert recognise("健康证在哪里办").category == ""
    assert not recognise("我买的电动车电池三天就坏，商家不给退").food
    assert recognise("蛋糕发霉了要求退钱").food


def test_urgent_is_what_cannot_wait():
    assert recognise("冷库的人正连夜往车上装臭肉，你们快来查，再晚就没了").urgent
    assert recognise("孩子吃了果冻噎住了，脸都紫了").urgent
    assert not recognise("福满楼后厨有老鼠").urgent
    assert not recognise("如果食物中毒了找谁").urgent


def test_reasons_quote_words_of_the_message():
    found = recognise("买的鞋开胶，客服不理人，要求退款")
    assert any("退款" in reason for reason in found.reasons)
    assert "没有中毒" not in "".join(recognise("没有中毒，肉不新鲜，去查查").reasons)
    assert recognise("").reasons


def test_names_places_products_and_times_are_as_written():
    found = recognise("昨天晚上在青屏大街王记烩面馆吃出蟑螂，举报")
    assert (found.merchant, found.place, found.when) == ("王记烩面馆", "青屏大街", "昨天晚上")
    assert recognise("在超市买的酸奶发霉了").product == "酸奶"


NASTY = [
    "",
    " \n\t",
    "🤮" * 500,
    "' or 1=1; drop table submission; --",
    "(((((.*.*.*)+)+)+$" * 40,
    "如果" * 1000,
    "没有" * 1000,
    "吃了…退…钱" * 300,
    "一" * 3000,
    "\ud800过期",
    "\u202e过期\u0000",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "退" + "啊" * 2500,
    "举报 " + "买的" * 330,
    "1" * 2000,
]


@given(st.one_of(st.text(max_size=300), st.text("退钱没有吃了中毒如果路店镇的在，。？ 0一#$^…", max_size=200)))
@example(NASTY[9])
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered_and_names_are_parts_of_it(text):
    found = recognise(text)
    assert found.intent in INTENTS
    assert found.category in {"", *CATEGORIES}
    parts = (found.merchant, found.place, found.product, found.when, found.name, found.phone, found.home, found.demand)
    for part in (*parts, *found.others):
        assert part in text
    assert found.intent not in found.also
    assert found.reasons
    assert found == recognise(text)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_text_offers_endless_spans_for_names(text):
    read = fold(text[:NAMED_WITHIN])
    assert sum(1 for _ in scored(read, addresses.spans(read))) <= LIKELIEST**2


def test_nothing_behind_the_longest_message_is_read():
    assert recognise("谢" * LONGEST + "煤气泄漏，有人晕倒了").intent != "emergency"


def test_the_messages_learned_from_carry_known_labels():
    for row in map(json.loads, OPEN.read_text(encoding="utf-8").splitlines()):
        assert row["intent"] in INTENTS
        assert row["merchant"] in row["text"]


@pytest.mark.slow
def test_messages_that_nothing_was_learned_from_are_understood():
    counts = table((row["intent"], recognise(row["text"]).intent) for row in rows(HELD_OUT))
    assert macro_f1(counts) >= 0.91
    assert score(counts, "emergency").recall >= 0.98


@pytest.mark.slow
def test_hardly_a_danger_is_missed_and_hardly_one_called_for_nothing():
    counts = Counter((dangerous(row), recognise(row["text"]).danger.level) for row in rows(HELD_OUT))
    assert counts[True, Level.NONE] <= 0.01 * sum(counts[True, level] for level in Level)
    assert counts[False, Level.CERTAIN] <= 0.01 * sum(counts[False, level] for level in Level)


def test_a_third_of_the_messages_is_held_out_and_none_of_it_was_learned_from():
    learned = {row["text"] for row in (*rows(OPEN), *rows(OPEN.with_name("own.jsonl")))}
    held_out = {row["text"] for row in (*rows(HELD_OUT), *rows(OPEN.with_name("fresh.jsonl")))}
    assert len(held_out) >= 0.3 * (len(held_out) + len(learned))
    assert not (learned | {row["text"] for row in rows(OPEN.with_name("facts.jsonl"))}) & held_out


@pytest.mark.parametrize(
    ("text", "thing"), [("昨天买的卤肉都臭了", "卤肉"), ("喝了一瓶酸奶拉肚子", "酸奶"), ("后厨有老鼠", "")]
)
def test_what_follows_buying_or_eating_is_the_product(text, thing):
    assert product_told(text) == thing


@pytest.mark.parametrize(
    "text",
    ["老王熟食店卖臭肉，我叫王小明", "我叫王小明，老王熟食店卖臭肉", "老王熟食店卖臭肉,电话138.1234.5678,我叫王小明"],
)
def test_whoever_writes_is_no_shop(text):
    found = recognise(text)
    assert (found.merchant, found.name) == ("老王熟食店", "王小明")
    assert "王小明" not in found.others
