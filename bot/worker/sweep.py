"""Messages whose handling failed are tried again; their answer then goes out as a notice."""

import logging

from bot.service import Service
from bot.wechat.wire import read_message
from handlers.chat.routing import answer
from handlers.notices import telling
from storage.chat import inbox
from storage.engine.database import Tx
from storage.notices.parcel import Subject, Topic

ATTEMPTS = 5
log = logging.getLogger("shian.sweep")


def sweep(service: Service) -> int:
    """Handle kept messages again; returns how many were handled now."""
    with service.db.read() as tx:
        waiting = inbox.unhandled(tx, attempts_below=ATTEMPTS)
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
        service.db.write(lambda tx: inbox.failed_again(tx, id, name))
        return False
    return True
