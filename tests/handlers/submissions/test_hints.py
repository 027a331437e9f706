"""Hints for whoever assesses: signals of abuse, never a refusal."""

from content.submissions.hints import HINTS
from handlers.submissions import hints

COMPLAINT = "投诉 店名：好又多 地址：西大街 问题：过期 诉求：退款 姓名：张三 电话：13812345678 通讯地址：青屏街1号"


def test_an_ordinary_report_gives_no_hint(tip, ask):
    made = tip()
    assert ask(lambda tx: hints.of(tx, made)) == ()


def test_many_of_one_person_are_a_hint_with_its_legal_basis(tip, ask):
    for _ in range(HINTS.many):
        made = tip()
    (hint,) = ask(lambda tx: hints.of(tx, made))
    assert f"{HINTS.many}件" in hint
    assert "第十七条" in hint
    assert "不能单独作为不予受理的理由" in hint


def test_one_telephone_of_several_people_is_a_hint(phone, other_phone, stored, ask):
    phone.say(COMPLAINT)
    other_phone.say(COMPLAINT.replace("13812345678", "138-1234-5678"))
    (hint,) = ask(lambda tx: hints.of(tx, stored()[-1]))
    assert "2个微信号" in hint
    assert "138" not in hint


def test_what_staff_entered_has_no_person_to_count(service, ask, stored):
    from handlers.submissions import intake
    from storage.submissions.identity import Identity
    from storage.submissions.submission import Draft, Kind

    draft = Draft(kind=Kind.REPORT, stage="triage", category="", received_at=service.db.clock(), source="电话")
    for _ in range(HINTS.many):
        service.db.write(lambda tx: intake.receive(tx, service.office, draft, Identity(), actor="li"))
    assert ask(lambda tx: hints.of(tx, stored()[-1])) == ()
