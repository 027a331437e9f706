"""Releasing: what the worker does next with a due article, and what it reports when it comes back.

A due article has one release and one outbox row, whose id is the idempotency key towards the platform. What
the platform answers, and the finish event that may come before the answer, meet in `settle`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from handlers.exposure.layout import picture_ids
from storage import audit, timeline
from storage.engine.database import Tx
from storage.exposure import article
from storage.exposure import release as releases
from storage.exposure.article import Article
from storage.exposure.release import Finish, Release
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic

LOST_AFTER = timedelta(seconds=20)
"""How long the answer that names a job may lag behind its finish event."""
SURE = timedelta(hours=23)
"""The platform knows a clientmsgid again for 24 hours; after that a repeat could send twice."""
DOUBT = timedelta(seconds=20)
"""How long a publication whose answer was lost may take to show, before its draft is looked for."""
UNSURE = "无法确认是否已发出，请在公众平台核对后再决定是否重新排期"


class Do(Enum):
    """What there is to do with a release."""

    UPLOAD = auto()
    """A picture of the text."""
    COVER = auto()
    DRAFT = auto()
    OFFER = auto()
    """Pass the point of no return (see `offer`)."""
    SEND = auto()
    ASK = auto()
    """Whether the draft is still in its box: a published one is not. Send it if it is."""
    KEEP = auto()
    """The draft is all that was wanted."""
    WAIT = auto()
    FAIL = auto()
    DROP = auto()
    """Taken back: so goes the draft."""
    DONE = auto()


@dataclass(frozen=True)
class Step:
    """`what` is the digest of the picture to upload, or the reason to wait or fail."""

    do: Do
    what: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a release has come; `stored`: the article's pictures, id -> digest."""

    release: Release
    article: Article
    stored: Mapping[str, str]


def progress(tx: Tx, release_id: str) -> Progress:
    release = releases.get(tx, release_id)
    found = article.get(tx, release.article)
    return Progress(release, found, {row["id"]: row["sha256"] for row in article.pictures(tx, found.id)})


def next_step(at: Progress, now: datetime, *, doubtful: bool) -> Step:
    """What the worker does next. `doubtful`: an earlier attempt may have gone through all the same."""
    release, state = at.release, at.article.state
    if release.closed_at or release.accepted_at:
        return Step(Do.DROP if release.draft and not release.offered_at else Do.DONE)
    if not release.draft:
        return _towards_draft(at)
    if state == "scheduled":
        return Step(Do.OFFER)
    if state != "releasing":
        return Step(Do.DROP)
    if release.channel == "draft":
        return Step(Do.KEEP)
    return _in_doubt(release, now) if doubtful else Step(Do.SEND)


def _towards_draft(at: Progress) -> Step:
    for id in picture_ids(at.article.body):
        if id not in at.stored:
            return Step(Do.FAIL, f"正文用到的图片 {id} 不在这篇稿件里，请重新插入。")
        if at.stored[id] not in at.release.uploads:
            return Step(Do.UPLOAD, at.stored[id])
    return Step(Do.DRAFT if at.release.cover else Do.COVER)


def _in_doubt(release: Release, now: datetime) -> Step:
    """What surely does not send twice."""
    since = now - release.offered_at if release.offered_at else timedelta(0)
    if since > SURE:
        return Step(Do.FAIL, UNSURE)
    if release.channel == "mass":
        return Step(Do.SEND)
    return Step(Do.WAIT, "等待平台结果") if since < DOUBT else Step(Do.ASK)


def release_due(tx: Tx) -> int:
    """Queue every due article once: one outbox row per release. Returns how many were queued."""
    queued = 0
    for found in article.due(tx):
        under_way = releases.current(tx, found.id)
        if under_way and under_way.closed_at is None:
            continue
        id = releases.begin(tx, found.id, found.channel)
        outbox.put(tx, "article", Subject(Topic.RELEASE, id), payload={"article": found.id, "release": id})
        queued += 1
    return queued


def offer(tx: Tx, release: Release) -> Article | None:
    """The point of no return, just before the platform is asked to send: None when it was taken back."""
    found = _under_way(tx, release)
    if found is None:
        return None
    if found.state == "scheduled":
        found = article.change(tx, found, state="releasing", reason="")
        releases.update(tx, release.id, offered_at=tx.now)
    return found if found.state == "releasing" else None


def _under_way(tx: Tx, release: Release) -> Article | None:
    """The article of a release that is still the current one and not settled."""
    current = releases.current(tx, release.article)
    if current is None or current.id != release.id or current.closed_at is not None:
        return None
    return article.get(tx, release.article)


def held_up(tx: Tx, release: Release, reason: str) -> None:
    """The platform refused for now and has not sent: back to scheduled, with the reason."""
    found = _under_way(tx, release)
    if found is None:
        return
    if found.state == "releasing":
        releases.update(tx, release.id, offered_at=None)
        article.change(tx, found, state="scheduled", reason=reason)
    else:
        article.note_reason(tx, found.id, reason)


def accepted(tx: Tx, release: Release, job: str) -> None:
    """The platform has taken the job on; its finish event may be here already."""
    releases.update(tx, release.id, job=job or None, accepted_at=tx.now)
    settle(tx)


def failed(tx: Tx, release: Release, reason: str) -> None:
    """It will not go out: staff see why and may schedule it again."""
    found = _under_way(tx, release)
    if found is None:
        return
    releases.update(tx, release.id, closed_at=tx.now)
    article.change(tx, found, state="failed", reason=reason)
    timeline.add(tx, found.id, "move", actor="system", title="发布失败", body=reason)


def succeeded(tx: Tx, release: Release, *, detail: str, url: str) -> None:
    """It is out."""
    found = _under_way(tx, release)
    if found is None:
        return
    releases.update(tx, release.id, closed_at=tx.now)
    article.change(tx, found, state="released", released_at=tx.now, url=url, reason="")
    timeline.add(tx, found.id, "move", actor="system", title="已曝光", body=detail)
    audit.write(tx, actor="system", action="released", subject=f"article:{found.id}", detail=release.channel)


def heard(tx: Tx, finish: Finish) -> None:
    """The platform says what became of a job; of one that is out already, because it was asked, where it stands."""
    releases.note_finish(tx, finish)
    if done := releases.closed(tx, finish.channel, finish.job):
        article.note_address(tx, done.article, finish.url)
    settle(tx)


def settle(tx: Tx) -> None:
    """Match releases handed to the platform with finish events, whichever came first."""
    for release in releases.opened(tx):
        finish = releases.finish_of(tx, release.channel, release.job) if release.job else _only_candidate(tx, release)
        if finish is None:
            continue
        if not release.job:
            releases.update(tx, release.id, job=finish.job)
        if finish.succeeded:
            succeeded(tx, release, detail=finish.detail, url=finish.url)
        else:
            failed(tx, release, finish.detail)


def _only_candidate(tx: Tx, release: Release) -> Finish | None:
    """For a job whose id was lost on the way: the one finish event that nobody else claims.

    Only after a while, because the id of most jobs comes right behind their event.
    """
    if release.offered_at is None or tx.now - release.offered_at < LOST_AFTER:
        return None
    nameless = [other for other in releases.opened(tx) if not other.job and other.channel == release.channel]
    candidates = releases.unclaimed_finishes(tx, release.channel, release.offered_at)
    return candidates[0] if len(nameless) == 1 and len(candidates) == 1 else None
