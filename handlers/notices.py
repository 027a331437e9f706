"""Notices to a person, queued in the transaction that causes them."""

from datetime import datetime

from content.replies import fit
from storage import outbox
from storage.database import Tx


def put(tx: Tx, subject: str, *, openid: str, text: str, due_at: datetime | None = None, insist: bool = False) -> None:
    """Queue a notice under a unique subject, in as many parts as the platform's length limit wants.

    With `insist` it is rather sent twice than not at all, when nobody knows whether it arrived.
    """
    more = {"insist": "1"} if insist else {}
    part, rest = fit(text)
    outbox.put(tx, "notice", subject, openid=openid, payload={"text": part, **more}, due_at=due_at)
    count = 1
    while rest:
        count += 1
        part, rest = fit(rest)
        outbox.put(tx, "notice", f"{subject}:{count}", openid=openid, payload={"text": part, **more}, due_at=due_at)
