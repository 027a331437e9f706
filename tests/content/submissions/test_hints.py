"""The figures of the hints are an office's own; their basis is the law's."""

from content.submissions.hints import HINTS


def test_hints_name_the_article_that_allows_them():
    assert "第十七条" in HINTS.basis
    assert HINTS.many > 1
    assert HINTS.shared_phone > 1
