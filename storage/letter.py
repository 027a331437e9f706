"""Letters on the conduct of officials: a sealed box of its own, opened by the liaison (纪检联络员) only.

Nothing here is a submission, and nothing tells more of when a letter came than its day: no time, no id made of one.
A letter is sealed to the liaison's pair at once (``l<number>.`` and a box); while there is none, under the vault.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from storage import letter_key
from storage.engine.boxes import Opener
from storage.engine.database import Row, Tx
from storage.engine.paging import Page, page
from storage.letter_key import LetterKey

SECRET = ("openid", "text", "note")
"""The sealed columns."""
VAULT = "s"
"""How a value begins that is sealed under the vault."""


@dataclass(frozen=True)
class Letter:
    """One letter as it is listed: neither its text nor its note is in here, and who sent it never comes out."""

    id: str
    reference: str
    received_on: date
    state: str
    referred_on: date | None
    referred_by: str
    version: int


@dataclass(frozen=True)
class Contents:
    """What was opened; '' for what is sealed to another pair."""

    text: str = field(repr=False)
    note: str = field(repr=False)


def add(tx: Tx, *, reference: str, openid: str, text: str, received_on: date) -> None:
    id, day, key = secrets.token_hex(12), received_on.isoformat(), letter_key.recipient(tx)
    tx.insert(
        "letter",
        id=id,
        reference=reference,
        openid=_sealed(tx, key, openid, "openid", id),
        text=_sealed(tx, key, text, "text", id),
        received_at=day,
        state="kept",
        version=1,
        updated_at=day,
    )


def _sealed(tx: Tx, key: LetterKey | None, text: str, column: str, id: str) -> str:
    place = f"letter.{column}"
    return f"{_mark(key.number)}{key.pair.seal(text, place, id)}" if key else tx.vault.seal(text, place, id)


def _mark(number: int) -> str:
    return f"l{number}."


def _letter(row: Row) -> Letter:
    return Letter(
        id=row["id"],
        reference=row["reference"],
        received_on=date.fromisoformat(row["received_at"]),
        state=row["state"],
        referred_on=date.fromisoformat(row["referred_on"]) if row["referred_on"] else None,
        referred_by=row["referred_by"] or "",
        version=int(row["version"]),
    )


def find(tx: Tx, reference: str) -> Letter | None:
    row = tx.one("select * from letter where reference = :reference", reference=reference)
    return _letter(row) if row else None


def every(tx: Tx, *, after: str = "", limit: int = 50) -> Page[Letter]:
    """Newest first."""
    return page(tx, "select * from letter", "received_at desc, id desc", _letter, after=after, limit=limit)


def contents(tx: Tx, letter: Letter, key: LetterKey, opener: Opener) -> Contents:
    """What a letter says, to whoever has the secret. Callers write an audit row."""
    row = tx.all("select text, note from letter where id = :id", id=letter.id)[0]
    return Contents(**{column: _opened(key, opener, row[column], column, letter.id) for column in ("text", "note")})


def _opened(key: LetterKey, opener: Opener, value: str | None, column: str, id: str) -> str:
    mark = _mark(key.number)
    return opener.open(value.removeprefix(mark), f"letter.{column}", id) if value and value.startswith(mark) else ""


def take_in(tx: Tx, key: LetterKey) -> int:
    """Seal to a pair what came while there was none; returns how many letters."""
    return _seal_anew(tx, VAULT, tx.vault.open, key)


def hand_over(tx: Tx, before: LetterKey, opener: Opener, key: LetterKey) -> int:
    """Seal to another pair what is sealed to the one before; returns how many letters."""
    mark = _mark(before.number)
    return _seal_anew(tx, mark, lambda box, place, id: opener.open(box.removeprefix(mark), place, id), key)


def _seal_anew(tx: Tx, mark: str, open_: Callable[[str, str, str], str], key: LetterKey) -> int:
    marked = " or ".join(f"substr({column}, 1, :length) = :mark" for column in SECRET)
    sql = f"select id, {', '.join(SECRET)} from letter where {marked}"  # noqa: S608 - names are ours
    rows = tx.all(sql, length=len(mark), mark=mark)
    for row in rows:
        stale = [column for column in SECRET if (row[column] or "").startswith(mark)]
        texts = {column: open_(row[column], f"letter.{column}", row["id"]) for column in stale}
        values = {column: _sealed(tx, key, text, column, row["id"]) for column, text in texts.items()}
        assignments = ", ".join(f"{column} = :{column}" for column in values)
        tx.run(f"update letter set {assignments} where id = :id", id=row["id"], **values)  # noqa: S608
    return len(rows)


def change(tx: Tx, before: Letter, *, note: str = "", referred_on: date, **values: str) -> Letter:
    """Compare-and-set on `version`; raises Conflict when somebody else was first."""
    sealed = _sealed(tx, letter_key.recipient(tx), note, "note", before.id) if note else None
    values |= {"referred_on": referred_on.isoformat()}
    tx.change("letter", before.id, before.version, before.reference, note=sealed, **values)
    after = find(tx, before.reference)
    assert after is not None
    return after
