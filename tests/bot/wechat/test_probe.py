"""The doctor's own way to the platform: no database, no secret in what it raises."""

from datetime import UTC, datetime

import msgspec
import pytest

from bot.simulator import Fault
from bot.wechat.errors import PlatformError
from bot.wechat.probe import Probe


@pytest.fixture
def probe(town):
    return Probe(town.service.settings.wechat)


def test_the_platform_tells_its_time_without_a_token(probe, town):
    assert abs((probe.time() - datetime.now(UTC)).total_seconds()) < 60
    assert town.asked("stable_token") == 0


def test_it_reads_under_a_token_that_the_database_never_sees(probe, town):
    assert probe.ask("draft/count")["total_count"] == 0
    assert probe.ask("openapi/quota/get", {"cgi_path": "/cgi-bin/menu/get"})["quota"]["used"] == 0
    assert town.asked("stable_token") == 1
    with town.service.db.read() as tx:
        assert tx.value("select count(*) from platform_token") == 0


def test_without_a_token_nothing_else_is_asked_and_no_secret_is_told(town, probe):
    town.platform.script("stable_token", Fault(errcode=40125))
    before = len(town.platform.calls)
    for _ in range(2):
        with pytest.raises(PlatformError) as refused:
            probe.ask("draft/count")
        assert refused.value.code == 40125
    assert len(town.platform.calls) == before + 1
    far = Probe(msgspec.structs.replace(town.service.settings.wechat, api_base="http://127.0.0.1:9"))
    for said in (str(far.refusal), str(probe.refusal)):
        assert "test-secret" not in said
        assert "http" not in said
    with pytest.raises(PlatformError, match="连不上"):
        far.time()
