"""Weights are learned in the form that the service reads, and whoever learns again gets the same ones."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks.fit_names import Told, fit_names
from benchmarks.fit_recognition import SEEN, fit, fit_category, fit_danger, write
from content.submissions.categories import CODES
from content.understanding.recognition import INTENTS
from handlers.understanding import addresses
from handlers.understanding.category import features as category_features
from handlers.understanding.category import weigh
from handlers.understanding.classifier import concepts, features, shares
from handlers.understanding.danger import features as features_of_danger
from handlers.understanding.danger import heard, probability
from handlers.understanding.edges import edges
from handlers.understanding.merchants import merchants
from handlers.understanding.normal import fold, read
from handlers.understanding.recognition import matter
from tests.conftest import ROOT

MESSAGES = {
    "emergency": ("孩子吃完凉皮喘不上气了", ""),
    "discipline": ("所长收了红包不查", ""),
    "complaint": ("在金穗超市买的手机黑屏，要求退钱", "金穗超市"),
    "report": ("举报福满楼饭店卖过期肉", "福满楼饭店"),
    "question": ("健康证在哪里办", ""),
    "chatter": ("谢谢你们，辛苦了", ""),
}
LABELLED = [{"text": text, "intent": intent, "merchant": name} for intent, (text, name) in MESSAGES.items()] * SEEN


@pytest.fixture
def learned(tmp_path):
    def learn(fitting, labelled=LABELLED):
        write(tmp_path / "weights.json", fitting(labelled))
        return json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))

    return learn


def test_what_was_learned_tells_the_intents_apart(learned):
    weights = learned(fit)
    assert {len(row) for row in weights.values()} == {1 + len(INTENTS)}
    for intent, (text, _) in MESSAGES.items():
        plain = read(text).text
        probable = shares(weights, features(plain, concepts(plain)))
        assert INTENTS[probable.index(max(probable))] == intent


def test_what_was_learned_tells_danger(learned):
    weights = learned(fit_danger)
    assert {len(row) for row in weights.values()} == {2}
    for intent, (text, _) in MESSAGES.items():
        share = probability(weights, features_of_danger(*heard(read(text).text), ""))
        assert (share > 0.5) == (intent == "emergency")


def test_what_was_learned_finds_names_and_takes_nothing_else_for_one():
    told = [Told(row["text"], row["merchant"]) for row in LABELLED]
    edge_weights, weights = fit_names(told, ["福满楼超市"])
    for text, name in MESSAGES.values():
        folded = fold(text)
        places = addresses.spans(folded)
        around = edges(folded, places, edge_weights)
        if name:
            assert text[around.begins.index(max(around.begins)) : around.ends.index(max(around.ends))] == name
        assert [text[slice(*span)] for span in merchants(folded, places, weights=weights)] == [name] * bool(name)


def test_what_was_learned_tells_categories_apart(learned):
    reports = [("举报饭店后厨有老鼠", "online_offline"), ("村里小卖部卖山寨饮料", "rural_fake")]
    reports += [("直播间网红卖的糕点发霉", "influencer_food"), ("往汤里放罂粟壳", "illegal_additive")]
    reports += [("香精假冒名牌", "fake_additive"), ("给老人讲课卖保健品", "health_food_false"), ("加油机不准", "other")]
    weights = learned(fit_category, [{"text": text, "category": code} for text, code in reports] * SEEN)
    for text, code in reports:
        plain = read(text).text
        edible, other = matter(plain)
        scores = weigh(weights, category_features(plain, concepts(plain), edible=edible, other=other))
        assert CODES[scores.index(max(scores))] == code


@pytest.mark.slow
def test_every_process_learns_the_same_to_the_last_digit_on_however_many_cores():
    code = "import benchmarks.fit_recognition as b; r = b.rows(b.OPEN)[::20]"
    code += "; print(b.fit(r), b.fit_danger(r), b.fit_category([row for row in r if b.is_report(row)]))"
    code += "; print(b.one_thread(b.fit_names)([b.Told(row['text'], row['merchant']) for row in r], []))"
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": number, "OPENBLAS_NUM_THREADS": number},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for number in "12"
    )
    assert first == second
