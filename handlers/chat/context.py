"""What a handler is given and what it gives back."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from handlers.chat.message import Message
from handlers.office import Office
from storage.chat import follower
from storage.chat import talk as talks
from storage.chat.talk import Talk
from storage.engine.database import Tx

AFTERWARDS = ("补充", "回复", "满意", "确认", "不满意", "异议", "评价", "撤回", "实名")
"""Words about a submission that is stored already."""
SUBSCRIPTION = ("订阅", "退订")
TALKING = ("取消", "上一步", "跳过", "提交", "是", "否")
WORDS = ("举报", "投诉", "进度", "查", "曝光", "帮助", "奖励", *SUBSCRIPTION, *AFTERWARDS, *TALKING)
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
COMMANDS |= {word: word for word in (*AFTERWARDS, *SUBSCRIPTION)} | {"确认": "满意", "不满意": "异议"}
"""What may stand before the rest of a message, and the word it means."""
_WITH_REST = re.compile(rf"^({'|'.join(COMMANDS)})([\s:：,，]*)(.*)$", re.S)


@dataclass(frozen=True)
class Reply:
    """A text for the sender; '' is silence."""

    text: str = ""


SILENCE = Reply()


@dataclass(frozen=True)
class Command:
    """What a message begins with; `apart` when a space or a colon stands between the word and the rest."""

    word: str
    rest: str
    apart: bool


@dataclass(frozen=True)
class Context:
    """One message under treatment: handlers read it, write through `tx`, and return a Reply or None (not mine)."""

    tx: Tx
    office: Office
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
        return talks.of(self.tx, self.sender)

    @cached_property
    def text(self) -> str:
        """What they said: the text of a message, what a link is called, or the word a menu key stands for."""
        if self.message.kind == "event:click":
            return MENU.get(self.message.text("EventKey"), "")
        if self.message.kind == "link":
            parts = (self.message.text(name).strip() for name in ("Title", "Description", "Url"))
            return "\n".join(part for part in parts if part)
        return self.message.text("Content").strip() if self.message.kind == "text" else ""

    @cached_property
    def word(self) -> str:
        """The command word when the message is nothing but one, full-width or half-width, spaced or not."""
        plain = re.sub(r"[\s。.!！~～]+", "", unicodedata.normalize("NFKC", self.text))
        return plain if plain in WORDS else ""

    @cached_property
    def command(self) -> Command | None:
        """The command word at the beginning of the text, and what follows it."""
        if self.word in COMMANDS:
            return Command(COMMANDS[self.word], "", apart=True)
        found = _WITH_REST.match(self.text)
        return Command(COMMANDS[found[1]], found[3].strip(), apart=bool(found[2])) if found else None

    def rest_after(self, word: str, *, apart: bool = False) -> str | None:
        """What follows `word` at the beginning of the text; None when it does not begin so.

        With `apart` the word must stand apart in the middle of a talk: 查到过期卤肉 is an answer there.
        """
        said = self.command
        if said is None or said.word != word:
            return None
        return None if apart and self.under_way and said.rest and not said.apart else said.rest
