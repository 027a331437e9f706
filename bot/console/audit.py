"""What was done, and what did not arrive: the audit chain and the troubles of the outbox."""

from flask import render_template, request

from bot.console.session import Visit
from storage import audit

CHECKED_AT_ONCE = 20_000
"""Rows whose chain is recomputed with every view; a longer one only when asked for."""


def chain(visit: Visit) -> str:
    """The newest rows of the audit chain, of all or of one subject, and whether the chain is whole."""
    subject = request.args.get("subject", "").strip()
    with visit.service.db.read() as tx:
        rows, length = audit.newest(tx, subject=subject), audit.length(tx)
        checked = length <= CHECKED_AT_ONCE or "check" in request.args
        broken = audit.broken_link(tx) if checked else None
    return render_template(
        "console/audit.html", rows=rows, length=length, subject=subject, checked=checked, broken=broken
    )
