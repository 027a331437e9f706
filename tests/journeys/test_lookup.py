"""A citizen looks a business up before buying, from the office's files to the phone."""

import pytest
from click.testing import CliRunner

from bot.__main__ import cli
from tests.register_files import as_csv, code, listing, merchant, penalty


@pytest.fixture
def bring(service, tmp_path):
    """Import a file as an operator does, while the service runs."""

    def run(register, *rows):
        file = tmp_path / f"{register}.csv"
        file.write_bytes(as_csv(*rows, encoding="gbk"))
        done = CliRunner().invoke(cli, ["--config", str(service.settings.source), "import", register, str(file)])
        assert done.exit_code == 0, done.output
        return done.stdout.splitlines()[-1]

    return run


@pytest.fixture
def ask(town):
    town.platform.follow("a")
    return lambda text: town.platform.say("a", text).reply.text


def test_a_business_is_found_as_people_say_it_and_shows_what_is_public(bring, ask):
    assert bring("merchants", merchant(), merchant(2, 名称="新密市老王卤肉店", 地址="超化镇")) == (
        "imported 2, unchanged 0, rejected 0"
    )
    bring("penalties", penalty())
    several = ask("查 老王")
    assert "1. 新密市老王" in several
    one = next(n for n in (1, 2) if "熟食" in several.split(f"{n}. ")[1].splitlines()[0])
    assert "处罚〔2026〕1号" in ask(f"查 老王 {one}")
    assert ask("查 老王熟食店") == ask(f"查 {code(1)}") == ask(f"查 老王 {one}")


def test_what_was_restored_and_removed_is_gone_with_the_next_file(bring, ask):
    bring("penalties", penalty(XYXF="否"), penalty(2, CF_WFXW="经营无标签食品", XYXF="否"))
    bring("listings", listing())
    before = ask("查 老王熟食店")
    assert "添加药品" in before
    assert "超过保质期" in before
    assert bring("penalties", penalty(XYXF="是"), penalty(2, CF_WFXW="经营无标签食品", XYXF="否")) == (
        "imported 1, unchanged 1, rejected 0"
    )
    bring("listings", listing(移出日期="2026-11-20"))
    after = ask("查 老王熟食店")
    assert "添加药品" not in after
    assert "超过保质期" not in after
    assert "经营无标签食品" in after


def test_a_disclosure_ends_with_its_day(bring, ask, clock):
    bring("penalties", penalty(CF_GSJZQ="2026-11-24"))
    assert "处罚〔2026〕1号" in ask("查 老王熟食店")
    clock.advance(days=1)
    assert "处罚〔2026〕1号" in ask("查 老王熟食店")
    clock.advance(days=1)
    assert "处罚〔2026〕1号" not in ask("查 老王熟食店")


def test_the_menu_asks_whom_to_look_up(town, ask):
    assert "查 店名" in town.platform.click("a", "lookup").reply.text
