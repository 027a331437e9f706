"""Carries one due article to the platform: pictures, cover, draft, then the sending itself.

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
from bot.wechat.gateway import Gateway, PlatformError
from content.errors import ContentError
from content.exposure import cover
from content.submissions import categories
from handlers.exposure import releasing
from handlers.exposure.layout import check_length, compose, picture_ids
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
SURE = timedelta(hours=23)
"""The platform knows a clientmsgid again for 24 hours; after that a repeat could send twice."""
DOUBT = timedelta(seconds=20)
"""How long a publication whose answer was lost may take to show, before its draft is looked for."""
POLL = timedelta(seconds=15)
AUTHOR_LIMIT = 16
UNSURE = "无法确认是否已发出，请在公众平台核对后再决定是否重新排期"
NOT_CONFIRMED = 89505
PUBLISHING = 1
MASS_OUTCOMES = {"SEND_SUCCESS": True, "SEND_FAIL": False, "DELETE": False}
log = logging.getLogger("shian.release")


class Releaser:
    """Brings article parcels, and asks after those whose finish event does not come."""

    def __init__(self, service: Service, gateway: Gateway) -> None:
        self._service = service
        self._gateway = gateway
        self._send: dict[str, Callable[[Release], str]] = {
            "mass": lambda release: gateway.mass_send(release.draft, release.id),
            "publish": lambda release: gateway.publish(release.draft),
        }

    def bring(self, parcel: Parcel) -> None:
        """One attempt, from wherever the last one stopped."""
        release = self._current(parcel)
        if release is None or release.closed_at or release.accepted_at:
            self._service.db.write(lambda tx: outbox.sent(tx, parcel.id))
            return
        doubtful = release.offered_at is not None
        try:
            release = self._prepare(parcel, release)
            self._deliver(parcel, release, doubtful)
        except PlatformError as error:
            self._refused(parcel, release, error, doubtful)
        except Unavailable:
            # Says nothing of the article, which may just have gone out: the lease brings the parcel back.
            raise
        except (ContentError, StorageError) as error:
            self._fail(parcel, release, str(error))

    def _close(self, parcel: Parcel, fn: Callable[[Tx], None]) -> None:
        def close(tx: Tx) -> None:
            fn(tx)
            outbox.sent(tx, parcel.id)

        self._service.db.write(close)

    def _fail(self, parcel: Parcel, release: Release, reason: str) -> None:
        self._close(parcel, lambda tx: releasing.failed(tx, release, reason))

    def _accepted(self, parcel: Parcel, release: Release, job: str) -> None:
        self._close(parcel, lambda tx: releasing.accepted(tx, release, job))

    def _current(self, parcel: Parcel) -> Release | None:
        with self._service.db.read() as tx:
            found = releases.current(tx, parcel.payload["article"])
        return found if found and found.id == parcel.payload["release"] else None

    def _step(self, parcel: Parcel, release: Release, **learned: object) -> Release:
        """Store what was learned and lengthen the lease, before the platform is asked the next thing."""

        def store(tx: Tx) -> Release | None:
            if learned:
                releases.update(tx, release.id, **learned)
            outbox.renew(tx, parcel.id)
            return releases.current(tx, release.article)

        after = self._service.db.write(store)
        assert after is not None
        return after

    def _prepare(self, parcel: Parcel, release: Release) -> Release:
        """Upload what is not uploaded yet, and make the draft."""
        if release.draft:
            return release
        with self._service.db.read() as tx:
            found = article.get(tx, release.article)
            pictures = article.pictures(tx, found.id)
        stored = {row["id"]: row["sha256"] for row in pictures}
        for id in picture_ids(found.body):
            if id not in stored:
                raise ContentError(f"正文用到的图片 {id} 不在这篇稿件里，请重新插入。")
            if stored[id] not in release.uploads:
                url = self._upload(stored[id])
                release = self._step(parcel, release, uploads={**release.uploads, stored[id]: url})
        uploads = release.uploads
        html = check_length(compose(found, self._service.office, lambda id: uploads[stored[id]]))
        if not release.cover:
            media = self._gateway.upload_cover("cover.jpg", self._cover(found))
            release = self._step(parcel, release, cover=media)
        draft = self._gateway.add_draft(self._draft(found, html, release.cover))
        return self._step(parcel, release, draft=draft)

    def _upload(self, sha256: str) -> str:
        picture = cover.fit(cover.check(self._service.files.get(sha256)))
        ending = "png" if picture.mime == "image/png" else "jpg"
        return self._gateway.upload_picture(f"picture.{ending}", picture.content, picture.mime)

    def _cover(self, found: Article) -> bytes:
        if found.cover:
            return cover.fit(cover.check(self._service.files.get(found.cover))).content
        return cover.draw(found.title, categories.label(found.category), seed=found.id)

    def _draft(self, found: Article, html: str, cover_id: str) -> dict[str, object]:
        return {
            "article_type": "news",
            "title": found.title,
            "author": self._service.office.name[:AUTHOR_LIMIT],
            "digest": found.summary,
            "content": html,
            "content_source_url": f"{self._service.office.base_url}/exposures/{found.id}",
            "thumb_media_id": cover_id,
            "need_open_comment": 0,
            "only_fans_can_comment": 0,
        }

    def _deliver(self, parcel: Parcel, release: Release, doubtful: bool) -> None:
        if self._service.db.write(lambda tx: releasing.offer(tx, release)) is None:
            self._service.db.write(lambda tx: outbox.sent(tx, parcel.id))
            self._gateway.drop_draft(release.draft)
            return
        if release.channel == "draft":
            detail = "已存入公众平台草稿箱"
            self._close(parcel, lambda tx: releasing.succeeded(tx, release, detail=detail, url=""))
            return
        if not doubtful or self._may_ask_again(parcel, release):
            self._accepted(parcel, release, self._send[release.channel](release))

    def _may_ask_again(self, parcel: Parcel, release: Release) -> bool:
        """After an attempt whose outcome is not known: whether asking again cannot send twice."""
        assert release.offered_at is not None
        if self._service.db.clock() - release.offered_at > SURE:
            self._fail(parcel, release, UNSURE)
        elif release.channel == "mass":
            return True
        elif self._service.db.clock() - release.offered_at < DOUBT:
            self._again(parcel, "等待平台结果", DOUBT)
        elif self._gateway.has_draft(release.draft):
            return True
        else:
            self._accepted(parcel, release, "")
        return False

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
    ) -> None:
        due_at = self._service.db.clock() + pause

        def store(tx: Tx) -> None:
            fn(tx)
            outbox.again(tx, parcel.id, due_at=due_at, error=reason)

        self._service.db.write(store)

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
