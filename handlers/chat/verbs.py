"""The citizen's verbs: what whoever handed a submission in may do with it, by which word, and what follows.

The list of words that work (`offered`) and the verbs themselves come from one table, so that what the
account offers and what it does never disagree. Who may see a submission at all is asked before.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers import periods, tasks
from handlers.chat import readers
from handlers.chat.context import Context
from handlers.chat.dialogue import Answers, Said, Step
from handlers.masking import mask
from handlers.submissions.stages import DECIDED_STAGES, SAID, STAGES, WORKING_STAGES
from handlers.understanding import urgency
from storage import audit, timeline
from storage.submissions import evidence, submission
from storage.submissions import identity as identities
from storage.submissions.submission import Kind, Submission

SECOND_THOUGHTS = timedelta(days=1)
"""How long a rating may be changed."""
KEPT_PICTURES = timedelta(days=1)
"""How far back pictures without words are taken along by 补充."""
_WORDS = readers.words("words")
_SCORES = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5"}
_SCORE = re.compile(r"([1-5一二两三四五])(?:\s*(?:分|颗?星)|(?=[\s,:;。!]|$))[\s,:;。!]*")


def _score(said: Said) -> Answers | None:
    """1 to 5 at the beginning, in any dress; words may follow."""
    plain = unicodedata.normalize("NFKC", said.text)
    found = _SCORE.match(plain)
    if found is None:
        return None
    return {"score": _SCORES.get(found[1], found[1]), "words": plain[found.end() :]}


def _nothing(_call: Context, _case: Submission, _answers: Answers) -> None:
    """Nothing else follows."""


def _join_pictures(context: Context, case: Submission, _answers: Answers) -> None:
    if context.standing.loose:
        evidence.join(context.tx, context.sender, case.id, context.now - KEPT_PICTURES)


def _rate(context: Context, case: Submission, answers: Answers) -> None:
    first = {} if case.rated_at else {"rated_at": context.tx.stamp}
    submission.mark(context.tx, case.id, rating=int(answers["score"]), **first)


def _give_name(context: Context, case: Submission, answers: Answers) -> None:
    identities.give(context.tx, case.id, name=answers["name"], phone=answers["phone"])


def _end_mediation(context: Context, case: Submission, _answers: Answers) -> None:
    """The other side was told that there is a mediation: it is told that there is none any more."""
    if case.stage == "accepted":
        tasks.ask_to_inform(context.tx, case, context.office.today(context.now))


@dataclass(frozen=True)
class Verb:
    """A word and its `aliases`, the stages and kinds in which it works, what it asks for and what it does.

    With `opens` the text after the word answers the first question; with `loose` it may follow without a
    space, with `bare` none may. `tails` are harmless endings (撤回投诉). `offer` marks one that is only the
    choice from a list. `stamps` is the column that takes the time, `tells` marks the submission as unread.
    """

    word: str
    name: str
    reply: str
    sources: tuple[str, ...] = tuple(STAGES)
    kinds: frozenset[Kind] = frozenset(Kind)
    when: Callable[[Submission, datetime], bool] = field(default=lambda _case, _now: True, compare=False)
    steps: tuple[Step, ...] = ()
    opens: bool = False
    loose: bool = False
    bare: bool = False
    tails: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    offer: bool = False
    joins: bool = False
    target: str = ""
    cancels: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    stamps: str = ""
    tells: bool = False
    settles: bool = False
    """It answers what staff asked, or leaves nothing to answer."""
    also: Callable[[Context, Submission, Answers], None] = field(default=_nothing, compare=False)


ADD = Verb(
    "补充",
    "add_words",
    "after_add",
    steps=(Step("words", "内容", "ask_words", _WORDS, skippable=False),),
    opens=True,
    loose=True,
    tails=("一下", "材料", "证据", "照片", "图片", "视频"),
    joins=True,
    tells=True,
    also=_join_pictures,
)
REPLY = Verb(
    "回复",
    "answer_question",
    "after_reply",
    when=lambda case, _now: case.asked_at is not None,
    steps=(Step("words", "回答", "ask_answer", _WORDS, skippable=False),),
    opens=True,
    joins=True,
    tells=True,
    settles=True,
    also=_join_pictures,
)
VERBS: tuple[Verb, ...] = (
    REPLY,
    ADD,
    Verb(
        "满意",
        "confirm",
        "after_confirm",
        DECIDED_STAGES,
        when=lambda case, _now: case.confirmed_at is None,
        tails=("了", "的"),
        aliases=("确认",),
        stamps="confirmed_at",
    ),
    Verb(
        "异议",
        "dispute",
        "after_dispute",
        DECIDED_STAGES,
        when=lambda case, _now: case.disputed_at is None and case.confirmed_at is None,
        steps=(Step("words", "理由", "ask_reason", _WORDS, skippable=False),),
        opens=True,
        loose=True,
        aliases=("不满意",),
        joins=True,
        target="disputed",
        starts=("dispute",),
        stamps="disputed_at",
        tells=True,
        also=_join_pictures,
    ),
    Verb(
        "评价",
        "rate",
        "after_rate",
        (*DECIDED_STAGES, "upheld", "withdrawn"),
        when=lambda case, now: case.rated_at is None or now - case.rated_at < SECOND_THOUGHTS,
        steps=(Step("score", "分数", "ask_score", _score, skippable=False),),
        opens=True,
        loose=True,
        tails=("一下",),
        aliases=("打分",),
        also=_rate,
    ),
    Verb(
        "撤回",
        "retract",
        "after_retract",
        WORKING_STAGES,
        # A report stays: its facts are to be checked. Order 121, Art. 23(1) ends the mediation of a complaint.
        kinds=frozenset({Kind.COMPLAINT}),
        steps=(Step("yes", "是或否", "ask_retract", readers.yes_or_no, skippable=False),),
        loose=True,
        tails=("投诉", "举报", "吧", "了"),
        target="withdrawn",
        cancels=("*",),
        tells=True,
        settles=True,
        also=_end_mediation,
    ),
    Verb(
        "实名",
        "give_name",
        "after_name",
        tuple(name for name in STAGES if name != "withdrawn"),
        when=lambda case, _now: not case.named,
        steps=(
            Step("name", "姓名", "ask_later_name", readers.person, skippable=False),
            Step("phone", "电话", "ask_later_phone", readers.telephone, skippable=False),
        ),
        bare=True,
        also=_give_name,
    ),
)
SHOW = Verb("进度", "show", "", offer=True)
ATTACH = Verb("补充", "attach", "after_add", offer=True, joins=True, tells=True, also=_join_pictures)
"""Pictures that came without words go to the case chosen."""
BY_WORD = {word: verb for verb in VERBS for word in (verb.word, *verb.aliases)}
BY_NAME = {verb.name: verb for verb in (*VERBS, SHOW, ATTACH)}


def fits(verb: Verb, case: Submission, now: datetime) -> bool:
    """Whether the verb works on this submission now."""
    return case.stage in verb.sources and case.kind in verb.kinds and verb.when(case, now)


def available(case: Submission, now: datetime) -> list[Verb]:
    """What its citizen can do with it now, in the order of the table."""
    return [verb for verb in VERBS if fits(verb, case, now)]


def take(context: Context, verb: Verb, case: Submission, answers: Answers) -> None:
    """Do it: stage, marks, deadlines, timeline and audit. Words are masked; names and words stay out of the audit."""
    tx, masked = context.tx, mask(answers.get("words", ""))
    identities.mention(tx, case.id, masked.numbers)
    marks: dict[str, str | int | None] = {"unread": 1} if verb.tells else {}
    marks |= {verb.stamps: tx.stamp} if verb.stamps else {}
    marks |= {"asked_at": None} if verb.settles else {}
    today = context.office.today(tx.now)
    if verb.target:
        submission.change(tx, case, stage=verb.target, stage_on=today.isoformat(), **marks)
    elif marks:
        submission.mark(tx, case.id, **marks)
    periods.cancel(tx, case.id, verb.cancels)
    for code in verb.starts:
        periods.start(tx, case.id, code, today)
    _heed(context, case, masked.text)
    verb.also(context, case, answers)
    score = f"{answers['score']}分" if "score" in answers else ""
    body = "\n".join(filter(None, (score, masked.text)))
    timeline.add(tx, case.id, "said", actor="citizen", title=SAID[verb.name], body=body, public=True)
    detail = f"{case.stage}→{verb.target}" if verb.target else ""
    audit.write(tx, actor="citizen", action=verb.name, subject=case.number, detail=detail)


def _heed(context: Context, case: Submission, words: str) -> None:
    """Words that came later may tell of a danger that the first ones did not."""
    heard = urgency.assess(words)
    if heard.level > case.urgency:
        submission.raise_urgency(context.tx, case.id, heard.level, (*case.reasons, *heard.reasons))
