"""Half-sent requests hold no thread: over real sockets, against the server that operators run."""

import http.client
import re
import socket
import threading
import time
from contextlib import ExitStack
from urllib.parse import urlencode

import pytest
import requests

from bot.wechat.webhook import SIZE_LIMIT
from tests.conftest import CONFIG
from tests.endurance.crowd import Processes, letter

pytestmark = [pytest.mark.slow, pytest.mark.endurance]
PROMPT = 2.0
"""Seconds: far below the platform's five on a busy machine."""


@pytest.fixture(scope="module")
def processes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    config = folder / "config.toml"
    config.write_text(CONFIG + 'api_base = "http://127.0.0.1:9"\n', encoding="utf-8")
    processes = Processes(config, folder / "service.log")
    processes.command("init")
    processes.start()
    yield processes
    processes.stop()


def half_sent(port: int, path: str, length: int = 1000) -> socket.socket:
    """A POST that announces more than it sends."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n<xml>"
    connection.sendall(head.encode())
    return connection


def status(connection: socket.socket) -> int:
    """What the server answers, 0 when it hangs up without."""
    answer = connection.recv(100)
    return int(answer.split()[1]) if answer else 0


def signed() -> str:
    return f"/wechat?{urlencode(letter('1', 'o1', '你好').query)}"


def test_200_half_sent_requests_leave_the_others_served(processes: Processes):
    paths = (signed(), "/console/sign-in", "/api/v1/submissions", "/nowhere")
    with ExitStack() as held:
        dripping = [held.enter_context(half_sent(processes.port, paths[i % 4])) for i in range(200)]
        stop = threading.Event()

        def drip():
            while not stop.wait(0.5):
                for connection in dripping:
                    try:
                        connection.send(b"x")
                    except OSError:
                        continue

        dripper = threading.Thread(target=drip)
        dripper.start()
        try:
            for i in range(5):
                began = time.monotonic()
                assert processes.ready()
                said = processes.post_all([letter(f"drip{i}", "oPatient", "举报 店名：甲 地址：乙 问题：丙")], 1)
                assert "SA" in (said[0] or "")
                assert time.monotonic() - began < PROMPT
        finally:
            stop.set()
            dripper.join()


def test_a_signed_body_has_three_seconds_in_all(processes: Processes):
    began = time.monotonic()
    with half_sent(processes.port, signed()) as connection:
        assert status(connection) in (0, 408)
    assert 2 < time.monotonic() - began < 6


def test_an_unsigned_body_is_not_waited_for(processes: Processes):
    began = time.monotonic()
    with half_sent(processes.port, "/wechat?signature=x&timestamp=1&nonce=2") as connection:
        assert status(connection) == 403
    assert time.monotonic() - began < PROMPT


@pytest.mark.parametrize("chunked", [False, True])
def test_over_a_mebibyte_is_413_announced_or_chunked(processes: Processes, chunked):
    connection = http.client.HTTPConnection("127.0.0.1", processes.port, timeout=20)
    body = (b"x" * 65536 for _ in range(SIZE_LIMIT // 65536 + 1))
    if chunked:
        connection.request("POST", signed(), body, encode_chunked=True, headers={"Transfer-Encoding": "chunked"})
        assert connection.getresponse().status == 413
    else:
        with half_sent(processes.port, signed(), SIZE_LIMIT + 1) as announced:
            assert status(announced) == 413


def test_forms_cookies_and_addresses_arrive_as_sent(processes: Processes):
    browser = requests.Session()
    form = browser.get(f"{processes.url}/console/sign-in", timeout=20)
    token = re.search('name="csrf" value="([^"]+)"', form.text)
    assert token
    fields = {"csrf": token[1], "name": "李四", "password": "wrong"}
    browser.cookies.set("another", "cookie", path="/console")
    refused = browser.post(f"{processes.url}/console/sign-in", data=fields, timeout=20)
    assert refused.status_code == 401
    assert 'value="李四"' in refused.text
    away = browser.get(f"{processes.url}/console/submissions/号", allow_redirects=False, timeout=20)
    assert away.headers["Location"] == "/console/sign-in?next=/console/submissions/%E5%8F%B7"
