"""What people say while a talk asks them something: SAYINGS, tried in this order; the last takes whatever is left.

Danger, threats, letters and what the platform says by itself are taken before (`routes`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from content.replies import say
from content.understanding.phrases import PHRASES
from handlers.chat import choices, correcting, help, human, readers, talk
from handlers.chat.context import Context, Reply
from handlers.chat.dialogue import WORDS, Answers, Said, Step, keep, open_step, proceed, turn
from handlers.chat.questions import STORIES, corrections
from handlers.chat.talk import Topic, asked_for
from handlers.understanding import phrases
from storage.chat import talk as talks

DECISIONS = {"agree", "submit"}
"""What is never decided by asking about it."""
REFUSALS = frozenset({"refuse", "unknown", "done"})
VAGUE = {"yes", "no", "wait", "withdraw"}
"""What a message may be as a whole and yet say more in its parts: 哪有照片 is no 有."""
SHORT = 20
"""Characters. Where people tell a story, only a short question is one to us."""
STRICT = {"category", "name", "phone"}
"""Steps whose reader knows an answer from other words."""
LAST = {"pictures", "name", "phone"}
"""Questions at which 算了 means that one alone: what matters has been said."""
IDENTITY = {"name", "phone", "contact_address"}
FEW = 3
"""Digits in an answer that was to be a telephone: it was meant for one."""
REASON = 3
"""Characters behind 算了 that say no more than why."""
TELLING = 4
"""Characters. A refusal that is longer gives a reason, which is kept."""
NO_REFUSAL = {"problem", "demand", "confirm"}
"""Steps at which words that could refuse are part of what is told."""


@dataclass(frozen=True)
class Exchange:
    """One message to a talk: its topic, the answers so far, the question that stands, and the choice beside it."""

    context: Context
    topic: Topic
    answers: Answers
    offered: list[choices.Choice]
    step: Step

    @cached_property
    def said(self) -> Said:
        context = self.context
        found = context.recognition if context.text else None
        said = Said(context.word, context.text, talk.place(context), context.meant, found)
        named = self.step.name == "merchant" and said.text.endswith(readers.KINDS)
        clear = said.meant - VAGUE and self.step.name != "confirm"
        if clear or not said.text or named or self._is_value(said):
            return said
        return replace(said, meant=said.meant | self._within(said.text))

    def _is_value(self, said: Said) -> bool:
        """Whether it can be nothing but the answer."""
        return self.step.name in STRICT and "problem" not in (self.step.read(said) or {"problem": ""})

    def _within(self, text: str) -> frozenset[str]:
        """What words of a short answer say; who asks about a question refuses nothing yet."""
        found = phrases.within(text, self.step.name)
        if _leaves(text):
            return found | {"stop"}
        if not (text.endswith(PHRASES.asking) or "ask" in found) or _declines(readers.clauses(text)[0]):
            return found
        found -= DECISIONS
        if found & REFUSALS:
            return frozenset({"why"}) if self.step.name in IDENTITY else found - REFUSALS
        return found

    def go_on(self, answers: Answers, lead: str = "") -> Reply:
        """Go on with these answers."""
        return talk.go_on(self.context, self.topic, proceed(self.topic.steps, answers), self.answers, lead)

    def ask_again(self, lead: str) -> Reply:
        """The same question, after something that was said beside it; who talks has not left, and may still choose."""
        context = self.context
        answers = context.under_way.answers if context.under_way else self.answers
        talks.save(context.tx, context.sender, self.topic.name, answers, openid=context.message.openid)
        return Reply(f"{lead}\n\n{asked_for(self.step)}")


def take(context: Context, topic: Topic, answers: Answers) -> Reply:
    """One exchange of a talk under way."""
    answers, offered = choices.taken_out(answers)
    step = open_step(topic.steps, answers)
    assert step is not None
    exchange = Exchange(context, topic, answers, offered, step)
    return next(filter(None, (saying(exchange) for saying in SAYINGS)))


def chosen(exchange: Exchange) -> Reply | None:
    """The number of a business that was offered."""
    choice = choices.choice(exchange.context, exchange.offered)
    if choice is None:
        return None
    return exchange.go_on(exchange.answers | {"business": choice["id"]}, say("offer_taken", name=choice["name"]))


def commanded(exchange: Exchange) -> Reply | None:
    """取消, 上一步, 跳过, 提交, with or without brackets."""
    word = exchange.said.word or ("提交" if _is(exchange, "submit") else "上一步" if _is(exchange, "back") else "")
    if word not in WORDS:
        return None
    if word == "跳过" and exchange.step.name == "confirm":
        # Nothing is left to skip, and nothing is stored by another word than 提交.
        return exchange.ask_again(say("talk_again", step=exchange.step, number=False))
    next = WORDS[word](exchange.topic.steps, exchange.answers)
    return talk.go_on(exchange.context, exchange.topic, next, exchange.answers)


def _is(exchange: Exchange, *names: str) -> bool:
    return bool(exchange.said.meant & {*names})


def echoed(exchange: Exchange) -> Reply | None:
    """【店名】, the bot's own word for what it asks: asked again."""
    if readers.plain(exchange.said.text) != exchange.step.label or exchange.said.word:
        return None
    return exchange.ask_again(say("talk_again", step=exchange.step, number=False))


