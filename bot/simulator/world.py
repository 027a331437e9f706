"""The platform's state with the few questions that every API asks of it."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.simulator.errors import Refusal, require
from bot.simulator.memory import Memory
from bot.simulator.records import Account, Bubble, Card, File
from bot.simulator.samples import seconds_of

CHINA = ZoneInfo("Asia/Shanghai")  # quotas run by the platform's own day and month
TEMPORARY = timedelta(days=3)  # how long temporary media live
PUBLIC_PREFIX = "/simulator"


def digest(*parts: str, size: int = 27) -> str:
    """A stable identifier of `size` URL-safe characters made of the parts."""
    raw = hashlib.sha256("\0".join(parts).encode()).digest()
    return urlsafe_b64encode(raw).decode().replace("=", "")[:size]


class World:
    """Account, memory and clock of the simulated platform.

    `started` collects the keys of the jobs that the API call at hand has begun; the caller takes
    them from here. `quotas` overrides daily limits by API path.
    `origin` is the address under which phones and the product reach the simulator's pages.
    """

    def __init__(self, account: Account, memory: Memory, clock: Callable[[], datetime]) -> None:
        self.account = account
        self.memory = memory
        self.clock = clock
        self.quotas: dict[str, int] = {}
        self.started: list[str] = []
        self.origin = account.webhook.rsplit("/", 1)[0] + PUBLIC_PREFIX
        self.original_id = "gh_" + hashlib.sha256(account.app_id.encode()).hexdigest()[:12]

    def stamp(self) -> int:
        """Seconds since 1970 by the platform's clock."""
        return int(self.clock().timestamp())

    def day(self) -> str:
        """Today in China, e.g. 2026-11-23; its first seven characters are the month."""
        return self.clock().astimezone(CHINA).date().isoformat()

    def start(self, kind: str, number: str, job: dict[str, Any]) -> None:
        """Begin something that ends with an event; kept, so that it ends after a restart too."""
        key = f"{kind}/{number}"
        self.memory.put("pending", key, {"kind": kind, "job": job})
        self.started.append(key)

    # -- followers ---------------------------------------------------------------------------

    def openid(self, phone: str) -> str:
        """The phone's OpenID: 'o' and 27 characters, the same for ever for this account."""
        key = "o" + digest(self.account.app_id, phone)
        if self.memory.get("follower", key) is None:
            blank = {"phone": phone, "followed": False, "since": 0, "tags": [], "windows": {}, "seen": 0}
            self.memory.put("follower", key, blank)
        return key

    def follower(self, openid: object, *, must_follow: bool = True) -> dict[str, Any]:
        """What is known of an OpenID. Raises Refusal 40003 (unknown) or 43004 (not following)."""
        found = self.memory.get("follower", openid) if isinstance(openid, str) else None
        if found is None:
            raise Refusal(40003)
        require(found["followed"] or not must_follow, 43004)
        return found

    def change_follower(self, openid: str, **changes: Any) -> None:
        """Write some of a follower's fields."""
        with self.memory.turn():
            self.memory.put("follower", openid, {**self.follower(openid, must_follow=False), **changes})

    def followers(self) -> list[tuple[str, dict[str, Any]]]:
        """(OpenID, fields) of everyone who follows now, in the order they were first seen."""
        return [(key, value) for key, value in self.memory.rows("follower") if value["followed"]]

    # -- the screen --------------------------------------------------------------------------

    def show(
        self,
        openid: str,
        sender: str,
        kind: str,
        *,
        how: str = "",
        text: str = "",
        media: str = "",
        articles: tuple[Card, ...] = (),
        extra: dict[str, Any] | None = None,
    ) -> None:
        """Put a bubble on the phone's screen."""
        with self.memory.turn():
            number = self.memory.count_up("bubble")
            more = dict(extra or {})
            if kind == "voice":
                more["seconds"] = seconds_of(self.memory.content("media", media) or b"")
            bubble = Bubble(number, sender, how, kind, text, self.clock(), media, articles, more)
            value = {**asdict(bubble), "at": bubble.at.isoformat()}
            self.memory.put("bubble", str(number), value, owner=openid)

    def screen(self, openid: str, *, last: int = -1) -> list[Bubble]:
        """The phone's bubbles in order, only the `last` n if given."""
        return [_bubble(value) for _, value in self.memory.rows("bubble", owner=openid, last=last)]

    # -- media -------------------------------------------------------------------------------

    def keep_media(self, file: File, kind: str, *, permanent: bool = False) -> str:
        """Store bytes as temporary (three days) or permanent media and return the media id."""
        key = digest("media", str(self.memory.count_up("media")), self.account.app_id, size=43)
        until = 0 if permanent else self.stamp() + int(TEMPORARY.total_seconds())
        value = {"kind": kind, "mime": file.mime, "name": file.name, "at": self.stamp(), "until": until}
        self.memory.put("media", key, value, content=file.content)
        return key

    def media(self, key: object, *, permanent: bool | None = None) -> dict[str, Any]:
        """A medium that is still alive. Raises Refusal 40007 for unknown, expired or of the other sort."""
        found = self.memory.get("media", key) if isinstance(key, str) else None
        if found is None or 0 < found["until"] <= self.stamp():
            raise Refusal(40007)
        require(permanent is None or permanent == (found["until"] == 0), 40007)
        return found

    def media_url(self, key: str) -> str:
        """Where the bytes of a medium can be fetched without a token, as PicUrl has it."""
        return f"{self.origin}/media/{key}"

    def article_url(self, key: str) -> str:
        """The public address of an article."""
        return f"{self.origin}/articles/{key}"


def _bubble(value: dict[str, Any]) -> Bubble:
    cards = tuple(Card(**card) for card in value["articles"])
    return Bubble(**{**value, "at": datetime.fromisoformat(value["at"]), "articles": cards})
