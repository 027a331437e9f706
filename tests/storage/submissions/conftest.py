"""Submissions as storage takes them."""

from datetime import UTC, date, datetime

import pytest

from storage.submissions import submission
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind

DAY = date(2026, 11, 23)


def draft(**changes) -> Draft:
    given = {"kind": Kind.REPORT, "stage": "triage", "category": "other", "description": "卖过期卤肉"}
    return Draft(**({"received_at": datetime(2026, 11, 23, tzinfo=UTC)} | given | changes))


@pytest.fixture
def add(db):
    def one(identity=None, day=DAY, **changes):
        who = identity or Identity()
        return db.write(lambda tx: submission.add(tx, draft(**changes), identity=who, day=day))

    return one
