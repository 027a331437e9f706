"""Where a submission may stand: for staff, and in plain words for whoever handed it in."""

from dataclasses import dataclass

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
    """A stage with its `label` for staff, what it means to the `public`, and what comes `next`."""

    label: str
    public: str
    next: str = ""
    open: bool = True


STAGES: dict[str, Stage] = {
    "triage": Stage("待分流", "已收到，等待工作人员登记分流。", "登记，并分派给承办单位。"),
    "registered": Stage("已登记", "已登记，正在分派承办单位。", "承办单位接手办理。"),
    "assigned": Stage("已分派", "已分派承办单位。", "承办单位审查您反映的情况。"),
    "accepted": Stage("调解中", "投诉已受理，正在组织调解。", "联系您和商家，组织调解。"),
    "verifying": Stage("核查中", "正在核查。", "核查清楚后决定是否立案，并告诉您。"),
    "proposed": Stage("待决定", "核查已有结果，等待负责人决定是否立案。", "决定是否立案，并告诉您。"),
    "case": Stage("已立案", "已立案调查。", "调查取证，作出处理决定。"),
    "disputed": Stage("异议复核", "您提了异议，正由另一名工作人员复核。", "复核后告诉您维持原结果还是重新办理。"),
    "concluded": Stage("已办结", "已办结。", open=False),
    "settled": Stage("调解成功", "调解成功，双方达成一致。", open=False),
    "terminated": Stage("终止调解", "调解已经终止，理由见说明。", open=False),
    "declined": Stage("不予受理", "经审查不予受理，理由见说明。", open=False),
    "not_filed": Stage("不予立案", "经核查，决定不予立案，理由见说明。", open=False),
    "referred": Stage("已移送", "不属于本部门职责的部分已移送有权部门。", open=False),
    "upheld": Stage("复核维持", "经另一名工作人员复核，维持原处理结果。", open=False),
    "withdrawn": Stage("已撤回", "投诉已按您的要求撤回，不再调解。", open=False),
    "merged": Stage("已并案", "与反映同一事实的件合并办理，结果会告诉您。", open=False),
}
OPEN_STAGES = tuple(name for name, stage in STAGES.items() if stage.open)
WORKING_STAGES = tuple(name for name in OPEN_STAGES if name != "disputed")
"""In the hands of whoever is in charge; a dispute is in those of somebody else."""
NEW_STAGES = ("triage", "registered", "assigned")
"""Nothing was decided yet."""
DECIDED_STAGES = ("concluded", "settled", "terminated", "declined", "not_filed", "referred")
"""An outcome that its citizen may confirm or dispute."""


def is_concluded(found: Submission) -> bool:
    """Whether it ended with a case, also when that was disputed and upheld."""
    return found.stage == "concluded" or (found.stage == "upheld" and found.outcome == "concluded")
