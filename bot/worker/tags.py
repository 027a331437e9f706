"""Makes the tags of one follower at the platform equal their choices (订阅).

The platform is compared with the choices as they stand now, so any attempt may be repeated and the last one
brings everything right. Only tags under our prefix are set or taken. Source: developers.weixin.qq.com, tags.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from bot.service import Service
from bot.wechat.errors import PlatformError
from bot.wechat.gateway import Gateway
from handlers.exposure.topics import TAG_PREFIX, topics
from storage.chat import follower, subscription
from storage.notices import outbox
from storage.notices.parcel import Parcel

T = TypeVar("T")
LATER = {"quota": timedelta(hours=1), "gone": timedelta(seconds=5)}
"""How long to wait after a verdict. One that is not listed needs somebody to act first: a day."""
DAY = timedelta(days=1)
FULL = {45056, 45059}
"""The account, or the follower, has no room for one more tag: the others are still set."""
log = logging.getLogger("shian.tagging")


class Tagger:
    """Brings tag parcels of one office."""

    def __init__(self, service: Service, gateway: Gateway, pause: Callable[[int], timedelta]) -> None:
        self._service = service
        self._gateway = gateway
        self._pause = pause

    def bring(self, parcel: Parcel) -> None:
        """One attempt. Somebody who left has no tags, which is right."""
        try:
            self._set(parcel)
        except PlatformError as error:
            if error.verdict != "lost":
                self._again(parcel, error)
                return
        self._service.db.write(lambda tx: outbox.sent(tx, parcel.id))

    def _again(self, parcel: Parcel, error: PlatformError) -> None:
        """Tags are never given up: the choice stands, and the account may be allowed or given room one day."""
        wait = self._pause(parcel.attempts) if error.verdict == "again" else LATER.get(error.verdict, DAY)
        if wait == DAY:
            log.warning("tags cannot be set: %s", error)
        due_at = self._service.db.clock() + wait
        # An account without the right would fill the staff's list of troubles with one row a subscriber.
        counts = error.verdict != "window"
        self._service.db.write(lambda tx: outbox.again(tx, parcel.id, due_at=due_at, error=str(error), counts=counts))
        if error.verdict == "gone":
            self._store({})

    def _ask(self, parcel: Parcel, call: Callable[[], T]) -> T:
        """Lengthen the lease, then ask the platform."""
        self._service.db.write(lambda tx: outbox.renew(tx, parcel.id))
        return call()

    def _set(self, parcel: Parcel) -> None:
        openid = parcel.addressee
        with self._service.db.read() as tx:
            chosen = subscription.chosen(tx, follower.sender_of(tx, openid))
        wanted = {choice.tag for choice in topics(self._service.office.region) if choice.topic in chosen}
        held = self._ask(parcel, partial(self._gateway.tags_of, openid))
        tags = self._tags(parcel, wanted, held)
        for name, id in tags.items():
            if name.startswith(TAG_PREFIX) and name not in wanted and id in held:
                self._ask(parcel, partial(self._gateway.untag, openid, id))
        self._add(parcel, {name: tags.get(name) for name in sorted(wanted) if tags.get(name) not in held})

    def _add(self, parcel: Parcel, missing: dict[str, int | None]) -> None:
        no_room: PlatformError | None = None
        for name, known in missing.items():
            try:
                id = known if known is not None else self._make(parcel, name)
                self._ask(parcel, partial(self._gateway.tag, parcel.addressee, id))
            except PlatformError as error:
                if error.code not in FULL:
                    raise
                no_room = error
        if no_room:
            raise no_room

    def _tags(self, parcel: Parcel, wanted: set[str], held: set[int]) -> dict[str, int]:
        """The account's tags; listed anew only when one is wanted or held that is not known."""
        app_id = self._service.settings.wechat.app_id
        with self._service.db.read() as tx:
            known = subscription.tags(tx, app_id)
        if wanted <= known.keys() and held <= set(known.values()):
            return known
        listed = self._ask(parcel, self._gateway.tags)
        self._store(listed)
        return listed

    def _make(self, parcel: Parcel, name: str) -> int:
        id = self._ask(parcel, partial(self._gateway.create_tag, name))
        app_id = self._service.settings.wechat.app_id
        with self._service.db.read() as tx:
            known = subscription.tags(tx, app_id)
        self._store({**known, name: id})
        return id

    def _store(self, tags: dict[str, int]) -> None:
        app_id = self._service.settings.wechat.app_id
        self._service.db.write(lambda tx: subscription.store_tags(tx, app_id, tags))
