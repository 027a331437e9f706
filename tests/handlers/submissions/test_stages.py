"""Where submissions may stand."""

from handlers.submissions.stages import OPEN_STAGES
from storage.submissions.submission import OPEN


def test_what_lists_take_for_open_is_open_by_the_table():
    assert OPEN == OPEN_STAGES
