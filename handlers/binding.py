"""绑定 and 解绑: staff tie their own WeChat to their account, so that an alarm at night finds them."""

import re
import unicodedata
from datetime import timedelta

from content.replies import say
from handlers.chat.context import Call, Reply
from handlers.one_time_codes import make_code
from storage import audit, staff_contact
from storage.database import Tx

LENGTH = 8
LIFE = timedelta(minutes=10)
TRIES = 5
BLOCK = timedelta(hours=1)
"""After so many wrong codes one sender's are not looked at until this long after the first."""
_CODE = re.compile(r"绑定[\s:,“”\"]*([A-Z0-9]{4,16})[\s.。“”\"]*")


def offer(tx: Tx, name: str) -> str:
    """A one-time code for an account, good for ten minutes."""
    code = make_code(LENGTH)
    staff_contact.offer_code(tx, name, code, tx.now + LIFE)
    audit.write(tx, actor=name, action="wechat_code", subject=name)
    return code


def release(tx: Tx, name: str) -> bool:
    """Forget the WeChat of an account; False when there was none."""
    if not staff_contact.unbind(tx, name):
        return False
    audit.write(tx, actor=name, action="wechat_unbind", subject=name)
    return True


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
        release(call.tx, name)
    return name
