"""查 and 曝光: what is public, and nothing else."""

import pytest

from handlers.registers.importing import Reader, note, read_header, store
from storage.exposure import article
from tests.register_files import code, listing, merchant, penalty

GSXT = "国家企业信用信息公示系统"
CLEAN = "没有查到公示期内的行政处罚、严重违法失信名单和曝光信息"


@pytest.fixture
def register(service):
    """Put rows into a register as an import does."""

    def put(name, *rows):
        def write(tx):
            for row in rows:
                values = Reader(read_header(name, list(row))).read(2, list(row.values()))
                store(tx, service.office, name, [values])
            note(tx, name, "")

        service.db.write(write)

    return put


@pytest.fixture
def town(register):
    """老王, punished and listed, and his neighbours."""
    register("merchants", merchant(), merchant(2, 名称="好又多超市", 地址="新密市东大街88号"))
    register("merchants", *(merchant(n, 名称=f"新密市小李凉皮{n}分店", 地址=f"溱水路{n}号") for n in (3, 4)))
    register("penalties", penalty())
    register("listings", listing())


@pytest.fixture
def released(newsroom):
    """An article that is out."""

    def release(title="某熟食店案", party="某熟食店", **changes):
        made = newsroom.write(title=title, party=party, **changes)
        db = newsroom.service.db
        return db.write(lambda tx: article.change(tx, made, state="released", released_at=tx.now))

    return release


@pytest.mark.parametrize("typed", ["老王熟食店", "新密市老王熟食店", code(1), f"{code(1)[:9].lower()} {code(1)[9:]}"])
def test_all_that_is_public_of_a_business_with_source_and_day(phone, town, released, typed):
    made = released("某店过期卤肉案", "新密市老王熟食店")
    reply = phone.say(f"查 {typed}")
    for part in (
        "新密市老王熟食店",
        code(1),
        "新密市青屏大街12号",
        "2026-05-01列入：生产经营添加药品的食品",
        "2026-03-02 新密市监处罚〔2026〕1号：经营超过保质期的食品；没收卤肉12袋，罚款5000元（新密市市场监督管理局）",
        f'2026-11-23 <a href="http://127.0.0.1:8000/exposures/{made.id}">看原文</a>',
        "来源：新密市场监管",
        "2026-11-23查询",
        GSXT,
    ):
        assert part in reply, part


@pytest.mark.parametrize(
    "changed",
    [
        {"XYXF": "是"},
        {"CF_GSJZQ": "2026-11-22"},
        {"CF_CFLB": "警告", "CF_NR_FK": ""},
        {"CF_XDR_LB": "自然人"},
    ],
)
def test_what_is_restored_expired_or_never_public_leaves_no_trace(phone, register, changed):
    register("merchants", merchant(), merchant(2, 名称="好又多超市", 地址="新密市青屏大街12号"))
    register("penalties", penalty(**changed))
    register("listings", listing(移出日期="2026-11-01"))
    reply = phone.say("查 老王熟食店")
    assert CLEAN in reply
    clean = phone.say("查 好又多超市")
    assert clean.replace("好又多超市", "新密市老王熟食店").replace(code(2), code(1)) == reply


def test_what_others_handed_in_changes_no_byte(phone, other_phone, town, clock):
    asked = ["查 老王熟食店", "查 老王", "查 凉皮", "查 小李凉皮", "查 张三面馆", f"查 {code(2)}", "曝光", "曝光 老王"]
    before = [phone.say(text) for text in asked]
    for name in ("老王熟食店", "好又多超市", "张三面馆", "小李凉皮4分店", "小李凉皮"):
        for _ in range(3):
            assert "SA2026" in other_phone.say(f"举报 店名：{name} 地址：新密市青屏大街12号 问题：卖过期卤肉，有人中毒")
    assert [phone.say(text) for text in asked] == before
    assert [other_phone.say(text) for text in asked] == before


def test_several_that_are_near_are_listed_and_chosen_by_number(phone, town):
    reply = phone.say("查 小李凉皮")
    assert "1. 新密市小李凉皮3分店\n溱水路3号" in reply
    assert "看第1家请回复：查 小李凉皮 1" in reply
    chosen = phone.say("查 小李凉皮 2")
    assert "新密市小李凉皮4分店" in chosen
    assert code(4) in chosen
    assert "1. " in phone.say("查 小李凉皮 5")


@pytest.mark.parametrize("typed", ["老王", "老王熟食", "新密老王"])
def test_a_part_of_one_name_only_is_enough(phone, town, typed):
    assert "处罚〔2026〕1号" in phone.say(f"查 {typed}")


def test_a_name_that_is_only_like_one_shows_nobody_elses_record(phone, town):
    reply = phone.say("查 老汪熟食店")
    assert "是不是" in reply
    assert "1. 新密市老王熟食店" in reply
    assert "是的话，请回复：查 老汪熟食店 1" in reply
    assert "处罚〔2026〕" not in reply


def test_two_of_one_name_are_told_apart(phone, register):
    stalls = [merchant(统一社会信用代码="", 名称="凉皮摊王姐", 地址="", 乡镇=place) for place in ("超化镇", "米村镇")]
    register("merchants", *stalls)
    register("penalties", penalty(CF_XDR_MC="凉皮摊王姐", CF_XDR_SHXYM=""))
    assert "超化镇" in phone.say("查 凉皮摊王姐")
    assert CLEAN in phone.say("查 凉皮摊王姐 2")


def test_a_decision_without_a_code_is_found_by_its_name(phone, register):
    register("penalties", penalty(CF_XDR_MC="凉皮摊王姐", CF_XDR_SHXYM=""))
    assert "处罚〔2026〕1号" in phone.say("查 凉皮摊王姐")


