"""What a citizen does by chat once a submission is stored: which one is meant, what is still to be asked, done.

Somebody else's number is answered as one that does not exist, by the same query: numbers can be guessed.
"""

import re
import unicodedata

from content.replies import say
from content.submissions import remedies
from handlers.chat import gathered, progress, reading, verbs
from handlers.chat.context import Context, Reply
from handlers.chat.dialogue import ANSWERS, Answers, Said, Step, Turn, proceed, turn
from handlers.chat.verbs import ADD, BY_NAME, BY_WORD, REPLY, SHOW, Verb
from handlers.chat.words import Opening
from handlers.submissions.stages import STAGES
from storage.chat import pending
from storage.chat.pending import Pending
from storage.submissions import submission
from storage.submissions.submission import Submission

CHOICES = 9
STRAY = 12
"""Characters. A longer text that answers no question of ours is about something else."""
_LISTED = re.compile(r"([1-9１-９])(?:[\s,:、，：]+(.*))?$", re.S)


def add_words(context: Context, case: Submission, text: str) -> Reply:
    """Add words to a submission of the caller's own."""
    return _finish(context, ADD, case, {"words": text})


def waiting_question(context: Context) -> Submission | None:
    """The submission of which staff wait for an answer, when there is exactly one."""
    waiting = [case for case in context.own if case.asked_at]
    return waiting[0] if len(waiting) == 1 else None


def replied(context: Context) -> Reply | None:
    """Plain words when staff asked: they are the answer."""
    if not context.text or context.word or context.under_way or not (case := waiting_question(context)):
        return None
    return _finish(context, REPLY, case, {"words": context.text})


def aimed_at(context: Context) -> Submission | None:
    """Where a picture belongs that comes while 补充 and the like wait for words to one submission."""
    asked = _open(context)
    if asked is None or BY_NAME[asked.verb].offer or not BY_NAME[asked.verb].joins:
        return None
    number = asked.answers.get("case") or (asked.numbers[0] if len(asked.numbers) == 1 else "")
    return _own(context, number) if number else None


def spoken(context: Context) -> Reply | None:
    """One of the citizen's words, with or without a number. An ordinary sentence that begins so is not ours."""
    verb = BY_WORD[context.opening.word]
    number, rest = reading.number_in(context.opening.rest)
    if number:
        return _of_number(context, verb, number, rest)
    talk = context.under_way
    if (talk is not None and talk.topic != gathered.TOPIC) or _says_yes(context):
        return None  # an answer that happens to begin so
    return _of_anyone(context, verb, context.opening)


def _says_yes(context: Context) -> bool:
    """确认 is also the answer to whether one is sure."""
    asked = _open(context) if "yes" in context.meant else None
    return asked is not None and any(step.name == "yes" for step in BY_NAME[asked.verb].steps)


def _of_number(context: Context, verb: Verb, number: str, rest: str) -> Reply:
    own = context.own_numbered(number)
    if own is None:
        return progress.unknown(number)
    answers = _opening(context, verb, rest)
    return begin(context, verb, [own], answers)


def _of_anyone(context: Context, verb: Verb, said: Opening) -> Reply | None:
    rest = "" if said.rest in verb.tails else said.rest
    if verb.name != "rate" and (listed := _LISTED.match(rest)):
        asked = _open(context)
        if asked is not None and int(listed[1]) <= len(asked.numbers):
            return _of_number(context, verb, asked.numbers[int(listed[1]) - 1], listed[2] or "")
        rest = rest if listed[2] else ""
    if rest and (verb.bare or not (said.apart or verb.loose)):
        return None
    own = context.own[:CHOICES]
    cases = _fitting(context, verb, own)
    answers = _opening(context, verb, rest)
    if answers is None or (rest and not (cases or (own and said.apart))):
        return None
    if not own:
        return Reply(say("progress_none"))
    return begin(context, verb, cases or own[:1], answers)


def _fitting(context: Context, verb: Verb, own: list[Submission]) -> list[Submission]:
    """Those on which the verb works; the open ones where there are any."""
    fitting = [case for case in own if verbs.fits(verb, case, context.now)]
    return [case for case in fitting if STAGES[case.stage].open] or fitting


def _opening(context: Context, verb: Verb, rest: str) -> Answers | None:
    """What the text after the word and number answers already; None when it cannot be an answer."""
    if rest and verb.opens:
        return verb.steps[0].read(Said(text=rest))
    if not rest and verb is ADD and context.loose(verbs.KEPT_PICTURES):
        return {"words": ""}
    return {"words": rest} if rest else {}


