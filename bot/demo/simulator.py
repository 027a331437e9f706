"""Under the `demo` command only: the simulator as part of the web side."""

from flask import Flask

from bot.service import Service
from bot.simulator import Account, Platform, create_blueprint
from storage import ticks


def add_simulator(app: Flask, service: Service) -> None:
    """Register the phone page and the stand-in platform; they speak to the rest over HTTP only."""
    settings = service.settings
    account = Account(
        app_id=settings.wechat.app_id,
        app_secret=settings.wechat.app_secret,
        token=settings.wechat.token,
        encoding_aes_key=settings.wechat.encoding_aes_key,
        mode=settings.wechat.mode,
        kind=settings.wechat.account,
        name=settings.site.name,
        webhook=f"{service.office.base_url}/wechat",
    )
    memory = settings.key_file.with_name("platform.db")
    platform = Platform(account, memory=memory, clock=service.db.clock)
    app.register_blueprint(
        create_blueprint(platform, advance=lambda by: service.db.write(lambda tx: ticks.move_clock(tx, by))),
        url_prefix="/simulator",
    )
