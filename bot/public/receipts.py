"""``/receipts/<token>``: proof for whoever handed something in that it was received.

It shows neither what was written nor by whom, about whom or how far it has come: a receipt gets lost.
"""

import io

import segno
from flask import Response, abort, render_template

from bot.service import Service
from handlers.submissions import receipts
from handlers.submissions.stages import KINDS
from storage.submissions import receipt
from storage.submissions.submission import Submission

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
MODULE = 5
"""Pixels of the smallest square of the code at its own size."""


class Receipts:
    """The receipts of one office. Every view answers 404 for a token that was never given out."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def receipt(self, token: str) -> Response:
        found = self._found(token)
        office = self._service.office
        page = render_template(
            "public/receipt.html",
            office=office,
            number=found.number,
            kind=KINDS[found.kind],
            received=office.local(found.received_at),
            token=token,
        )
        return Response(page, mimetype="text/html", headers=HEADERS)

    def code(self, token: str) -> Response:
        """The address of the receipt as a QR code."""
        self._found(token)
        image = io.BytesIO()
        segno.make(receipts.address(self._service.office, token), error="m").save(
            image, kind="svg", scale=MODULE, svgclass=None, lineclass=None
        )
        return Response(image.getvalue(), mimetype="image/svg+xml", headers=HEADERS)

    def _found(self, token: str) -> Submission:
        with self._service.db.read() as tx:
            return receipt.find(tx, token) or abort(404)
