"""``export``: the same objects as the API, and an identity only to a custodian with a reason."""

import csv
import io
import json
import os
import subprocess
import sys
from functools import partial

import pytest
from openpyxl import load_workbook

from storage import audit
from storage.people.staff import Role
from storage.submissions import evidence
from tests.bot.api.caller import Caller
from tests.bot.conftest import Done, assert_refused
from tests.register_files import as_csv, code, listing, penalty

WHOLE = "举报 店名：=老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉 姓名：张三丰 电话：13812345678"
IDENTITY = ("张三丰", "13812345678")
FILE, BESIDE = (pytest.param(f"var/shian.db{end}", marks=pytest.mark.embedded) for end in ("", "-journal"))


@pytest.fixture
def run(service, command):
    """Run the command line as an operator does."""
    return partial(command, config=service.settings.source)


@pytest.fixture
def script(service, client):
    return Caller(service, client, "李受理", Role.INTAKE, Role.EDITOR)


@pytest.fixture
def report(phone, service, stored):
    """A named report with one picture that has come and one that has not."""
    phone.say(WHOLE)
    (found,) = stored()

    def arrive(tx):
        ids = [evidence.await_media(tx, sender="s", kind="image", media=m, submission=found.id) for m in "ab"]
        evidence.stored(tx, ids[0], sha256="f" * 64, size=1234, mime="image/jpeg")

    service.db.write(arrive)
    return found


def lines(done: Done) -> list[dict]:
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def refusal(done: Done, code: int = 1) -> str:
    assert (done.code, done.out) == (code, ""), done.err
    return done.err


def last_audit(service):
    with service.db.read() as tx:
        return audit.newest(tx)[0]


def test_submissions_are_exported_as_the_api_answers_them(run, script, report, phone, service):
    script.enter(kind="complaint", merchant="老李面馆", received_at="2020-03-02")
    done = run("export", "submissions")
    exported = lines(done)
    overdue = exported[1]["deadlines"][0]
    listed = script.get("/submissions").json["items"][::-1]
    assert overdue.pop("days_late") > listed[1]["deadlines"][0].pop("days_late") > 1600  # the command's day is today's
    assert exported == listed
    detail = script.get(f"/submissions/{report.number}").json
    assert {name: detail[name] for name in exported[0]} == exported[0]
    assert exported[0]["evidence"] == [{"sha256": "f" * 64, "kind": "image", "bytes": 1234}]
    for secret in (*IDENTITY, phone.openid):
        assert secret not in done.out


def test_every_export_is_recorded(run, report, service):
    run("export", "submissions", "--format", "csv")
    row = last_audit(service)
    assert (row.action, row.subject, row.detail) == ("export", "submissions", "csv")


def reveal(run, *arguments):
    return run("export", "submissions", "--reveal", *arguments)


def test_a_custodian_with_a_reason_sees_who_reported_the_named_cases_alone(run, report, phone, service, hire, script):
    hire("周保管", Role.CUSTODIAN)
    other = script.enter(merchant="老李面馆", name="李四")["number"]
    asked = ("--as", "周保管", "--reason", "法院调取")
    (row,) = lines(reveal(run, "--number", report.number, *asked))
    assert (row["number"], row["openid"], row["name"], row["phone"]) == (report.number, phone.openid, *IDENTITY)
    both = lines(reveal(run, "--number", other, "--number", report.number, "--number", other, *asked))
    assert [row["name"] for row in both] == ["李四", IDENTITY[0]]
    with service.db.read() as tx:
        kept = [row for row in audit.rows(tx) if row.action == "reveal"]
    assert [row.subject for row in kept] == [report.number, other, report.number]
    assert {(row.actor, row.detail) for row in kept} == {("周保管", "法院调取")}


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--as", "周保管"),
        ("--as", "周保管", "--reason", "  "),
        ("--as", "王领导", "--reason", "想看看"),
        ("--as", "没有这人", "--reason", "想看看"),
        ("--reason", "想看看"),
    ],
)
def test_anyone_else_is_refused_and_nothing_is_shown(run, report, service, hire, arguments):
    hire("周保管", Role.CUSTODIAN)
    hire("王领导", Role.LEADER, Role.ADMIN)
    before = last_audit(service).seq
    assert len(refusal(reveal(run, "--number", report.number, *arguments)).splitlines()) == 1
    assert last_audit(service).seq == before


