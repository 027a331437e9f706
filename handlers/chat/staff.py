"""What staff say to the account from their own WeChat: 绑定, 解绑, and 收到 to an alarm."""

import re
import unicodedata
from datetime import timedelta

from content.replies import say
from handlers.chat.context import Context, Reply
from handlers.notices import alarms
from handlers.people import binding
from storage import audit
from storage.people import contact

TRIES = 5
BLOCK = timedelta(hours=1)
"""After so many wrong codes one sender's are not looked at until this long after the first."""
_CODE = re.compile(r"绑定[\s:,“”\"]*([A-Z0-9]{4,16})[\s.。“”\"]*")


def bind(context: Context) -> Reply | None:
    """绑定 CODE, also in the middle of a talk, which goes on afterwards."""
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", context.text).upper())
    if found is None:
        return None
    began_after = context.now - BLOCK
    if contact.wrong_tries(context.tx, context.sender, began_after) >= TRIES:
        return Reply(say("binding_blocked"))
    name = contact.take_code(context.tx, found[1])
    if name is None:
        contact.note_wrong_try(context.tx, context.sender, began_after)
        return Reply(say("binding_wrong"))
    contact.bind(context.tx, name, context.message.openid)
    audit.write(context.tx, actor=name, action="wechat_bind", subject=name)
    return Reply(say("binding_done", name=name), apart=True)


def unbind(context: Context) -> Reply | None:
    """解绑, of somebody who is bound; from anybody else it is ordinary text."""
    if context.text.strip(" 。.!！") != "解绑":
        return None
    name = leave(context)
    return Reply(say("binding_ended", name=name), apart=True) if name else None


def leave(context: Context) -> str | None:
    """Forget the binding of whoever writes, as unfollowing does too; the account it was of."""
    name = contact.bound_to(context.tx, context.sender)
    if name is not None:
        binding.release(context.tx, name)
    return name


def confirmed(context: Context) -> Reply | None:
    """收到, from an officer who was called; from anybody else it is ordinary text."""
    if unicodedata.normalize("NFKC", context.text).strip(" 。.!~") != "收到":
        return None
    name = contact.bound_to(context.tx, context.sender)
    taken, mine = alarms.confirm(context.tx, context.office, name) if name else ([], [])
    if taken:
        return Reply(say("alarm_yours", cases=[alarms.told(context.office, one) for one in taken]), apart=True)
    if not mine:
        return None
    return Reply(say("alarm_taken", number=mine[-1].number, name=mine[-1].acknowledged_by), apart=True)
