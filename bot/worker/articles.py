"""Carries one due article to the platform, step by step as handlers/exposure/releasing.py says.

Each platform id is stored as it comes, so that a retry continues where the last attempt stopped. The
release's id is the idempotency key (clientmsgid): whatever happened to an earlier attempt, the platform
sends it once.
"""

import logging
import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot.service import Service
from bot.wechat.errors import PlatformError
from bot.wechat.gateway import Gateway
from content.errors import ContentError
from content.exposure import cover
from content.submissions import categories
from handlers.exposure import releasing
from handlers.exposure.layout import check_length, compose
from handlers.exposure.releasing import DOUBT, SURE, UNSURE, Do, Progress
from storage.engine.database import Tx
from storage.errors import StorageError, Unavailable
from storage.exposure import article
from storage.exposure import release as releases
from storage.exposure.article import Article
from storage.exposure.release import Release
from storage.notices import outbox
from storage.notices.parcel import Parcel

PAUSES = (4, 10, 30, 60, 180, 600)
"""Seconds before each further attempt after a passing error; the last one repeats."""
FIRST_PAUSE = timedelta(seconds=PAUSES[0])
QUOTA_PAUSE = timedelta(seconds=65)
QUOTA_PAUSE_MOST = timedelta(hours=1)
POLL = timedelta(seconds=15)
AUTHOR_LIMIT = 16
NOT_CONFIRMED = 89505
PUBLISHING = 1
MASS_OUTCOMES = {"SEND_SUCCESS": True, "SEND_FAIL": False, "DELETE": False}
log = logging.getLogger("shian.release")


