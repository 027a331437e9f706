"""Urgency rules are data that an office edits: what must hold of them."""

from content.understanding.urgency import RULES


def test_levels_reasons_and_words_are_what_triage_understands():
    assert RULES
    for rule in RULES:
        assert rule.level in (1, 2)
        assert rule.reason
        assert rule.words
        assert all(word and word == word.strip() for word in rule.words)


def test_no_word_stands_twice():
    words = [word for rule in RULES for word in rule.words]
    assert len(words) == len(set(words))
