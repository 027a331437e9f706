"""Letters on officials' conduct. Only the liaison has these pages; nobody else sees so much as a number.

The passphrase is asked for each time and kept nowhere: a stolen session, or the memory of a process, opens nothing.
"""

from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.lists import Column, List, show
from bot.console.moves import Tried, forms, take
from bot.console.session import Visit
from bot.console.signin import effort
from bot.web.refusals import status_of
from handlers import letters
from handlers.errors import Refused
from handlers.people import accounts
from storage import letter_key
from storage.engine import boxes
from storage.engine.boxes import Locked, Opener
from storage.letter import Contents
from storage.letter_key import LetterKey

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
        key = letter_key.of(tx, visit.staff.name)
    return render_template("console/letters.html", shown=shown, letter_states=letters.STATES, key=key)


def look(visit: Visit, reference: str) -> ResponseReturnValue:
    """One letter, closed."""
    return _page(visit, reference, Tried())


def open_letter(visit: Visit, reference: str) -> ResponseReturnValue:
    """One letter with its text, for whoever gives the passphrase. It is recorded."""
    try:
        opener = _unlock(_key(visit), "passphrase")
    except Refused as refused:
        return _page(visit, reference, Tried(refused=refused))
    return _page(
        visit,
        reference,
        Tried(),
        visit.service.db.write(lambda tx: letters.open_letter(tx, reference, visit.staff, opener)),
    )


def act(visit: Visit, reference: str, name: str) -> ResponseReturnValue:
    """Take a move; a refusal shows the page as it is now, with what was typed."""
    after = take(visit, letters.PROCEDURE, letters.move, reference, name)
    if isinstance(after, Tried):
        return _page(visit, reference, after)
    return redirect(url_for("console.letters_look", reference=reference), 303)


def _page(visit: Visit, reference: str, tried: Tried, opened: Contents | None = None) -> ResponseReturnValue:
    def address(name: str) -> str:
        return url_for("console.letters_act", reference=reference, name=name)

    with visit.service.db.read() as tx:
        found = letters.find(tx, reference, visit.staff)
        page = render_template(
            "console/letter.html",
            found=found,
            opened=opened,
            letter_states=letters.STATES,
            forms=forms(visit, tx, letters.PROCEDURE, found, address, tried),
            refused=tried.refused,
        )
    return page, tried.status


def _key(visit: Visit) -> LetterKey | None:
    with visit.service.db.read() as tx:
        return letter_key.of(tx, visit.staff.name)


def _unlock(key: LetterKey | None, field: str) -> Opener:
    """Raises Refused."""
    if key is None:
        raise Refused("no_letter_key", "您还没有设置来信密码。")
    try:
        with effort(known=True):
            return key.pair.unlock(request.form.get(field, ""))
    except Locked:
        raise Refused("invalid_field", "来信密码不正确。", field=field) from None


def ask_key(visit: Visit) -> ResponseReturnValue:
    """Whether there is a pair, and the form for a new one."""
    return _key_page(visit)


def set_key(visit: Visit) -> ResponseReturnValue:
    """Make a pair; the letters come over with the passphrase of the one before."""
    new, key = request.form.get("new", ""), _key(visit)
    try:
        _check_new(visit, key, new)
        opener = _unlock(key, "old") if request.form.get("old") else None
        with effort(known=True):
            pair = boxes.make_pair(new)
        visit.service.db.write(lambda tx: letters.set_key(tx, visit.service.office, visit.staff, pair, opener))
    except Refused as refused:
        return _key_page(visit, refused)
    return redirect(url_for("console.letters_ask_key"), 303)


def _check_new(visit: Visit, key: LetterKey | None, new: str) -> None:
    """Raises Refused."""
    problem = accounts.weakness(new, visit.staff.name)
    if new != request.form.get("repeat", ""):
        problem = "两次输入的新密码不一致。"
    elif key and not request.form.get("old") and not request.form.get("lost"):
        problem = "请输入现用的来信密码；忘了就勾选“以前的来信再也打不开”。"
    if problem:
        raise Refused("invalid_field", problem)


def hand_over(visit: Visit) -> ResponseReturnValue:
    """Seal all letters to the pair of another liaison."""
    try:
        number = request.form.get("number", "")
        opener = _unlock(_key(visit), "passphrase")
        visit.service.db.write(lambda tx: letters.hand_over(tx, visit.staff, opener, number))
    except Refused as refused:
        return _key_page(visit, refused)
    return redirect(url_for("console.letters_ask_key"), 303)


def _key_page(visit: Visit, refused: Refused | None = None) -> ResponseReturnValue:
    with visit.service.db.read() as tx:
        page = render_template(
            "console/letter_key.html",
            key=letter_key.of(tx, visit.staff.name),
            recipient=letter_key.recipient(tx),
            successors=letters.successors(tx, visit.staff),
            problem=refused.text if refused else "",
        )
    return page, status_of(refused) if refused else 200
