"""Every move of staff between the stages of a submission: those of both kinds, of reports, of complaints."""

from dataclasses import replace

from handlers.errors import Refused
from handlers.fields import CHOICE, LONG, NUMBER, YES, Field, shown
from handlers.moves import Act, FourEyes, Move, Outcome
from handlers.submissions import behalf, complaints, joining, registration, reports, timing
from handlers.submissions.asked import (
    ALL,
    ANSWER,
    ASK,
    BOTH,
    CATEGORIES,
    INTAKE,
    LEADER,
    MERGED,
    OFFICER,
    ON,
    REGISTERED,
    REGISTRATION,
    REPORT,
    STAGE,
    UPHELD,
    note,
    number_of_12315,
)
from handlers.submissions.stages import DECIDED_STAGES, KINDS, NEW_STAGES, OPEN_STAGES, STAGES, WORKING_STAGES
from storage.people import staff
from storage.submissions.submission import Submission

ORDER = "《市场监督管理投诉举报处理办法》"
RUNNING = ("accepted", "verifying", "proposed", "case")
"""The stages whose clocks may stand still."""
_ANOTHER = FourEyes[Submission](
    lambda _tx, found: {found.decided_by}, "own_decision", "原处理结果是您作出的，复核须由另一名工作人员执行。"
)


def _amend(act: Act[Submission]) -> Outcome:
    """What changes, with what it was before."""
    texts = {name: value for name, value in act.given.items() if name != ON.name}
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


def _assign(act: Act[Submission]) -> Outcome:
    """To somebody who is there and may act; a slip of the finger would leave it with nobody."""
    name = act.given.get("assignee", "")
    hands = {one.name for one in staff.every(act.tx) if one.roles & BOTH and not one.disabled} if name else set()
    if name and name not in hands:
        known = "、".join(sorted(hands)[:20])
        raise Refused("invalid_field", f"没有在用的承办人账号“{name[:40]}”。可选：{known}。", field="assignee")
    # Whoever had it before does not go on with it.
    return Outcome({"assignee": name, "fresh": int(name not in ("", act.staff.name))})


def _bounce(_act: Act[Submission]) -> Outcome:
    return Outcome({"unit": "", "assignee": "", "fresh": 0})


