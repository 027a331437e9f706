"""What a report (举报) and a complaint (投诉) ask, one Step a question, and how answers are read."""

import re
import unicodedata
from collections.abc import Callable

from content.submissions import categories
from handlers.chat import reading
from handlers.chat.dialogue import Answers, Said, Step
from handlers.chat.reading import AGREED, NOTHING, UNKNOWN, text_as

_AGENT = re.compile(r"^(?:代理?|替|帮)\s*(.+)$", re.S)


def _known(name: str) -> Callable[[Said], Answers | None]:
    """Any text is the answer; that one does not know is one too."""
    return lambda said: {name: "" if said.text in UNKNOWN else said.text} if said.text else None


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


def _known_place(said: Said) -> Answers | None:
    return {"address": ""} if said.text in UNKNOWN else _place(said)


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


def _complainant(said: Said) -> Answers | None:
    """Their name; ``代 张三`` is an agent's way to say for whom."""
    agent = _AGENT.match(said.text)
    return {"principal": agent[1].strip()} if agent else text_as("name")(said)


def _phone(said: Said) -> Answers | None:
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", said.text))
    return {"phone": said.text} if 7 <= len(digits) <= 15 else None


def _confirm(said: Said) -> Answers | None:
    return {"confirm": "yes"} if said.text.strip("。.!！ ") in AGREED else None


def _must(name: str, label: str, hint: str, read: Callable[[Said], Answers | None], verb: str = "请回复") -> Step:
    return Step(name, label, hint, read, required=True, skippable=False, verb=verb)


CONFIRM = Step("confirm", "提交", "ask_confirm", _confirm, verb="核对无误请回复", adds_to="problem")
REPORT = (
    Step("category", "类别", "ask_report_category", _category, verb="请选择"),
    Step("merchant", "店名", "ask_merchant", _known("merchant"), required=True),
    Step("address", "地址", "ask_address", _known_place, required=True),
    _must("problem", "问题", "ask_problem", text_as("problem"), verb="请描述"),
    Step("pictures", "照片", "ask_pictures", _pictures, verb="请发送"),
    Step("name", "姓名", "ask_report_name", _name, skips=("phone",)),
    Step("phone", "电话", "ask_report_phone", _phone),
    CONFIRM,
)
COMPLAINT = (
    _must("merchant", "店名", "ask_complaint_merchant", text_as("merchant")),
    _must("address", "地址", "ask_complaint_address", _place),
    _must("problem", "问题", "ask_complaint_problem", text_as("problem"), verb="请描述"),
    _must("demand", "诉求", "ask_demand", text_as("demand")),
    Step("pictures", "照片", "ask_complaint_pictures", _pictures, verb="请发送"),
    _must("name", "姓名", "ask_complaint_name", _complainant),
    _must("phone", "电话", "ask_complaint_phone", _phone),
    _must("contact_address", "联系地址", "ask_contact_address", text_as("contact_address")),
    CONFIRM,
)


def labelled(text: str) -> Answers:
    """What a message says under labels (店名：…); {} when it carries none."""
    known = reading.label_values(text)
    if "category" in known:
        known["category"] = (_category(Said(text=known["category"])) or {}).get("category", "")
    return known


def corrections(text: str) -> Answers:
    """A message of labels alone corrects what was answered before; a label inside a sentence does not."""
    known = labelled(text)
    return known if known and reading.begins_with_label(text) else {}
