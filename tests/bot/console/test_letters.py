"""The liaison's pages, and that nobody else gets so much as a hint of them."""

import pytest

from handlers import letters
from storage.people.staff import Role
from storage.submissions import submission
from storage.submissions.submission import Filter

TEXT = "你们所里的赵科长收了老王熟食店的烟酒，检查前通风报信"
OPENID = "oLetterWriter00000000000001"
OTHERS = sorted(set(Role) - {Role.LIAISON})


@pytest.fixture
def reference(service):
    return service.db.write(lambda tx: letters.keep(tx, service.office, OPENID, TEXT))


def test_the_liaison_lists_opens_and_refers(signed_in, reference):
    liaison = signed_in("jijian", Role.LIAISON)
    shelf = liaison.read("/letters")
    assert reference in shelf
    assert TEXT not in shelf
    page = liaison.read(f"/letters/{reference}")
    assert TEXT in page
    assert OPENID not in page
    answer = liaison.send(f"/letters/{reference}", "/letter_refer", on="2026-11-23", note="县纪委监委已收")
    assert answer.status_code == 303
    page = liaison.read(f"/letters/{reference}")
    assert "已移送纪检监察机关" in page
    assert "县纪委监委已收" in page
    assert "已移送纪检监察机关" in liaison.read("/letters")


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
    for path in ("/submissions", f"/submissions?text={reference}", "/deliveries", "/audit", "/staff", "/welcome"):
        page = other.read(path).replace(f'value="{reference}"', "").replace(f"text={reference}", "")
        assert reference not in page, path
        assert "来信" not in page.replace("最近一次来信", "").replace("下次来信", ""), path


def test_it_is_in_no_search_and_in_no_figures(service, client, reference):
    with service.db.read() as tx:
        assert submission.search(tx, Filter(text="赵科长")) == []
    assert "letter" not in client.get("/metrics").text