def test_without_the_number_of_a_case_nothing_is_revealed(run, report, service, hire):
    hire("周保管", Role.CUSTODIAN)
    asked = ("--as", "周保管", "--reason", "法院调取")
    before = last_audit(service).seq
    assert "编号" in refusal(reveal(run, *asked))
    missing = refusal(reveal(run, "--number", report.number, "--number", "SA20000101-0001", *asked))
    assert "SA20000101-0001" in missing
    assert last_audit(service).seq == before
    refusal(run("export", "submissions", "--number", report.number), 2)


def test_a_disabled_custodian_is_refused(run, report, service, hire):
    hire("周保管", Role.CUSTODIAN)
    service.db.write(lambda tx: tx.run("update staff set disabled = 1"))
    refusal(reveal(run, "--number", report.number, "--as", "周保管", "--reason", "法院调取"))


def test_only_submissions_hold_an_identity(run, service):
    refusal(run("export", "audit", "--reveal", "--as", "周保管", "--reason", "x"), 2)


def test_articles_and_the_audit_chain(run, script):
    made = script.post("/articles", {"title": "标题", "body": "正文", "category": "other"}).json
    (exported,) = lines(run("export", "articles"))
    assert exported == {name: made[name] for name in exported}
    chain = lines(run("export", "audit"))
    assert [row["action"] for row in chain] == ["installation_made", "write", "export", "export"]
    assert chain[1]["previous"] == chain[0]["hash"]


def test_csv_opens_in_excel_and_computes_nothing(run, report, tmp_path):
    target = tmp_path / "submissions.csv"
    assert run("export", "submissions", "--format", "csv", "--output", str(target)).out == ""
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert target.stat().st_mode & 0o077 == 0
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert (row["number"], row["merchant"], row["named"]) == (report.number, "'=老王熟食店", "true")
    assert json.loads(row["deadlines"])[0]["code"] == "report.verify"
    (streamed,) = csv.DictReader(io.StringIO(run("export", "submissions", "--format", "csv").out, newline=""))
    assert streamed == row


def test_what_does_not_exist_is_wrong_usage(run, service):
    for arguments in (("merchants",), ("submissions", "--format", "xls"), ("penalties", "--as-of", "2026-11-01"), ()):
        assert run("export", *arguments).code == 2


def test_a_file_that_cannot_be_written_is_one_clear_line(run, service, tmp_path):
    said = refusal(run("export", "submissions", "--output", str(tmp_path / "nowhere" / "x.jsonl")))
    assert f"{tmp_path / 'nowhere' / 'x.jsonl'}：不存在" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("place", ["var/shian.key", FILE, "mine.csv", "link"])
def test_nothing_that_is_there_is_written_over(run, service, tmp_path, place):
    (tmp_path / "mine.csv").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    before, seq = os.stat(tmp_path / place, follow_symlinks=False), last_audit(service).seq
    assert_refused(run("export", "articles", "--output", str(tmp_path / place)), "没有覆盖")
    assert os.stat(tmp_path / place, follow_symlinks=False)[:7] == before[:7]
    assert last_audit(service).seq == seq


@pytest.mark.parametrize("place", ["var/evidence/x.csv", BESIDE, "var/shian.key.old", "var/up/../shian.key2"])
def test_nothing_is_put_among_what_is_the_services_own(run, service, tmp_path, place):
    (tmp_path / "var/up").mkdir()
    assert_refused(run("export", "articles", "--output", str(tmp_path / place)), "不能写在这里")
    assert not (tmp_path / place).exists()


