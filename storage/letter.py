"""Letters on the conduct of officials: a sealed box of its own, opened for the liaison (纪检联络员) only.

Nothing here is a submission, and nothing tells more of when a letter came than its day: no time, no id made of one.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from storage.engine.database import Row, Tx
from storage.engine.paging import Page, page


@dataclass(frozen=True)
class Letter:
    """One letter as it is listed: its text is not in here, and who sent it never comes out."""

    id: str
    reference: str
    received_on: date
    state: str
    referred_on: date | None
    referred_by: str
    note: str = field(repr=False)
    version: int


def add(tx: Tx, *, reference: str, openid: str, text: str, received_on: date) -> None:
    id, day = secrets.token_hex(12), received_on.isoformat()
    tx.insert(
        "letter",
        id=id,
        reference=reference,
        openid=tx.vault.seal(openid, "letter.openid", id),
        text=tx.vault.seal(text, "letter.text", id),
        received_at=day,
        state="kept",
        version=1,
        updated_at=day,
    )


def _letter(tx: Tx, row: Row) -> Letter:
    return Letter(
        id=row["id"],
        reference=row["reference"],
        received_on=date.fromisoformat(row["received_at"]),
        state=row["state"],
        referred_on=date.fromisoformat(row["referred_on"]) if row["referred_on"] else None,
        referred_by=row["referred_by"] or "",
        note=tx.vault.open(row["note"], "letter.note", row["id"]) if row["note"] else "",
        version=int(row["version"]),
    )


def find(tx: Tx, reference: str) -> Letter | None:
    row = tx.one("select * from letter where reference = :reference", reference=reference)
    return _letter(tx, row) if row else None


def every(tx: Tx, *, after: str = "", limit: int = 50) -> Page[Letter]:
    """Newest first."""
    order = "received_at desc, id desc"
    return page(tx, "select * from letter", order, partial(_letter, tx), after=after, limit=limit)


def text_of(tx: Tx, letter: Letter) -> str:
    """Opens the letter: callers must have checked who asks, and write an audit row."""
    return tx.vault.open(tx.value("select text from letter where id = :id", id=letter.id), "letter.text", letter.id)


def change(tx: Tx, before: Letter, *, note: str = "", referred_on: date, **values: str) -> Letter:
    """Compare-and-set on `version`; raises Conflict when somebody else was first."""
    sealed = tx.vault.seal(note, "letter.note", before.id) if note else None
    values |= {"referred_on": referred_on.isoformat()}
    tx.change("letter", before.id, before.version, before.reference, note=sealed, **values)
    after = find(tx, before.reference)
    assert after is not None
    return after
