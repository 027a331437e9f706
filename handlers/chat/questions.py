"""What a report (举报) and a complaint (投诉) ask, one Step a question, and how answers are read."""

from handlers.chat import readers, reading
from handlers.chat.dialogue import Answers, Said, Step
from handlers.chat.readers import Reader


def _must(name: str, label: str, hint: str, read: Reader, verb: str = "请回复") -> Step:
    return Step(name, label, hint, read, required=True, skippable=False, verb=verb, adds_to="problem")


def _may(name: str, label: str, hint: str, read: Reader, verb: str = "请回复", skips: tuple[str, ...] = ()) -> Step:
    return Step(name, label, hint, read, verb=verb, skips=skips, adds_to="problem")


def _should(name: str, label: str, hint: str, read: Reader) -> Step:
    return Step(name, label, hint, read, required=True, adds_to="problem")


_NONE = readers.phrase("done", {"pictures": ""})
CONFIRM = _may("confirm", "提交", "ask_confirm", readers.phrase("agree", {"confirm": "yes"}), verb="核对无误请回复")
REPORT = (
    _may("category", "类别", "ask_report_category", readers.category, verb="请选择"),
    _should("merchant", "店名", "ask_merchant", readers.shop),
    _should("address", "地址", "ask_address", readers.place),
    _must("problem", "问题", "ask_problem", readers.words("problem"), verb="请描述"),
    _may("pictures", "照片", "ask_pictures", _NONE, verb="请发送"),
    _may("name", "姓名", "ask_report_name", readers.person, skips=("phone",)),
    _may("phone", "电话", "ask_report_phone", readers.telephone),
    CONFIRM,
)
COMPLAINT = (
    _must("merchant", "店名", "ask_complaint_merchant", readers.shop),
    _must("address", "地址", "ask_complaint_address", readers.place),
    _must("problem", "问题", "ask_complaint_problem", readers.words("problem"), verb="请描述"),
    _must("demand", "诉求", "ask_demand", readers.words("demand")),
    _may("pictures", "照片", "ask_complaint_pictures", _NONE, verb="请发送"),
    _must("name", "姓名", "ask_complaint_name", readers.complainant),
    _must("phone", "电话", "ask_complaint_phone", readers.telephone),
    _must("contact_address", "联系地址", "ask_contact_address", readers.home),
    CONFIRM,
)
STEPS = {"report": REPORT, "complaint": COMPLAINT, "both": COMPLAINT, "gathered": ()}
"""The questions of each kind of talk."""
STORIES = frozenset({"problem", "demand", "confirm"})
"""Steps at which people tell a story: question marks are part of it."""


def labelled(text: str) -> Answers:
    """What a message says under labels (店名：…); {} when it carries none."""
    known = reading.label_values(text)
    if "category" in known:
        known["category"] = (readers.category(Said(text=known["category"])) or {}).get("category", "")
    return known


def corrections(text: str) -> Answers:
    """A message of labels alone corrects what was answered before; a label inside a sentence does not."""
    known = labelled(text)
    return known if known and reading.begins_with_label(text) else {}
