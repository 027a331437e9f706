"""The web side under its server."""

import subprocess
import sys

import pytest
import requests

from bot.web.address import AddressError
from bot.web.server import serve
from tests.conftest import ROOT
from tests.endurance.crowd import free_port
from tests.verbs import until


def test_a_taken_port_is_refused_before_anything_starts(service, taken_port):
    with pytest.raises(AddressError):
        serve(service.settings, "127.0.0.1", taken_port)


@pytest.mark.slow
def test_no_worker_serves_on_when_its_server_is_killed(service):
    port = free_port()
    config = str(service.settings.source)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "--config", config, "serve", "--port", str(port)],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    until(lambda: serves(port), "a server that answers")
    process.kill()
    process.wait()
    until(lambda: not serves(port), "the end of a worker whose server was killed")


def serves(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).ok
    except requests.ConnectionError:
        return False
