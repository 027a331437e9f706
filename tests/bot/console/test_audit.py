"""The audit chain as auditors see it."""

from storage.people.staff import Role


def test_auditors_see_the_rows_of_a_subject_and_that_the_chain_is_whole(signed_in, phone, stored):
    phone.say("举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉")
    clerk, auditor = signed_in("li", Role.INTAKE), signed_in("shen", Role.AUDITOR)
    number = stored()[0].number
    clerk.read(f"/submissions/{number}")
    page = auditor.read(f"/audit?subject={number}")
    assert "留痕链完整" in page
    assert "查阅" in page
    assert ">登录<" not in page
    assert phone.openid not in auditor.read("/audit")


def test_a_row_that_was_changed_is_told(signed_in, service):
    auditor = signed_in("shen", Role.AUDITOR)
    service.db.write(lambda tx: tx.run("update audit set actor = 'nobody' where seq = 1"))
    assert "第 1 条断开" in auditor.read("/audit")
