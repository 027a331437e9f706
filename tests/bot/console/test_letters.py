"""The liaison's pages, and that nobody else gets so much as a hint of them."""

import pytest

from handlers import letters
from storage.people import staff
from storage.people.staff import Role
from storage.submissions import listing
from storage.submissions.listing import Filter
from tests.bot.console.conftest import CHEAP_HASH, PASSWORD

TEXT = "你们所里的赵科长收了老王熟食店的烟酒，检查前通风报信"
OPENID = "oLetterWriter00000000000001"
PASSPHRASE, NEW = "柳树下面的三块石头27", "井台边上的两棵枣树39"
OTHERS = sorted(set(Role) - {Role.LIAISON})


@pytest.fixture
def reference(service):
    return service.db.write(lambda tx: letters.keep(tx, service.office, OPENID, TEXT))


def set_key(device, new=PASSPHRASE, **values):
    return device.send("/letters/key", "/letters/key", **{"new": new, "repeat": new} | values)


def opened(device, reference, passphrase=PASSPHRASE):
    return device.send(f"/letters/{reference}", f"/letters/{reference}", passphrase=passphrase)


def test_the_liaison_lists_opens_and_refers(signed_in, reference):
    liaison = signed_in("jijian", Role.LIAISON)
    assert "还没有设置来信密码" in liaison.read("/letters")
    assert set_key(liaison).status_code == 303
    shelf = liaison.read("/letters")
    assert reference in shelf
    assert TEXT not in shelf + liaison.read(f"/letters/{reference}")
    page = opened(liaison, reference).text
    assert TEXT in page
    assert OPENID not in page
    assert PASSPHRASE not in page
    answer = liaison.send(f"/letters/{reference}", "/letter_refer", on="2026-11-23", note="县纪委监委已收")
    assert answer.status_code == 303
    assert "已移送纪检监察机关" in liaison.read(f"/letters/{reference}")
    assert "县纪委监委已收" in opened(liaison, reference).text
    assert "已移送纪检监察机关" in liaison.read("/letters")


def test_a_wrong_passphrase_opens_nothing_and_is_not_recorded_as_a_look(signed_in, reference, audited):
    liaison = signed_in("jijian", Role.LIAISON)
    assert opened(liaison, reference).status_code == 409
    set_key(liaison)
    answer = opened(liaison, reference, "柳树下面的三块石头28")
    assert (answer.status_code, TEXT in answer.text) == (422, False)
    assert "来信密码不正确" in answer.text
    assert "letter_open" not in audited()


def test_where_the_pair_is_made_it_is_said_what_a_lost_passphrase_costs(signed_in):
    liaison = signed_in("jijian", Role.LIAISON)
    for _ in range(2):
        page = liaison.read("/letters/key")
        assert "永远打不开" in page
        assert "重置登录密码也打不开" in page
        set_key(liaison)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"new": "short"}, "至少10位"),
        ({"repeat": "别的密码别的密码1"}, "不一致"),
        ({"old": ""}, "现用的来信密码"),
        ({"old": "柳树下面的三块石头1"}, "不正确"),
    ],
)
def test_what_is_no_new_passphrase_is_told_and_changes_nothing(signed_in, reference, values, said):
    liaison = signed_in("jijian", Role.LIAISON)
    set_key(liaison)
    answer = set_key(liaison, **{"old": PASSPHRASE, "new": NEW, "repeat": values.get("new", NEW)} | values)
    assert answer.status_code == 422
    assert said in answer.text
    assert TEXT in opened(liaison, reference).text


def test_a_changed_passphrase_opens_the_letters_and_a_lost_one_does_not(signed_in, reference):
    liaison = signed_in("jijian", Role.LIAISON)
    set_key(liaison)
    assert set_key(liaison, NEW, old=PASSPHRASE).status_code == 303
    assert TEXT in opened(liaison, reference, NEW).text
    assert set_key(liaison, lost="1").status_code == 303
    answer = opened(liaison, reference)
    assert (answer.status_code, TEXT in answer.text) == (200, False)
    assert "再也打不开" in answer.text


def test_after_a_reset_whoever_signs_in_opens_nothing(service, signed_in, browser, reference):
    liaison = signed_in("jijian", Role.LIAISON)
    set_key(liaison)
    service.db.write(lambda tx: staff.set_password(tx, "jijian", CHEAP_HASH, must_change=False))
    thief = browser()
    thief.sign_in("jijian")
    assert TEXT not in thief.read(f"/letters/{reference}")
    assert opened(thief, reference, PASSWORD).status_code == 422


def test_letters_are_handed_over_to_the_next_liaison(signed_in, reference):
    liaison, heir = signed_in("jijian", Role.LIAISON), signed_in("xinren", Role.LIAISON)
    set_key(liaison)
    set_key(heir, NEW)
    assert "由对方在这一页移交" in heir.read("/letters/key")
    assert TEXT not in opened(heir, reference, NEW).text
    wrong = liaison.send("/letters/key", "/hand-over", number="2", passphrase=NEW)
    assert wrong.status_code == 422
    assert liaison.send("/letters/key", "/hand-over", number="2", passphrase=PASSPHRASE).status_code == 303
    assert TEXT in opened(heir, reference, NEW).text
    assert opened(liaison, reference).status_code == 409


def test_a_wrong_day_is_told_and_what_was_typed_stays(signed_in, reference):
    liaison = signed_in("jijian", Role.LIAISON)
    answer = liaison.send(f"/letters/{reference}", "/letter_refer", on="2026-12-01", note="已收")
    assert answer.status_code == 422
    assert "移送日期应在" in answer.text
    assert "已收" in answer.text


def test_a_letter_that_is_none_is_not_found(signed_in):
    assert signed_in("jijian", Role.LIAISON).get("/letters/JJ20261123-ZZZZ").status_code == 404


def test_nobody_else_gets_a_page_a_count_or_a_hint(signed_in, reference):
    other = signed_in("li", *OTHERS)
    with_letter, without = (other.get(f"/letters/{one}") for one in (reference, "JJ20261123-ZZZZ"))
    assert with_letter.status_code == without.status_code == 403
    assert with_letter.data.replace(reference.encode(), b"") == without.data.replace(b"JJ20261123-ZZZZ", b"")
    for path in ("/submissions", f"/submissions?text={reference}", "/deliveries", "/audit", "/staff", "/"):
        page = other.read(path).replace(f'value="{reference}"', "").replace(f"text={reference}", "")
        assert reference not in page, path
        assert "来信" not in page.replace("最近一次来信", "").replace("下次来信", ""), path


def test_it_is_in_no_search_and_in_no_figures(service, client, reference):
    with service.db.read() as tx:
        assert listing.search(tx, Filter(text="赵科长")) == []
    assert "letter" not in client.get("/metrics").text
