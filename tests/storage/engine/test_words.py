"""What is found by which words, the same on both engines."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engine.words import fold, pairs, words

TEXTS = {
    "1": "老王熟食店\n青屏大街12号\n卖过期卤肉，包装日期被涂改",
    "2": "KFC新密店\n溱水路\n吃出头发；要求退还５０元\n执法人员已到现场，封存卤肉3袋",
    "3": "好想你旁边那家店\n\n缺斤少两\n1410183002026112300001234",
}


@pytest.fixture
def found(db):
    db.write(lambda tx: tx.put_words(TEXTS))

    def look(asked, texts=None):
        if texts:
            db.write(lambda tx: tx.put_words(texts))
        with db.read() as tx:
            condition, values = tx.holding(asked)
            named = ", ".join(f"('{id}')" for id in TEXTS)
            sql = f"with submission (id) as (values {named}) select id from submission where {condition} order by id"
            return "".join(row["id"] for row in tx.all(sql, **values))

    return look


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("卤肉", "12"),
        ("过期", "1"),
        ("熟食店", "1"),
        ("期卤", "1"),
        ("卤肉 封存", "2"),
        ("卤肉　过期", "1"),
        ("卤肉,没有的", ""),
        ("肉卤", ""),
        ("头", "2"),
        ("家", "3"),
        ("改", "1"),
        ("店", "123"),
        ("kfc", "2"),
        ("ＫＦＣ", "2"),
        ("50元", "2"),
        ("12号", "1"),
        ("41018300202611230000", "3"),
        ("0001234", "3"),
        ("老\u200b王", "1"),
        ("店青屏", ""),
        ("", ""),
        ("，。!", ""),
        ('"卤肉" OR', ""),
        ("卤肉 AND", ""),
        ("'卤肉'", "12"),
        ("卤肉:*", "12"),
        ("NEAR(", ""),
    ],
)
def test_every_word_must_be_there_and_may_stand_anywhere(found, asked, ids):
    assert found(asked) == ids


def test_what_changed_is_found_by_its_new_words_alone(found):
    assert found("茶叶", {"1": "已更正：茶叶店"}) == "1"
    assert found("过期") == ""
    assert found("卤肉") == "2"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.sampled_from("老王卤肉店a1 ，"), max_size=8),
    st.text(st.sampled_from("老王卤肉店a1"), min_size=1, max_size=4),
)
def test_a_word_is_found_just_where_it_stands(found, text, asked):
    stands = any(asked in run for run in words(text))
    assert ("3" in found(asked, {"1": "", "2": "", "3": text})) == stands


def test_texts_are_folded_and_runs_cut_in_pairs():
    assert fold("ＡＢ\u200bｃ①") == "abc1"
    assert words("老王，KFC_店") == ["老王", "kfc", "店"]
    assert pairs("老王店") == ["老王", "王店", "店"]
