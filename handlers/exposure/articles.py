"""Exposure (曝光): from a typical case to a released article.

An editor writes and submits, somebody else approves, a publisher schedules. The courier carries a due
article to the platform (bot/worker/courier.py); what it learns comes back through the functions at the end.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from content.submissions import categories
from handlers import moves
from handlers.errors import Refused
from handlers.moves import Field, Move
from storage import audit, timeline
from storage.engine.database import Tx
from storage.errors import Conflict
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
WRITING = ("写稿", "修改")
"""What the timeline calls the work of those who may not approve."""
READERS = _EDITOR | _REVIEWER | _PUBLISHER

MOVES: tuple[Move, ...] = (
    Move("submit", "提交审核", ("draft",), "in_review", _EDITOR),
    Move("approve", "审核通过", ("in_review",), "approved", _REVIEWER, (Field("note", "审核意见", long=True),)),
    Move(
        "reject",
        "退回修改",
        ("in_review", "approved"),
        "draft",
        _REVIEWER,
        (Field("note", "退回理由", required=True, long=True),),
        danger=True,
    ),
    Move(
        "schedule",
        "排期发布",
        ("approved", "scheduled", "failed"),
        "scheduled",
        _PUBLISHER,
        (Field("at", "发布时间", required=True), Field("channel", "方式", required=True)),
    ),
    Move(
        "withdraw",
        "撤回",
        ("draft", "in_review", "approved", "scheduled", "failed", "released"),
        "withdrawn",
        _EDITOR | _PUBLISHER | _REVIEWER,
        (Field("note", "撤回理由", long=True),),
        danger=True,
    ),
)


def may_read(staff: Staff) -> bool:
    return bool(READERS & staff.roles)


def _valid(values: Mapping[str, str]) -> dict[str, str]:
    fields = {name: values.get(name, "").strip() for name in ("title", "summary", "body", "category", "party")}
    limits = (
        ("title", "标题", TITLE_LIMIT),
        ("summary", "摘要", SUMMARY_LIMIT),
        ("body", "正文", BODY_LIMIT),
    )
    for name, label, limit in limits:
        if not fields[name] and name != "summary":
            raise Refused("missing_field", f"请填写{label}。", field=name)
        if len(fields[name]) > limit:
            raise Refused("too_long", f"{label}最多{limit}字，现有{len(fields[name])}字。", field=name)
    if fields["category"] not in categories.CATEGORIES:
        raise Refused("invalid_field", f"没有“{fields['category']}”这个类别。", field="category")
    return fields


def write(tx: Tx, values: Mapping[str, str], *, cover: str, staff: Staff) -> Article:
    """A new draft; `cover` is the SHA-256 of a stored picture. Raises Refused for what cannot be accepted."""
    if not WRITERS & staff.roles:
        raise Refused("forbidden", "只有编辑可以写稿。")
    made = article.add(tx, **_valid(values), cover=cover, author=staff.name)
    _record(tx, made, staff, "write", WRITING[0])
    return made


def edit(tx: Tx, id: str, values: Mapping[str, str], *, cover: str | None, staff: Staff, version: int) -> Article:
    """Change a draft; `cover` None keeps the one it has."""
    found = _fresh(tx, id, staff, version)
    if not WRITERS & staff.roles or found.state != "draft":
        raise Refused("wrong_stage", "只有草稿可以修改，由编辑修改；已送审的请先退回。")
    changes = _valid(values) | ({} if cover is None else {"cover": cover})
    after = _change(tx, found, changes)
    _record(tx, after, staff, "edit", WRITING[1])
    return after


def read(tx: Tx, id: str, staff: Staff) -> Article:
    found = article.find(tx, id)
    if found is None or not may_read(staff):
        raise Refused("not_found", f"没有编号为 {id} 的稿件。")
    return found


def _fresh(tx: Tx, id: str, staff: Staff, version: int | None) -> Article:
    found = read(tx, id, staff)
    if version is not None and found.version != version:
        raise Refused("stale", f"稿件刚被他人更新，现为“{STATES[found.state]}”。请查看最新内容后再操作。")
    return found


def _change(tx: Tx, found: Article, values: Mapping[str, object]) -> Article:
    try:
        return article.change(tx, found, **values)
    except Conflict:
        raise Refused("stale", "稿件刚被他人更新。请查看最新内容后再操作。") from None


def moves_for(found: Article, staff: Staff) -> list[Move]:
    """What this person may do with it now; nobody approves what they wrote."""
    allowed = moves.allowed(MOVES, found.state, staff.roles)
    return [move for move in allowed if move.name != "approve" or found.author != staff.name]


def checks_of(found: Article) -> dict[str, str]:
    """The checks somebody must confirm on approval: none for a notice that names nobody."""
    return CHECKS if found.party else {}


def move(
    tx: Tx,
    id: str,
    name: str,
    *,
    staff: Staff,
    version: int | None,
    values: Mapping[str, str],
    confirm: Sequence[str] = (),
    at: datetime | None = None,
) -> Article:
    """Take a move. `at` is the aware time of a schedule; a past one means now."""
    found = _fresh(tx, id, staff, version)
    chosen = moves.check(
        MOVES,
        name,
        stage=found.state,
        stage_label=STATES[found.state],
        roles=staff.roles,
        values=dict(values),
    )
    changes: dict[str, object] = {"state": chosen.target, "reason": ""}
    if name == "approve":
        _may_approve(tx, found, staff, confirm)
        changes["approver"] = staff.name
    if name == "schedule":
        changes |= _schedule(values["channel"], at)
    after = _change(tx, found, changes)
    if found.state == "scheduled":
        _take_back(tx, found)
    note = values.get("note", "").strip()
    if name == "schedule" and at is not None:
        note = f"{CHANNELS[after.channel]}，{at:%Y-%m-%d %H:%M}（UTC{at:%z}）"
    _record(tx, after, staff, name, chosen.label, note)
    return after


def _may_approve(tx: Tx, found: Article, staff: Staff, confirm: Sequence[str]) -> None:
    writers = {entry.actor for entry in timeline.of(tx, found.id) if entry.title in WRITING}
    if staff.name in writers | {found.author}:
        raise Refused("own_article", "不能审核自己写过或改过的稿件，请由另一人审核。")
    missing = [code for code in checks_of(found) if code not in confirm]
    if missing:
        text = "；".join(CHECKS[code] for code in missing)
        raise Refused("checks_missing", f"审核通过前须逐项确认：{text}。", missing=missing)


def _schedule(channel: str, at: datetime | None) -> dict[str, object]:
    if channel not in CHANNELS:
        raise Refused("invalid_field", f"没有“{channel}”这种发布方式，可选：{'、'.join(CHANNELS)}。", field="channel")
    if at is None or at.tzinfo is None:
        raise Refused("invalid_field", "发布时间须为带时区的时间，如 2026-11-23T09:00:00+08:00。", field="at")
    return {"channel": channel, "scheduled_at": at}


def _record(tx: Tx, after: Article, staff: Staff, action: str, title: str, body: str = "") -> None:
    timeline.add(tx, after.id, "move", actor=staff.name, title=title, body=body)
    audit.write(tx, actor=staff.name, action=action, subject=f"article:{after.id}", detail=f"v{after.version}")


def _take_back(tx: Tx, found: Article) -> None:
    """Rescheduled or withdrawn before the platform was asked: the release under way ends."""
    under_way = releases.current(tx, found.id)
    if under_way and under_way.closed_at is None:
        releases.update(tx, under_way.id, closed_at=tx.now)
        outbox.drop(tx, Topic.RELEASE, under_way.id)
