"""Numbers that identify a person leave the text in whatever spelling; everything else stays."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.masking import Masked, mask

PHONE, CITIZEN, CARD, PLATE, MAIL, WECHAT = (
    "〔电话〕",
    "〔身份证号〕",
    "〔银行卡号〕",
    "〔车牌号〕",
    "〔邮箱〕",
    "〔微信号〕",
)
SPELLINGS = {
    PHONE: (
        "13812345678",
        "138 1234 5678",
        "138.1234.5678",
        "138 123 45678",
        "138-1234-5678",
        "138，1234，5678",
        "1 3 8 1 2 3 4 5 6 7 8",
        "１３８１２３４５６７８",
        "1\u200b3812\u20603456\ufeff78",
        "①③⑧①②③④⑤⑥⑦⑧",
        "一三八一二三四五六七八",
        "幺三八幺二三四五六七八",
        "壹叁捌12345678",
        "8613812345678",
        "+86 138-1234-5678",
        "008613812345678",
        "013812345678",
        "0371-69851234",
        "0371 6985 1234",
        "01069851234",
        "零三七一六九八五一二三四",
        "+86 371 69851234",
    ),
    CITIZEN: (
        "410183199003071234",
        "41018319900307123X",
        "４１０１８３１９９００３０７１２３ｘ",
        "410183 1990 03 07 123x",
        "410183900307123",
    ),
    CARD: ("6222021234567890128", "6222 0212 3456 7890 128"),
    PLATE: ("豫A12345", "豫A·12B45", "豫ａ 12345", "豫AD12345"),
    MAIL: ("zhang_san.88@qq.com", "ｚｓ＠１６３．ｃｏｍ", "zs @ mail.xinmi.gov.cn"),
}


@pytest.mark.parametrize(("mark", "number"), [(mark, number) for mark, all_ in SPELLINGS.items() for number in all_])
def test_a_personal_number_leaves_a_mark_and_is_kept_aside(mark, number):
    assert mask(f"找他：{number}，过期肉") == Masked(f"找他：{mark}，过期肉", (number,))


@pytest.mark.parametrize(
    ("text", "masked", "number"),
    [
        ("微信号：zhang_san88。", f"微信号：{WECHAT}。", "zhang_san88"),
        ("加V zhangsan123", f"加V {WECHAT}", "zhangsan123"),
        ("QQ是12345678", f"QQ是{WECHAT}", "12345678"),
        ("扣扣 123 456 789", f"扣扣 {WECHAT}", "123 456 789"),
        ("老板电话：6985 1234", f"老板电话：{PHONE}", "6985 1234"),
        ("京A12345学", f"{PLATE}", "京A12345学"),
        ("一三八一二三四五六七八一下", f"{PHONE}一下", "一三八一二三四五六七八"),
    ],
)
def test_words_around_it_say_that_it_is_one(text, masked, number):
    assert mask(text) == Masked(masked, (number,))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "花了1380元买12345斤",
        "13.5 14.5 18.8 19.9",
        "15、20、25元各一份",
        "微信12345元，支付宝188元",
        "微信支付 QQ糖 新VIP123",
        "条码6901234567892",
        "订单号20261123138123456789012",
        "订单号：622202123456789012",
        "生产日期2026-11-23，批号20261123",
        "2026-03-15 2026-11-23 3袋",
        "13:45买的，15号楼1601，青屏大街138号",
        "拨打12315和120、110、119，或400-820-8820",
        "电话12315，电话400 820 8820",
        "许可证SC11341018300123",
        "统一社会信用代码91410183MA40ABCD1X",
        "914101837067782915",
        "新市监罚〔2026〕12号，SA20261123-0007",
        "一二三四五，上山打老虎",
    ],
)
def test_other_numbers_stay(text):
    assert mask(text) == Masked(text, ())


def test_the_telephone_of_a_business_goes_with_the_others():
    """Whose it is a number does not tell; it is kept with the identity."""
    assert mask("包装上印着服务电话0371-69851234") == Masked(f"包装上印着服务电话{PHONE}", ("0371-69851234",))


def _folded(text: str) -> str:
    """The digits of a text as whoever reads it would type them."""
    values = (unicodedata.numeric(one, -1) for one in unicodedata.normalize("NFKC", text))
    return "".join(str(int(value)) for value in values if value in range(10))


DIGITS = ("0123456789", "０１２３４５６７８９", "零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
GAPS = ("", " ", "-", ".", "·", "\u200b", "\u3000", "—", " - ", "\u2060\u200d", "_", "/")
GROUPS = ((3, 4, 4), (3, 3, 5), (4, 3, 4), (3, 8), (3, 2, 2, 2, 2), (1,) * 11, (11,))
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@st.composite
def spelled(draw):
    """A mobile number and how somebody wrote it."""
    number, gap, groups = draw(MOBILES), draw(st.sampled_from(GAPS)), iter(draw(st.sampled_from(GROUPS)))
    signs = [draw(st.sampled_from(DIGITS))[int(one)] for one in number]
    parts = ["".join(signs.pop(0) for _ in range(size)) for size in groups]
    return number, draw(st.sampled_from(("", "+86", "86", "0086 ", "0"))) + gap.join(parts)


@given(
    spelled(), st.sampled_from(("", "我电话", "加微信：", "店主说")), st.sampled_from(("", "，快来", "。15元", " 谢谢"))
)
def test_however_it_is_spelled_nothing_of_it_stays(spelling, before, behind):
    number, written = spelling
    masked = mask(f"{before}{written}{behind}")
    left = _folded(masked.text)
    assert not any(number[i : i + 5] in left for i in range(7))
    assert number in "".join(_folded(one) for one in masked.numbers)


@given(st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Lo", "Ll", "Lu"])))
def test_a_text_without_digits_and_letters_is_untouched(text):
    assert mask(text).text == text


@given(st.lists(MOBILES, min_size=1, max_size=4))
def test_of_several_numbers_none_stays(numbers):
    assert mask("，".join(numbers)) == Masked("，".join([PHONE] * len(numbers)), tuple(numbers))


@given(st.text(st.sampled_from("0123456789 -.一三甲豫A@:")))
def test_what_is_masked_needs_no_second_masking(text):
    once = mask(text).text
    assert mask(once).text == once


@pytest.mark.parametrize(
    "text", ["熟食有问题，吃了12个人拉肚子。", "1 ", "1", "a", "138 1234 567 ", "13.5 ", "京a1", "6 2 ", "a@", "电话"]
)
def test_a_long_text_is_read_in_a_moment(text):
    long = (text * 2000)[:2000]
    mask(long)
    began = time.process_time()
    mask(long)
    assert time.process_time() - began < 0.2


def test_a_fixed_line_stays_where_an_office_answers_and_a_mobile_never_does():
    said = "请打0371-69991234或窗口电话69991234，您的13812345678我们没有记"
    assert mask(said, lines=True).text == said.replace("13812345678", "〔电话〕")
    assert "69991234" not in mask(said).text
    assert "〔电话〕" in mask("打＋86 138 1234 5678", lines=True).text
