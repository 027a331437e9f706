"""The platform's codes: each has one verdict, and words for staff."""

import pytest

from content.platform import TEXTS, VERDICTS

KNOWN = {"again", "refresh", "quota", "duplicate", "gone", "window", "lost", "content", "account", "confirm"}


def test_every_code_has_a_verdict_somebody_acts_on_and_words():
    assert set(VERDICTS.values()) == KNOWN
    assert VERDICTS.keys() == TEXTS.keys()
    assert all(TEXTS.values())


@pytest.mark.parametrize(
    ("verdict", "codes"),
    [
        ("refresh", {40001, 40014, 42001}),
        ("quota", {45009, 45028}),
        ("duplicate", {45065}),
        ("gone", {40007}),
        ("window", {45015, 45047, 48002}),
        ("account", {40013, 40125, 40164, 48004, 50002}),
        ("content", {45166, 53503, 87014}),
        ("again", {-1, 45011}),
    ],
)
def test_codes_mean_what_the_platform_means(verdict, codes):
    assert {code for code in codes if VERDICTS.get(code) != verdict} == set()
