"""What the platform says of the account, through the stand-in over HTTP."""

import pytest

from bot.doctor import platform
from bot.simulator import Fault
from bot.wechat.gateway import Gateway
from content.menu import menu
from tests.bot.doctor.conftest import states

CHECKS = (platform.reached, platform.token, platform.allowed, platform.callback, platform.rights, platform.drafts)
SENDS = {"message/mass/sendall", "message/custom/send", "freepublish/submit", "message/subscribe/bizsend", "draft/add"}
CHANGES = {"menu/create", "tags/create", "material/add_material", "clear_quota"}


def test_an_account_with_everything_is_well_and_nothing_of_it_is_used_up(in_town, town):
    Gateway(town.service).push_menu(menu(town.service.office.base_url))
    before = len(town.platform.calls)
    found = [one for check in (*CHECKS, platform.menu, platform.quotas) for one in check(in_town)]
    assert set(states(found)) == {"ok"}
    asked = {call.path for call in town.platform.calls[before:]}
    assert len(asked) > 8
    assert asked & (SENDS | CHANGES) == set()


def test_a_platform_that_is_not_there_is_told(examined, settle):
    settle("wechat", api_base="http://127.0.0.1:9")
    (found,) = platform.reached(examined)
    assert (found.state, "连不上" in found.text, "curl" in found.remedy) == ("fail", True, True)


def test_an_address_that_is_not_listed_is_named(in_town, town):
    town.platform.script("stable_token", Fault(errcode=40164))
    for check in (platform.token, platform.allowed):
        (found,) = check(in_town)
        assert (found.state, "加入 127.0.0.1" in found.text, "IP白名单" in found.remedy) == ("fail", True, True)
        assert "not in whitelist" in found.text
    assert town.asked("stable_token") == 1


@pytest.mark.parametrize("code", [40013, 40125, 40243, 41004, -1])
def test_another_refusal_says_nothing_of_the_address(in_town, town, code):
    town.platform.script("stable_token", Fault(errcode=code))
    (found,) = platform.token(in_town)
    assert (found.state, f"（{code}）" in found.text, bool(found.remedy)) == ("fail", True, True)
    assert states(platform.allowed(in_town)) == ["unknown"]


def test_a_menu_that_is_another_is_told(in_town, town):
    (none,) = platform.menu(in_town)
    assert (none.state, none.remedy) == ("warn", "运行 menu push")
    ours = menu(town.service.office.base_url)
    for button in ours["button"]:
        button.setdefault("sub_button", [])  # as the platform answers
    Gateway(town.service).push_menu(ours)
    assert states(platform.menu(in_town)) == ["ok"]
    ours["button"][0]["name"] = "旧菜单"
    Gateway(town.service).push_menu(ours)
    (other,) = platform.menu(in_town)
    assert (other.state, "旧菜单" in other.text) == ("warn", True)


@pytest.mark.parametrize(
    ("path", "code", "state"),
    [
        ("message/mass/speed/get", 48001, "warn"),
        ("freepublish/batchget", 48001, "hint"),
        ("draft/count", 48004, "fail"),
        ("customservice/getkflist", 65400, "hint"),
        ("tags/get", -1, "unknown"),
        ("tags/get", 45009, "unknown"),
    ],
)
def test_a_right_that_is_missing_is_told_with_what_is_lost(in_town, town, path, code, state):
    town.platform.script(path, Fault(errcode=code))
    (found,) = [one for one in platform.rights(in_town) if one.state != "ok"]
    assert (found.state, bool(found.remedy)) == (state, True)


@pytest.mark.parametrize(
    ("key", "path"),
    [("service_template", "template/get_all_private_template"), ("subscribe_template", "ticket/getticket")],
)
def test_what_only_a_template_takes_is_asked_for_only_where_there_is_one(in_town, town, settle, key, path):
    list(platform.rights(in_town))
    assert town.asked(path) == 0
    settle("notices", **{key: "t1"})
    assert states(platform.rights(in_town)) == ["ok"] * 7
    assert town.asked(path) == 1


def test_a_quota_that_runs_out_is_told(in_town, town):
    town.platform.quotas["message/mass/sendall"] = 0
    town.platform.script("openapi/quota/get", Fault())
    assert states(platform.quotas(in_town)) == ["ok"] * 5
    for _ in range(2):
        town.platform.world.memory.count_up(f"quota/freepublish/submit/{town.platform.world.day()}")
    town.platform.quotas["freepublish/submit"] = 2
    found = list(platform.quotas(in_town))
    assert states(found) == ["ok", "warn", "ok", "ok", "ok"]
    assert "0 次，每天 2 次" in found[1].text
    town.platform.script("openapi/quota/get", Fault(errcode=45009))
    assert states(platform.quotas(in_town))[0] == "unknown"
