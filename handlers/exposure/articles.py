"""Exposure (曝光): from a typical case to a released article.

An editor writes and submits, somebody else approves, a publisher schedules. The courier carries a due
article to the platform (bot/worker/courier.py); what it learns comes back through the functions at the end.
"""

from collections.abc import Mapping

from content.submissions import categories
from handlers import fields, moves
from handlers.errors import Refused
from handlers.fields import CHOICE, LONG, MOMENT, Field, Typed
from handlers.moves import Act, FourEyes, Move, Outcome, Procedure
from handlers.notices import colleagues
from handlers.office import Office
from storage import audit, timeline
from storage.engine.database import Tx
from storage.exposure import article
from storage.exposure import release as releases
from storage.exposure.article import Article
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.people.staff import Role, Staff

TITLE_LIMIT = 32
SUMMARY_LIMIT = 120
BODY_LIMIT = 20_000
"""Characters. draft/add: title at most 32, digest at most 128 (kept to 120), content under 20,000."""
CHANNELS = {"mass": "群发给全部关注者", "publish": "发布（不推送）", "draft": "只存入草稿箱"}
STATES = {
    "draft": "草稿",
    "in_review": "待审核",
    "approved": "已审核",
    "scheduled": "已排期",
    "releasing": "发布中",
    "released": "已曝光",
    "withdrawn": "已撤回",
    "failed": "发布失败",
}
CHECKS = {
    "decision_served": "处罚决定已经作出并送达当事人",
    "privacy_reviewed": "已作保密和个人信息审查，自然人已隐名",
    "no_informant_trace": "正文和图片不含可识别举报人的信息",
    "not_risk_warning": "不属于食品安全风险警示信息（食品安全法第118条由上级统一公布）",
}
"""What a person confirms on approval of an article that names a party."""

_EDITOR = frozenset({Role.EDITOR})
_REVIEWER = frozenset({Role.REVIEWER, Role.LEADER})
_PUBLISHER = frozenset({Role.PUBLISHER})
WRITERS = _EDITOR
WRITE, EDIT = "write", "edit"
"""What the audit calls the work of those who may not approve."""
READERS = _EDITOR | _REVIEWER | _PUBLISHER


def subject(found: Article) -> str:
    """What the audit calls an article."""
    return f"article:{found.id}"


def _writers(tx: Tx, found: Article) -> set[str]:
    return {found.author} | audit.actors(tx, subject(found), (WRITE, EDIT))


def checks_of(found: Article) -> dict[str, str]:
    """The checks somebody must confirm on approval: none for a notice that names nobody."""
    return CHECKS if found.party else {}


def _follow(act: Act[Article], after: Article, _outcome: Outcome) -> None:
    """Whoever reviews is told; a release that was taken back ends."""
    if act.move.name == "submit":
        names, link = colleagues.with_role(act.tx, _REVIEWER), f"{act.office.base_url}/console/articles/{after.id}"
        colleagues.tell(act.tx, names, "有稿件待审核", link, cause=f"{after.id} v{after.version}", by=act.staff)
    _take_back(act)


def _take_back(act: Act[Article]) -> None:
    """Rescheduled or withdrawn before the platform was asked: the release under way ends."""
    under_way = releases.current(act.tx, act.row.id) if act.row.state == "scheduled" else None
    if under_way and under_way.closed_at is None:
        releases.update(act.tx, under_way.id, closed_at=act.tx.now)
        outbox.drop(act.tx, Topic.RELEASE, under_way.id)


