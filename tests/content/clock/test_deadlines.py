"""Deadline rules are data that an office checks: each names its source and is in force for some time."""

import itertools

from content.clock.deadlines import LABELS, RULES


def test_every_rule_names_its_source_its_unit_and_a_span():
    for rule in RULES:
        assert rule.unit in ("workday", "day")
        assert 0 < rule.days <= 90
        assert "《" in rule.basis
        assert "第" in rule.basis
        assert rule.since <= rule.until
        assert LABELS[rule.code]


def test_rules_of_one_code_follow_each_other_without_gap():
    for code in LABELS:
        spans = sorted((rule.since, rule.until) for rule in RULES if rule.code == code)
        for (_, until), (since, _) in itertools.pairwise(spans):
            assert (since - until).days == 1
