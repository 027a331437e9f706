"""How concepts and fragments speak for an intent."""

import pytest

from content.understanding.recognition import INTENTS, WEIGHTS
from handlers.understanding import classifier

PLAIN = "孩子中毒了喘不上气"


def test_an_illness_that_is_denied_is_another_concept_than_one_that_is_told():
    assert any(fact.endswith(":denied") for fact in classifier.concepts("没有中毒"))
    assert not any(":" in fact for fact in classifier.concepts("孩子中毒了"))


def test_probabilities_add_up_to_one_whatever_is_seen():
    for text in ("", "好", PLAIN, "啊" * 500):
        shares = classifier.shares(WEIGHTS, classifier.features(text, classifier.concepts(text)))
        assert sum(shares) == pytest.approx(1)
        assert len(shares) == len(INTENTS)


def test_a_long_text_weighs_no_more_than_a_short_one():
    words = classifier.features(PLAIN, ())
    known = [feature for feature in words if feature in WEIGHTS]
    assert classifier.shares(WEIGHTS, known) == classifier.shares(WEIGHTS, [*known, "从未见过"])