_BOTH_KINDS: tuple[Move[Submission], ...] = (
    Move(
        "register",
        "登记",
        ("triage",),
        "registered",
        INTAKE,
        (number_of_12315(), *REGISTRATION),
        tells=REGISTERED,
        effect=registration.register,
    ),
    Move(
        "assign",
        "分派",
        NEW_STAGES,
        "assigned",
        INTAKE,
        (
            Field("unit", "承办单位", required=True, column="unit", suggests=True),
            Field("assignee", "承办人账号", column="assignee", suggests=True),
            note("交办意见"),
        ),
        effect=_assign,
    ),
    Move(
        "bounce",
        "退回受理",
        ("registered", "assigned"),
        "triage",
        BOTH,
        (note("退回理由", required=True),),
        effect=_bounce,
        basis=f"收到的单位不具有处理权限的，反馈统一接收的机构，不自行移送（{ORDER}第四十一条）。",
    ),
    Move(
        "refer",
        "移送",
        WORKING_STAGES,
        "referred",
        BOTH,
        (Field("unit", "接收部门", required=True), note("移送理由（告知提交人）", required=True)),
        tells=STAGE,
        notice="您提交的事项已移送有权处理的部门。",
        closes=ALL,
        public=True,
    ),
    Move(
        "suspend",
        "中止期限",
        RUNNING,
        "",
        OFFICER,
        (Field("reason", "中止的事由", required=True, hint="如检测、检验、鉴定，回避"), note("说明")),
        effect=timing.suspend,
        basis=f"中止的是调解、核查和办案的期限（{timing.NOT_COUNTED}）。",
    ),
    Move("resume", "恢复期限", RUNNING, "", OFFICER, (note("说明"),), effect=timing.resume),
    Move(
        "ask_to_extend",
        "申请延长期限",
        ("verifying", "proposed", "case"),
        "",
        OFFICER,
        (note("申请延长的理由", required=True),),
        kinds=REPORT,
        effect=timing.ask_to_extend,
        basis="延长的是举报核查和办案的期限（《市场监督管理行政处罚程序规定》第十八条、第六十四条）。",
    ),
    Move(
        "extend",
        "批准延长期限",
        ("verifying", "proposed", "case"),
        "",
        LEADER,
        (Field("days", "延长几日", kind=NUMBER, hint="不填就是最多可以延长的日数。"), note("审批意见")),
        kinds=REPORT,
        effect=timing.extend,
        basis="只有举报核查和办案的期限可以由负责人批准延长（《市场监督管理行政处罚程序规定》第十八条、第六十四条）；投诉的期限不能延长。",
    ),
    Move(
        "merge",
        "并入另一件",
        WORKING_STAGES,
        "merged",
        BOTH,
        (
            Field("with", "并入哪一件（编号）", required=True, numbers=True),
            Field("new_facts", "有新的事实", kind=YES),
            note("理由"),
        ),
        tells=MERGED,
        cancels=ALL,
        effect=joining.merge,
        basis=joining.REPEATED,
    ),
    Move(
        "split",
        "分出一件",
        WORKING_STAGES,
        "",
        BOTH,
        (
            Field("kind", "分出的是", kind=CHOICE, options={kind.value: label for kind, label in KINDS.items()}),
            Field("merchant", "店名（不填同原件）"),
            Field("description", "情况（不填同原件）", kind=LONG),
            note("理由"),
        ),
        effect=joining.split,
        basis=joining.APART,
    ),
    Move(
        "join",
        "一并办理",
        OPEN_STAGES,
        "",
        BOTH,
        (
            Field("joined", "与哪一件一并办理（编号）", required=True, column="joined", numbers=True),
            note("理由", required=True),
        ),
        effect=joining.join,
    ),
    Move(
        "reopen",
        "重新办理",
        (*DECIDED_STAGES, "upheld", "withdrawn", "merged"),
        "registered",
        LEADER,
        (note("理由", required=True),),
        begins=True,
    ),
    Move(
        "review_uphold",
        "复核：维持原结果",
        ("disputed",),
        "upheld",
        OFFICER,
        (note("复核意见（告知提交人）", required=True),),
        tells=UPHELD,
        notice="您提出的异议已由另一名工作人员复核，维持原处理结果。",
        closes=ALL,
        public=True,
        four_eyes=_ANOTHER,
    ),
    Move(
        "review_reopen",
        "复核：重新办理",
        ("disputed",),
        "registered",
        OFFICER,
        (note("复核意见（告知提交人）", required=True),),
        tells=STAGE,
        notice="您提出的异议已由另一名工作人员复核，决定重新办理。",
        closes=ALL,
        begins=True,
        public=True,
        four_eyes=_ANOTHER,
    ),
    Move(
        "amend",
        "补录/更正",
        OPEN_STAGES,
        "",
        BOTH,
        (
            Field("merchant", "店名", column="merchant"),
            Field("address", "地址", column="address", limit=500),
            Field("category", "类别", kind=CHOICE, column="category", options=CATEGORIES),
            Field("description", "情况", kind=LONG, column="description"),
        ),
        effect=_amend,
    ),
    Move(
        "transfer",
        "登记12315编号",
        tuple(name for name in STAGES if name != "triage"),
        "",
        BOTH,
        (number_of_12315(required=True), *REGISTRATION),
        tells=REGISTERED,
        effect=registration.register,
        basis="待分流的件，编号在“登记”时一并填写。",
    ),
    Move(
        "ask",
        "询问提交人",
        OPEN_STAGES,
        "",
        BOTH,
        (note("问题（提交人可直接回复）", required=True),),
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
        BOTH,
        (note("答复内容", required=True),),
        entry="answer",
        public=True,
        tells=ANSWER,
    ),
    Move("note", "内部备注", tuple(STAGES), "", BOTH, (note("备注", required=True),), entry="note"),
)
MOVES = tuple(
    replace(move, fields=(*move.fields, ON))
    for move in (*complaints.MOVES, *reports.MOVES, *_BOTH_KINDS, *behalf.MOVES)
)
"""In the order of the page's buttons. Each takes the day on which it was really made."""
