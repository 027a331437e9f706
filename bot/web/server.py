"""`serve`: the web side under Granian."""

import logging
import os
from contextlib import suppress
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from bot import logs
from bot.service import open_service
from bot.settings import Settings, doubt
from bot.supervisor import end_with
from bot.web.address import check_address
from bot.web.app import create_app
from bot.web.entrance import Entrance
from bot.wechat import webhook
from storage.errors import StorageError

HEADER_SECONDS = 10


class Loader:
    """Makes the application inside Granian's worker process. Picklable: it carries settings, not connections."""

    def __init__(self, settings: Settings, demo: bool) -> None:
        self._settings = settings
        self._demo = demo
        self._parent = os.getpid()

    def __call__(self, _target: str) -> Any:
        # Granian's workers outlive a killed parent.
        end_with(self._parent)
        logs.configure()
        service = open_service(self._settings, demo=self._demo)
        with suppress(StorageError):
            service.db.tables()  # stays connected: `database move` must see that it is in use
        return Entrance(create_app(service), {"/wechat": webhook.gate(service)}, self._settings.server.threads)


def serve(settings: Settings, host: str, port: int, *, demo: bool = False) -> None:
    """Serve until SIGTERM or SIGINT. Raises AddressError."""
    check_address(host, port)
    log = logging.getLogger("shian")
    if not demo and (said := doubt(settings)):
        log.warning("%s", said)
    server = Granian(
        "bot",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        websockets=False,
        workers=1,
        backlog=2048,
        log_level=LogLevels.error,
        workers_kill_timeout=5,
        # One that was killed comes back at once; one that dies again at once ends `serve`.
        respawn_failed_workers=True,
    )
    log.info("serving http://%s:%d (pid %d)", host, port, os.getpid())
    server.serve(target_loader=Loader(settings, demo))
