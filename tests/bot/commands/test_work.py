"""``work``: the worker, and what it needs."""

import pytest

from bot.service import open_service
from bot.settings import load
from storage import ticks
from tests.bot.conftest import assert_refused
from tests.verbs import until


def test_what_is_missing_is_named_before_it_works(command, without):
    command("init")
    assert_refused(command("work", config=without("app_secret")), "app_secret", "SHIAN__WECHAT__APP_SECRET")


@pytest.mark.slow
def test_it_ticks_until_it_is_ended(command, start, tmp_path):
    command("init")
    service = open_service(load(tmp_path / "config.toml", {}))

    def ticked() -> bool:
        with service.db.read() as tx:
            return bool(ticks.every(tx))

    assert not ticked()
    process = start("work")
    until(ticked, "the first tick of the worker")
    process.terminate()
    assert process.wait(30) == 0
    service.close()
