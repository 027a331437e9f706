"""Letters on officials' conduct. Only the liaison has these pages; nobody else sees so much as a number."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.console.forms import typed, version
from bot.console.session import Visit
from bot.web.refusals import status_of
from handlers import letters
from handlers.errors import Refused


def shelf(visit: Visit) -> str:
    """All letters, newest first."""
    with visit.service.db.read() as tx:
        found = letters.shelf(tx, visit.staff)
    return render_template("console/letters.html", found=found, letter_states=letters.STATES)


def look(visit: Visit, reference: str) -> ResponseReturnValue:
    """One letter. Opening it is recorded."""
    return _page(visit, reference)


def refer(visit: Visit, reference: str) -> ResponseReturnValue:
    """Note that it went to the discipline inspection authority."""
    form, made_from = typed(), version()
    on, note = form.get("on", ""), form.get("note", "").strip()
    try:
        visit.service.db.write(
            lambda tx: letters.refer(
                tx, visit.service.office, reference, on=on, note=note, version=made_from, staff=visit.staff
            )
        )
    except Refused as refused:
        if refused.code == "not_found":
            raise
        return _page(visit, reference, refused, on, note)
    return redirect(url_for("console.letters_look", reference=reference), 303)


def _page(
    visit: Visit, reference: str, refused: Refused | None = None, on: str = "", note: str = ""
) -> ResponseReturnValue:
    found, text = visit.service.db.write(lambda tx: letters.open_letter(tx, reference, visit.staff))
    page = render_template(
        "console/letter.html",
        found=found,
        text=text,
        letter_states=letters.STATES,
        today=visit.service.office.today(visit.service.db.clock()),
        problem=refused.text if refused else "",
        on=on,
        note=note,
        note_limit=letters.NOTE_LIMIT,
    )
    return page, status_of(refused) if refused else 200
