"""The way of a complaint: accepted or not, mediated, settled or ended (Order 121, Art. 15-25)."""

from dataclasses import replace

from content.submissions.grounds import GROUNDS
from handlers.errors import Refused
from handlers.moves import Act, Move, Outcome
from handlers.submissions.asked import ALL, BOTH, COMPLAINT, OFFICER, STAGE, ground, note
from handlers.submissions.behalf import WAY
from handlers.submissions.stages import NEW_STAGES
from storage.submissions.submission import Submission

ORDER = "《市场监督管理投诉举报处理办法》"
MEDIATION = f"依据：{ORDER}第二十三条，受理以后才有调解的成功和终止。"


def _in_words(act: Act[Submission]) -> Outcome:
    """The last ground of each article says nothing by itself."""
    chosen = GROUNDS[act.given["ground"]]
    if chosen.other and not act.given.get("note"):
        raise Refused("missing_field", f"选择“{chosen.text}”须在说明里写明是什么情形（{chosen.basis}）。", field="note")
    return Outcome()


MOVES: tuple[Move[Submission], ...] = (
    Move(
        "accept",
        "受理",
        NEW_STAGES,
        "accepted",
        BOTH,
        (note("备注（内部）"),),
        kinds=COMPLAINT,
        tells=STAGE,
        notice="您的投诉已受理，将组织调解。",
        closes=("complaint.accept",),
        starts=("complaint.mediate",),
        tell_by="complaint.accept",
        basis=f"受理是投诉的程序（{ORDER}第十五条）；举报不受理，核查后决定是否立案。",
    ),
    Move(
        "decline",
        "不予受理",
        NEW_STAGES,
        "declined",
        BOTH,
        (ground("decline", "不予受理的理由（第十六条）"), note("说明（告知提交人）")),
        kinds=COMPLAINT,
        tells=STAGE,
        notice="您的投诉经审查，决定不予受理。",
        closes=ALL,
        public=True,
        tell_by="complaint.accept",
        danger=True,
        effect=_in_words,
        basis=f"不予受理只用于投诉、只在受理之前（{ORDER}第十五条、第十六条）；举报核查后由负责人决定不予立案。",
    ),
    Move(
        "settle",
        "调解成功",
        ("accepted",),
        "settled",
        OFFICER,
        (note("调解结果（告知提交人）"),),
        kinds=COMPLAINT,
        tells=STAGE,
        notice="您的投诉经调解，双方已达成一致。",
        closes=ALL,
        public=True,
        basis=MEDIATION,
    ),
    Move(
        "terminate",
        "终止调解",
        ("accepted",),
        "terminated",
        OFFICER,
        (ground("terminate", "终止调解的理由（第二十三条）"), note("说明（告知提交人）")),
        kinds=COMPLAINT,
        tells=STAGE,
        notice="您的投诉已终止调解。",
        closes=ALL,
        public=True,
        tell_by="complaint.end",
        danger=True,
        effect=_in_words,
        basis=MEDIATION,
    ),
    Move(
        "withdraw",
        "撤回",
        (*NEW_STAGES, "accepted"),
        "withdrawn",
        BOTH,
        (replace(WAY, required=False), note("撤回的情况（告知提交人）")),
        kinds=COMPLAINT,
        tells=STAGE,
        notice="按您的要求，投诉已撤回，不再调解。",
        cancels=ALL,
        public=True,
        danger=True,
        basis=f"撤回的是投诉（{ORDER}第二十三条第一款第一项）；举报的线索仍要核查，不因撤回而终止。",
    ),
)