def begin(context: Context, verb: Verb, cases: list[Submission], answers: Answers | None = None) -> Reply:
    """Ask what the verb needs of these submissions, or do it when nothing is to be asked."""
    answers = answers or {}
    numbers = tuple(case.number for case in cases)
    return _go_on(context, verb, numbers, proceed(_steps(verb, numbers), answers))


def _steps(verb: Verb, numbers: tuple[str, ...]) -> tuple[Step, ...]:
    """The verb's questions, and before them which submission is meant, where there are several."""
    if len(numbers) == 1 and not verb.offer:
        return verb.steps

    def choose(said: Said) -> Answers | None:
        plain = unicodedata.normalize("NFKC", said.text).strip(" .、。")
        named, _ = reading.number_in(plain)
        if named in numbers:
            return {"case": named}
        return {"case": numbers[int(plain) - 1]} if plain in map(str, range(1, len(numbers) + 1)) else None

    return (Step("case", "序号", "ask_case", choose, skippable=False), *verb.steps)


def _open(context: Context) -> Pending | None:
    """The question that waits for this person, unless it is old or a talk has gone on since."""
    asked = context.standing.pending
    if asked is None or asked.asked_at < context.now - context.office.talk_window:
        return None
    return asked if context.under_way is None or context.under_way.updated_at <= asked.asked_at else None


def answered(context: Context) -> Reply | None:
    """The answer to what was asked; anything else is left to the other handlers."""
    asked = _open(context) if context.text else None
    if asked is None:
        return None
    verb = BY_NAME[asked.verb]
    steps = _steps(verb, asked.numbers)
    now = proceed(steps, dict(asked.answers))
    if _speaks_of_else(context, now.step):
        pending.close(context.tx, context.sender)
        return None
    if context.meant & {"stop", "refuse"} and "yes" not in (step.name for step in steps):
        pending.close(context.tx, context.sender)
        return Reply(say("after_cancelled"))
    next = turn(steps, dict(asked.answers), Said(context.word, context.text, meant=context.meant))
    if next.state in ("again", "missing") and (verb.offer or len(context.text) > STRAY):
        return None
    return _go_on(context, verb, asked.numbers, next)


def _speaks_of_else(context: Context, step: Step | None) -> bool:
    """A command ends the question. Where any words are an answer, they may begin like a command."""
    if step is not None and step.name == "yes" and "yes" in context.meant:
        return False
    if context.word:
        return context.word not in ANSWERS
    if not context.is_command:
        return False
    return step is None or step.name != "words" or bool(reading.label_values(context.opening.rest))


def _go_on(context: Context, verb: Verb, numbers: tuple[str, ...], next: Turn) -> Reply:
    if next.state == "cancel" or next.answers.get("yes") == "no":
        pending.close(context.tx, context.sender)
        return Reply(say("after_cancelled"))
    chosen = _own(context, next.answers.get("case") or numbers[0])
    if next.step is None or next.step.name != "case":
        if verb is not SHOW and not verbs.fits(verb, chosen, context.now):
            pending.close(context.tx, context.sender)
            return _not_now(context, verb, chosen)
        if next.step is None:
            return _finish(context, verb, chosen, next.answers)
    pending.ask(context.tx, context.sender, verb.name, numbers, next.answers)
    lead = say("talk_again", step=next.step, number=False) + "\n\n" if next.state in ("again", "missing") else ""
    cases = [progress.line(context, _own(context, number)) for number in numbers] if next.step.name == "case" else []
    return Reply(lead + say(next.step.hint, verb=verb, case=progress.line(context, chosen), cases=cases))


def _own(context: Context, number: str) -> Submission:
    case = context.own_numbered(number)
    assert case is not None
    return case


def _finish(context: Context, verb: Verb, case: Submission, answers: Answers) -> Reply:
    if verb is SHOW:  # who looks at one of a list may want another
        return progress.one(context, case)
    if context.standing.pending is not None:
        pending.close(context.tx, context.sender)
    files = len(context.loose(verbs.KEPT_PICTURES)) if verb.joins else 0
    verbs.take(context, verb, case, answers)
    after = submission.get(context.tx, case.number)
    return Reply(
        say(
            verb.reply,
            case=progress.line(context, after),
            answers=answers,
            files=files,
            remedies=remedies.of(after.kind, after.stage, context.office.today(context.now)),
        )
    )


def _not_now(context: Context, verb: Verb, case: Submission) -> Reply:
    today = context.office.today(context.now)
    return Reply(
        say(
            "after_not_now",
            verb=verb,
            case=progress.line(context, case),
            found=case,
            offers=progress.available_verbs(context, case),
            remedies=remedies.of(case.kind, "upheld", today) if verb.name == "dispute" else [],
        )
    )
