"""What did not arrive, and why."""

from storage.chat import inbox
from storage.notices import outbox
from storage.people.staff import Role
from tests.bot.console.conftest import at


def test_a_notice_that_did_not_arrive_says_why(clerk, report, service, signed_in):
    clerk.send(at(report), "/say", say="answer", note="请补充照片")
    service.db.write(lambda tx: outbox.fail(tx, outbox.claim(tx, "notice").id, "对方已取消关注"))
    assert "未送达" in clerk.read(at(report))
    for role, linked in ((Role.PUBLISHER, False), (Role.LEADER, True)):
        page = signed_in(role.value, role).read("/deliveries")
        assert "对方已取消关注" in page
        assert report.number in page
        assert (f"/console/submissions/{report.number}" in page) == linked


def keep_failed(tx, times):
    id = inbox.keep(tx, dedupe="d", sender="oReporter", body="<xml>卤肉</xml>", answer=b"x", error="KeyError")
    for _ in range(times - 1):
        inbox.failed_again(tx, id, "KeyError")


def test_a_message_that_is_given_up_is_told_with_its_time_and_nothing_of_it(service, signed_in):
    clerk = signed_in("wang", Role.INTAKE)
    service.db.write(lambda tx: keep_failed(tx, inbox.ATTEMPTS - 1))
    assert "没有处理成" not in clerk.read("/deliveries")
    service.db.write(lambda tx: tx.run("update inbox set attempts = attempts + 1"))
    page = clerk.read("/deliveries")
    assert "有 1 条来信没有处理成" in page
    assert "KeyError" in page
    assert "卤肉" not in page
