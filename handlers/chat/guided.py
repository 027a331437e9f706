"""Report (举报) and complaint (投诉) as talks: how they begin, and how one becomes the other."""

from collections.abc import Callable

from content.replies import say
from handlers.chat import gathered, hand_in, sayings, talk, turning
from handlers.chat.context import Context, Reply
from handlers.chat.dialogue import Answers, open_step, shorten
from handlers.chat.questions import STEPS, labelled
from handlers.chat.talk import Topic
from handlers.understanding.recognition import Recognition
from storage.chat.talk import Talk
from storage.submissions.submission import Kind


def _submit(*kinds: Kind) -> Callable[[Context, Answers], Reply]:
    return lambda context, answers: hand_in.submit(context, kinds, answers)


REPORT = Topic("report", "举报", STEPS["report"], _submit(Kind.REPORT))
COMPLAINT = Topic("complaint", "投诉", STEPS["complaint"], _submit(Kind.COMPLAINT))
BOTH = Topic("both", "举报和投诉", STEPS["both"], _submit(Kind.REPORT, Kind.COMPLAINT))
"""One message that holds both becomes two submissions (Order 121, Art. 9)."""
OTHERS = {"report": ("complaint", "both"), "complaint": ("report",)}
"""From which talks one may turn into which."""
TOLD, TOLD_BESIDE = 7, 4
"""Characters that tell something where nothing was told yet, which 算了不要钱了 does not, and where it was."""
TOPICS = {topic.name: topic for topic in (REPORT, COMPLAINT, BOTH)}


def begin_report(context: Context) -> Reply | None:
    """举报: guided, or with labels in one message."""
    return _begin(context, REPORT)


def begin_complaint(context: Context) -> Reply | None:
    """投诉: the same, then the identity that the law requires (Order 121, Art. 10)."""
    return _begin(context, COMPLAINT)


def _begin(context: Context, topic: Topic) -> Reply | None:
    if context.word:
        return _begin_or_go_on(context, topic)
    rest = context.opening.rest
    known = labelled(rest)
    if known:
        return talk.begin(context, topic, shorten(topic.steps, known))
    # In the middle of a talk it is an answer that happens to begin so; a question is answered as one.
    if context.under_way or context.recognition.intent == "question":
        return None
    found = context.recognition
    both = {"report", "complaint"} <= {found.intent, *found.also}
    return begin_with(context, BOTH if both else topic, rest, found)


def begin_with(context: Context, topic: Topic, text: str, found: Recognition) -> Reply:
    """Begin with what was said already filled in; what was understood is shown, and can be corrected."""
    said = {
        "category": found.category,
        "merchant": found.merchant,
        "address": found.place,
        "problem": text,
        "product": found.product,
        "happened": found.when,
        "demand": found.demand,
        "name": found.name,
        "phone": found.phone,
        "contact_address": found.home,
    }
    answers = {name: value for name, value in said.items() if value or name == "category"}
    lead = say("understood", topic=topic, answers=answers, food=found.food)
    return talk.begin(context, topic, answers, lead)


def _begin_or_go_on(context: Context, topic: Topic) -> Reply:
    """Tapping the menu in the middle of a talk must not throw its answers away."""
    under_way = context.under_way
    if under_way is None or not under_way.answers:
        earlier = hand_in.unclaimed(context) if topic is COMPLAINT else {}
        return talk.begin(context, topic, earlier, say("complaint_after_report") if earlier else "")
    if under_way.topic == topic.name:
        lead = say("talk_goes_on", topic=topic)
        return Reply(lead + "\n\n" + talk.current_question(topic, under_way.answers))
    return _turn_into(context, topic, under_way)


def _turn_into(context: Context, topic: Topic, under_way: Talk, told: int = 0) -> Reply:
    """The other kind, with the answers that both ask for, and the words where so many characters tell something."""
    answers = {name: value for name, value in under_way.answers.items() if name != "confirm"}
    if told >= (TOLD_BESIDE if answers.get("problem") else TOLD):
        answers["problem"] = "\n".join(filter(None, [answers.get("problem", ""), context.text]))
    if topic is REPORT:
        answers = {"category": ""} | answers
    elif context.recognition.demand:
        answers.setdefault("demand", context.recognition.demand)
    return talk.begin(context, topic, answers, say("talk_turned", topic=topic))


def go_on(context: Context) -> Reply | None:
    """The next answer of a talk under way."""
    under_way = context.under_way
    if under_way is None or under_way.topic == gathered.TOPIC:
        return None
    kind = turning.wanted(context.text)
    if kind and under_way.topic in OTHERS[kind]:
        return _turn_into(context, TOPICS[kind], under_way, told=turning.besides(context.text))
    return sayings.take(context, TOPICS[under_way.topic], under_way.answers)


def resume(context: Context, left: Talk) -> Reply:
    """A talk that was left, with what it holds, at its open question."""
    if left.topic == gathered.TOPIC:
        told = context.with_text(left.answers["problem"])
        return begin_with(told, REPORT, told.text, told.recognition)
    topic = TOPICS[left.topic]
    return talk.begin(context, topic, left.answers, _recalled(topic, left.answers))


def _recalled(topic: Topic, answers: Answers) -> str:
    """What a talk that was left holds, where it holds something; its last question tells that by itself."""
    told = any(answers.get(name) for name in ("merchant", "address", "happened", "problem"))
    open = open_step(topic.steps, answers)
    last = open is not None and open.name == "confirm"
    return say("understood", topic=topic, answers=answers, food=True) if told and not last else ""


def current_question(context: Context) -> str:
    """The question of the talk under way; '' without one."""
    under_way = context.under_way
    if under_way is None or under_way.topic == gathered.TOPIC:
        return ""
    return talk.current_question(TOPICS[under_way.topic], under_way.answers)
