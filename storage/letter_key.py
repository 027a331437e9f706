"""The pairs that letters are sealed to: one of the liaison's, made with a passphrase that nobody else knows."""

from dataclasses import dataclass
from datetime import date

from storage.engine.boxes import Pair
from storage.engine.database import Row, Tx
from storage.people import proposal, staff
from storage.people.staff import Role


@dataclass(frozen=True)
class LetterKey:
    """One pair."""

    number: int
    staff: str
    pair: Pair
    made_on: date


def _key(row: Row) -> LetterKey:
    return LetterKey(
        number=int(row["number"]),
        staff=row["staff"],
        pair=Pair(row["public"], row["locked"]),
        made_on=date.fromisoformat(row["made_on"]),
    )


def add(tx: Tx, name: str, pair: Pair, *, made_on: date) -> LetterKey:
    number = int(tx.value("select max(number) from letter_key") or 0) + 1
    values = {"public": pair.public, "locked": pair.locked, "made_on": made_on.isoformat(), "chosen": 0}
    tx.insert("letter_key", number=number, staff=name, **values)
    return LetterKey(number, name, pair, made_on)


def kept(tx: Tx) -> list[LetterKey]:
    """Those that were not given up: the one that letters were said to go to, then the oldest."""
    return [_key(row) for row in tx.all("select * from letter_key where locked <> '' order by chosen desc, number")]


def of(tx: Tx, name: str) -> LetterKey | None:
    """The pair of an account."""
    return next((key for key in kept(tx) if key.staff == name), None)


def recipient(tx: Tx) -> LetterKey | None:
    """The pair that letters are sealed to now: of who holds the role, the one chosen, or else the oldest.

    Whoever waits to hold it again, after a reset, counts too.
    """
    waiting = {one.staff for one in proposal.every(tx) if one.role == Role.LIAISON}
    active = [one for one in staff.every(tx) if not one.disabled]
    holders = {one.name for one in active if Role.LIAISON in one.roles or one.name in waiting}
    return next((key for key in kept(tx) if key.staff in holders), None)


def choose(tx: Tx, number: int) -> None:
    """Letters go to this pair from now on."""
    tx.run("update letter_key set chosen = case when number = :number then 1 else 0 end", number=number)


def give_up(tx: Tx, number: int) -> None:
    """Erase a private key: what is still sealed to it never opens again."""
    tx.run("update letter_key set locked = '', chosen = 0 where number = :number", number=number)
