"""The simulator on a server of its own."""

import pytest
import requests

from bot.simulator import serve


@pytest.fixture
def running(platform):
    server = serve(platform)
    yield server
    if server.thread.is_alive():
        server.close()


def test_it_serves_the_phone_page_and_the_platform(running):
    assert requests.get(f"{running.origin}/simulator/", timeout=5).ok
    assert requests.get(f"{running.api_base}/cgi-bin/menu/get", timeout=5).json()["errcode"] == 41001


def test_without_a_way_to_move_time_the_page_offers_none(running):
    assert "快进" not in requests.get(f"{running.origin}/simulator/", timeout=5).text
    moved = requests.post(f"{running.origin}/simulator/advance/day", headers={"X-Simulator": "1"}, timeout=5)
    assert moved.status_code == 404


def test_once_closed_nobody_answers(running):
    running.close()
    with pytest.raises(requests.ConnectionError):
        requests.get(running.origin, timeout=5)
