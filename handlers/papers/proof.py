"""The proof folder of a case (证据卷): what came, what was decided and told, how each day was counted, and the record.

Whoever handed it in is in none of its files. Pictures are copies without what the camera noted; recordings of an
informant stay outside, since a voice names a person.
"""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from content.errors import ContentError
from content.exposure import cover
from content.papers import texts
from handlers import tasks
from handlers.notices import telling
from handlers.office import ACTORS, Office
from handlers.papers import counting, document, facts
from handlers.papers.secrecy import hidden
from handlers.submissions import procedure
from storage import audit, paper, timeline
from storage.audit import AuditRow, Link
from storage.engine.database import Tx
from storage.engine.files import Files
from storage.engine.times import moment
from storage.errors import StorageError
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.people.staff import Role, Staff
from storage.submissions import deadline, evidence, task
from storage.submissions.evidence import Evidence
from storage.submissions.submission import Kind, Submission

KINDS = {"image": "照片", "voice": "语音", "video": "视频"}
STATES = {
    "waiting": "等待发送",
    "sending": "正在发送",
    "sent": "已送达",
    "held": "暂不能送达",
    "failed": "未送达",
}
CLEANED = ("image/jpeg", "image/png")
"""What can be copied without what the camera noted."""
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/amr": "amr"} | {
    "video/mp4": "mp4"
}
DECISIONS = {
    move.label
    for move in procedure.MOVES
    if move.kinds or move.roles == {Role.LEADER} or move.name in ("refer", "suspend", "resume", "reopen")
}
"""What is an approval or a decision in the timeline."""
SUMS = "SHA256SUMS.txt"
DOCUMENTS = {
    "proof_received": ("01 收到的内容.docx", "收到时的内容和附件清单"),
    "proof_notices": ("02 通知.docx", "发给提交人的每一份通知的全文、方式、时间和送达情况"),
    "proof_steps": ("03 审批和办理经过.docx", "每一步由谁、在什么时间作出"),
    "proof_periods": ("04 期限的计算.docx", "每个期限逐日的计算"),
}


@dataclass(frozen=True)
class Folder:
    """All that is known of a case at one moment, as it goes into its folder."""

    found: Submission
    by: str
    documents: dict[str, str]
    index: dict[str, Any]
    rows: list[AuditRow]
    head: Link
    papers: list[tuple[str, str]]
    evidence: list[Evidence]


def collect(tx: Tx, office: Office, found: Submission, staff: Staff) -> Folder:
    """What the folder says. Taking it is itself recorded, and the head of the chain is the one behind that row."""
    head = audit.write(tx, actor=staff.name, action="export", subject=found.number, detail="证据卷")
    case = facts.case(office, found)
    spoken = {
        "proof_received": {"evidence": _listed(tx, office, found)},
        "proof_notices": {"notices": _notices(tx, office, found), "tasks": _tasks(tx, office, found)},
        "proof_steps": _steps(tx, office, found),
        "proof_periods": {"periods": _periods(tx, office, found)},
    }
    made = {"by": staff.name, "at": office.local(tx.now)}
    return Folder(
        found=found,
        by=staff.name,
        documents={name: hidden(tx, found, texts.write(name, case=case, **said)) for name, said in spoken.items()},
        index={
            "case": case | {"merchant": hidden(tx, found, found.merchant)},
            "office": {"name": office.name, "region": office.region},
            "made": made,
            "head": {"seq": head.seq, "hash": head.hash},
        },
        rows=[_without(tx, found, row) for row in audit.of(tx, found.number)],
        head=head,
        papers=[(f"文书/{n:02} {one.title}.docx", one.text) for n, one in enumerate(paper.of(tx, found.id), 1)],
        evidence=evidence.of(tx, found.id),
    )


