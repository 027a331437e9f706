"""Pictures, voice and video, opened from the sealed store for staff only."""

from io import BytesIO

from flask import Response, send_file

from bot.console.session import Visit
from handlers.submissions import evidence

SHOWN = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
}
"""Types a browser may show, with the ending of a saved copy; all else is only ever saved."""
SAVED = {"audio/amr": "amr"}
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def show(visit: Visit, id: str) -> Response:
    """One file, with a type the browser cannot reinterpret. Opening it is recorded, so this reading is a write."""
    found = visit.service.db.write(lambda tx: evidence.open_file(tx, id, visit.staff))
    return sealed_off(visit, found.sha256, found.mime, found.id)


def sealed_off(visit: Visit, sha256: str, mime: str, name: str) -> Response:
    """A stored file as an answer that can neither run nor be framed."""
    content = visit.service.files.get(sha256)
    response = send_file(
        BytesIO(content),
        mimetype=mime if mime in SHOWN else "application/octet-stream",
        as_attachment=mime not in SHOWN,
        download_name=f"{name}.{SHOWN.get(mime) or SAVED.get(mime, 'bin')}",
        etag=sha256,
        conditional=True,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