MOVES: tuple[Move[Article], ...] = (
    Move("submit", "提交审核", ("draft",), "in_review", _EDITOR),
    Move(
        "approve",
        "审核通过",
        ("in_review",),
        "approved",
        _REVIEWER,
        (
            Field(
                "confirm",
                "请逐项核对后勾选",
                required=True,
                kind=fields.CHECKS,
                options=lambda _office, found: checks_of(found),
                recorded=False,
            ),
            Field("note", "审核意见", kind=LONG),
        ),
        signs="approver",
        four_eyes=FourEyes(_writers, "own_article", "不能审核自己写过或改过的稿件，请由另一人审核。"),
    ),
    Move(
        "reject",
        "退回修改",
        ("in_review", "approved"),
        "draft",
        _REVIEWER,
        (Field("note", "退回理由", required=True, kind=LONG),),
        danger=True,
    ),
    Move(
        "schedule",
        "排期发布",
        ("approved", "scheduled", "failed"),
        "scheduled",
        _PUBLISHER,
        (
            Field(
                "at",
                "发布时间",
                required=True,
                kind=MOMENT,
                column="scheduled_at",
                hint="当地时间；过去的时间表示立即发布。",
            ),
            Field("channel", "方式", required=True, kind=CHOICE, column="channel", options=CHANNELS),
        ),
    ),
    Move(
        "withdraw",
        "撤回",
        ("draft", "in_review", "approved", "scheduled", "failed", "released"),
        "withdrawn",
        _EDITOR | _PUBLISHER | _REVIEWER,
        (Field("note", "撤回理由", kind=LONG),),
        danger=True,
    ),
)
PROCEDURE = Procedure[Article](
    moves=MOVES,
    states=STATES,
    change=article.change,
    number=subject,
    about=lambda found: found.id,
    marks=lambda _act: {"reason": ""},
    follow=_follow,
)


def may_read(staff: Staff) -> bool:
    return bool(READERS & staff.roles)


def _valid(values: Mapping[str, str]) -> dict[str, str]:
    texts = {name: values.get(name, "").strip() for name in ("title", "summary", "body", "category", "party")}
    limits = (
        ("title", "标题", TITLE_LIMIT),
        ("summary", "摘要", SUMMARY_LIMIT),
        ("body", "正文", BODY_LIMIT),
    )
    for name, label, limit in limits:
        if not texts[name] and name != "summary":
            raise Refused("missing_field", f"请填写{label}。", field=name)
        if len(texts[name]) > limit:
            raise Refused("too_long", f"{label}最多{limit}字，现有{len(texts[name])}字。", field=name)
    if texts["category"] not in categories.CATEGORIES:
        raise Refused("invalid_field", f"没有“{texts['category']}”这个类别。", field="category")
    return texts


def write(tx: Tx, values: Mapping[str, str], *, cover: str, staff: Staff) -> Article:
    """A new draft; `cover` is the SHA-256 of a stored picture. Raises Refused for what cannot be accepted."""
    if not WRITERS & staff.roles:
        raise Refused("forbidden", "只有编辑可以写稿。")
    made = article.add(tx, **_valid(values), cover=cover, author=staff.name)
    _record(tx, made, staff, WRITE, "写稿")
    return made


def edit(tx: Tx, id: str, values: Mapping[str, str], *, cover: str | None, staff: Staff, version: int) -> Article:
    """Change a draft; `cover` None keeps the one it has."""
    found = read(tx, id, staff)
    moves.check_fresh(tx, PROCEDURE, found, version)
    if not WRITERS & staff.roles or found.state != "draft":
        raise Refused("wrong_stage", "只有草稿可以修改，由编辑修改；已送审的请先退回。")
    changes = _valid(values) | ({} if cover is None else {"cover": cover})
    after = moves.change(tx, PROCEDURE, found, changes)
    _record(tx, after, staff, EDIT, "修改")
    return after


def read(tx: Tx, id: str, staff: Staff) -> Article:
    found = article.find(tx, id)
    if found is None or not may_read(staff):
        raise Refused("not_found", f"没有编号为 {id} 的稿件。")
    return found


def move(tx: Tx, office: Office, id: str, name: str, *, staff: Staff, version: int | None, values: Typed) -> Article:
    """Take a move; a schedule in the past means now. Raises Refused."""
    found = read(tx, id, staff)
    return moves.take(tx, office, PROCEDURE, found, name, staff=staff, version=version, values=values)


def _record(tx: Tx, after: Article, staff: Staff, action: str, title: str) -> None:
    timeline.add(tx, after.id, "move", actor=staff.name, title=title)
    audit.write(tx, actor=staff.name, action=action, subject=subject(after), detail=f"v{after.version}")
