"""The papers of a case, made and fetched as DOCX, and its proof folder as a ZIP that is written while it is read."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO, RawIOBase
from typing import Any

from flask import Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from bot.console.forms import typed
from bot.console.moves import Input, Tried
from bot.console.session import Visit
from handlers.errors import Refused
from handlers.fields import Field
from handlers.papers import making, proof
from handlers.submissions import desk
from storage import paper
from storage.engine.database import Tx
from storage.submissions.submission import Submission

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def look(visit: Visit, number: str) -> ResponseReturnValue:
    """What may be made of the case, and what was made. Opening it is recorded."""
    return _page(visit, number, Tried())


def make(visit: Visit, number: str, code: str) -> ResponseReturnValue:
    """Make a paper; a refusal shows the form again with what was typed."""
    values, office = typed(), visit.service.office

    def keep(tx: Tx) -> None:
        found = desk.open_submission(tx, number, visit.staff)
        making.make(tx, office, found, code, staff=visit.staff, values=values)

    try:
        visit.service.db.write(keep)
    except Refused as refused:
        return _page(visit, number, Tried(code, values, refused))
    return redirect(url_for("console.papers_look", number=number, done=code), 303)


def document(visit: Visit, number: str, id: str) -> Response:
    """A paper that was made. Opening it is recorded, so this reading is a write."""
    made, content = visit.service.db.write(lambda tx: making.open_paper(tx, number, id, visit.staff))
    name = f"{made.title} {made.number}.docx"
    return send_file(BytesIO(content), mimetype=DOCX, as_attachment=True, download_name=name)


def proof_folder(visit: Visit, number: str) -> Response:
    """The proof folder. Taking it is recorded as an export, before anything of it leaves."""
    office = visit.service.office
    folder = visit.service.db.write(
        lambda tx: proof.collect(tx, office, desk.open_submission(tx, number, visit.staff), visit.staff)
    )
    answer = Response(_zipped(proof.files(folder, visit.service.files)), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=f"proof-{number}.zip")
    return answer


class _Written(RawIOBase):
    """What was written and not sent yet; nobody can go back in it, so that it need not be kept."""

    def __init__(self) -> None:
        self.pending = bytearray()

    def write(self, data: Any, /) -> int:
        added = bytes(data)
        self.pending += added
        return len(added)

    def take(self) -> bytes:
        taken = bytes(self.pending)
        self.pending.clear()
        return taken


def _zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A ZIP, file by file: no more than one of them is in memory."""
    written = _Written()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
            yield written.take()
    yield written.take()


def _page(visit: Visit, number: str, tried: Tried) -> tuple[str, int]:
    found = visit.service.db.write(lambda tx: desk.open_submission(tx, number, visit.staff))
    with visit.service.db.read() as tx:
        offered = making.offered(tx, visit.service.office, found)
        page = render_template(
            "console/papers.html",
            found=found,
            offered=[(one, [_input(one.code, ask, found, tried) for ask in making.asks(one)]) for one in offered],
            made=paper.of(tx, found.id),
            tried=tried,
            done=request.args.get("done"),
        )
    return page, tried.status


def _input(code: str, ask: Field, found: Submission, tried: Tried) -> Input:
    value = tried.values.get(ask.name, "") if tried.name == code else ""
    return Input(f"{code}-{found.id}-{ask.name}", ask, {}, value)
