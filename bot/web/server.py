"""`serve`: the web side under Granian."""

import logging
import os
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from bot import logs
from bot.service import open_service
from bot.settings import Settings, doubt
from bot.supervisor import end_with
from bot.web.address import check_address
from bot.web.app import create_app


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
        return create_app(open_service(self._settings, demo=self._demo))


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
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.server.threads,
        blocking_threads_idle_timeout=600,
        backlog=2048,
        log_level=LogLevels.error,
        workers_kill_timeout=5,
        # One that was killed comes back at once; one that dies again at once ends `serve`.
        respawn_failed_workers=True,
    )
    log.info("serving http://%s:%d (pid %d)", host, port, os.getpid())
    server.serve(target_loader=Loader(settings, demo))
