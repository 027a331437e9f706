"""The procedures of reports and complaints: which stages there are, and every move of staff between them."""

from dataclasses import dataclass

from content.submissions import categories
from handlers.errors import Refused
from handlers.fields import CHOICE, LONG, Field, shown
from handlers.masking import mask
from handlers.moves import Act, FourEyes, Move, Outcome
from storage.people.staff import Role
from storage.submissions import identity as identities
from storage.submissions import submission
from storage.submissions.submission import Kind, Submission

KINDS = {Kind.REPORT: "举报", Kind.COMPLAINT: "投诉"}
SAID = {
    "add_words": "补充",
    "attach": "补充",
    "answer_question": "回复询问",
    "confirm": "确认结果",
    "dispute": "提出异议",
    "rate": "评价",
    "retract": "撤回投诉",
    "give_name": "补留姓名",
}
"""What its citizen may do with a submission (handlers/chat/verbs.py), as it stands on record."""


@dataclass(frozen=True)
class Stage:
    """Where a submission stands: for staff, and in plain words for whoever handed it in, with what comes `next`."""

    label: str
    public: str
    next: str = ""
    open: bool = True


STAGES: dict[str, Stage] = {
    "triage": Stage("待分流", "已收到，等待工作人员登记分流。", "登记，并分派给承办单位。"),
    "registered": Stage("已登记", "已登记，正在分派承办单位。", "承办单位接手办理。"),
    "assigned": Stage("已分派", "已分派承办单位。", "承办单位审查您反映的情况。"),
    "accepted": Stage("已受理", "投诉已受理，正在组织调解。", "联系您和商家，组织调解。"),
    "verifying": Stage("核查中", "正在核查。", "核查清楚后决定是否立案，并告诉您。"),
    "case": Stage("已立案", "已立案调查。", "调查取证，作出处理决定。"),
    "disputed": Stage("异议复核", "您提了异议，正由另一名工作人员复核。", "复核后告诉您维持原结果还是重新办理。"),
    "concluded": Stage("已办结", "已办结。", open=False),
    "declined": Stage("不予受理/立案", "经研究，不予受理或不予立案，理由见说明。", open=False),
    "referred": Stage("已移送", "不属于本部门职责的部分已移送有权部门。", open=False),
    "upheld": Stage("复核维持", "经另一名工作人员复核，维持原处理结果。", open=False),
    "withdrawn": Stage("已撤回", "投诉已按您的要求撤回，不再调解。", open=False),
}
OPEN_STAGES = tuple(name for name, stage in STAGES.items() if stage.open)
WORKING_STAGES = tuple(name for name in OPEN_STAGES if name != "disputed")
"""In the hands of whoever is in charge; a dispute is in those of somebody else."""
DECIDED_STAGES = ("concluded", "declined", "referred")
"""An outcome that its citizen may confirm or dispute."""

STAGE, ASK, ANSWER = "notice_stage", "notice_ask", "notice_answer"
UPHELD, REGISTERED = "notice_upheld", "notice_registered"
"""How a citizen is told of a move: texts of content/replies/."""


def _number_of_12315(*, required: bool = False) -> Field:
    return Field("external_number", "全国12315平台登记编号", required, column="external_number")


def _note(label: str, required: bool = False) -> Field:
    return Field("note", label, required, LONG)


_INTAKE = frozenset({Role.INTAKE, Role.LEADER})
_OFFICER = frozenset({Role.OFFICER, Role.LEADER})
_BOTH = _INTAKE | _OFFICER
_REPORT, _COMPLAINT = frozenset({Kind.REPORT}), frozenset({Kind.COMPLAINT})
_ALL = ("*",)
_ANOTHER = FourEyes[Submission](
    lambda _tx, found: {found.decided_by}, "own_decision", "原处理结果是您作出的，复核须由另一名工作人员执行。"
)
_CATEGORIES = {code: one.label for code, one in categories.CATEGORIES.items()}
_REGISTRATION = (Field("external_at", "12315平台登记时间", column="external_at"), _note("备注"))


def _amend(act: Act[Submission]) -> Outcome:
    """What changes, with what it was before; personal numbers go where the identity is."""
    masked = {name: mask(value) for name, value in act.given.items()}
    identities.mention(act.tx, act.row.id, [number for part in masked.values() for number in part.numbers])
    texts = {name: part.text for name, part in masked.items()}
    before = {name: getattr(act.row, name) for name in texts}
    steps = [
        f"{one.label}：{shown(one, before[one.name], act.office, act.row)} → "
        f"{shown(one, texts[one.name], act.office, act.row)}"
        for one in act.move.fields
        if texts.get(one.name) != before.get(one.name)
    ]
    if not steps:
        raise Refused("missing_field", "没有改动：各项与现有内容相同。")
    return Outcome(texts, body="\n".join(steps))


def _join(act: Act[Submission]) -> Outcome:
    """The number of the submission it joins; each keeps its own number, deadlines and notices."""
    number = act.given["joined"]
    lead = submission.find(act.tx, number.upper())
    if lead is None or lead.id == act.row.id:
        raise Refused("invalid_field", f"没有可以并入的件：{number[:40]}。请填写另一件的编号。", field="joined")
    return Outcome({"joined": lead.joined or lead.number})


