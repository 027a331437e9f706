"""The other ways to one's right are data that an office checks: each names its source."""

from content.submissions import remedies
from handlers.submissions.procedure import OPEN_STAGES, STAGES
from storage.submissions.submission import Kind


def test_every_remedy_names_its_source_and_where_it_is_told():
    for remedy in remedies.REMEDIES:
        assert "《" in remedy.basis
        assert "第" in remedy.basis
        assert remedy.text
        assert remedy.kinds <= set(Kind)
        assert remedy.stages <= set(STAGES) - set(OPEN_STAGES)


def test_whoever_lost_a_review_is_told_of_review_and_court_and_a_complainant_of_the_consumer_law():
    report = {remedy.code for remedy in remedies.of("report", "upheld")}
    complaint = {remedy.code for remedy in remedies.of("complaint", "upheld")}
    assert report == {"reconsideration", "litigation"}
    assert complaint == report | {"consumer"}
    assert {remedy.code for remedy in remedies.of("complaint", "declined")} == {"consumer"}
    assert remedies.of("report", "triage") == []
