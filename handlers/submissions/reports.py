"""The way of a report: verified by an officer, filed or not by the responsible person (procedure rules, Art. 18-20)."""

from content.submissions import grounds
from handlers.errors import Refused
from handlers.fields import CHOICE, Field
from handlers.moves import Act, Move, Outcome
from handlers.submissions.asked import LEADER, OFFICER, REPORT, STAGE, note
from handlers.submissions.stages import NEW_STAGES
from storage.submissions.submission import Submission

RULES = "《市场监督管理行政处罚程序规定》"
DECISION = f"依据：{RULES}第十八条、第十九条，核查后由承办人提出意见，由负责人决定是否立案。"
OUTCOMES = {"file": "立案", "not_file": "不予立案"}
FILED, OTHER = "19", "20.4"
"""The ground of a case, and the one of those against that is put into words."""


def _propose(act: Act[Submission]) -> Outcome:
    """The officer's opinion; a ground that is none of the article's is the last one, in these words."""
    if act.given["outcome"] == "file":
        return Outcome({"proposal": "file", "ground": FILED})
    ground, words = act.given.get("ground", ""), act.given.get("note", "")
    if not ground:
        raise Refused("missing_field", f"建议不予立案，须选择理由（{RULES}第二十条）。", field="ground")
    if ground not in grounds.of("not_file"):
        ground, words = OTHER, f"{ground}\n{words}"
    return Outcome(
        {"proposal": "not_file", "ground": ground}, body=f"不予立案：{grounds.GROUNDS[ground].text}\n{words}"
    )


def _decline(act: Act[Submission]) -> Outcome:
    """On the ground chosen now, or else the officer's."""
    ground = act.given.get("ground") or (act.row.ground if act.row.proposal == "not_file" else "")
    if not ground:
        raise Refused("missing_field", f"不予立案须选择理由（{RULES}第二十条）。", field="ground")
    return Outcome({"ground": ground})


MOVES: tuple[Move[Submission], ...] = (
    Move(
        "verify",
        "开始核查",
        NEW_STAGES,
        "verifying",
        OFFICER,
        (note("核查安排"),),
        kinds=REPORT,
        basis=f"核查是举报的办理程序（{RULES}第十八条）；投诉先决定是否受理。",
    ),
    Move(
        "propose",
        "提出立案意见",
        ("verifying",),
        "proposed",
        OFFICER,
        (
            Field("outcome", "意见", required=True, kind=CHOICE, options=OUTCOMES),
            Field("ground", "理由", kind=CHOICE, options={**grounds.of("file"), **grounds.of("not_file")}, free=True),
            note("核查情况和依据"),
        ),
        kinds=REPORT,
        effect=_propose,
        basis=DECISION,
    ),
    Move(
        "file_case",
        "立案",
        ("proposed",),
        "case",
        LEADER,
        (note("审批意见"),),
        kinds=REPORT,
        tells=STAGE,
        notice="您举报的事项已立案调查。",
        closes=("report.verify",),
        starts=("report.case",),
        basis=DECISION,
    ),
    Move(
        "decline_case",
        "不予立案",
        ("proposed",),
        "not_filed",
        LEADER,
        (
            Field("ground", "理由", kind=CHOICE, options=grounds.of("not_file"), hint="不选就是承办人提出的理由。"),
            note("说明（告知提交人）"),
        ),
        kinds=REPORT,
        tells=STAGE,
        notice="您举报的事项经核查，决定不予立案。",
        closes=("*",),
        public=True,
        danger=True,
        effect=_decline,
        basis=DECISION,
    ),
    Move(
        "send_back",
        "退回补充核查",
        ("proposed",),
        "verifying",
        LEADER,
        (note("需要补充核查什么", required=True),),
        kinds=REPORT,
        basis=DECISION,
    ),
    Move(
        "conclude",
        "办结",
        ("case",),
        "concluded",
        OFFICER,
        (note("办理结果（告知提交人）", required=True),),
        kinds=REPORT,
        tells=STAGE,
        notice="您举报的事项已办结。",
        closes=("*",),
        public=True,
        basis=f"举报立案以后才有办结（{RULES}第六十四条、第七十七条）；没有立案的，由负责人决定不予立案；投诉以调解成功或者终止调解结束。",
    ),
)
