"""Hints for whoever assesses a submission: signals of abuse, never a reason to refuse by themselves."""

from datetime import timedelta

from content.submissions.hints import HINTS
from storage.engine.database import Tx
from storage.submissions import related
from storage.submissions.submission import Submission

KEPT = "仅供研判，不能单独作为不予受理的理由"


def of(tx: Tx, found: Submission) -> tuple[str, ...]:
    """What stands out, each with its legal basis. Says how often, never who."""
    window = timedelta(days=HINTS.days)
    own = related.of_the_same_person(tx, found.id, found.received_at - window)
    phones = related.people_on_the_same_phone(tx, found.id)
    told = (
        f"同一提交人{HINTS.days}天内提交了{own}件" if own >= HINTS.many else "",
        f"同一电话号码由{phones}个微信号使用" if phones >= HINTS.shared_phone else "",
    )
    return tuple(f"{hint}（{HINTS.basis}；{KEPT}）" for hint in told if hint)
