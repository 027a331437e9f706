"""What must hold of those who talk as people do, on the part that was open while the chat was tuned."""

import pytest

from benchmarks.conversations import figures, judged
from tests.conversations.citizen import bureau
from tests.conversations.labels import scored

MOST = {
    "remarks": {"false call": 0.01, "false letter": 0.01, "misread": 0.06},
    "emergencies": {"missed danger": 0.03, "not called": 0.03, "several cases of one danger": 0.0},
    "letters": {"missed letter": 0.05, "false letter": 0.05, "letter shown in a case": 0.0},
    "talks": {"lost sentence": 0.0, "wrong field": 0.03, "unwanted repeat": 0.03, "shown though private": 0.0},
}
"""The share of faults that is borne."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", MOST)
def test_faults_are_few(kind):
    with bureau() as office:
        found = figures(judged(office, kind, scored(kind, "open")))
    assert {name: bad / total for name, (bad, total) in found.items() if bad > total * MOST[kind].get(name, 1)} == {}
