"""``/exposures``: the archive of released articles, with feeds; ``/receipts``; ``/notify``: consent to a notice."""

from functools import partial

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from bot.public.archive import Archive
from bot.public.notify import Notify
from bot.public.receipts import Receipts
from bot.service import Service


def create_blueprint(service: Service) -> Blueprint:
    """The public pages of one office."""
    blueprint = Blueprint(
        "public", __name__, template_folder="templates", static_folder="static", static_url_path="/exposures/static"
    )
    archive, receipts = Archive(service), Receipts(service)
    for path, view in (
        ("/exposures", archive.exposures),
        ("/exposures/feed.xml", archive.feed),
        ("/exposures.json", archive.listing),
        ("/exposures/<id>", archive.one),
        ("/exposures/<id>/cover.jpg", archive.cover),
        ("/exposures/<id>/pictures/<picture>", archive.picture),
        ("/receipts/<token>", receipts.receipt),
        ("/receipts/<token>/qr.svg", receipts.code),
        ("/notify/<token>", Notify(service).notify),
    ):
        blueprint.add_url_rule(path, view.__name__, view)

    @blueprint.get("/")
    def home() -> Response:
        return redirect(url_for("public.exposures"))

    # Asked for at the root, whatever a page says.
    for path, file in (("/favicon.ico", "emblem.svg"), ("/robots.txt", "robots.txt")):
        blueprint.add_url_rule(path, path.strip("/").split(".")[0], partial(blueprint.send_static_file, file))

    return blueprint
