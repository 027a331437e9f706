"""Questions find the entry that answers them, in whatever words, and small talk finds none."""

import re
from collections import Counter

import pytest

from benchmarks.knowledge import SETS, asked, told
from content.knowledge import ENTRIES
from content.knowledge.index import nearest, search


def test_every_way_of_asking_finds_its_own_entry_first():
    lost = [ask for entry in ENTRIES.values() for ask in entry.ask if search(ask)[:1] != [entry]]
    assert lost == []


def counts(name: str) -> Counter[str]:
    return Counter(told(code, text) for code, text in asked(name))


@pytest.mark.parametrize("name", ["questions", "questions_unseen"])
def test_nine_of_ten_paraphrases_are_answered_or_offered_their_entry_and_few_are_wrong(name):
    counted = counts(name)
    assert counted.total() >= 120
    assert counted["answered"] + counted["offered"] >= 0.9 * counted.total()
    assert counted["answered"] >= 0.8 * counted.total()
    assert counted["wrong"] <= 0.04 * counted.total()


def test_questions_from_outside_are_answered_rightly_or_honestly_left_open():
    counted = counts("questions_fresh")
    assert counted.total() >= 100
    assert counted["wrong"] <= 0.07 * counted.total()
    assert counted["offered"] + counted["open"] <= 0.1 * counted.total()


def test_what_two_entries_answer_alike_is_left_open_and_both_are_offered():
    assert search("无证经营饭店") == []
    assert {entry.code for entry in nearest("无证经营饭店")} == {"unlicensed", "fine_unlicensed"}


def test_paraphrases_are_not_the_words_of_the_entries():
    known = {
        re.sub(r"\W", "", text) for entry in ENTRIES.values() for text in (entry.question, *entry.ask, entry.answer)
    }
    same = [text for name in SETS for _, text in asked(name) if re.sub(r"\W", "", text) in known]
    assert len(same) < 10, same


CHATTER = (
    "|？|asdf|1234567890|哈哈哈|你好|在吗|谢谢|怎么办|什么|今天天气怎么样|帮我写一首诗|世界杯谁赢了|明天去哪玩|我爱你"
    "|Python怎么排序|😀😀|怎么减肥|生日快乐|驾照换证流程"
)


@pytest.mark.parametrize("text", CHATTER.split("|"))
def test_what_is_no_question_for_us_finds_nothing(text):
    assert search(text) == nearest(text) == []


def test_slips_and_dialect_are_understood():
    assert search("俺想问下，匿铭 举抱中不中，不留名字")[0].code == "anonymous"
    assert search("ｊｕｂａｏ 有奖金不")[0].code == "reward_can"


def test_no_more_is_found_than_asked_for():
    assert len(search("过期食品怎么办", limit=1)) == 1
    assert len(search("过期食品怎么办")) <= 3
