"""The papers of an office: each has its text, says its number, and goes with an article of the law where it decides."""

import pytest

from content.papers import papers, texts
from content.tables import HERE


@pytest.mark.parametrize("code", papers.BY_CODE)
def test_each_paper_has_its_text_with_its_number(code):
    assert "{{ number }}" in (HERE / "papers" / f"{code}.txt").read_text(encoding="utf-8")
    assert code in texts.texts()


def test_a_unit_may_have_a_short_name_of_its_own():
    made = papers.Papers("{short}{series}〔{year}〕{n}号", "甲", {"乙所": "甲乙"}, papers.PAPERS.paper)
    paper = made.paper[0]
    assert [made.series_of(paper, unit)[0] for unit in ("乙所", "丙所", "")] == ["甲乙", "甲", "甲"]
    assert made.number("甲", "收", 2026, 3) == "甲收〔2026〕3号"
