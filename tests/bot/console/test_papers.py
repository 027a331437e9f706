"""Papers and the proof folder through the console: filled from the case, and nobody who handed it in is in them."""

import hashlib
import io
import re
import zipfile

import pytest

from content.papers.papers import PAPERS
from handlers import periods
from storage import audit, paper
from storage.people import staff
from storage.people.staff import Role
from storage.submissions import evidence, identity
from tests.bot.console.conftest import at
from tests.content.exposure.test_cover import noted, photo
from tests.verbs import take

NAME, PHONE, ADDRESS = "慕容秋水", "13812345678", "平陌镇牛岭村7号"
REPORT = f"举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉 姓名：{NAME} 电话：{PHONE}"
COMPLAINT = (
    f"投诉 店名：甲超市 地址：东大街1号 问题：面包发霉 诉求：退款 姓名：{NAME} 电话：{PHONE} 通讯地址：{ADDRESS}"
)


@pytest.fixture
def leader(signed_in):
    return signed_in("lingdao", Role.LEADER, Role.OFFICER, Role.INTAKE)


@pytest.fixture
def go(service, leader):
    """Take moves as the leader, and give the account back."""

    def through(number, *steps):
        with service.db.read() as tx:
            account = staff.get(tx, "lingdao")
        for name, values in steps:
            take(service, number, name, account, values)

    return through