class Releaser:
    """Brings article parcels, and asks after those whose finish event does not come."""

    def __init__(self, service: Service, gateway: Gateway) -> None:
        self._service = service
        self._gateway = gateway
        self._channels: dict[str, Callable[[Release], str]] = {
            "mass": lambda release: gateway.mass_send(release.draft, release.id),
            "publish": lambda release: gateway.publish(release.draft),
        }
        self._steps: dict[Do, Callable[[Parcel, Progress, str], bool]] = {
            Do.UPLOAD: self._upload,
            Do.COVER: self._cover,
            Do.DRAFT: self._draft,
            Do.OFFER: self._offer,
            Do.SEND: self._send,
            Do.ASK: self._ask,
            Do.KEEP: self._keep,
            Do.WAIT: lambda parcel, _, reason: self._again(parcel, reason, DOUBT),
            Do.FAIL: lambda parcel, at, reason: self._fail(parcel, at.release, reason),
            Do.DROP: self._drop,
            Do.DONE: lambda parcel, _, __: self._close(parcel, lambda _tx: None),
        }

    def bring(self, parcel: Parcel) -> None:
        """One attempt, from wherever the last one stopped."""
        at = self._look(parcel)
        doubtful = at.release.offered_at is not None
        try:
            while self._advance(parcel, at, doubtful):
                at = self._look(parcel)
        except PlatformError as error:
            self._refused(parcel, at.release, error, doubtful)
        except Unavailable:
            # Says nothing of the article, which may just have gone out: the lease brings the parcel back.
            raise
        except (ContentError, StorageError) as error:
            self._fail(parcel, at.release, str(error))

    def _look(self, parcel: Parcel) -> Progress:
        with self._service.db.read() as tx:
            return releasing.progress(tx, parcel.payload["release"])

    def _advance(self, parcel: Parcel, at: Progress, doubtful: bool) -> bool:
        """Do the next step and store what came of it; whether there is another one in this attempt."""
        step = releasing.next_step(at, self._service.db.clock(), doubtful=doubtful)
        return self._steps[step.do](parcel, at, step.what)

    def _learn(self, parcel: Parcel, release: Release, **learned: object) -> bool:
        """Store what was learned and lengthen the lease, before the platform is asked the next thing."""

        def store(tx: Tx) -> None:
            releases.update(tx, release.id, **learned)
            outbox.renew(tx, parcel.id)

        self._service.db.write(store)
        return True

    def _close(self, parcel: Parcel, fn: Callable[[Tx], None]) -> bool:
        def close(tx: Tx) -> None:
            fn(tx)
            outbox.sent(tx, parcel.id)

        self._service.db.write(close)
        return False

    def _fail(self, parcel: Parcel, release: Release, reason: str) -> bool:
        return self._close(parcel, lambda tx: releasing.failed(tx, release, reason))

    def _accepted(self, parcel: Parcel, release: Release, job: str) -> bool:
        return self._close(parcel, lambda tx: releasing.accepted(tx, release, job))

    # The steps.

    def _upload(self, parcel: Parcel, at: Progress, sha256: str) -> bool:
        picture = cover.fit(cover.check(self._service.files.get(sha256)))
        ending = "png" if picture.mime == "image/png" else "jpg"
        url = self._gateway.upload_picture(f"picture.{ending}", picture.content, picture.mime)
        return self._learn(parcel, at.release, uploads={**at.release.uploads, sha256: url})

    def _cover(self, parcel: Parcel, at: Progress, _: str) -> bool:
        self._html(at)  # one that is too long needs no cover
        media = self._gateway.upload_cover("cover.jpg", self._cover_of(at.article))
        return self._learn(parcel, at.release, cover=media)

    def _cover_of(self, found: Article) -> bytes:
        if found.cover:
            return cover.fit(cover.check(self._service.files.get(found.cover))).content
        return cover.draw(found.title, categories.label(found.category), seed=found.id)

    def _html(self, at: Progress) -> str:
        return check_length(compose(at.article, self._service.office, lambda id: at.release.uploads[at.stored[id]]))

    def _draft(self, parcel: Parcel, at: Progress, _: str) -> bool:
        office = self._service.office
        draft = {
            "article_type": "news",
            "title": at.article.title,
            "author": office.name[:AUTHOR_LIMIT],
            "digest": at.article.summary,
            "content": self._html(at),
            "content_source_url": f"{office.base_url}/exposures/{at.article.id}",
            "thumb_media_id": at.release.cover,
            "need_open_comment": 0,
            "only_fans_can_comment": 0,
        }
        return self._learn(parcel, at.release, draft=self._gateway.add_draft(draft))

    def _offer(self, _: Parcel, at: Progress, __: str) -> bool:
        self._service.db.write(lambda tx: releasing.offer(tx, at.release))
        return True

    def _send(self, parcel: Parcel, at: Progress, _: str) -> bool:
        return self._accepted(parcel, at.release, self._channels[at.release.channel](at.release))

    def _ask(self, parcel: Parcel, at: Progress, _: str) -> bool:
        if self._gateway.has_draft(at.release.draft):
            return self._send(parcel, at, "")
        return self._accepted(parcel, at.release, "")

    def _keep(self, parcel: Parcel, at: Progress, _: str) -> bool:
        detail = "已存入公众平台草稿箱"
        return self._close(parcel, lambda tx: releasing.succeeded(tx, at.release, detail=detail, url=""))

    def _drop(self, parcel: Parcel, at: Progress, _: str) -> bool:
        self._close(parcel, lambda _tx: None)
        self._gateway.drop_draft(at.release.draft)
        return False

    # What was refused.

    def _refused(self, parcel: Parcel, release: Release, error: PlatformError, doubtful: bool) -> None:
        """What a refusal means. `doubtful`: an earlier attempt may have gone through all the same."""
        offered = self._service.db.write(lambda tx: self._offered(tx, release))
        # "-1" to a publication is a plain no; to a mass sending, whose repeat is harmless, it is not trusted.
        unknown = error.unknown and not (release.channel == "publish" and error.code)
        if error.verdict == "duplicate":
            self._accepted(parcel, release, error.msg_id)
        elif error.verdict == "gone" and offered and parcel.attempts:
            self._accepted(parcel, release, "")
        elif error.verdict == "gone" and not parcel.attempts:
            self._service.db.write(lambda tx: releases.update(tx, release.id, draft=None, cover=None))
            self._hold_up(parcel, release, str(error), FIRST_PAUSE)
        elif error.verdict in ("again", "quota", "confirm") and error.code != NOT_CONFIRMED:
            pause = self._pause(parcel, error)
            if offered and (doubtful or unknown or error.verdict == "confirm"):
                self._wait(parcel, release, f"{error}，正在核实是否已发出", pause)
            else:
                self._hold_up(parcel, release, str(error), pause)
        else:
            self._fail(parcel, release, f"微信拒绝：{error}")

    def _offered(self, tx: Tx, release: Release) -> bool:
        current = releases.current(tx, release.article)
        return current is not None and current.id == release.id and current.offered_at is not None

    def _pause(self, parcel: Parcel, error: PlatformError) -> timedelta:
        if error.verdict == "again":
            return timedelta(seconds=PAUSES[min(parcel.attempts, len(PAUSES) - 1)] * random.uniform(0.8, 1.2))  # noqa: S311
        return min(QUOTA_PAUSE * (parcel.attempts + 1), QUOTA_PAUSE_MOST)

    def _wait(self, parcel: Parcel, release: Release, reason: str, pause: timedelta) -> None:
        """It may be on its way: it must stay where it is until the platform says."""
        self._again(parcel, reason, pause, lambda tx: article.note_reason(tx, release.article, reason))

    def _hold_up(self, parcel: Parcel, release: Release, reason: str, pause: timedelta) -> None:
        """Not sent, surely: back to scheduled, and again later."""
        self._again(parcel, reason, pause, lambda tx: releasing.held_up(tx, release, reason))

    def _again(
        self, parcel: Parcel, reason: str, pause: timedelta, fn: Callable[[Tx], None] = lambda _tx: None
    ) -> bool:
        due_at = self._service.db.clock() + pause

        def store(tx: Tx) -> None:
            fn(tx)
            outbox.again(tx, parcel.id, due_at=due_at, error=reason)

        self._service.db.write(store)
        return False

    # Those whose finish event does not come.

    def poll(self) -> None:
        """Ask after releases that the platform has had for at least 15 seconds."""
        now = self._service.db.clock()
        with self._service.db.read() as tx:
            waiting = releases.opened(tx)
        if waiting:
            self._service.db.write(releasing.settle)
        for release in waiting:
            last = release.polled_at or release.accepted_at
            if last is None or now - last < POLL:
                continue
            self._service.db.write(partial(releases.update, id=release.id, polled_at=now))
            try:
                self._ask_after(release)
            except PlatformError as error:
                log.warning("a release cannot be asked after now: %s", error)

    def _ask_after(self, release: Release) -> None:
        outcome, detail, url = self._outcome(release)

        def settle(tx: Tx) -> None:
            if outcome is True:
                releasing.succeeded(tx, release, detail=detail, url=url)
            elif outcome is False:
                releasing.failed(tx, release, detail)

        self._service.db.write(settle)

    def _outcome(self, release: Release) -> tuple[bool | None, str, str]:
        """(out, not out or not known yet; why; URL)."""
        if not release.job:
            since = self._service.db.clock() - (release.offered_at or release.accepted_at or self._service.db.clock())
            return (False, UNSURE, "") if since > SURE else (None, "", "")
        if release.channel == "mass":
            status = self._gateway.mass_status(release.job)
            return MASS_OUTCOMES.get(status), f"平台查询：{status}", ""
        code, url = self._gateway.publish_status(release.job)
        return None if code == PUBLISHING else code == 0, f"平台查询：发布状态{code}", url
