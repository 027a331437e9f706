"""Questions find the entry that answers them, in whatever words, and small talk finds none."""

import re
import tomllib
from pathlib import Path

import pytest

from content.knowledge import ENTRIES
from content.knowledge.index import search

HERE = Path(__file__).parent


def test_every_way_of_asking_finds_its_own_entry_first():
    lost = [ask for entry in ENTRIES.values() for ask in entry.ask if search(ask)[:1] != [entry]]
    assert lost == []


def shares(name: str) -> float:
    """How much of a set of questions finds its entry first."""
    asked = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    hits = [search(text)[:1] == [ENTRIES[code]] for code, texts in asked.items() for text in texts]
    assert len(hits) >= 120
    return sum(hits) / len(hits)


@pytest.mark.parametrize("name", ["questions.toml", "questions_unseen.toml"])
def test_nine_of_ten_paraphrases_find_their_entry_first(name):
    assert shares(name) >= 0.9


def test_paraphrases_are_not_the_words_of_the_entries():
    known = {
        re.sub(r"\W", "", text) for entry in ENTRIES.values() for text in (entry.question, *entry.ask, entry.answer)
    }
    asked = tomllib.loads((HERE / "questions_unseen.toml").read_text(encoding="utf-8"))
    same = [text for texts in asked.values() for text in texts if re.sub(r"\W", "", text) in known]
    assert len(same) < 5, same


CHATTER = (
    "|？|asdf|1234567890|哈哈哈|你好|在吗|谢谢|怎么办|什么|今天天气怎么样|帮我写一首诗|世界杯谁赢了|明天去哪玩|我爱你"
    "|Python怎么排序|😀😀|怎么减肥|生日快乐|驾照换证流程"
)


@pytest.mark.parametrize("text", CHATTER.split("|"))
def test_what_is_no_question_for_us_finds_nothing(text):
    assert search(text) == []


def test_slips_and_dialect_are_understood():
    assert search("俺想问下，匿铭 举抱中不中，不留名字")[0].code == "anonymous"
    assert search("ｊｕｂａｏ 有奖金不")[0].code == "reward_can"


def test_no_more_is_found_than_asked_for():
    assert len(search("过期食品怎么办", limit=1)) == 1
    assert len(search("过期食品怎么办")) <= 3
