"""The application behind Granian: a request takes a thread only when it is whole.

Under WSGI each half-sent body holds a thread for as long as its sender likes; a few dozen stop everybody.
Here bodies arrive on the event loop, within a time and a size for all of it, and the application (WSGI) gets them
complete. What a door refuses by the query alone is handed to it without its body: the door itself says why.
Source: github.com/emmett-framework/granian, docs/spec/RSGI.md; PEP 3333.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.types import WSGIApplication

from granian.rsgi import HTTPProtocol, ProtocolError, Scope  # type: ignore[attr-defined]

from bot.web.gate import MEBIBYTE, Gate

Answer = tuple[int, list[tuple[str, str]], bytes]
SMALL = 64 * 1024
ROOM = 64 * MEBIBYTE
"""Bytes of bodies over SMALL that are held at once; who comes then is asked to come again."""
BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})
PLAIN = {"CONTENT_TYPE", "CONTENT_LENGTH"}
log = logging.getLogger("shian.entrance")


class Entrance:
    """An application for Granian's own interface (RSGI), with `gates` for the paths that need their own."""

    def __init__(self, app: WSGIApplication, gates: Mapping[str, Gate], threads: int) -> None:
        self._app = app
        self._gates = gates
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="web")
        self._held = 0

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        gate = self._gates.get(scope.path, Gate())
        announced = scope.headers.get("content-length")
        size = int(announced) if announced else gate.limit
        if scope.method in BODILESS or size > gate.limit or not gate.reads(scope.query_string):
            await self._answer(scope, protocol, b"")
            return
        weight = size if size > SMALL else 0
        if self._held + weight > ROOM:
            _refuse(protocol, 503, "此刻上传的内容太多，请稍后再试。")
            return
        self._held += weight
        try:
            async with asyncio.timeout(gate.seconds):
                body = await (protocol() if announced else _until(protocol, gate.limit))
            await self._answer(scope, protocol, body)
        except TimeoutError:
            log.warning("a body for %.40r did not arrive within %g s", scope.path, gate.seconds)
            _refuse(protocol, 408, "内容没有按时传完。")
        except ProtocolError:
            log.info("a sender hung up before the body for %.40r was whole", scope.path)
        finally:
            self._held -= weight

    async def _answer(self, scope: Scope, protocol: HTTPProtocol, body: bytes) -> None:
        loop = asyncio.get_running_loop()
        protocol.response_bytes(*await loop.run_in_executor(self._pool, self._run, scope, body))

    def _run(self, scope: Scope, body: bytes) -> Answer:
        status, headers = 500, list[tuple[str, str]]()

        def start(line: str, fields: list[tuple[str, str]], _failure: Any = None) -> Callable[[bytes], object]:
            nonlocal status, headers
            status, headers = int(line[:3]), fields
            return io.BytesIO().write

        chunks: Iterable[bytes] = self._app(_environ(scope, body), start)
        try:
            return status, headers, b"".join(chunks)
        finally:
            getattr(chunks, "close", bool)()


async def _until(protocol: HTTPProtocol, limit: int) -> bytes:
    """A body of unannounced length; of one over the limit only so much that the door sees it is."""
    body = bytearray()
    async for chunk in protocol:
        body += chunk
        if len(body) > limit:
            break
    return bytes(body[: limit + 1])


def _refuse(protocol: HTTPProtocol, status: int, text: str) -> None:
    protocol.response_str(status, [("content-type", "text/plain; charset=utf-8"), ("connection", "close")], text + "\n")


def _environ(scope: Scope, body: bytes) -> dict[str, Any]:
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        key = key if key in PLAIN else f"HTTP_{key}"
        if key in environ:
            value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        environ[key] = value
    return environ
