"""What a handler is given and what it gives back."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from storage import follower
from storage.database import Tx
from storage.follower import Talk
from storage.records import Message

WORDS = ("举报", "投诉", "进度", "查", "曝光", "帮助", "取消", "上一步", "跳过", "提交", "奖励")
MENU = {
    "report": "举报",
    "complaint": "投诉",
    "progress": "进度",
    "lookup": "查",
    "exposure": "曝光",
    "help": "帮助",
}
"""Menu keys (EventKey of CLICK) and the words they stand for."""

COMMANDS = {"举报": "举报", "投诉": "投诉", "进度": "进度", "查询": "查", "查": "查", "奖励": "奖励"}
"""What may stand before the rest of a message, and the word it means."""
_WITH_REST = re.compile(rf"^({'|'.join(COMMANDS)})([\s:：,，]*)(.*)$", re.S)


@dataclass(frozen=True)
class Site:
    """The office that answers: its names, its time, and how long it waits for people."""

    name: str
    region: str
    base_url: str
    timezone: ZoneInfo
    picture_window: timedelta = timedelta(minutes=10)
    talk_window: timedelta = timedelta(hours=2)

    def today(self, now: datetime) -> date:
        """The calendar day there."""
        return now.astimezone(self.timezone).date()

    @property
    def picture_minutes(self) -> int:
        return int(self.picture_window.total_seconds() // 60)

    def local(self, moment: datetime) -> str:
        """``2026-11-23 09:05`` there."""
        return moment.astimezone(self.timezone).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True)
class Reply:
    """A text for the sender; '' is silence."""

    text: str = ""


SILENCE = Reply()


@dataclass(frozen=True)
class Call:
    """One message under treatment: handlers read it, write through `tx`, and return a Reply or None (not mine)."""

    tx: Tx
    site: Site
    message: Message

    @property
    def now(self) -> datetime:
        return self.tx.now

    @cached_property
    def sender(self) -> str:
        """The digest under which everything of this person is found."""
        return follower.sender_of(self.tx, self.message.openid)

    @cached_property
    def under_way(self) -> Talk | None:
        """The unfinished talk of this person, as it stood when the message came."""
        return follower.talk(self.tx, self.sender)

    @cached_property
    def text(self) -> str:
        """What they said: the text of a message, or the word a menu key stands for."""
        if self.message.kind == "event:click":
            return MENU.get(self.message.text("EventKey"), "")
        return self.message.text("Content").strip() if self.message.kind == "text" else ""

    @cached_property
    def word(self) -> str:
        """The command word when the message is nothing but one, full-width or half-width, spaced or not."""
        plain = re.sub(r"[\s。.!！~～]+", "", unicodedata.normalize("NFKC", self.text))
        return plain if plain in WORDS else ""

    def rest_after(self, word: str, *, apart: bool = False) -> str | None:
        """What follows `word` at the beginning of the text; None when it does not begin so.

        With `apart` the word must stand apart in the middle of a talk: 查到过期卤肉 is an answer there.
        """
        found = _WITH_REST.match(self.text)
        if found is None or COMMANDS[found[1]] != word:
            return None
        if apart and self.under_way and found[3] and not found[2]:
            return None
        return found[3].strip()
