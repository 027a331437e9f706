"""Figures that are kept are those that counting would give."""

from collections import Counter

import pytest

from storage.errors import Conflict
from storage.submissions import submission, tally


def test_kept_figures_are_those_that_counting_gives(db, ask, add):
    made = [add() for _ in range(4)]
    changes = ({"stage": "case", "unit": "甲所"}, {"unit": "甲所"}, {"unit": "乙所"}, {"stage": "triage"})
    for one, values in zip(made, changes, strict=True):
        after = db.write(lambda tx, one=one, values=values: submission.change(tx, one, **values))
    db.write(lambda tx: submission.change(tx, submission.get(tx, made[1].number), unit="丙所"))
    for score in (5, 3):
        db.write(lambda tx, score=score: submission.mark(tx, after.id, rating=score, unread=1))
    for name in tally.KEPT:
        counted = Counter(
            str(getattr(one, name)) for one in ask(lambda tx: list(submission.every(tx))) if getattr(one, name)
        )
        assert {value: n for value, n in ask(lambda tx, name=name: tally.of(tx, name)).items() if n} == counted
    assert ask(submission.units) == sorted(["甲所", "乙所", "丙所"])


def test_a_change_that_came_too_late_counts_nothing(db, ask, add):
    made = add()
    db.write(lambda tx: submission.change(tx, made, stage="case"))
    with pytest.raises(Conflict):
        db.write(lambda tx: submission.change(tx, made, stage="concluded"))
    assert ask(submission.by_stage) == {"case": 1}
