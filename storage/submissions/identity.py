"""Who handed a submission in: the most precious secret of the system, sealed and apart from everything else."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from storage.engine.database import Tx


@dataclass(frozen=True)
class Identity:
    """Who handed a submission in: the most precious secret of the system."""

    openid: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    mentioned: str = field(default="", repr=False)
    principal: str = field(default="", repr=False)


FIELDS = tuple(field.name for field in fields(Identity))


def sealed(tx: Tx, identity: Identity) -> dict[str, str | None]:
    values = ((name, getattr(identity, name)) for name in FIELDS)
    return {name: tx.vault.seal(value, name) if value else None for name, value in values}


def of(tx: Tx, id: str) -> Identity:
    """Opens the identity: callers must have a lawful reason and write an audit row."""
    row = tx.one("select * from identity where submission = :id", id=id) or {}
    return Identity(**{name: tx.vault.open(row[name], name) if row.get(name) else "" for name in FIELDS})


def mention(tx: Tx, id: str, numbers: Sequence[str]) -> None:
    """Keep numbers that were masked in a text later on with the identity."""
    if numbers:
        mentioned = "\n".join([*filter(None, [of(tx, id).mentioned]), *numbers])
        tx.run(
            "update identity set mentioned = :mentioned where submission = :id",
            mentioned=tx.vault.seal(mentioned, "mentioned"),
            id=id,
        )


def sender(tx: Tx, id: str) -> str | None:
    """The digest of who handed it in; None when staff entered it."""
    value = tx.value("select sender from identity where submission = :id", id=id)
    return str(value) if value else None


def give_name(tx: Tx, id: str, *, name: str, phone: str) -> None:
    """Seal a name given later; from then on it is a named submission. There is no way back."""
    tx.run(
        "update identity set name = :name, phone = :phone where submission = :id",
        name=tx.vault.seal(name, "name"),
        phone=tx.vault.seal(phone, "phone"),
        id=id,
    )
    tx.run("update submission set named = 1 where id = :id", id=id)
