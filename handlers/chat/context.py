"""What a handler is given and what it gives back."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from handlers.chat.message import Message
from handlers.chat.words import Opening, Vocabulary
from handlers.office import Office
from storage.chat import follower
from storage.chat import talk as talks
from storage.chat.talk import Talk
from storage.engine.database import Tx


@dataclass(frozen=True)
class Reply:
    """A text for the sender; '' is silence. `apart`: what was kept of the message must lead back to nobody."""

    text: str = ""
    apart: bool = False


SILENCE = Reply()


@dataclass(frozen=True)
class Context:
    """One message under treatment: handlers read it, write through `tx`, and return a Reply or None (not mine)."""

    tx: Tx
    office: Office
    message: Message
    vocabulary: Vocabulary

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
            return self.vocabulary.menu.get(self.message.text("EventKey"), "")
        if self.message.kind == "link":
            parts = (self.message.text(name).strip() for name in ("Title", "Description", "Url"))
            return "\n".join(part for part in parts if part)
        return self.message.text("Content").strip() if self.message.kind == "text" else ""

    @cached_property
    def word(self) -> str:
        """The word when the message is nothing but one."""
        return self.vocabulary.word(self.text)

    @cached_property
    def opening(self) -> Opening:
        """The word with which the message begins, and what follows it; '' and '' when it begins with none."""
        return Opening(self.word, apart=True) if self.word else self.vocabulary.opening(self.text)

    @property
    def is_command(self) -> bool:
        """Whether it begins with a word that says what the message is for, whatever follows."""
        return self.opening.word in self.vocabulary.commands