def relabelled(exchange: Exchange) -> Reply | None:
    """Labels alone correct what was answered before."""
    names = {step.name for step in exchange.topic.steps} | {"happened"}
    known = {name: value for name, value in corrections(exchange.context.text).items() if name in names}
    return _corrected(exchange, known) if known else None


def put_right(exchange: Exchange) -> Reply | None:
    """不对，是…, which says itself that something was wrong: its 不 refuses nothing."""
    return _put_right(exchange, plain=True)


def corrected(exchange: Exchange) -> Reply | None:
    """是…, where no story is told: the answer that is meant becomes another."""
    return _put_right(exchange, plain=exchange.step.name in ("problem", "demand"))


def _put_right(exchange: Exchange, *, plain: bool) -> Reply | None:
    if not exchange.said.text:
        return None
    known = correcting.read(exchange.topic.steps, exchange.answers, exchange.said, plain=plain)
    return _corrected(exchange, known) if known else None


def _corrected(exchange: Exchange, known: Answers) -> Reply:
    other = {"business": ""} if "merchant" in known else {}  # another name is another business
    labels = [step.label for step in exchange.topic.steps if step.name in known]
    return exchange.go_on(exchange.answers | other | known, say("talk_corrected", labels=labels))


def mistaken(exchange: Exchange) -> Reply | None:
    """打错了 and nothing more: the question before is asked again."""
    if not _is(exchange, "mistaken") or exchange.step.name in STORIES - {"confirm"}:
        return None
    next = WORDS["上一步"](exchange.topic.steps, exchange.answers)
    return talk.go_on(exchange.context, exchange.topic, next, exchange.answers)


def declined(exchange: Exchange) -> Reply | None:
    """A question that somebody will not or cannot answer is skipped, or they are told why it cannot be."""
    if not _is(exchange, *REFUSALS) or exchange.step.name in NO_REFUSAL:
        return None
    if _is(exchange, "stop", "why") and not exchange.step.skippable:
        return None
    if _is(exchange, "stop") and exchange.step.name not in LAST:
        return None
    if not exchange.step.skippable:
        told = not exchange.context.meant and exchange.step.name in ("merchant", "address")
        return None if told else exchange.ask_again(say("talk_needed", step=exchange.step))
    answers, text = exchange.answers, exchange.said.text
    kept = not exchange.context.meant and exchange.step.name not in IDENTITY and len(text) > TELLING
    if kept:
        answers = keep(exchange.step, answers, text).answers
    next = WORDS["跳过"](exchange.topic.steps, answers)
    lead = say("talk_added") if kept else ""
    return talk.go_on(exchange.context, exchange.topic, next, exchange.answers, lead)


def unnamed(exchange: Exchange) -> Reply | None:
    """改成匿名吧: who was named in a report is named no more."""
    known, said = exchange.answers, phrases.within(exchange.said.text, exchange.step.name)
    if "anonymous" not in said or exchange.topic.name != "report" or not (known.get("name") or known.get("phone")):
        return None
    return _corrected(exchange, {"name": "", "phone": ""})


def stopped(exchange: Exchange) -> Reply | None:
    """算了, 不报了: the talk is left where it is, and can be gone on with."""
    if not _is(exchange, "stop"):
        return None
    talks.rest(exchange.context.tx, exchange.context.sender)
    return Reply(say("talk_left", topic=exchange.topic))


def restarted(exchange: Exchange) -> Reply | None:
    """重新填: the same talk from its beginning."""
    if not _is(exchange, "restart"):
        return None
    talks.end(exchange.context.tx, exchange.context.sender)
    return talk.begin(exchange.context, exchange.topic, {}, say("talk_restarted"))


def wanted_a_person(exchange: Exchange) -> Reply | None:
    """转人工: how a person is reached; what was written stays."""
    return exchange.ask_again(human.how(exchange.context)) if _is(exchange, "human") else None


def wondered(exchange: Exchange) -> Reply | None:
    """Why a question is asked, and who will see the answer."""
    if not _is(exchange, "why") or exchange.step.name in STORIES:
        return None
    if "why" not in exchange.context.meant and help.known_answer(exchange.said.text):
        return None
    return exchange.ask_again(say("talk_why", step=exchange.step, complaint=exchange.topic.name != "report"))


def polite(exchange: Exchange) -> Reply | None:
    """Thanks, a greeting, 好的: nothing that is kept."""
    if exchange.step.name == "confirm" or not _is(exchange, "thanks", "ack", "greeting", "resume", "wait"):
        return None
    return exchange.ask_again(say("talk_polite", thanks=_is(exchange, "thanks"), waits=_is(exchange, "wait")))


