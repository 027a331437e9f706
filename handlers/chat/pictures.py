"""Pictures, voice and video, sent before or after the words, in any order.

Each file is awaited from the platform by the courier. A burst gets one summarising answer: a notice that
every further file of the burst puts off by some seconds.
"""

from collections import Counter
from datetime import datetime, timedelta

from content.replies import say
from handlers.chat import followup, hand_in, progress, talk
from handlers.chat.context import SILENCE, Call, Reply
from handlers.chat.dialogue import Answers, open_step
from handlers.chat.guided import TOPICS
from handlers.chat.talk import Topic
from handlers.chat.verbs import ATTACH
from handlers.notices import telling
from handlers.submissions import intake
from handlers.submissions.procedure import OPEN_STAGES
from storage import evidence, outbox, pending, submission, timeline
from storage.follower import Talk
from storage.records import Evidence, Identity, Kind, Submission
from storage.submission import Draft

KINDS = {"image": "image", "voice": "voice", "video": "video", "shortvideo": "video"}
UNITS = {"image": "张照片", "voice": "段语音", "video": "段视频"}
SETTLE = timedelta(seconds=4)
"""How long after the last picture of a burst the summary goes out."""


def received(call: Call) -> Reply | None:
    kind = KINDS.get(call.message.kind)
    if kind is None:
        return None
    under_way = call.under_way
    if under_way is not None:
        return _for_talk(call, kind, under_way)
    newest = followup.aimed_at(call) or recent(call) or followup.waiting_question(call)
    if newest is not None:
        _keep(call, kind, newest.id)
        submission.unread_again(call.tx, newest.id)
        timeline.add(call.tx, newest.id, "said", actor="citizen", title=f"补充{UNITS[kind][1:]}", public=True)
        _summarise(call, evidence.of(call.tx, newest.id), "pictures_joined", number=newest.number)
        return SILENCE
    if kind == "voice":
        return _voice_alone(call)
    _keep(call, kind, None)
    _ask_where(call)
    return SILENCE


def _ask_where(call: Call) -> None:
    """Pictures that come later may belong to an open case or tell of something new."""
    own = submission.of_sender(call.tx, call.sender, limit=followup.CHOICES)
    cases = [case for case in own if case.stage in OPEN_STAGES]
    if cases:
        pending.ask(call.tx, call.sender, ATTACH.name, [case.number for case in cases], {})
    _summarise(
        call,
        evidence.loose(call.tx, call.sender, _window(call)),
        "pictures_which" if cases else "pictures_loose",
        cases=[progress.line(call, case) for case in cases],
    )


def _window(call: Call) -> datetime:
    return call.now - call.site.picture_window


def _keep(call: Call, kind: str, submission_id: str | None) -> None:
    """Note the file and ask the courier to fetch it at once."""
    media = call.message.text("MediaId")
    id = evidence.await_media(call.tx, sender=call.sender, kind=kind, media=media, submission=submission_id)
    outbox.put(call.tx, "media", f"media:{id}", payload={"evidence": id, "media": media})


def recent(call: Call) -> Submission | None:
    """The newest open submission, when its words or its last picture came within the window."""
    newest = next((s for s in submission.of_sender(call.tx, call.sender) if s.stage in OPEN_STAGES), None)
    if newest is None:
        return None
    last = max([newest.created_at, *(item.arrived_at for item in evidence.of(call.tx, newest.id))])
    return newest if last >= _window(call) else None


def _summarise(call: Call, files: list[Evidence], template: str, **values: object) -> None:
    burst = [file for file in files if file.arrived_at >= _window(call)]
    counts = Counter(file.kind for file in burst)
    parts = [f"{counts[kind]}{unit}" for kind, unit in UNITS.items() if counts[kind]]
    subject = outbox.waiting_like(call.tx, call.sender, talk.SUMMARY) or f"{talk.SUMMARY}{burst[-1].id}"
    text = say(template, parts=parts, **values)
    telling.put(call.tx, subject, openid=call.message.openid, text=text, due_at=call.now + SETTLE)


def _for_talk(call: Call, kind: str, under_way: Talk) -> Reply:
    _keep(call, kind, None)
    topic, answers = TOPICS[under_way.topic], under_way.answers
    step = open_step(topic.steps, answers)
    filled: Answers = {}
    if step is not None and step.name == "pictures":
        filled = {"pictures": "sent"}
    elif step is not None and step.name == "problem" and kind == "voice":
        filled = {"problem": "（语音留言，待听写）"}
    if filled:
        reply = talk.advance(call, topic, answers | filled)
        return Reply(say("pictures_first") + "\n\n" + reply.text)
    _remind(call, topic, under_way)
    return SILENCE


def _remind(call: Call, topic: Topic, under_way: Talk) -> None:
    since = under_way.started_at - call.site.picture_window
    files = evidence.loose(call.tx, call.sender, since)
    question = talk.current_question(topic, under_way.answers)
    _summarise(call, files, "pictures_in_talk", topic=topic.name, question=question)


def _voice_alone(call: Call) -> Reply:
    """A voice note is a submission that a clerk transcribes."""
    draft = Draft(
        kind=Kind.REPORT,
        stage="triage",
        category="",
        received_at=call.now,
        description="（语音留言，待听写）",
    )
    identity = Identity(openid=call.message.openid)
    stored = intake.receive(call.tx, call.site, draft, identity, sender=call.sender, actor="citizen")
    _keep(call, "voice", stored.id)
    evidence.join(call.tx, call.sender, stored.id, since=_window(call))
    links = hand_in.links(call, stored)
    return Reply(say("voice_received", number=stored.number, minutes=call.site.picture_minutes, links=links))
