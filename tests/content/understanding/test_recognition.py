"""What recognition knows is data that an office extends: what must hold of it."""

import pytest

from content.errors import ContentError
from content.understanding.recognition import (
    ALSO,
    CONCEPTS,
    INTENTS,
    MERCHANT_WEIGHTS,
    NAMES,
    PAIRS,
    SIMPLE,
    SLIPS,
    WEIGHTS,
    load_concepts,
)


def test_no_concept_names_a_word_twice_or_none_and_staff_can_read_each():
    for concept in CONCEPTS.values():
        assert concept.words, concept.name
        assert len(concept.words) == len(set(concept.words)), concept.name
        assert concept.says, concept.name


def test_spelling_is_put_right_once_and_stays_so():
    """A word listed as its own right form (娃哈哈) is kept from being taken apart."""
    assert [old for old, new in SIMPLE.items() if SIMPLE.get(new, new) != new or len(old + new) != 2] == []
    assert all(slip and right for slip, right in SLIPS.items())


def test_between_equals_danger_comes_first():
    assert INTENTS[0] == "emergency"
    assert all(rule.beside for rule in ALSO)


def test_learned_weights_speak_for_every_intent_and_begin_somewhere():
    rarity = 1
    assert {len(weights) for weights in WEIGHTS.values()} == {rarity + len(INTENTS)}
    assert "" in WEIGHTS
    assert MERCHANT_WEIGHTS


def test_pairs_name_concepts_and_names_are_listed_without_blanks():
    assert {name.split(":")[0] for name in (*PAIRS.of, *PAIRS.beside)} <= set(CONCEPTS)
    assert all(word == word.strip() and word for words in NAMES.values() for word in words)


def test_a_concept_hides_only_concepts_that_there_are(tmp_path):
    (tmp_path / "one.toml").write_text(
        '[boast]\nsays = "吹牛"\nhides = ["chief"]\nwords = ["认识局长"]\n', encoding="utf-8"
    )
    with pytest.raises(ContentError, match="chief"):
        load_concepts(tmp_path)
