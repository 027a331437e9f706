"""Pictures, voice and video: for the desk alone, and sealed off in the browser."""

from storage import audit
from storage.people.staff import Role
from storage.submissions import evidence
from tests.bot.console.conftest import at

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 3000


def test_evidence_is_opened_sealed_off_and_only_for_the_desk(phone, report, clerk, signed_in, service):
    phone.picture("m1"), phone.picture("m2"), phone.picture("m3")
    sha256 = service.files.put(JPEG)
    with service.db.read() as tx:
        shown, page, gone = evidence.of(tx, report.id)
    service.db.write(lambda tx: evidence.stored(tx, shown.id, sha256=sha256, size=len(JPEG), mime="image/jpeg"))
    service.db.write(lambda tx: evidence.stored(tx, page.id, sha256=sha256, size=len(JPEG), mime="text/html"))
    service.db.write(lambda tx: evidence.lost(tx, gone.id, "素材已过期"))
    answer = clerk.get(f"/evidence/{shown.id}")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/jpeg", JPEG)
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("inline")
    saved = clerk.get(f"/evidence/{page.id}")
    assert saved.mimetype == "application/octet-stream"
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert clerk.get(f"/evidence/{gone.id}").status_code == 404
    assert signed_in("bian", Role.EDITOR).get(f"/evidence/{shown.id}").status_code == 403
    assert "素材已过期" in clerk.read(at(report))


def test_opening_evidence_is_recorded_with_who_and_which(phone, report, clerk, service):
    phone.send(MsgType="voice", MediaId="v1", Format="amr")
    sha256 = service.files.put(b"#!AMR\n")
    with service.db.read() as tx:
        (voice,) = evidence.of(tx, report.id)
    assert clerk.get(f"/evidence/{voice.id}").status_code == 404
    service.db.write(lambda tx: evidence.stored(tx, voice.id, sha256=sha256, size=6, mime="audio/amr"))
    clerk.get(f"/evidence/{voice.id}")
    with service.db.read() as tx:
        rows = [row for row in audit.rows(tx) if row.action == "evidence_open"]
    assert [(row.actor, row.subject, row.detail) for row in rows] == [("li", report.number, f"voice {voice.id}")]


def test_a_part_of_a_video_can_be_asked_for(phone, report, clerk, service):
    phone.send(MsgType="video", MediaId="v1")
    sha256 = service.files.put(JPEG)
    with service.db.read() as tx:
        (video,) = evidence.of(tx, report.id)
    service.db.write(lambda tx: evidence.stored(tx, video.id, sha256=sha256, size=len(JPEG), mime="video/mp4"))
    answer = clerk.client.get(f"/console/evidence/{video.id}", headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.data) == (206, JPEG[:4])
    assert f'<video controls preload="metadata" src="/console/evidence/{video.id}">' in clerk.read(at(report))


def test_a_file_that_is_not_there_is_told_and_not_a_crash(phone, report, clerk, service):
    phone.picture("m1")
    with service.db.read() as tx:
        (file,) = evidence.of(tx, report.id)
    service.db.write(lambda tx: evidence.stored(tx, file.id, sha256="0" * 64, size=1, mime="image/jpeg"))
    answer = clerk.get(f"/evidence/{file.id}")
    assert answer.status_code == 503
    assert "系统管理员" in answer.text
