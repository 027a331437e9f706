"""The shipped rule, and what an office may not write."""

from datetime import date

import pytest

from content.errors import ContentError
from content.registers import offenders

RULE = "[[rule]]\nyears = 3\ndecisions = 10\nwarnings = true\nbasis = '甲'\nchecked = 2026-11-23\nsure = false\n"


def test_the_shipped_rule_is_ten_within_three_years_and_not_sure():
    rule = offenders.rule(date(2026, 11, 23))
    assert (rule.years, rule.decisions, rule.sure) == (3, 10, False)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (RULE.replace("decisions = 10", "decisions = 1"), "decisions"),
        (RULE.replace("years", "yaers"), "yaers"),
        (RULE.replace("[[rule]]", "[[rule]]\nfrom = 2026-01-01"), "有的日子没有规定"),
        (RULE + RULE, "两条同时有效"),
    ],
)
def test_a_wrong_rule_is_told(tmp_path, written, said):
    file = tmp_path / "offenders.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(ContentError, match=said):
        offenders.load(file)
