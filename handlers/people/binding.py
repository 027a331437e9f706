"""An account's own WeChat (绑定): a one-time code ties it, so that an alarm at night finds its officer."""

from datetime import timedelta

from handlers.codes import make_code
from storage import audit
from storage.engine.database import Tx
from storage.people import contact

LENGTH = 8
LIFE = timedelta(minutes=10)


def offer(tx: Tx, name: str) -> str:
    """A one-time code for an account, good for ten minutes."""
    code = make_code(LENGTH)
    contact.offer_code(tx, name, code, tx.now + LIFE)
    audit.write(tx, actor=name, action="wechat_code", subject=name)
    return code


def release(tx: Tx, name: str) -> bool:
    """Forget the WeChat of an account; False when there was none."""
    if not contact.unbind(tx, name):
        return False
    audit.write(tx, actor=name, action="wechat_unbind", subject=name)
    return True
