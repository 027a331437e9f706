"""What staff say to the account from their own WeChat: 绑定, 解绑, and 收到 to an alarm."""

import re
import unicodedata
from datetime import timedelta

from content.replies import say
from handlers.chat.context import Call, Reply
from handlers.notices import alarms
from handlers.people import binding
from storage import audit, staff_contact

TRIES = 5
BLOCK = timedelta(hours=1)
"""After so many wrong codes one sender's are not looked at until this long after the first."""
_CODE = re.compile(r"绑定[\s:,“”\"]*([A-Z0-9]{4,16})[\s.。“”\"]*")


def bind(call: Call) -> Reply | None:
    """绑定 CODE, also in the middle of a talk, which goes on afterwards."""
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", call.text).upper())
    if found is None:
        return None
    began_after = call.now - BLOCK
    if staff_contact.wrong_tries(call.tx, call.sender, began_after) >= TRIES:
        return Reply(say("binding_blocked"))
    name = staff_contact.take_code(call.tx, found[1])
    if name is None:
        staff_contact.note_wrong_try(call.tx, call.sender, began_after)
        return Reply(say("binding_wrong"))
    staff_contact.bind(call.tx, name, call.message.openid)
    audit.write(call.tx, actor=name, action="wechat_bind", subject=name)
    return Reply(say("binding_done", name=name))


def unbind(call: Call) -> Reply | None:
    """解绑, of somebody who is bound; from anybody else it is ordinary text."""
    if call.text.strip(" 。.!！") != "解绑":
        return None
    name = leave(call)
    return Reply(say("binding_ended", name=name)) if name else None


def leave(call: Call) -> str | None:
    """Forget the binding of whoever writes, as unfollowing does too; the account it was of."""
    name = staff_contact.bound_to(call.tx, call.sender)
    if name is not None:
        binding.release(call.tx, name)
    return name


def confirmed(call: Call) -> Reply | None:
    """收到, from an officer who was called; from anybody else it is ordinary text."""
    if unicodedata.normalize("NFKC", call.text).strip(" 。.!~") != "收到":
        return None
    name = staff_contact.bound_to(call.tx, call.sender)
    taken, mine = alarms.confirm(call.tx, call.site, name) if name else ([], [])
    if taken:
        return Reply(say("alarm_yours", cases=[alarms.told(call.site, one) for one in taken]))
    return Reply(say("alarm_taken", number=mine[-1].number, name=mine[-1].acknowledged_by)) if mine else None