def test_many_decisions_are_counted_and_the_answer_fits(phone, town, register):
    register("penalties", *(penalty(n, CF_NR="没收" * 100) for n in range(2, 9)))
    reply = phone.say("查 老王熟食店")
    assert "另有5条" in reply
    assert "来源：" in reply
    assert len(reply.encode()) <= 2047


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (code(1)[:-1], "这里是17位"),
        (code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1"), "校验码"),
        ("9241018O" + code(1)[8:], "O"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong_with_it(phone, town, typed, why):
    reply = phone.say(f"查 {typed}")
    assert why in reply
    assert "老王" not in reply


@pytest.mark.parametrize("typed", ["张三面馆", code(999), "%%", "' or 1=1 --", "😀😀"])
def test_nothing_found_says_where_to_look_and_hints_at_nothing(phone, town, typed):
    reply = phone.say(f"查 {typed}")
    assert "没有查到" in reply
    assert GSXT in reply


@pytest.mark.parametrize("text", ["查", "查 王", "查询"])
def test_a_name_too_short_is_asked_for(phone, text):
    assert "请回复“查 店名”" in phone.say(text)


def test_a_number_of_a_submission_leads_to_its_progress(phone, tip):
    number = tip().number
    assert f"进度 {number}" in phone.say(f"查 {number}")
    assert f"进度 {number[:-1]}9" in phone.say(f"查 {number[:-1]}9")


@pytest.mark.parametrize("word", ["查", "曝光"])
def test_a_text_of_any_length_is_answered(phone, town, released, word):
    released()
    assert "没有" in phone.say(f"{word} {'糖' * 200_000}")


def test_names_of_articles_are_found_without_a_register(phone, released):
    released("某店案", "某家不在册的店")
    assert "某店案" in phone.say("查 某家不在册")
    assert "某店案" in phone.say("查询：某家不在册")


def test_articles_that_are_not_out_are_not_found(phone, newsroom):
    newsroom.scheduled(party="老王熟食店")
    assert "没有查到" in phone.say("查 老王熟食店")


def test_the_day_of_the_oldest_register_is_told(phone, town, register, clock):
    assert "数据更新于2026-11-23" in phone.say("查 老王熟食店")
    clock.advance(days=3)
    register("penalties", penalty(2))
    reply = phone.say("查 老王熟食店")
    assert "2026-11-26查询" in reply
    assert "数据更新于2026-11-23" in reply


@pytest.mark.parametrize("asked", ["查一下老王熟食店", "查查老王熟食店", "查询一下老王熟食店", "查下老王熟食店"])
def test_who_asks_to_look_up_need_not_leave_a_space(phone, town, asked):
    assert phone.say(asked) == phone.say("查 老王熟食店")


@pytest.mark.parametrize("text", ["查到过期卤肉了", "查处力度太小了", "查得怎么样了", "查了没有"])
def test_other_words_that_begin_so_look_nobody_up(phone, town, text):
    assert "没有查到“" not in phone.say(text)


def test_in_a_talk_words_that_begin_so_stay_an_answer(phone, town):
    phone.say("举报")
    phone.say("1")
    assert "【地址】" in phone.say("查得好面馆")
    assert "处罚〔2026〕1号" in phone.say("查 老王熟食店")


def test_without_articles_it_says_so(phone):
    assert "还没有发布" in phone.say("曝光")


def test_the_latest_five_with_their_day_and_link(phone, released, clock):
    for i in range(6):
        clock.advance(hours=1)
        last = released(f"案{i}")
    reply = phone.say("曝光")
    assert "案5" in reply
    assert "案0" not in reply
    assert f'2026-11-23 <a href="http://127.0.0.1:8000/exposures/{last.id}">看原文</a>' in reply


def test_what_is_not_out_is_not_told(phone, newsroom):
    newsroom.scheduled(party="老王熟食店")
    assert "还没有发布" in phone.say("曝光")
    assert "没有找到" in phone.say("曝光 老王熟食店")


@pytest.fixture
def cases(released):
    """Three articles of different topics and townships."""
    released("辣条案", "某商行", category="rural_fake", body="## 基本案情\n\n超化镇集市巡查时查获。\n")
    released("减脂饼干案", "某网店", category="influencer_food", summary="曲梁镇一网店虚假宣传")
    released("熟食案", "老王熟食店", category="online_offline")


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("曝光 网红", "减脂饼干案"),
        ("曝光 网红食品", "减脂饼干案"),
        ("曝光 农村假冒伪劣食品", "辣条案"),
        ("曝光：超化", "辣条案"),
        ("曝光　超化镇", "辣条案"),
        ("曝光 曲梁", "减脂饼干案"),
        ("曝光 老王", "熟食案"),
        ("曝光 饼干", "减脂饼干案"),
    ],
)
def test_by_topic_township_or_word(phone, cases, asked, title):
    reply = phone.say(asked)
    assert [name for name in ("辣条案", "减脂饼干案", "熟食案") if name in reply] == [title]


def test_what_no_article_is_about_is_said_with_a_way_on(phone, cases):
    assert "没有找到“登封”" in phone.say("曝光 登封")
    assert "/exposures" in phone.say("曝光 保健")


@pytest.mark.parametrize("word", ["%%", "__", "' or 1=1 --"])
def test_signs_are_looked_up_as_they_are(phone, cases, word):
    assert "没有找到" in phone.say(f"曝光 {word}")


def test_whoever_wants_somebody_exposed_is_not_answered_with_articles(phone, cases):
    assert "典型案例曝光" not in phone.say("曝光这家黑店")


def test_in_a_talk_an_answer_that_begins_so_stays_one(phone, cases):
    phone.say("举报")
    phone.say("1")
    assert "记在" in phone.say("曝光这家黑店")
