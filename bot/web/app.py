"""`create_app` joins the pieces of the web side on one screen."""

from collections.abc import Iterable
from types import ModuleType

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from bot import api, console, public
from bot.service import Service
from bot.web import health, pages
from bot.wechat import webhook

DOORS = (webhook, health, console, api, public)
"""Every way in; each makes its blueprint."""


def create_app(service: Service, doors: Iterable[ModuleType] = DOORS) -> Flask:
    """The web side of one office, with these of its doors."""
    app = Flask("bot", static_folder=None, template_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    if service.settings.server.trusted_proxies:
        hops = service.settings.server.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    for door in doors:
        app.register_blueprint(door.create_blueprint(service))
    if service.demo:
        from bot.demo import simulator  # the simulator is not even loaded otherwise

        simulator.add_simulator(app, service)
    pages.protect(app, encrypted=service.office.encrypted)
    return app
