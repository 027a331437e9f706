"""What a web process counts."""

import platform

import pytest

from bot import __version__


def test_answers_of_the_webhook_are_timed(figure, phone):
    before = figure("shian_webhook_seconds_count")
    phone.say("帮助")
    assert figure("shian_webhook_seconds_count") == before + 1


@pytest.mark.parametrize(
    ("method", "path", "reason"),
    [("get", "/wechat?signature=x", "signature"), ("post", "/console/sign-in", "console")],
)
def test_what_is_forbidden_is_counted_by_reason(client, figure, method, path, reason):
    line = f'shian_forbidden_total{{reason="{reason}"}}'
    before = figure(line)
    refused = getattr(client, method)(path, headers={"Origin": "https://elsewhere.example"})
    assert refused.status_code == 403
    assert figure(line) == before + 1


def test_they_say_what_runs(client):
    (build,) = [line for line in client.get("/metrics").text.splitlines() if line.startswith("shian_build_info{")]
    assert f'version="{__version__}"' in build
    assert f'python="{platform.python_version()}"' in build