def test_a_file_is_there_whole_or_not_at_all(run, service, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.tables.writing.msgspec.json.Encoder", fail)
    assert_refused(run("export", "audit", "--output", str(tmp_path / "x.jsonl")), "磁盘已满")
    assert [path.name for path in tmp_path.iterdir() if "x.jsonl" in path.name] == []


def imported(run, tmp_path, register, *rows):
    file = tmp_path / f"{register}.csv"
    file.write_bytes(as_csv(*rows))
    assert "rejected 0" in run("import", register, str(file)).out
    return file


def test_penalties_come_out_as_they_went_in_with_their_state_today(run, service, tmp_path):
    gone = {"XYXF": "否", "XYXF_RQ": "2026-11-01", "CX_RQ": "", "WF_RQ": "2026-02-01", "CF_GSJZQ": "2099-01-01"}
    rows = [
        penalty(n, **gone | given) for n, given in enumerate([{}, {"XYXF_RQ": ""}, {"CX_RQ": "2026-11-02"}], start=1)
    ]
    file = imported(run, tmp_path, "penalties", *rows)
    exported = lines(run("export", "penalties"))
    assert [row["当前状态"] for row in exported] == ["已修复", "公示中", "已撤销"]
    assert [{name: row[name] for name in rows[0]} for row in exported] == rows
    target = tmp_path / "again.csv"
    run("export", "penalties", "--format", "csv", "--output", str(target))
    assert "imported 0, unchanged 3" in run("import", "penalties", str(target)).out
    assert file.stat().st_size < target.stat().st_size
    row = last_audit(service)
    assert (row.action, row.subject) == ("import", "penalties")


def test_listings_come_out_with_their_state_today(run, service, tmp_path):
    days = [
        ("2020-05-01", "", "2099-01-01"),
        ("2026-05-02", "2026-11-20", ""),
        ("2020-05-03", "", ""),
        ("2098-01-01", "", ""),
    ]
    rows = [listing(列入日期=day, 移出日期=removed, 列入期限=until) for day, removed, until in days]
    imported(run, tmp_path, "listings", *rows)
    states = {row["列入日期"]: row["当前状态"] for row in lines(run("export", "listings"))}
    assert states == {"2020-05-01": "在列", "2020-05-03": "已届满", "2026-05-02": "已移出", "2098-01-01": "还未列入"}


def test_offenders_are_told_for_a_day(run, service, tmp_path):
    imported(run, tmp_path, "penalties", *(penalty(n, CF_JDRQ="2024-03-02") for n in range(1, 11)))
    (found,) = lines(run("export", "offenders", "--as-of", "2026-11-23"))
    assert found == {
        "name": "新密市老王熟食店",
        "code": code(1),
        "count": 10,
        "window_from": "2023-11-23",
        "window_to": "2026-11-23",
        "decisions": [f"新密市监处罚〔2026〕{n}号" for n in range(1, 11)],
    }
    assert lines(run("export", "offenders", "--as-of", "2027-03-03")) == []
    assert last_audit(service).detail == "jsonl 2027-03-03"
    assert run("export", "offenders", "--as-of", "gestern").code == 2


def test_a_workbook_holds_texts_as_texts(run, report, service, tmp_path):
    target = tmp_path / "submissions.xlsx"
    assert run("export", "submissions", "--format", "xlsx", "--output", str(target)).code == 0
    assert target.stat().st_mode & 0o077 == 0
    names, values = load_workbook(target).active.iter_rows()
    row = dict(zip((cell.value for cell in names), values, strict=True))
    assert (row["merchant"].value, row["merchant"].data_type) == ("=老王熟食店", "s")
    assert (row["number"].value, row["named"].value) == (report.number, True)
    assert json.loads(row["deadlines"].value)[0]["code"] == "report.verify"
    assert last_audit(service).detail == "xlsx"


def test_a_workbook_is_not_shown_on_a_screen(run, service, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "--output" in refusal(run("export", "articles", "--format", "xlsx"), 2)


@pytest.mark.slow
def test_a_reader_may_stop_early(service, script):
    for number in range(400):
        script.enter(merchant=f"第{number}家", description="字" * 300)
    line = [sys.executable, "-m", "bot", "--config", str(service.settings.source), "export", "submissions"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(30) == 0
