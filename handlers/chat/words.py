"""The words by which a message is read. They stand in the rows of `routes`; no other list of them exists."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from handlers.chat.dialogue import ANSWERS
from handlers.chat.reading import label_values


class Rest(Enum):
    """What may stand behind the word of a route, as the documentation says it."""

    ANY = "anything"
    # 查到过期卤肉 is an answer in a talk.
    APART_IN_TALK = "anything; in a talk only what stands apart"
    # 曝光这家黑店 is somebody's report.
    APART = "what stands apart"
    # 收到您的消息了 is ordinary text: the route looks at the whole message, and the word is none to others.
    SENTENCE = "as the route reads it"


COMMANDS = (Rest.ANY, Rest.APART_IN_TALK)


@dataclass(frozen=True)
class Opening:
    """What a message begins with; `apart` when a space or a colon stands between the word and the rest."""

    word: str = ""
    rest: str = ""
    apart: bool = False

    @property
    def labelled(self) -> dict[str, str]:
        """What a report or complaint in one message says, by its labels; {} when it is none."""
        return label_values(self.rest) if self.word in ("举报", "投诉") else {}


class Vocabulary:
    """The words of the routes and what may follow them; `menu` has the word of each menu key (EventKey of CLICK)."""

    def __init__(self, words: Mapping[str, Rest], menu: Mapping[str, str]) -> None:
        self.words = words
        self.menu = menu
        self.commands = frozenset(word for word, rest in words.items() if rest in COMMANDS)
        """What may stand before the rest of a message and still says what the message is for."""
        self.alone = frozenset(word for word, rest in words.items() if rest is not Rest.SENTENCE) | {*ANSWERS}
        """What is a word when it is the whole message."""
        longest_first = sorted(words, key=len, reverse=True)
        self._opening = re.compile(rf"({'|'.join(longest_first)})([\s:：,，]*)(.*)", re.S)

    def word(self, text: str) -> str:
        """The word when the text is nothing but one, full-width or half-width, spaced or not; else ''."""
        plain = re.sub(r"[\s。.!！~～【】\[\]「」“”\"]+", "", unicodedata.normalize("NFKC", text))
        return plain if plain in self.alone else ""

    def opening(self, text: str) -> Opening:
        """The word of a route at the beginning of the text, and what follows it."""
        found = self._opening.fullmatch(text)
        return Opening(found[1], found[3].strip(), apart=bool(found[2])) if found else Opening()
