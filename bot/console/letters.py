"""Letters on officials' conduct. Only the liaison has these pages; nobody else sees so much as a number."""

from functools import partial

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.console.lists import Column, List, show
from bot.console.moves import Tried, forms, take
from bot.console.session import Visit
from handlers import letters

SHELF = List(
    "letters_shelf",
    columns=(
        Column("编号", "letter_reference", main=True),
        Column("收到", "letter_received", "num"),
        Column("状态", "letter_state"),
    ),
    empty="没有来信。",
)


def shelf(visit: Visit) -> str:
    """All letters, newest first."""
    with visit.service.db.read() as tx:
        shown = show(SHELF, partial(letters.shelf, tx, visit.staff))
    return render_template("console/letters.html", shown=shown, letter_states=letters.STATES)


def look(visit: Visit, reference: str) -> ResponseReturnValue:
    """One letter. Opening it is recorded."""
    return _page(visit, reference, Tried())


def act(visit: Visit, reference: str, name: str) -> ResponseReturnValue:
    """Take a move; a refusal shows the page as it is now, with what was typed."""
    after = take(visit, letters.PROCEDURE, letters.move, reference, name)
    if isinstance(after, Tried):
        return _page(visit, reference, after)
    return redirect(url_for("console.letters_look", reference=reference), 303)


def _page(visit: Visit, reference: str, tried: Tried) -> ResponseReturnValue:
    def address(name: str) -> str:
        return url_for("console.letters_act", reference=reference, name=name)

    found, text = visit.service.db.write(lambda tx: letters.open_letter(tx, reference, visit.staff))
    with visit.service.db.read() as tx:
        page = render_template(
            "console/letter.html",
            found=found,
            text=text,
            letter_states=letters.STATES,
            forms=forms(visit, tx, letters.PROCEDURE, found, address, tried),
            refused=tried.refused,
        )
    return page, tried.status
