"""Where an account lands, and what it is told there."""

import pytest

from storage.people.staff import Role

LANDS_ON = {
    Role.INTAKE: "/console/submissions",
    Role.EDITOR: "/console/articles",
    Role.ADMIN: "/console/staff",
    Role.AUDITOR: "/console/audit",
    Role.LIAISON: "/console/letters",
    Role.CUSTODIAN: "/console/welcome",
}


@pytest.mark.parametrize(("role", "page"), LANDS_ON.items())
def test_home_is_the_first_page_of_the_role(signed_in, role, page):
    assert signed_in("li", role).get("/").location == page


def test_who_has_something_to_do_finds_it_there(signed_in):
    page = signed_in("li", Role.AUDITOR).read("/welcome").split("<main")[1]
    assert 'href="/console/audit"' in page
    assert 'href="/console/submissions"' not in page


def test_who_has_nothing_to_do_is_told_whom_to_ask(signed_in):
    assert "请联系系统管理员" in signed_in("li", Role.CUSTODIAN).read("/welcome")
