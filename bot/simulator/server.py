"""The simulator's blueprint, and a small server of its own for tests."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, Flask
from werkzeug.serving import BaseWSGIServer, make_server

from bot.simulator.pages import add_pages
from bot.simulator.platform import Platform
from bot.simulator.webapi import add_api
from bot.simulator.world import PUBLIC_PREFIX

QUICK = 0.02  # seconds between looks at whether to stop; tests start and stop many servers


def create_blueprint(platform: Platform, *, advance: Callable[[timedelta], None] | None = None) -> Blueprint:
    """Phone page and platform API as a blueprint named `simulator`, meant for `/simulator`.

    `advance` moves the simulated clock forward; without it the page has no buttons for that.
    """
    blueprint = Blueprint("simulator", __name__, template_folder="templates", static_folder="static")
    add_api(blueprint, platform)
    add_pages(blueprint, platform, advance)
    return blueprint


@dataclass(frozen=True)
class Running:
    """A server at work in this process; `api_base` goes into the product's settings."""

    origin: str
    server: BaseWSGIServer
    thread: threading.Thread

    @property
    def api_base(self) -> str:
        """The API base address, to which `/cgi-bin/...` is appended."""
        return f"{self.origin}{PUBLIC_PREFIX}/api"

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def serve(platform: Platform, port: int = 0) -> Running:
    """Serve only the simulator on loopback, on a free port unless given."""
    app = Flask("simulator")
    app.register_blueprint(create_blueprint(platform), url_prefix=PUBLIC_PREFIX)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(QUICK,), daemon=True, name="simulator")
    thread.start()
    platform.world.origin = f"http://127.0.0.1:{server.server_port}{PUBLIC_PREFIX}"
    return Running(f"http://127.0.0.1:{server.server_port}", server, thread)
