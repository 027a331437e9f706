"""What was handed in so shortly before that what its citizen says now may belong to it."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.office import Office
from handlers.submissions.stages import OPEN_STAGES
from storage import timeline
from storage.engine.database import Tx
from storage.submissions.submission import Submission

EMERGENCY = timedelta(minutes=30)
"""So long after the last word on an emergency everything that its citizen says is taken as part of it."""


def find(tx: Tx, office: Office, own: Sequence[Submission]) -> Submission | None:
    """The newest open one of these, when its citizen spoke of it within the window."""
    newest = next((one for one in own if one.stage in OPEN_STAGES), None)
    if newest is None:
        return None
    window = EMERGENCY if newest.alarmed_at else office.picture_window
    spoken = newest.created_at if newest.created_at >= tx.now - window else timeline.last_spoken(tx, newest.id)
    return newest if spoken is not None and spoken >= tx.now - window else None