def xml_of(document: bytes) -> str:
    """All that stands in a DOCX, its properties included."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels")))


def words_of(document: bytes) -> str:
    return re.sub(r"<[^>]+>", "", xml_of(document))


def made(leader, found, code, /, **values):
    """Make a paper and fetch it."""
    answer = leader.send(f"{at(found)}/papers", f"/papers/{code}", **values)
    assert answer.status_code == 303, answer.text
    link = re.findall(rf'href="/console({at(found)}/papers/[^"]+)"', leader.read(f"{at(found)}/papers"))[0]
    return leader.get(link).data


def folder_of(leader, found):
    answer = leader.send(f"{at(found)}/papers", "/proof")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        assert parts.testzip() is None
        return {name: parts.read(name) for name in parts.namelist()}


def readable(name, content):
    return xml_of(content) if name.endswith(".docx") else content.decode("utf-8", "replace")


def test_a_refusal_names_ground_article_and_the_other_ways_and_no_reconsideration(tip, go, leader):
    found = tip(COMPLAINT)
    assert "不予受理告知书" not in leader.read(f"{at(found)}/papers")
    go(found.number, ("decline", {"ground": "16.3", "note": "没有小票"}))
    words = words_of(made(leader, found, "declined", reasons="没有提供小票，不能证明有争议。"))
    for expected in ("新密市监投不受〔2026〕1号", "第十六条第三项", "没有提供小票", "第三十九条", "仲裁", found.number):
        assert expected in words
    assert "复议" not in words


def test_papers_are_numbered_by_series_and_year(tip, clock, leader):
    found = tip(REPORT)
    numbers = [re.search(r"新密市监收〔\d+〕\d+号", words_of(made(leader, found, "receipt")))[0] for _ in range(2)]
    clock.advance(days=60)
    leader.sign_in("lingdao")
    numbers.append(re.search(r"新密市监收〔\d+〕\d+号", words_of(made(leader, found, "receipt")))[0])
    assert numbers == ["新密市监收〔2026〕1号", "新密市监收〔2026〕2号", "新密市监收〔2027〕1号"]


def test_what_does_not_fit_the_case_is_refused_with_what_was_typed(tip, leader):
    found = tip(REPORT)
    form = leader.form(f"{at(found)}/papers", "/papers/referral")
    wrong = leader.client.post(form.action.replace("referral", "filing"), data=form.fields)
    assert wrong.status_code == 409
    assert "提出立案意见" in wrong.text
    missing = leader.client.post(form.action, data=form.fields | {"unit": "登封市市场监督管理局"})
    assert "需要填写" in missing.text
    assert "登封市市场监督管理局" in missing.text


def test_no_paper_of_a_report_and_nothing_in_its_folder_names_the_informant(tip, go, leader, service, phone):
    found = tip(REPORT)
    go(
        found.number,
        ("amend", {"description": f"卖过期卤肉，{NAME}可以作证，住{ADDRESS}"}),
        ("note", {"note": f"已和{NAME}联系"}),
        ("verify", {"note": f"核查安排：联系{NAME}"}),
        ("ask_to_extend", {"note": f"{NAME}外出"}),
        ("propose", {"outcome": "file", "note": f"据{NAME}反映"}),
    )
    service.db.write(lambda tx: identity.mention(tx, found.id, [ADDRESS]))
    papers = [one for one in PAPERS.paper if "report" in one.kinds]
    typed = {one.code: {ask.name: f"据{NAME}说，电话{PHONE}" for ask in one.asks} for one in papers}
    documents = {code: xml_of(made(leader, found, code, **values)) for code, values in typed.items()}
    assert len(documents) == len(papers) >= 7
    files = folder_of(leader, found)
    documents |= {name: readable(name, content) for name, content in files.items()}
    for name, text in documents.items():
        for word in (NAME, PHONE, ADDRESS, phone.openid):
            assert word not in text, (name, word)
    assert "〔举报人信息〕" in documents["filing"]


def test_a_complainant_is_named_to_whoever_is_in_charge_and_to_nobody_else(tip, go, leader, signed_in, service):
    found = tip(COMPLAINT)
    other = signed_in("zhang", Role.OFFICER)
    go(found.number, ("assign", {"unit": "青屏所", "assignee": "lingdao"}), ("accept", {}))
    assert f"{NAME}：" in words_of(made(leader, found, "accepted"))
    with service.db.read() as tx:
        (kept,) = paper.of(tx, found.id)
        assert [row.actor for row in audit.of(tx, found.number) if row.action == "contact"] == ["lingdao"]
    assert NAME not in kept.text
    seen = words_of(other.get(f"{at(found)}/papers/{kept.id}").data)
    assert NAME not in seen
    assert "〔投诉人姓名〕" in seen
    for name, content in folder_of(leader, found).items():
        assert NAME not in readable(name, content), name


def test_the_folder_of_a_failed_mediation_proves_what_was_told_and_how_each_day_was_counted(
    tip, go, clock, leader, service
):
    found = tip(COMPLAINT)
    clock.advance(days=2)
    leader.sign_in("lingdao")
    go(found.number, ("accept", {}))
    go(found.number, ("terminate", {"ground": "23.3", "note": "商家只同意退一半"}))
    files = folder_of(leader, found)
    words = {name: words_of(content) for name, content in files.items() if name.endswith(".docx")}
    notices = words["02 通知.docx"]
    assert "您的投诉已终止调解" in notices
    assert "商家只同意退一半" in notices
    counted = words["04 期限的计算.docx"]
    for expected in ("起算日，不计入", "第十五条", "2026-11-23", "周末", "7个工作日", "届满"):
        assert expected in counted
    assert "终止调解" in words["03 审批和办理经过.docx"]
    with service.db.read() as tx:
        head = audit.newest_link(tx)
        taken = audit.last(tx, found.number, "export")
    assert (taken.detail, head.hash) == ("证据卷", taken.hash)
    assert head.hash in words["00 目录.docx"]
    assert head.hash in files["05 留痕.csv"].decode("utf-8-sig")


def test_every_file_of_the_folder_has_its_sum(tip, leader):
    files = folder_of(leader, tip(REPORT))
    listed = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS.txt").decode().splitlines())
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_pictures_are_copies_without_what_the_camera_noted_and_voices_of_informants_stay_outside(
    phone, tip, leader, service
):
    found = tip(REPORT)
    phone.picture("m1")
    phone.send(MsgType="voice", MediaId="v1", Format="amr")
    original = photo(exif=noted())
    with service.db.read() as tx:
        files = evidence.of(tx, found.id)
    for one, content, mime in zip(files, (original, b"#!AMR\n"), ("image/jpeg", "audio/amr"), strict=True):
        sha256 = service.files.put(content)
        values = {"sha256": sha256, "size": len(content), "mime": mime}
        service.db.write(lambda tx, one=one, values=values: evidence.stored(tx, one.id, **values))
    folder = folder_of(leader, found)
    assert [name for name in folder if name.startswith("附件/")] == ["附件/01 照片.jpg"]
    assert b"secret-place" in original
    assert b"secret-place" not in folder["附件/01 照片.jpg"]
    index = words_of(folder["00 目录.docx"])
    assert hashlib.sha256(original).hexdigest() in index
    assert "请在系统里查看" in index
    assert service.files.get(hashlib.sha256(original).hexdigest()) == original


def test_signs_of_a_text_make_no_table_and_no_title(tip, leader):
    found = tip("举报 店名：# 老王|熟食店 地址：青屏大街12号 问题：第一行\n> 第二行|第三格")
    words = words_of(made(leader, found, "referral", unit="某局", reasons="# 不归我们"))
    assert "第三格" in words
    assert "＃ 不归我们" in words


def test_the_days_of_a_suspended_period_add_up(tip, go, leader, clock, service):
    found = tip(COMPLAINT)
    go(found.number, ("accept", {}), ("suspend", {"reason": "检测"}))
    clock.advance(days=5)
    leader.sign_in("lingdao")
    go(found.number, ("resume", {}))
    counted = words_of(folder_of(leader, found)["04 期限的计算.docx"])
    with service.db.read() as tx:
        one = periods.running(tx, found.id, "complaint.mediate")
    assert "加中止5日" in counted
    assert f"{one.due_on}" in counted


def test_only_the_desk_has_papers(tip, signed_in):
    found = tip(REPORT)
    assert signed_in("bian", Role.EDITOR).get(f"{at(found)}/papers").status_code == 403
