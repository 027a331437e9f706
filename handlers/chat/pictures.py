"""Pictures, voice and video, sent before or after the words, in any order.

Each file is awaited from the platform by the courier. A burst gets one summarising answer: a notice that
every further file of the burst puts off by some seconds.
"""

from collections import Counter
from datetime import datetime, timedelta

from content.replies import say
from handlers.chat import followup, gathered, hand_in, progress, talk
from handlers.chat.context import SILENCE, Context, Reply
from handlers.chat.dialogue import Answers, open_step
from handlers.chat.guided import TOPICS
from handlers.chat.talk import Topic
from handlers.chat.verbs import ATTACH
from handlers.notices import telling
from handlers.submissions import intake
from handlers.submissions.stages import OPEN_STAGES
from storage import timeline
from storage.chat import pending
from storage.chat.talk import Talk
from storage.notices import outbox, parcel
from storage.notices.parcel import Subject
from storage.submissions import evidence, submission
from storage.submissions.evidence import Evidence
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind

KINDS = {"image": "image", "voice": "voice", "video": "video", "shortvideo": "video"}
UNITS = {"image": "张照片", "voice": "段语音", "video": "段视频"}
SETTLE = timedelta(seconds=4)
"""How long after the last picture of a burst the summary goes out."""


def received(context: Context) -> Reply:
    """Keep the file where it belongs: with the talk, with what was handed in just now, or loose until words come."""
    kind = KINDS[context.message.kind]
    under_way = context.under_way
    if under_way is not None and under_way.topic != gathered.TOPIC:
        return _for_talk(context, kind, under_way)
    newest = followup.aimed_at(context) or context.just_handed_in or followup.waiting_question(context)
    if newest is not None:
        _keep(context, kind, newest.id)
        submission.unread_again(context.tx, newest.id)
        timeline.add(context.tx, newest.id, "said", actor="citizen", title=f"补充{UNITS[kind][1:]}", public=True)
        _summarise(context, evidence.of(context.tx, newest.id), "pictures_joined", number=newest.number)
        return SILENCE
    if kind == "voice":
        return _voice_alone(context)
    _keep(context, kind, None)
    _ask_where(context)
    return SILENCE


def _ask_where(context: Context) -> None:
    """Pictures that come later may belong to an open case or tell of something new."""
    cases = [case for case in context.own[: followup.CHOICES] if case.stage in OPEN_STAGES]
    if cases:
        pending.ask(context.tx, context.sender, ATTACH.name, [case.number for case in cases], {})
    _summarise(
        context,
        evidence.loose(context.tx, context.sender, _window(context)),
        "pictures_which" if cases else "pictures_loose",
        cases=[progress.line(context, case) for case in cases],
    )


def _window(context: Context) -> datetime:
    return context.now - context.office.picture_window


def _keep(context: Context, kind: str, submission_id: str | None) -> None:
    """Note the file and ask the courier to fetch it at once."""
    media = context.message.text("MediaId")
    id = evidence.await_media(context.tx, sender=context.sender, kind=kind, media=media, submission=submission_id)
    outbox.put(context.tx, "media", Subject(parcel.Topic.EVIDENCE, id), payload={"evidence": id, "media": media})


def _summarise(context: Context, files: list[Evidence], template: str, **values: object) -> None:
    burst = [file for file in files if file.arrived_at >= _window(context)]
    counts = Counter(file.kind for file in burst)
    parts = [f"{counts[kind]}{unit}" for kind, unit in UNITS.items() if counts[kind]]
    waiting = outbox.waiting(context.tx, context.sender, parcel.Topic.PICTURES)
    text = say(template, parts=parts, **values)
    telling.put(
        context.tx,
        waiting or Subject(parcel.Topic.PICTURES, burst[-1].id),
        openid=context.message.openid,
        text=text,
        due_at=context.now + SETTLE,
    )


def _for_talk(context: Context, kind: str, under_way: Talk) -> Reply:
    _keep(context, kind, None)
    topic, answers = TOPICS[under_way.topic], under_way.answers
    step = open_step(topic.steps, answers)
    filled: Answers = {}
    if step is not None and step.name == "pictures":
        filled = {"pictures": "sent"}
    elif step is not None and step.name == "problem" and kind == "voice":
        filled = {"problem": "（语音留言，待听写）"}
    if filled:
        reply = talk.advance(context, topic, answers | filled)
        return Reply(say("pictures_first") + "\n\n" + reply.text)
    _remind(context, topic, under_way)
    return SILENCE


def _remind(context: Context, topic: Topic, under_way: Talk) -> None:
    since = under_way.started_at - context.office.picture_window
    files = evidence.loose(context.tx, context.sender, since)
    question = talk.current_question(topic, under_way.answers)
    _summarise(context, files, "pictures_in_talk", topic=topic.name, question=question)


def _voice_alone(context: Context) -> Reply:
    """A voice note is a submission that a clerk transcribes."""
    draft = Draft(
        kind=Kind.REPORT,
        stage="triage",
        category="",
        received_at=context.now,
        description="（语音留言，待听写）",
    )
    identity = Identity(openid=context.message.openid)
    stored = intake.receive(context.tx, context.office, draft, identity, actor="citizen")
    _keep(context, "voice", stored.id)
    evidence.join(context.tx, context.sender, stored.id, since=_window(context))
    links = hand_in.links(context, stored)
    return Reply(say("voice_received", number=stored.number, minutes=context.office.picture_minutes, links=links))
