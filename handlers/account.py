"""The platform's word on the account itself: verified, to be renewed, expired."""

from datetime import UTC, datetime

from handlers.chat.context import SILENCE, Call, Reply
from storage import audit

NOTED = {
    "event:qualification_verify_success",
    "event:qualification_verify_fail",
    "event:naming_verify_success",
    "event:naming_verify_fail",
    "event:annual_renew",
    "event:verify_expired",
}


def noted(call: Call) -> Reply | None:
    """Into the audit chain, where the administrator sees it: an account that expires stops the service."""
    kind = call.message.kind
    if kind not in NOTED:
        return None
    expires = call.message.text("ExpiredTime")
    detail = call.site.local(datetime.fromtimestamp(int(expires), UTC)) if expires.isdecimal() else ""
    reason = call.message.text("FailReason")
    audit.write(call.tx, actor="system", action="account", subject=kind.removeprefix("event:"), detail=detail or reason)
    return SILENCE
