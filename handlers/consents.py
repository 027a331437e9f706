"""What a person decides on subscription notices (订阅通知), and what became of the short notices sent to them.

Source: developers.weixin.qq.com, subscription notices (events) and template messages (TEMPLATESENDJOBFINISH).
"""

from collections.abc import Mapping

from handlers.chat.context import SILENCE, Call, Reply
from handlers.notices import telling
from storage import consent, outbox


def decided(call: Call) -> Reply | None:
    """subscribe_msg_popup_event: each yes is good for one notice; a no ends what was agreed before."""
    return _changed(call, "event:subscribe_msg_popup_event", "SubscribeMsgPopupEvent")


def withdrawn(call: Call) -> Reply | None:
    """subscribe_msg_change_event: they stopped the notices in WeChat's own settings."""
    return _changed(call, "event:subscribe_msg_change_event", "SubscribeMsgChangeEvent")


def _changed(call: Call, kind: str, name: str) -> Reply | None:
    if call.message.kind != kind:
        return None
    accepted = False
    for entry in _entries(call.message.fields, name):
        template, status = _text(entry, "TemplateId"), _text(entry, "SubscribeStatusString")
        if status == "accept":
            consent.give(call.tx, call.sender, template)
            accepted = True
        else:
            consent.withdraw(call.tx, call.sender, template)
    if accepted:
        outbox.wake(call.tx, call.sender)
    return SILENCE


def subscription_sent(call: Call) -> Reply | None:
    """subscribe_msg_sent_event: whether subscription notices arrived."""
    if call.message.kind != "event:subscribe_msg_sent_event":
        return None
    for entry in _entries(call.message.fields, "SubscribeMsgSentEvent"):
        if _text(entry, "ErrorCode") not in ("", "0"):
            reason = _text(entry, "ErrorStatus") or _text(entry, "ErrorCode")
            telling.bounced(call.tx, call.sender, "subscription", _text(entry, "MsgID"), reason)
    return SILENCE


def template_sent(call: Call) -> Reply | None:
    """TEMPLATESENDJOBFINISH: whether a template message arrived."""
    if call.message.kind != "event:templatesendjobfinish":
        return None
    status = call.message.text("Status")
    if status.lower() != "success":
        telling.bounced(call.tx, call.sender, "template", call.message.text("MsgID") or call.message.id, status)
    return SILENCE


def _entries(fields: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """The List elements: XML makes a mapping of one and a list of several; JSON has them without the name."""
    holder = fields.get(name)
    found = holder.get("List") if isinstance(holder, Mapping) else fields.get("List")
    entries = found if isinstance(found, list) else [found]
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _text(entry: Mapping[str, object], name: str) -> str:
    return str(entry.get(name) or "")