MOVES: tuple[Move[Submission], ...] = (
    Move(
        "register",
        "登记",
        ("triage",),
        "registered",
        _INTAKE,
        (_number_of_12315(), *_REGISTRATION),
        tells=REGISTERED,
    ),
    Move(
        "assign",
        "分派",
        ("triage", "registered", "assigned"),
        "assigned",
        _INTAKE,
        (
            Field("unit", "承办单位", required=True, column="unit", suggests=True),
            Field("assignee", "承办人账号", column="assignee", suggests=True),
            _note("交办意见"),
        ),
    ),
    Move(
        "accept",
        "受理",
        ("triage", "registered", "assigned"),
        "accepted",
        _BOTH,
        (_note("备注（内部）"),),
        kinds=_COMPLAINT,
        tells=STAGE,
        notice="您的投诉已受理，将组织调解。",
        closes=("complaint.accept",),
        starts=("complaint.mediate",),
        tell_by="complaint.accept",
    ),
    Move(
        "verify",
        "开始核查",
        ("registered", "assigned"),
        "verifying",
        _OFFICER,
        (_note("核查安排"),),
        kinds=_REPORT,
    ),
    Move(
        "file_case",
        "立案",
        ("verifying",),
        "case",
        _OFFICER,
        (_note("立案依据", required=True),),
        kinds=_REPORT,
        tells=STAGE,
        notice="您举报的事项已立案调查。",
        closes=("report.verify",),
        starts=("report.case",),
    ),
    Move(
        "conclude",
        "办结",
        ("registered", "assigned", "accepted", "verifying", "case"),
        "concluded",
        _OFFICER,
        (_note("办理结果（告知提交人）", required=True),),
        tells=STAGE,
        notice="您提交的事项已办结。",
        closes=_ALL,
        public=True,
    ),
    Move(
        "refer",
        "移送",
        WORKING_STAGES,
        "referred",
        _BOTH,
        (Field("unit", "接收部门", required=True), _note("移送理由（告知提交人）", required=True)),
        tells=STAGE,
        notice="您提交的事项已移送有权处理的部门。",
        closes=_ALL,
        public=True,
    ),
    Move(
        "decline",
        "不予受理/立案",
        ("triage", "registered", "assigned", "verifying"),
        "declined",
        _BOTH,
        (_note("理由（告知提交人）", required=True),),
        tells=STAGE,
        notice="您提交的事项经研究不予受理或不予立案。",
        closes=_ALL,
        public=True,
        tell_by="complaint.accept",
        danger=True,
    ),
    Move(
        "reopen",
        "重新办理",
        (*DECIDED_STAGES, "upheld", "withdrawn"),
        "registered",
        frozenset({Role.LEADER}),
        (_note("理由", required=True),),
    ),
    Move(
        "review_uphold",
        "复核：维持原结果",
        ("disputed",),
        "upheld",
        _OFFICER,
        (_note("复核意见（告知提交人）", required=True),),
        tells=UPHELD,
        notice="您提出的异议已由另一名工作人员复核，维持原处理结果。",
        closes=_ALL,
        public=True,
        four_eyes=_ANOTHER,
    ),
    Move(
        "review_reopen",
        "复核：重新办理",
        ("disputed",),
        "registered",
        _OFFICER,
        (_note("复核意见（告知提交人）", required=True),),
        tells=STAGE,
        notice="您提出的异议已由另一名工作人员复核，决定重新办理。",
        public=True,
        four_eyes=_ANOTHER,
    ),
    Move(
        "amend",
        "补录/更正",
        OPEN_STAGES,
        "",
        _BOTH,
        (
            Field("merchant", "店名", column="merchant"),
            Field("address", "地址", column="address", limit=500),
            Field("category", "类别", kind=CHOICE, column="category", options=_CATEGORIES),
            Field("description", "情况", kind=LONG, column="description"),
        ),
        effect=_amend,
    ),
    Move(
        "transfer",
        "补登12315编号",
        tuple(STAGES),
        "",
        _BOTH,
        (_number_of_12315(required=True), *_REGISTRATION),
        tells=REGISTERED,
    ),
    Move(
        "join",
        "并案",
        OPEN_STAGES,
        "",
        _BOTH,
        (
            Field("joined", "与哪一件一并办理（编号）", required=True, column="joined"),
            _note("理由", required=True),
        ),
        effect=_join,
    ),
    Move(
        "ask",
        "询问提交人",
        OPEN_STAGES,
        "",
        _BOTH,
        (_note("问题（提交人可直接回复）", required=True),),
        public=True,
        entry="answer",
        tells=ASK,
        stamps="asked_at",
    ),
    Move(
        "answer",
        "答复提交人",
        tuple(STAGES),
        "",
        _BOTH,
        (_note("答复内容", required=True),),
        entry="answer",
        public=True,
        tells=ANSWER,
    ),
    Move("note", "内部备注", tuple(STAGES), "", _BOTH, (_note("备注", required=True),), entry="note"),
)
