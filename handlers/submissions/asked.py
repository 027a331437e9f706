"""What moves of submissions ask for, and who takes them."""

from content.submissions import categories, grounds, sources
from handlers.fields import CHOICE, DAY, LONG, Field
from storage.people.staff import Role
from storage.submissions.submission import Kind

STAGE, ASK, ANSWER = "notice_stage", "notice_ask", "notice_answer"
UPHELD, REGISTERED, MERGED = "notice_upheld", "notice_registered", "notice_merged"
"""How a citizen is told of a move: texts of content/replies/."""

INTAKE = frozenset({Role.INTAKE, Role.LEADER})
OFFICER = frozenset({Role.OFFICER, Role.LEADER})
LEADER = frozenset({Role.LEADER})
BOTH = INTAKE | OFFICER
REPORT, COMPLAINT = frozenset({Kind.REPORT}), frozenset({Kind.COMPLAINT})
ALL = ("*",)
"""Every period."""
CATEGORIES = {code: one.label for code, one in categories.CATEGORIES.items()}
ON = Field("on", "实际办理日期", kind=DAY, hint="补录以前办的，填当天实际的日期；期限按这一天算。")


def note(label: str, required: bool = False, hint: str = "") -> Field:
    return Field("note", label, required, LONG, hint=hint)


def number_of_12315(*, required: bool = False) -> Field:
    rule = sources.NUMBERS[-1]
    hint = f"{rule.text}。" + ("" if rule.sure else "编号规则还没有与平台核对，请从平台复制。")
    return Field(
        "external_number", "全国12315平台登记编号", required, column="external_number", hint=hint, numbers=True
    )


def ground(move: grounds.Move, label: str) -> Field:
    return Field("ground", label, required=True, kind=CHOICE, column="ground", options=grounds.of(move))


REGISTRATION = (Field("external_at", "12315平台登记时间", column="external_at", numbers=True), note("备注"))
