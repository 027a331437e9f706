"""Report (举报) and complaint (投诉): their questions, and how answers become a submission."""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

from content import categories
from content.replies import say
from handlers import intake, labels, talk
from handlers.call import Call, Reply
from handlers.conversation import Answers, Said, Step, shorten
from handlers.talk import Topic
from storage import evidence, follower
from storage.records import Identity, Kind
from storage.submission import Draft

NOTHING = {"没有", "无", "没", "不留", "匿名", "不实名", "没照片", "好了", "发完了", "完成", "下一步", "继续"}


def text_as(name: str) -> Callable[[Said], Answers | None]:
    """Any text is the answer."""
    return lambda said: {name: said.text} if said.text else None


def _category(said: Said) -> Answers | None:
    """A listed number, a category's name, or words from which it can be guessed, which are kept as said."""
    codes = list(categories.CATEGORIES)
    plain = unicodedata.normalize("NFKC", said.text).strip(" .、")
    if plain.isdecimal():
        return {"category": codes[int(plain) - 1]} if 1 <= int(plain) <= len(codes) else None
    named = next((code for code in codes if plain and plain in (code, categories.label(code))), None)
    if named or not plain:
        return {"category": named} if named else None
    return {"category": categories.guess(plain) or "", "problem": said.text}


def _place(said: Said) -> Answers | None:
    """A location, or words, which then stand without the map of a location sent before."""
    if said.place:
        return dict(said.place)
    return {"address": said.text, "latitude": "", "longitude": ""} if said.text else None


def _pictures(said: Said) -> Answers | None:
    return {"pictures": ""} if said.text in NOTHING else None


def _name(said: Said) -> Answers | None:
    if said.text in NOTHING:
        return {"name": "", "phone": ""}
    return text_as("name")(said)


def _phone(said: Said) -> Answers | None:
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", said.text))
    return {"phone": said.text} if 7 <= len(digits) <= 15 else None


def _confirm(said: Said) -> Answers | None:
    return None


CONFIRM = Step("confirm", "提交", "ask_confirm", _confirm, verb="核对无误请回复")


def submit(kind: Kind) -> Callable[[Call, Answers], Reply]:
    def store(call: Call, answers: Answers) -> Reply:
        return _store(call, kind, answers)

    return store


REPORT = Topic(
    "report",
    (
        Step("category", "类别", "ask_report_category", _category, verb="请选择"),
        Step("merchant", "店名", "ask_merchant", text_as("merchant"), required=True),
        Step("address", "地址", "ask_address", _place, required=True),
        Step("problem", "问题", "ask_problem", text_as("problem"), required=True, skippable=False, verb="请描述"),
        Step("pictures", "照片", "ask_pictures", _pictures, verb="请发送"),
        Step("name", "姓名", "ask_report_name", _name, skips=("phone",)),
        Step("phone", "电话", "ask_report_phone", _phone),
        CONFIRM,
    ),
    submit(Kind.REPORT),
)
COMPLAINT = Topic(
    "complaint",
    (
        Step("merchant", "店名", "ask_complaint_merchant", text_as("merchant"), required=True, skippable=False),
        Step("address", "地址", "ask_complaint_address", _place, required=True, skippable=False),
        Step(
            "problem",
            "问题",
            "ask_complaint_problem",
            text_as("problem"),
            required=True,
            skippable=False,
            verb="请描述",
        ),
        Step("demand", "诉求", "ask_demand", text_as("demand"), required=True, skippable=False),
        Step("pictures", "照片", "ask_complaint_pictures", _pictures, verb="请发送"),
        Step("name", "姓名", "ask_complaint_name", text_as("name"), required=True, skippable=False),
        Step("phone", "电话", "ask_complaint_phone", _phone, required=True, skippable=False),
        Step(
            "contact_address",
            "联系地址",
            "ask_contact_address",
            text_as("contact_address"),
            required=True,
            skippable=False,
        ),
        CONFIRM,
    ),
    submit(Kind.COMPLAINT),
)
TOPICS = {topic.name: topic for topic in (REPORT, COMPLAINT)}


def begin_report(call: Call) -> Reply | None:
    """举报: guided, or with labels in one message."""
    return _begin(call, REPORT, "举报")


def begin_complaint(call: Call) -> Reply | None:
    """投诉: the same, then the identity that the law requires (Order 121, Art. 10)."""
    return _begin(call, COMPLAINT, "投诉")


def _begin(call: Call, topic: Topic, word: str) -> Reply | None:
    if call.word == word:
        return _begin_or_go_on(call, topic)
    rest = call.rest_after(word)
    if rest is None:
        return None
    known = labels.read(rest)
    if not known:
        # In the middle of a talk it is an answer that happens to begin so.
        return None if call.under_way else talk.begin(call, topic, {"problem": rest})
    if "category" in known:
        known["category"] = (_category(Said(text=known["category"])) or {}).get("category", "")
    return talk.begin(call, topic, shorten(topic.steps, known))


def _begin_or_go_on(call: Call, topic: Topic) -> Reply:
    """Tapping the menu again in the middle of a report must not throw its answers away."""
    under_way = call.under_way
    if under_way is None or under_way.topic != topic.name or not under_way.answers:
        return talk.begin(call, topic, {})
    lead = say("talk_goes_on", topic=topic.name)
    return Reply(lead + "\n\n" + talk.current_question(topic, under_way.answers))


def _store(call: Call, kind: Kind, answers: Answers) -> Reply:
    identity = Identity(
        openid=call.message.openid,
        name=answers.get("name", ""),
        phone=answers.get("phone", ""),
        address=answers.get("contact_address", ""),
    )
    draft = Draft(
        kind=kind,
        stage="triage",
        category=answers.get("category", ""),
        received_at=call.now,
        merchant=answers.get("merchant", ""),
        address=answers.get("address", ""),
        latitude=answers.get("latitude", ""),
        longitude=answers.get("longitude", ""),
        happened=answers.get("happened", ""),
        description=answers.get("problem", ""),
        demand=answers.get("demand", ""),
        named=bool(identity.name or identity.phone),
    )
    stored = intake.receive(call.tx, call.site, draft, identity, sender=call.sender, actor="citizen")
    joined = evidence.join(call.tx, call.sender, stored.id, since=_since(call))
    minutes = call.site.picture_minutes
    return Reply(say("received", submission=stored, urgent=stored.urgency > 0, evidence=joined, minutes=minutes))


def _since(call: Call) -> datetime:
    """Pictures sent shortly before the first word belong to it, and all that came while the talk went on."""
    under_way = follower.talk(call.tx, call.sender)
    started = under_way.started_at if under_way else call.now
    return started - call.site.picture_window
