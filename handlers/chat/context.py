"""What a handler is given and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from handlers.chat import recent
from handlers.chat.dialogue import open_step
from handlers.chat.message import Message
from handlers.chat.questions import STEPS
from handlers.chat.words import Opening, Vocabulary
from handlers.office import Office
from handlers.understanding import phrases
from handlers.understanding.recognition import Recognition, recognise
from storage.chat import follower
from storage.chat import standing as standings
from storage.chat.standing import Standing
from storage.chat.talk import Talk
from storage.engine.database import Tx
from storage.submissions import evidence, submission
from storage.submissions.evidence import Evidence
from storage.submissions.submission import Submission


@dataclass(frozen=True)
class Reply:
    """A text for the sender; '' is silence. `apart`: what was kept of the message must lead back to nobody."""

    text: str = ""
    apart: bool = False


SILENCE = Reply()
SAME = {"report": "举报", "complaint": "投诉"}
"""Phrases that say no more than a word does."""


@dataclass(frozen=True)
class Context:
    """One message under treatment: handlers read it, write through `tx`, and return a Reply or None (not mine).

    All that a message is read with stands here, each looked up once: what talk is under way, what was handed in, what
    the words mean. `settled` holds the doubts about it that its sender has answered, `known` how things stood with them
    where that was asked before.
    """

    tx: Tx
    office: Office
    message: Message
    vocabulary: Vocabulary
    take: Callable[["Context"], Reply]
    settled: frozenset[str] = frozenset()
    known: Standing | None = None

    def with_text(self, text: str, *settled: str) -> "Context":
        """The same, as if the person had said these words, with the doubts about them settled."""
        message = replace(self.message, kind="text", fields={**self.message.fields, "Content": text})
        return replace(self, message=message, settled=self.settled | {*settled}, known=self.standing)

    def again(self) -> Reply:
        """What a message of these words would be answered now: how things stand may have changed since it came."""
        return self.take(replace(self, known=None))

    @property
    def now(self) -> datetime:
        return self.tx.now

    @cached_property
    def sender(self) -> str:
        """The digest under which everything of this person is found."""
        return follower.sender_of(self.tx, self.message.openid)

    @cached_property
    def standing(self) -> Standing:
        """How things stood with this person when the message came."""
        return self.known or standings.of(self.tx, self.sender)

    @property
    def unfinished(self) -> Talk | None:
        """The unfinished talk of this person, as it stood when the message came, also one that was left."""
        return self.standing.talk

    @cached_property
    def under_way(self) -> Talk | None:
        """The talk whose question the message may answer."""
        found = self.unfinished
        rests = found is None or found.rests or found.updated_at < self.now - self.office.talk_window
        return None if rests else found

    @cached_property
    def own(self) -> list[Submission]:
        """What this person handed in, the newest first."""
        return submission.of_sender(self.tx, self.sender) if self.standing.handed_in else []

    def own_numbered(self, number: str) -> Submission | None:
        """Of what this person handed in, the one with this number."""
        found = next((one for one in self.own if one.number == number), None)
        if found is None and len(self.own) == submission.LATEST:
            found = next(iter(submission.of_sender(self.tx, self.sender, number=number)), None)
        return found

    def loose(self, within: timedelta) -> list[Evidence]:
        """The files that this person sent within that time before the message, and that belong to no submission yet."""
        return evidence.loose(self.tx, self.sender, self.now - within) if self.standing.loose else []

    @cached_property
    def just_handed_in(self) -> Submission | None:
        """What this person handed in so shortly before that what they say now may belong to it."""
        return recent.find(self.tx, self.office, self.own)

    @cached_property
    def meant(self) -> frozenset[str]:
        """The phrases that the message as a whole is."""
        return phrases.meant(self.text)

    @cached_property
    def asked(self) -> str:
        """What the message may answer: the step of a talk, ``after`` what was handed in; '' for nothing."""
        if (talk := self.under_way) is not None:
            step = open_step(STEPS[talk.topic], talk.answers)
            return step.name if step else ""
        if self.just_handed_in is None:
            return ""
        return "emergency_after" if self.just_handed_in.alarmed_at else "after"

    @cached_property
    def recognition(self) -> Recognition:
        """What the words mean after what was asked."""
        return recognise(self.text, self.asked)

    @cached_property
    def is_labelled(self) -> bool:
        """Whether it is a report or complaint in one message, which is stored as it stands."""
        return bool(self.opening.labelled)

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
        """The word when the message is nothing but one, or says the same (我要举报)."""
        return self.vocabulary.word(self.text) or next((word for name, word in SAME.items() if name in self.meant), "")

    @cached_property
    def opening(self) -> Opening:
        """The word with which the message begins, and what follows it; '' and '' when it begins with none."""
        return Opening(self.word, apart=True) if self.word else self.vocabulary.opening(self.text)

    @property
    def is_command(self) -> bool:
        """Whether it begins with a word that says what the message is for, whatever follows."""
        return self.opening.word in self.vocabulary.commands
