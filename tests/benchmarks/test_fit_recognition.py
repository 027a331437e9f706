"""Weights are learned in the form that the service reads, and whoever learns again gets the same ones."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks.fit_recognition import SEEN, fit, fit_danger, fit_names, write
from content.understanding.recognition import INTENTS
from handlers.understanding import addresses
from handlers.understanding.classifier import concepts, features, shares
from handlers.understanding.danger import features as features_of_danger
from handlers.understanding.danger import heard, probability
from handlers.understanding.merchants import merchant
from handlers.understanding.normal import fold, read
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
    def learn(fitting):
        write(tmp_path / "weights.json", fitting(LABELLED))
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


def test_what_was_learned_finds_names_and_takes_nothing_else_for_one(learned):
    weights = learned(fit_names)
    assert {len(row) for row in weights.values()} == {1}
    for text, name in MESSAGES.values():
        folded = fold(text)
        assert text[slice(*merchant(folded, addresses.spans(folded), weights))] == name


@pytest.mark.slow
def test_every_process_learns_the_same_to_the_last_digit_on_however_many_cores():
    code = "import benchmarks.fit_recognition as b; r = b.rows(b.OPEN)[::20]"
    code += "; print(b.fit(r), b.fit_danger(r), b.fit_names(r))"
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
