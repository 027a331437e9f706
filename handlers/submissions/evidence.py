"""What citizens sent with their words, opened by staff: every opening is recorded."""

from handlers.errors import Refused
from storage import audit
from storage.engine.database import Tx
from storage.people.staff import Staff
from storage.submissions import evidence, submission
from storage.submissions.evidence import Evidence


def open_file(tx: Tx, id: str, staff: Staff) -> Evidence:
    """A file that is stored with a submission, about to be shown to `staff`. Raises Refused when it is not there."""
    found = evidence.get(tx, id)
    if found is None or found.submission is None or found.state != "stored":
        raise Refused("not_found", "没有这份图片、语音或视频，或者还没有取回。")
    number = submission.number_of(tx, found.submission)
    audit.write(tx, actor=staff.name, action="evidence_open", subject=number, detail=f"{found.kind} {found.id}")
    return found
