"""HTTP to the platform, and to nobody else: https, its own hosts, no redirect, so many bytes, so many seconds.

requests limits the wait for each byte only, and follows any address. A name may lead anywhere, so it is the address
that was connected to which is looked at, before a byte is sent.
"""

import socket
import threading
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from bot.wechat.errors import PlatformError

TIMEOUT = (3.05, 8.0)
"""Seconds to connect and between bytes."""
SECONDS = 11.0
"""For the whole answer once it was asked for: with TIMEOUT's first below a lease of the outbox."""
ANSWER_LIMIT = 2 * 1024 * 1024
CHUNK = 64 * 1024
DOMAINS = ("qq.com", "qpic.cn")
"""Where the platform keeps what people sent."""


class Transport(requests.Session):
    """Asks the API at `api_base`, which may be a stand-in on loopback, and the platform's other hosts."""

    def __init__(self, api_base: str) -> None:
        super().__init__()
        self._home = urlsplit(api_base)[:2]
        # A little of it may unpack to more than the memory holds; what comes packed all the same is cut as well.
        self.headers["Accept-Encoding"] = "identity"
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Adapter())
        if not _is_platform(urlsplit(api_base).hostname or ""):
            self.mount(f"{'://'.join(self._home)}/", _Adapter(anywhere=True))

    def request(  # type: ignore[override]
        self, method: str, url: str, *, limit: int = ANSWER_LIMIT, **asked: Any
    ) -> requests.Response:
        """The answer with all of its body. Raises PlatformError and requests' own errors."""
        asked = {"timeout": TIMEOUT} | asked | {"allow_redirects": False, "stream": True}
        with super().request(method, self._allowed(url), **asked) as response:
            response._content = _body(response.raw, limit)
            # Else the connection is closed instead of kept for the next call.
            response._content_consumed = True  # type: ignore[attr-defined]
        if 300 <= response.status_code < 400:
            raise PlatformError("again", "微信接口把请求转到了别的地址，没有跟随", sign="redirect", unknown=True)
        return response

    def _allowed(self, url: str) -> str:
        parts = urlsplit(url)
        if parts[:2] == self._home:
            return url
        host = parts.hostname or ""
        if not _is_platform(host):
            raise PlatformError(
                "content", f"微信给出的文件地址不在微信的域名下（{host[:60]}），没有访问", sign="foreign"
            )
        # Videos are said to lie at http addresses.
        return urlunsplit(("https", host, parts.path, parts.query, ""))


def _is_platform(host: str) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in DOMAINS)


def is_inner(address: str) -> bool:
    """Whether an IP address is of this machine, its network or another one that is not public."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return not ip.is_global


def _body(raw: Any, limit: int) -> bytes:
    """What urllib3's response `raw` holds, unpacked."""
    body = bytearray()
    try:
        while chunk := raw.read1(CHUNK, decode_content=True):
            body += chunk
            if len(body) > limit:
                text = f"微信接口的回答超过{limit // 1024**2}MB"
                raise PlatformError("content", text, sign="too_large", unknown=True)
    except (HTTPError, OSError) as error:
        raise requests.ConnectionError(error) from None
    finally:
        raw.watch.cancel()
    if raw.watch.cut:
        raise requests.ReadTimeout(f"no whole answer within {SECONDS:g} s")
    return bytes(body)


class _Watch(threading.Timer):
    """Cuts a connection whose answer takes too long: its head and its body may drip for ever."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(SECONDS, self._end)
        self.daemon = True
        self.cut = False
        self._connection = connection

    def _end(self) -> None:
        self.cut = True
        with suppress(OSError):  # it has ended by itself
            self._connection.shutdown(socket.SHUT_RDWR)


class _Watched:
    """A connection to a public address, unless `anywhere`, with a watch from the moment an answer is waited for."""

    sock: socket.socket
    proxy: Any
    anywhere = False

    def _new_conn(self) -> socket.socket:
        connection: socket.socket = super()._new_conn()  # type: ignore[misc]
        # A proxy is the operator's own, and looks after what it connects to.
        if self.anywhere or self.proxy or not is_inner(connection.getpeername()[0]):
            return connection
        connection.close()
        raise PlatformError("content", "微信的域名解析到了内部网络的地址，没有访问：请检查DNS和hosts文件", sign="inner")

    def getresponse(self) -> Any:
        watch = _Watch(self.sock)
        watch.start()
        try:
            response = super().getresponse()  # type: ignore[misc]
        except BaseException:
            watch.cancel()
            raise
        response.watch = watch
        return response


class _Http(_Watched, HTTPConnection):
    pass


class _Https(_Watched, HTTPSConnection):
    pass


class _HttpAnywhere(_Http):
    anywhere = True


class _HttpsAnywhere(_Https):
    anywhere = True


class _Adapter(HTTPAdapter):
    def __init__(self, *, anywhere: bool = False) -> None:
        self._kinds = (_HttpAnywhere, _HttpsAnywhere) if anywhere else (_Http, _Https)
        super().__init__()

    def get_connection_with_tls_context(self, *asked: Any, **more: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*asked, **more)
        pool.ConnectionCls = self._kinds[pool.scheme == "https"]
        return pool
