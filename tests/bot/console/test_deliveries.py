"""What did not arrive, and why."""

from storage.notices import outbox
from storage.people.staff import Role
from tests.bot.console.conftest import at


def test_a_notice_that_did_not_arrive_says_why(clerk, report, service, signed_in):
    clerk.send(at(report), "/answer", note="请补充照片")
    service.db.write(lambda tx: outbox.fail(tx, outbox.claim(tx, "notice").id, "对方已取消关注"))
    assert "未送达" in clerk.read(at(report))
    for role, linked in ((Role.PUBLISHER, False), (Role.LEADER, True)):
        page = signed_in(role.value, role).read("/deliveries")
        assert "对方已取消关注" in page
        assert report.number in page
        assert (f"/console/submissions/{report.number}" in page) == linked