def files(folder: Folder, store: Files) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, one at a time; the table of contents and the sums come last."""
    listed: list[dict[str, str]] = []
    sums: list[str] = []
    for name, what, content in _contents(folder, store):
        listed.append({"name": name, "what": what})
        if content:
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
            yield name, content
    index = document.docx(texts.write("proof_index", files=listed, **folder.index), author=folder.by)
    name = "00 目录.docx"
    yield name, index
    yield SUMS, "\n".join([f"{hashlib.sha256(index).hexdigest()}  {name}", *sums, ""]).encode()


def _contents(folder: Folder, store: Files) -> Iterator[tuple[str, str, bytes]]:
    """Name, description and content; no content where a file stays outside."""
    for code, (name, what) in DOCUMENTS.items():
        yield name, what, document.docx(folder.documents[code], author=folder.by)
    yield "05 留痕.csv", f"这一件的全部留痕，链头第{folder.head.seq}条", _chain(folder)
    for name, text in folder.papers:
        yield name, "制作的文书（投诉人处空出）", document.docx(text, author=folder.by)
    for n, one in enumerate(folder.evidence, 1):
        content, why = _copy(folder.found, one, store)
        ending = ENDINGS.get(one.mime, "bin")
        yield f"附件/{n:02} {KINDS.get(one.kind, one.kind)}.{ending}", why, content


def _copy(found: Submission, one: Evidence, store: Files) -> tuple[bytes, str]:
    """A copy that names nobody, and what is told of it; empty where there can be none."""
    if one.state != "stored":
        return b"", "没有放入：没有取到"
    try:
        if one.mime in CLEANED:
            return cover.check(store.get(one.sha256)).content, f"副本，不含拍摄信息；原件 {one.sha256}"
        if found.kind is Kind.COMPLAINT and one.mime in ENDINGS:
            return store.get(one.sha256), f"原样；SHA-256 {one.sha256}"
    except (ContentError, StorageError) as error:
        return b"", f"没有放入：{error}；原件 {one.sha256}"
    return b"", f"没有放入：录音、视频和其他格式可能认出提交人，请在系统里查看；原件 {one.sha256}"


def _without(tx: Tx, found: Submission, row: AuditRow) -> AuditRow:
    return AuditRow(**vars(row) | {"detail": hidden(tx, found, row.detail)})


def _chain(folder: Folder) -> bytes:
    """The rows as a table; spreadsheets need the mark at the beginning to read Chinese."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(("seq", "at", "actor", "action", "subject", "detail", "previous", "hash"))
    writer.writerows(vars(row).values() for row in folder.rows)
    return buffer.getvalue().encode("utf-8-sig")


def _listed(tx: Tx, office: Office, found: Submission) -> list[dict[str, Any]]:
    return [
        {
            "name": KINDS.get(one.kind, one.kind),
            "at": office.local(one.arrived_at),
            "bytes": one.bytes,
            "sha256": one.sha256 or "没有取到",
        }
        for one in evidence.of(tx, found.id)
    ]


def _notices(tx: Tx, office: Office, found: Submission) -> list[dict[str, str]]:
    said = outbox.texts(tx, Topic.SUBMISSION, found.id)
    return [
        {
            "state": STATES[row["state"]],
            "made": office.local(moment(row["created_at"])),
            "by_day": row["by_day"] or "",
            "told": office.local(moment(row["sent_at"])) if row["sent_at"] else "",
            "way": telling.LABELS.get(row["way"], ""),
            "trace": row["error"] or "",
            "text": said[row["id"]],
        }
        for row in outbox.about(tx, Topic.SUBMISSION, found.id)
        if row["id"] in said
    ]


def _tasks(tx: Tx, office: Office, found: Submission) -> list[dict[str, str]]:
    told = [one for one in task.of(tx, found.id) if one.kind in (tasks.TELL, tasks.INFORM)]
    return [
        {
            "title": one.title,
            "body": f"{one.body}\n{one.note}".strip(),
            "done": f"{tasks.HOWS.get(one.how, '自行送达')}，{one.done_by}，{office.local(one.happened_at)}"
            if one.happened_at
            else "还没有办",
        }
        for one in told
    ]


def _steps(tx: Tx, office: Office, found: Submission) -> dict[str, list[dict[str, str]]]:
    entries = [
        {
            "at": office.local(one.at),
            "title": one.title,
            "by": ACTORS.get(one.actor, one.actor),
            "body": one.body,
        }
        for one in timeline.of(tx, found.id)
    ]
    return {"entries": entries, "decisions": [one for one in entries if one["title"] in DECISIONS]}


def _periods(tx: Tx, office: Office, found: Submission) -> list[dict[str, Any]]:
    today = office.today(tx.now)
    return [facts.period(office, one, today) | {"days": counting.days(one)} for one in deadline.of(tx, found.id)]
