"""Who handed a submission in: the most precious secret of the system, sealed and apart from everything else.

It leaves by two doors: to the machine that sends, and to a person whose reason is written down.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

from storage import audit
from storage.engine.database import Row, Tx
from storage.errors import StorageError


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


def own(tx: Tx, sender: str) -> str:
    """What this table calls somebody."""
    return tx.vault.digest(sender, "identity")


def confirm(tx: Tx, row: Row, sender: str) -> None:
    """Raises StorageError when an `openid` and its `submission` are not of this sender: somebody moved the row to them.

    The digest alone could be copied from another row; what is sealed opens in its own row only.
    """
    openid = tx.vault.open(row["openid"], "identity.openid", row["submission"])
    if tx.vault.digest(openid, "openid") != sender:
        raise StorageError(f"案件 {row['submission']} 的身份被改过，请从备份恢复")


def add(tx: Tx, id: str, identity: Identity) -> None:
    """Keep who handed in the submission of that id; without an openid, staff entered it."""
    tx.insert("identity", **row_of(tx, id, identity))


def row_of(tx: Tx, id: str, identity: Identity) -> Row:
    """The row of the table."""
    phone = "".join(letter for letter in identity.phone if letter.isdecimal())
    values = ((name, getattr(identity, name)) for name in FIELDS)
    return {
        "submission": id,
        "sender": own(tx, tx.vault.digest(identity.openid, "openid")) if identity.openid else None,
        "phone_digest": tx.vault.digest(phone, "phone") if phone else None,
        **{name: _sealed(tx, id, name, value) if value else None for name, value in values},
    }


def _sealed(tx: Tx, id: str, name: str, value: str) -> str:
    return tx.vault.seal(value, f"identity.{name}", id)


def addressee(tx: Tx, id: str) -> str:
    """The openid that a notice goes to, for the machine that sends it alone; '' when staff entered the submission."""
    sealed = tx.value("select openid from identity where submission = :id", id=id)
    return tx.vault.open(sealed, "identity.openid", id) if sealed else ""


def again(tx: Tx, id: str) -> Identity:
    """The same person, for another submission of theirs: the machine alone carries it there."""
    return replace(_of(tx, id), mentioned="")


def words(tx: Tx, id: str) -> list[str]:
    """All that would name the person, for the machine alone, which takes it out of what others will read."""
    found = _of(tx, id)
    return [word.strip() for name in FIELDS for word in getattr(found, name).split("\n") if word.strip()]


def reveal(tx: Tx, id: str, *, reason: str, by: str, number: str, action: str = "reveal") -> Identity:
    """Open the identity for a person who may see it; the audit row of the case `number` says who and why.

    Raises ValueError without a reason.
    """
    if not reason or not by:
        raise ValueError(f"the identity behind {number} is opened for somebody with a reason only")
    audit.write(tx, actor=by, action=action, subject=number, detail=reason)
    return _of(tx, id)


def _of(tx: Tx, id: str) -> Identity:
    row = tx.one("select * from identity where submission = :id", id=id) or {}
    return Identity(
        **{name: tx.vault.open(row[name], f"identity.{name}", id) if row.get(name) else "" for name in FIELDS}
    )


def mention(tx: Tx, id: str, numbers: Sequence[str]) -> None:
    """Keep numbers that were masked in a text later on with the identity."""
    if numbers:
        mentioned = "\n".join([*filter(None, [_of(tx, id).mentioned]), *numbers])
        tx.run(
            "update identity set mentioned = :mentioned where submission = :id",
            mentioned=_sealed(tx, id, "mentioned", mentioned),
            id=id,
        )


def give(tx: Tx, id: str, **given: str) -> None:
    """Seal a name, phone or address given later. With a name or phone it is a named submission, for good."""
    row = row_of(tx, id, Identity(**given))
    columns = [*given, *(["phone_digest"] if "phone" in given else [])]
    assigned = ", ".join(f"{name} = :{name}" for name in columns)
    values = {name: row[name] for name in columns}
    tx.run(f"update identity set {assigned} where submission = :id", id=id, **values)  # noqa: S608
    if given.keys() & {"name", "phone"}:
        tx.run("update submission set named = 1 where id = :id", id=id)


def reach(tx: Tx, id: str) -> frozenset[str]:
    """By what its person can be reached, opening nothing: ``openid``, ``phone``, ``address``."""
    row = tx.one("select openid, phone, address from identity where submission = :id", id=id) or {}
    return frozenset(name for name, sealed in row.items() if sealed)
