"""The other ways to one's right are data that an office checks: each names its source."""

from datetime import date
from typing import get_args

from content.submissions import remedies
from handlers.submissions.stages import OPEN_STAGES, STAGES
from storage.submissions.submission import Kind

TODAY = date(2026, 11, 23)


def test_every_remedy_names_its_source_and_where_it_is_told():
    for remedy in remedies.REMEDIES:
        assert "《" in remedy.basis
        assert "第" in remedy.basis
        assert remedy.text


def test_whoever_lost_a_review_is_told_of_review_and_court_and_a_complainant_of_the_consumer_law():
    report = {remedy.code for remedy in remedies.of("report", "upheld", TODAY)}
    complaint = {remedy.code for remedy in remedies.of("complaint", "upheld", TODAY)}
    assert report == {"reconsideration", "litigation"}
    assert complaint == report | {"consumer"}
    assert {remedy.code for remedy in remedies.of("complaint", "declined", TODAY)} == {"consumer"}
    assert remedies.of("report", "triage", TODAY) == []


def test_a_way_that_a_law_did_not_open_yet_is_not_told():
    before = {remedy.code for remedy in remedies.of("report", "upheld", date(2023, 12, 31))}
    assert before == {"litigation"}


def test_whatever_a_submission_comes_to_may_have_remedies():
    assert set(get_args(remedies.Stage)) == set(STAGES) - set(OPEN_STAGES)
    assert set(get_args(remedies.Kind)) == set(Kind)