def questioned(exchange: Exchange) -> Reply | None:
    """A question back is answered, and ours is asked again."""
    said = exchange.said
    if not (_is(exchange, "ask") or (said.found is not None and said.found.intent == "question" and _asks(said.text))):
        return None
    told = exchange.step.name in STORIES and not _is(exchange, "ask")
    if told and (len(said.text) > SHORT or not _asks_us(said.text)):
        return None
    known = help.known_answer(said.text)
    if known is None and told:
        return None
    return exchange.ask_again(known or say("talk_unanswered"))


def _asks(text: str) -> bool:
    return text.endswith(PHRASES.asking) or help.is_asked(text)


def _asks_us(text: str) -> bool:
    """谁知道是不是猫肉 asks nobody."""
    return not text.endswith(PHRASES.settled) and not any(word in text for word in PHRASES.rhetorical)


def half_declined(exchange: Exchange) -> Reply | None:
    """A reason with a refusal behind it (老板瞪我，没敢拍): the question is skipped, and the reason kept."""
    step, clauses = exchange.step, readers.clauses(exchange.said.text)
    if not step.skippable or step.name in NO_REFUSAL or len(clauses) < 2 or not _declines(clauses[-1]):
        return None
    about = keep(step, exchange.answers, exchange.said.text).answers if step.name not in IDENTITY else exchange.answers
    next = WORDS["跳过"](exchange.topic.steps, about)
    lead = "" if step.name in IDENTITY else say("talk_added")
    return talk.go_on(exchange.context, exchange.topic, next, exchange.answers, lead)


def _leaves(text: str) -> bool:
    """算了 太费事: wanting to stop, and a word why."""
    first, *reason = readers.clauses(text) or [""]
    return "stop" in phrases.meant(first) and len("".join(reason)) <= REASON


def _declines(clause: str) -> bool:
    return bool(phrases.meant(clause) & REFUSALS)


def ahead(exchange: Exchange) -> Reply | None:
    """A name that comes before it is asked for, where no words are an answer."""
    step = next((one for one in exchange.topic.steps if one.name == "name"), None)
    if step is None or exchange.step.name != "pictures" or "name" in exchange.answers:
        return None
    known = step.read(exchange.said) if exchange.said.text else None
    return exchange.go_on(exchange.answers | {"pictures": ""} | known) if known else None


def answered(exchange: Exchange) -> Reply | None:
    """The answer to the question, or a place that completes another."""
    next = turn(exchange.topic.steps, exchange.answers, exchange.said)
    return None if next.state == "again" else talk.go_on(exchange.context, exchange.topic, next, exchange.answers)


def identified(exchange: Exchange) -> Reply | None:
    """A name, a telephone or a home that comes unasked is kept with the identity, not in the text.

    At the end one's own replaces the one that was given before, as does a name where the telephone is asked for.
    """
    name = readers.plain(exchange.said.text) if exchange.step.name == "phone" else ""
    name = name if readers.is_name(name) else ""
    found, open = exchange.said.found, {step.name for step in exchange.topic.steps}
    said = {
        "phone": readers.telephone_in(exchange.said.text),
        "contact_address": found.home if found else "",
        "name": name or (found.name if found else ""),
    }
    own = readers.is_number(exchange.said.text) or (found is not None and (found.phone or found.home))
    told = {} if name or (own and exchange.step.name == "confirm") else exchange.answers
    known = {name: value for name, value in said.items() if value and name in open and not told.get(name)}
    short = exchange.said.text and len(exchange.said.text) <= sum(map(len, known.values())) + SHORT // 2
    return _corrected(exchange, known) if known and short else None


def unreadable(exchange: Exchange) -> Reply | None:
    """A number that is none of those asked for, or nothing to read: never kept as words."""
    digits = sum(sign.isdigit() for sign in exchange.said.text)
    if any(sign.isalpha() for sign in exchange.said.text) and not (exchange.step.name == "phone" and digits >= FEW):
        return None
    return exchange.ask_again(say("talk_again", step=exchange.step, number=bool(exchange.said.text)))


def kept(exchange: Exchange) -> Reply:
    """What fits no question goes to what happened, and is said so."""
    next = keep(exchange.step, exchange.answers, exchange.said.text)
    return talk.go_on(exchange.context, exchange.topic, next, exchange.answers)


SAYINGS: tuple[Callable[[Exchange], Reply | None], ...] = (
    chosen,
    commanded,
    echoed,
    relabelled,
    wanted_a_person,
    put_right,
    unnamed,
    declined,
    stopped,
    wondered,
    restarted,
    mistaken,
    corrected,
    polite,
    questioned,
    half_declined,
    answered,
    ahead,
    identified,
    unreadable,
    kept,
)
