"""What answers in the platform's place may drip, flood, unpack or lead elsewhere: each ends soon and says so."""

import gzip
import json
import socket
import threading
from contextlib import suppress
from dataclasses import replace

import msgspec
import pytest

from bot.wechat import transport
from bot.wechat.errors import PlatformError
from bot.wechat.gateway import MEDIA_LIMIT, Gateway
from bot.wechat.transport import Transport
from storage.chat import platform

OK = b"HTTP/1.1 200 OK\r\n"


class Impostor:
    """Answers every connection with `head`, then `drip` for ever, a piece each `pause` seconds."""

    def __init__(self, head: bytes, drip: bytes = b"", pause: float = 0.05) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.asked: list[bytes] = []
        self._head, self._drip, self._pause = head, drip, pause
        self._stopped = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            self.asked.append(connection.recv(65536))
            connection.sendall(self._head)
            while self._drip and not self._stopped.wait(self._pause):
                connection.sendall(self._drip)

    def stop(self) -> None:
        self._stopped.set()
        self.listener.close()


@pytest.fixture
def impostor():
    made = []

    def make(*given, **more):
        made.append(Impostor(*given, **more))
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def gateway_at(service):
    """A gateway with a token that asks the platform there."""
    service.db.write(
        lambda tx: platform.store(tx, service.settings.wechat.app_id, "token", service.db.clock().replace(year=2030))
    )

    def at(url):
        wechat = msgspec.structs.replace(service.settings.wechat, api_base=url)
        return Gateway(replace(service, settings=replace(service.settings, wechat=wechat)))

    return at


def refusal(call, *given) -> PlatformError:
    with pytest.raises(PlatformError) as error:
        call(*given)
    return error.value


@pytest.mark.parametrize(
    ("head", "drip"),
    [
        (OK + b"Content-Length: 1000\r\n\r\n", b"x"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (OK + b"Connection: close\r\n\r\n", b"x"),
        (OK + b"X: ", b"x"),
    ],
    ids=["body", "chunks", "until closed", "head"],
)
def test_an_answer_that_drips_is_cut(impostor, gateway_at, monkeypatch, head, drip):
    monkeypatch.setattr(transport, "SECONDS", 0.5)
    error = refusal(gateway_at(impostor(head, drip).url).download, "m")
    assert (error.sign, error.verdict, error.unknown) == ("silent", "again", True)


def test_an_answer_without_end_is_left(impostor, gateway_at):
    endless = impostor(OK + b"Content-Type: image/jpeg\r\n\r\n", bytes(10**6), pause=0)
    error = refusal(gateway_at(endless.url).download, "m")
    assert (error.sign, error.verdict) == ("too_large", "content")
    assert "12MB" in str(error)


@pytest.mark.parametrize("call", ["download", "tags"])
def test_what_unpacks_to_more_than_it_weighs_is_left(impostor, gateway_at, call):
    packed = gzip.compress(bytes(5 * MEDIA_LIMIT))
    head = OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    gateway = gateway_at(impostor(head + packed).url)
    assert refusal(*((gateway.download, "m") if call == "download" else (gateway.tags,))).sign == "too_large"


def test_no_redirect_is_followed(impostor, gateway_at):
    inner = impostor(OK + b"Content-Length: 6\r\n\r\nsecret")
    leading = impostor(b"HTTP/1.1 302 Found\r\nLocation: %s/\r\nContent-Length: 0\r\n\r\n" % inner.url.encode())
    assert refusal(gateway_at(leading.url).download, "m").sign == "redirect"
    assert not any(inner.asked)


@pytest.mark.parametrize(
    "there",
    [
        *("{inner}/latest/meta-data", "http://169.254.169.254/", "https://10.0.0.1/", "file:///etc/passwd", "//", "x"),
        *(
            "https://qq.com.evil.example/v",
            "https://evilqq.com/",
            "https://api.weixin.qq.com@evil.example/v",
            "https://",
        ),
    ],
)
def test_a_video_elsewhere_is_not_fetched(impostor, gateway_at, there):
    inner = impostor(OK + b"Content-Length: 6\r\n\r\nsecret")
    said = json.dumps({"video_url": there.format(inner=inner.url)}).encode()
    error = refusal(gateway_at(impostor(OK + b"Content-Length: %d\r\n\r\n" % len(said) + said).url).download, "m")
    assert (error.sign, error.verdict) == ("foreign", "content")
    assert not any(inner.asked)


def test_a_video_of_the_platform_is_asked_for_by_https():
    asked = Transport("https://api.weixin.qq.com")._allowed("http://user@vweixinp.tc.qq.com:81/a?b=c#d")
    assert asked == "https://vweixinp.tc.qq.com/a?b=c"


@pytest.fixture
def resolve(monkeypatch):
    """From now on this name, on any port, is that address."""
    ask = socket.getaddrinfo

    def at(name, address):
        def answer(host, *given, **more):
            found = (socket.AF_INET, socket.SOCK_STREAM, 6, "", address)
            return [found] if host == name else ask(host, *given, **more)

        monkeypatch.setattr(socket, "getaddrinfo", answer)

    return at


def test_a_name_of_the_platform_that_leads_inside_is_left_before_a_byte_is_sent(impostor, gateway_at, resolve):
    inner = impostor(OK + b"Content-Length: 6\r\n\r\nsecret")
    resolve("vweixinp.tc.qq.com", inner.listener.getsockname())
    said = json.dumps({"video_url": "http://vweixinp.tc.qq.com/latest/meta-data"}).encode()
    error = refusal(gateway_at(impostor(OK + b"Content-Length: %d\r\n\r\n" % len(said) + said).url).download, "m")
    assert (error.sign, error.verdict, error.unknown) == ("inner", "content", False)
    assert "DNS" in str(error)
    assert not any(inner.asked)


@pytest.mark.parametrize("base", ["https://api.weixin.qq.com", "http://api.weixin.qq.com"])
def test_so_is_the_platform_itself(impostor, gateway_at, resolve, base):
    inner = impostor(OK)
    resolve("api.weixin.qq.com", inner.listener.getsockname())
    assert refusal(gateway_at(base).tags).sign == "inner"
    assert not any(inner.asked)


@pytest.mark.parametrize(
    ("address", "inner"),
    [
        *((address, True) for address in ("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254")),
        *((address, True) for address in ("100.64.0.1", "0.0.0.0", "::1", "fc00::1", "fe80::1%eth0", "::")),
        *((address, True) for address in ("::ffff:127.0.0.1", "::ffff:10.0.0.1")),
        *((address, False) for address in ("101.226.90.1", "2402:4e00::1", "::ffff:101.226.90.1")),
    ],
)
def test_an_address_that_is_not_public_is_inner(address, inner):
    assert transport.is_inner(address) == inner


@pytest.mark.parametrize(
    "length", [b"Content-Length: 1000\r\n\r\n12345", b"Transfer-Encoding: chunked\r\n\r\n9\r\n12345"]
)
def test_half_an_answer_is_none(impostor, gateway_at, length):
    assert refusal(gateway_at(impostor(OK + length).url).download, "m").sign == "silent"
