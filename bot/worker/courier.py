"""Drains the outbox: lease a parcel, bring it, classify what went wrong, try again or give up visibly.

A parcel is claimed and settled in transactions of its own; none is open while the platform is asked.
Articles and notices have files of their own (bot/worker/articles.py, bot/worker/notices.py).
"""

import logging
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta

import puremagic

from bot.service import Service
from bot.wechat.errors import PlatformError
from bot.wechat.gateway import Gateway
from bot.worker.alarms import AlarmError, Herald
from bot.worker.articles import Releaser
from bot.worker.notices import Teller, pause
from bot.worker.tags import Tagger
from handlers.notices import alarms
from storage.engine.database import Tx
from storage.errors import StorageError
from storage.notices import outbox
from storage.notices.parcel import Parcel
from storage.submissions import evidence

MEDIA_LIFE = timedelta(days=3)
LANES = 4
LANE_PATIENCE = 2.0
"""Seconds a round waits for files under way: one that hangs is left to itself, and the next round goes past it."""
ALARM_ATTEMPTS = 7
"""About a quarter of an hour; by then somebody else has been called."""
MIMES = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "audio/amr", "audio/mpeg", "video/mp4"}
log = logging.getLogger("shian.courier")


def type_of(content: bytes) -> str:
    """The MIME type told from the content; ``application/octet-stream`` when it is none we show."""
    if content.startswith(b"#!AMR"):
        return "audio/amr"
    try:
        mime = puremagic.from_string(content[:4096], mime=True)
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"
    return mime if mime in MIMES else "application/octet-stream"


class Courier:
    """Brings and fetches for one office."""

    def __init__(self, service: Service, gateway: Gateway) -> None:
        self._service = service
        self._gateway = gateway
        self._lanes = ThreadPoolExecutor(LANES, thread_name_prefix="media")
        self._under_way: set[Future[None]] = set()
        releaser, self._herald = Releaser(service, gateway), Herald(service)
        self._bring: dict[str, Callable[[Parcel], None]] = {
            "media": self._fetch,
            "notice": Teller(service, gateway).tell,
            "article": releaser.bring,
            "tags": Tagger(service, gateway, pause).bring,
            alarms.WEBHOOK: self._alarm,
            alarms.COMMAND: self._alarm,
        }

    def drain(self, kind: str) -> None:
        """Deal with every parcel of a kind that is due."""
        while parcel := self._claim(kind):
            self._deal(parcel)

    def fetch(self) -> None:
        """Bring home every file that is due, several at once."""
        while self._has_lane() and (parcel := self._claim("media")):
            self._under_way.add(self._lanes.submit(self._deal, parcel))
        self._settle(wait(self._under_way, LANE_PATIENCE).done)

    def _has_lane(self) -> bool:
        if len(self._under_way) == LANES:
            self._settle(wait(self._under_way, LANE_PATIENCE, FIRST_COMPLETED).done)
        return len(self._under_way) < LANES

    def _settle(self, done: set[Future[None]]) -> None:
        self._under_way -= done
        for one in done:
            one.result()

    def _claim(self, kind: str) -> Parcel | None:
        return self._service.db.write(lambda tx: outbox.claim(tx, kind))

    def _deal(self, parcel: Parcel) -> None:
        try:
            self._bring[parcel.kind](parcel)
        except StorageError:
            raise
        except Exception as error:  # a defect must not stop the parcels behind it
            log.exception("a %s parcel could not be dealt with", parcel.kind)
            self._later(parcel, type(error).__name__)

    def _later(self, parcel: Parcel, reason: str) -> None:
        due_at = self._service.db.clock() + pause(parcel.attempts)
        self._service.db.write(lambda tx: outbox.again(tx, parcel.id, due_at=due_at, error=reason))

    def _fetch(self, parcel: Parcel) -> None:
        """Bring home what a citizen sent, before the platform forgets it."""
        item = parcel.payload["evidence"]
        try:
            content = self._gateway.download(parcel.payload["media"])
        except PlatformError as error:
            too_late = self._service.db.clock() - parcel.created_at > MEDIA_LIFE
            dead = error.verdict == "gone" and parcel.attempts >= 3
            if too_late or dead or error.verdict in ("content", "lost"):
                self._give_up(parcel, str(error))
            else:
                self._later(parcel, str(error))
            return
        sha256 = self._service.files.put(content)
        mime = type_of(content)

        def settle(tx: Tx) -> None:
            evidence.stored(tx, item, sha256=sha256, size=len(content), mime=mime)
            outbox.sent(tx, parcel.id)

        self._service.db.write(settle)

    def _give_up(self, parcel: Parcel, reason: str) -> None:
        def settle(tx: Tx) -> None:
            evidence.lost(tx, parcel.payload["evidence"], reason)
            outbox.fail(tx, parcel.id, reason)

        self._service.db.write(settle)

    def _alarm(self, parcel: Parcel) -> None:
        """Call people the office's own channel; when it may or may not have worked, again: rather twice than never."""
        try:
            self._herald.bring(parcel)
        except AlarmError as error:
            reason = str(error)
            if parcel.attempts + 1 < ALARM_ATTEMPTS:
                self._later(parcel, reason)
            else:
                self._service.db.write(lambda tx: outbox.fail(tx, parcel.id, reason))
            return
        self._service.db.write(lambda tx: outbox.sent(tx, parcel.id))
