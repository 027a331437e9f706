"""Moves as forms: whoever is refused is told why and loses nothing."""

from storage import audit
from storage.people.staff import Role
from storage.submissions import identity as identities
from tests.bot.console.conftest import at


def test_of_two_who_act_at_once_the_second_is_told(clerk, signed_in, report, stored):
    other = signed_in("chen", Role.INTAKE)
    form = other.form(at(report), "/assign")
    clerk.send(at(report), "/assign", unit="青屏所")
    answer = other.client.post(form.action, data=form.fields | {"unit": "稽查大队", "note": "我写了很久"})
    assert answer.status_code == 409
    assert "li 已执行“分派”" in answer.text
    assert "我写了很久" in answer.text
    assert stored()[0].unit == "青屏所"


def test_what_is_missing_is_named_and_what_was_typed_stays(clerk, report, stored):
    answer = clerk.send(at(report), "/assign", unit=" ", note="请尽快办理")
    assert answer.status_code == 422
    assert "承办单位" in answer.text
    assert "请尽快办理" in answer.text
    assert stored()[0].version == 1


def test_moves_of_other_roles_and_stages_are_neither_shown_nor_taken(clerk, officer, report):
    assert "/moves/verify" not in clerk.read(at(report))
    form = clerk.form(at(report), "/register")
    for name, status in (("conclude", 403), ("file_case", 403), ("nonsense", 404)):
        path = form.action.replace("/register", f"/{name}")
        assert clerk.client.post(path, data=form.fields | {"note": "x"}).status_code == status
    theirs = officer.form(at(report), "/verify")
    path = theirs.action.replace("/verify", "/conclude")
    assert officer.client.post(path, data=theirs.fields | {"note": "x"}).status_code == 409


def test_an_amendment_records_only_what_changed(clerk, report, stored):
    form = clerk.form(at(report), "/amend")
    assert form.fields["merchant"] == "老王熟食店"
    assert clerk.send(at(report), "/amend").status_code == 422
    clerk.send(at(report), "/amend", category="illegal_additive")
    assert stored()[0].category == "illegal_additive"
    page = clerk.read(at(report))
    assert "→ 非法添加" in page
    assert "老王熟食店 →" not in page


def test_numbers_in_the_words_of_staff_stay_with_the_identity_alone(clerk, officer, report, service):
    phone = "13812345678"
    clerk.send(at(report), "/say", say="note", note=f"李某说打 {phone}")
    clerk.send(at(report), "/say", say="answer", note=f"会打 {phone} 联系您")
    officer.send(at(report), "/verify", note=f"先约 {phone}")
    assert phone not in clerk.read(at(report))
    with service.db.read() as tx:
        kept = [row["body"] for row in tx.all("select body from timeline where subject = :id", id=report.id)]
        sent = [row["payload"] for row in tx.all("select payload from outbox where about = :id", id=report.id)]
        assert phone not in "".join((*kept, *sent, *(row.detail for row in audit.rows(tx))))
        assert "会打 〔电话〕 联系您" in kept
        assert identities._of(tx, report.id).mentioned.count(phone) == 3
