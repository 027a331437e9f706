"""What staff enter for somebody who calls, comes or writes (代提交人办理): a citizen's verbs, and the way."""

from handlers.errors import Refused
from handlers.fields import CHOICE, LONG, Field
from handlers.moves import Act, Move, Outcome
from handlers.notices import alarms
from handlers.submissions.asked import BOTH, note
from handlers.submissions.stages import DECIDED_STAGES, STAGES
from handlers.understanding import danger, normal
from handlers.understanding.danger import Level
from storage.submissions import submission
from storage.submissions.submission import Submission

WAYS = {"phone": "电话", "in_person": "当面", "post": "邮寄"}
WAY = Field("way", "提交人怎样告诉我们", required=True, kind=CHOICE, options=WAYS)
DANGER = 2
ONCE = "提交人对这个结果已经表示过意见（{said}），不能再次{again}。"


def _undecided(act: Act[Submission]) -> Outcome:
    """An outcome is spoken of once, as in chat."""
    said = "认可" if act.row.confirmed_at else "异议" if act.row.disputed_at else ""
    if said:
        raise Refused("already_said", ONCE.format(said=said, again=act.move.label.removeprefix("代提交人")))
    return Outcome()


def _heed(act: Act[Submission]) -> Outcome:
    """Words that came later may tell of danger now: the officer on duty is called as through every door."""
    found = danger.assess(normal.read(act.given["note"]).text)
    if found.level is Level.CERTAIN:
        submission.raise_urgency(act.tx, act.row.id, DANGER, (*act.row.reasons, *found.reasons))
        alarms.raise_alarm(act.tx, act.office, act.row, "；".join(found.reasons))
    return Outcome()


MOVES: tuple[Move[Submission], ...] = (
    Move(
        "confirm_for",
        "代提交人确认",
        DECIDED_STAGES,
        "",
        BOTH,
        (WAY, note("提交人的话")),
        entry="said",
        public=True,
        stamps="confirmed_at",
        effect=_undecided,
    ),
    Move(
        "dispute_for",
        "代提交人提出异议",
        DECIDED_STAGES,
        "disputed",
        BOTH,
        (WAY, note("异议的理由", required=True)),
        entry="said",
        public=True,
        starts=("dispute",),
        stamps="disputed_at",
        effect=_undecided,
    ),
    Move(
        "add_for",
        "代提交人补充",
        tuple(STAGES),
        "",
        BOTH,
        (WAY, Field("note", "补充的内容", required=True, kind=LONG)),
        entry="said",
        public=True,
        effect=_heed,
    ),
)
