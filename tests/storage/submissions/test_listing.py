"""What lists are narrowed by besides words and stages, and how they are counted."""

import pytest

from storage.submissions import listing, submission
from storage.submissions.listing import DUE_FIRST, Filter


@pytest.fixture
def three(add, db):
    """Three submissions, due one after the other, the last first."""
    made = [add(township=place) for place in ("青屏街道", "米村镇", "青屏街道")]
    for one, day in zip(made, ("2026-12-03", "2026-12-02", "2026-12-01"), strict=True):
        db.write(lambda tx, one=one, day=day: submission.mark(tx, one.id, next_due=day))
    return made


@pytest.mark.parametrize(
    ("chosen", "places"),
    [
        (Filter(township="青屏街道"), [2, 0]),
        (Filter(due_before="2026-12-02"), [2]),
        (Filter(due_from="2026-12-02", due_before="2026-12-03"), [1]),
        (Filter(source="api"), []),
        (Filter(fresh=True), []),
    ],
)
def test_filters_of_the_desk(ask, three, chosen, places):
    found = ask(lambda tx: listing.search(tx, chosen, order=DUE_FIRST))
    assert [one.number for one in found] == [three[place].number for place in places]


def test_stages_are_counted_under_the_filter_and_no_further_than_asked(ask, three):
    assert ask(lambda tx: listing.stages_of(tx, Filter(township="青屏街道"))) == {"triage": 2}
    assert ask(lambda tx: listing.stages_of(tx, Filter(), most=1)) == {"triage": 1}
