"""Messages whose handling failed are tried again; their answer then goes out as a notice."""

import logging

from bot.service import Service
from bot.wechat.wire import read_message
from handlers.chat.routing import answer
from handlers.notices import telling
from storage import audit
from storage.chat import inbox
from storage.engine.database import Tx
from storage.notices.parcel import Subject, Topic

log = logging.getLogger("shian.sweep")


def sweep(service: Service) -> int:
    """Handle kept messages again; returns how many were handled now."""
    with service.db.read() as tx:
        waiting = inbox.unhandled(tx)
    return sum(_again(service, id, xml) for id, xml in waiting)


def _again(service: Service, id: str, xml: str) -> bool:
    message = read_message(xml)

    def handle(tx: Tx) -> None:
        reply = answer(tx, service.office, message)
        if reply.text:
            telling.put(tx, Subject(Topic.MESSAGE, id), openid=message.openid, text=reply.text)
        inbox.handled_late(tx, id)
        if reply.apart:
            inbox.set_apart(tx, id)

    try:
        service.db.write(handle)
    except Exception as error:  # it stays marked and visible, whatever the defect
        log.exception("a kept message could not be handled again")
        name = type(error).__name__
        service.db.write(lambda tx: _failed_again(tx, id, name))
        return False
    return True


def _failed_again(tx: Tx, id: str, error: str) -> None:
    if inbox.failed_again(tx, id, error):
        log.error("来信 %s 试了 %d 次都没有处理成（%s），不再重试；后台“送达”页列出", id, inbox.ATTEMPTS, error)
        audit.write(tx, actor="sweep", action="message_given_up", subject=f"message:{id}", detail=error)
