"""``/wechat``: verify, keep, decide, reply. 200 only after the message is durably stored."""

import hashlib
import logging
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from urllib.parse import parse_qsl

from flask import Blueprint, Response, g, request

from bot.service import Service
from bot.web.gate import Gate
from bot.web.metrics import WEBHOOK_SECONDS
from bot.wechat.wire import Forbidden, Opened, Wire, WireError
from content.replies import say
from handlers.chat import flood
from handlers.chat.context import Reply
from handlers.chat.message import Message
from handlers.chat.routing import answer, read_ahead
from storage.chat import follower, inbox
from storage.chat import standing as standings
from storage.chat.standing import Standing
from storage.engine.database import Tx
from storage.errors import StorageError, Unavailable

SIZE_LIMIT = 1024 * 1024
BODY_SECONDS = 3.0
"""Seconds for a whole body to arrive: the platform sends it at once."""
PATIENCE = 4.0
"""Seconds a message may take: WeChat hangs up after five."""
DISCARDED = frozenset({"event:location"})
"""Where somebody is, sent by the phone of its own accord: sensitive, not asked for, and never stored."""
XML = "application/xml; charset=utf-8"
log = logging.getLogger("shian.webhook")


def dedupe_key(tx: Tx, message: Message, xml: str) -> str:
    """The digest that makes a repeat known: sender, MsgId and time; for events also what happened."""
    parts = [message.openid, message.id, message.created]
    if message.kind.startswith("event:") or not message.id:
        body = hashlib.sha256(xml.encode()).hexdigest()
        parts += [message.kind, message.text("EventKey"), body]
    return tx.vault.digest("\x1f".join(parts), "dedupe")


class Reception:
    """Takes opened messages in; copies of one message that come together share its treatment."""

    def __init__(self, service: Service, wire: Wire) -> None:
        self._service = service
        self._wire = wire
        self._under_way: dict[tuple[str, str, str, str], Future[bytes]] = {}
        self._lock = threading.Lock()

    def take(self, opened: Opened) -> bytes:
        """The body to answer with; raises StorageError when the message could not be stored in time."""
        message = opened.message
        if message.kind in DISCARDED:
            return b"success"
        key = (message.openid, message.id, message.created, opened.xml)
        with self._lock:
            mine = key not in self._under_way
            future = self._under_way.setdefault(key, Future())
        if not mine:
            try:
                return future.result(PATIENCE)
            except FutureTimeout:
                raise Unavailable("这条消息的第一份还在处理") from None
        try:
            self._read_ahead(message)
            body = self._service.db.write(lambda tx: self._treat(tx, opened), timeout=PATIENCE)
        except BaseException as error:
            future.set_exception(error)
            raise
        else:
            future.set_result(body)
            return body
        finally:
            with self._lock:
                del self._under_way[key]

    def _read_ahead(self, message: Message) -> None:
        """Understand a text outside the one writer's transaction."""
        if message.kind != "text":
            return
        try:
            read_ahead(self._service.db.read, self._service.office, message)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - treating it fails alike, and there it is kept and told in full
            log.warning("a text could not be read ahead: %s", type(error).__name__)

    def _treat(self, tx: Tx, opened: Opened) -> bytes:
        """Keep, decide and store the answer, in one transaction."""
        message = opened.message
        dedupe = dedupe_key(tx, message, opened.xml)
        sender = follower.sender_of(tx, message.openid)
        standing = standings.of(tx, sender, dedupe=dedupe)
        if standing.kept is not None:
            return standing.kept.answer or b""
        reply, error = self._answer(tx, message, standing)
        body = self._body(tx, message, reply.text)
        inbox.keep(tx, dedupe=dedupe, sender=sender, body=opened.xml, answer=body, error=error, apart=reply.apart)
        return body

    def _answer(self, tx: Tx, message: Message, standing: Standing) -> tuple[Reply, str]:
        """The reply, and why the message must be tried again; '' when it was handled."""
        if flood.slows(message, standing):
            return Reply(flood.told(standing)), inbox.SLOWED
        try:
            with tx.savepoint():
                return answer(tx, self._service.office, message, standing), ""
        except Unavailable:
            raise
        except Exception as error:  # the raw message stays, marked, and is tried again by a sweep
            log.exception("a %.40r message could not be handled; it is kept and will be tried again", message.kind)
            return Reply("" if message.kind.startswith("event:") else say("trouble")), type(error).__name__

    def _body(self, tx: Tx, message: Message, text: str) -> bytes:
        return self._wire.reply(message, text, int(tx.now.timestamp())) if text else b"success"


def gate(service: Service) -> Gate:
    """How bodies of messages are received: only under the signature of our account."""
    wire = Wire(service.settings.wechat)

    def signed(query: str) -> bool:
        try:
            wire.admit(dict(parse_qsl(query)))
        except Forbidden:
            return False
        return True

    return Gate(BODY_SECONDS, SIZE_LIMIT, signed)


def create_blueprint(service: Service) -> Blueprint:
    """The webhook of one office."""
    blueprint = Blueprint("wechat", __name__)
    wire = Wire(service.settings.wechat)
    reception = Reception(service, wire)

    @blueprint.get("/wechat")
    def verification() -> Response:
        wire.verify(request.args)
        return Response(request.args.get("echostr", ""), mimetype="text/plain")

    @blueprint.post("/wechat")
    def message() -> Response:
        if (request.content_length or 0) > SIZE_LIMIT:
            return _refusal(413, "the message is over 1 MiB")
        wire.admit(request.args)
        started = time.perf_counter()
        # Flask would cut a chunked body silently at its limit: one byte more tells.
        body = request.stream.read(SIZE_LIMIT + 1)
        if len(body) > SIZE_LIMIT:
            return _refusal(413, "the message is over 1 MiB")
        opened = wire.open(body, request.args)
        content = reception.take(opened)
        took = time.perf_counter() - started
        WEBHOOK_SECONDS.observe(took)
        log.info("%.40r answered in %.1f ms", opened.message.kind, took * 1000)
        return Response(content, mimetype="text/plain" if content in (b"", b"success") else XML)

    @blueprint.errorhandler(WireError)
    def refused(error: WireError) -> Response:
        log.warning("refused with %d: %s", error.status, error)
        if isinstance(error, Forbidden):
            g.forbidden = error.reason
        return _refusal(error.status, str(error))

    @blueprint.errorhandler(StorageError)
    def unavailable(error: StorageError) -> Response:
        log.error("not stored, WeChat will send it again: %s", error)
        return Response(b"", status=503, mimetype="text/plain")

    return blueprint


def _refusal(status: int, text: str) -> Response:
    return Response(text + "\n", status=status, mimetype="text/plain")
