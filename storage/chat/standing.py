"""How things stand with a person as a message of theirs comes: what several tables know of them, in one statement."""

from dataclasses import dataclass

from storage.chat import doubt, inbox, pending, talk
from storage.chat.doubt import Doubt
from storage.chat.inbox import Kept
from storage.chat.pending import Pending
from storage.chat.talk import Talk
from storage.engine.database import Row, Tx
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.submissions import evidence, identity


@dataclass(frozen=True)
class Standing:
    """What is under way with a person, and which of the tables that are asked further hold anything of theirs."""

    kept: Kept | None
    """The message itself, when it came before."""
    doubt: Doubt | None
    talk: Talk | None
    """Also one that was left."""
    pending: Pending | None
    pace: int
    """How many messages came of them lately; counted no further than `inbox.PACE`."""
    slowed: bool
    """A message of theirs waits its turn."""
    handed_in: bool
    held: bool
    """Notices wait for their next message."""
    summary: bool
    """The summary of their pictures waits to be sent."""
    loose: bool
    """Files of theirs belong to no submission yet."""


_JOINED = {"doubt": doubt.COLUMNS, "talk": talk.COLUMNS, "pending": pending.COLUMNS}
_SQL = f"""\
select {", ".join(f"{table}.{name} as {table}_{name}" for table, names in _JOINED.items() for name in names)},
    inbox.id, inbox.reply,
    (select count(*) from (select 1 from inbox where sender in (:today, :yesterday)
        and received_at between :since and :now limit :most) as lately) as pace,
    exists (select 1 from inbox
        where sender in (:today, :yesterday) and state = 'failed' and error = :slowed) as slowed,
    exists (select 1 from identity where sender = :identity) as handed_in,
    exists (select 1 from outbox where recipient = :citizen and state = 'held' and kind = 'notice')
        or exists (select 1 from outbox where recipient = :staff and state = 'held' and kind = 'notice') as held,
    exists (select 1 from outbox where recipient = :citizen and state = 'waiting' and topic = :pictures) as summary,
    exists (select 1 from evidence where sender = :evidence and submission is null) as loose
from (select 1 as one) as one
left join doubt on doubt.sender = :doubt left join talk on talk.sender = :talk
left join pending on pending.sender = :pending left join inbox on inbox.dedupe = :dedupe
"""  # noqa: S608 - names are ours


def of(tx: Tx, sender: str, *, dedupe: str = "") -> Standing:
    """Of the person, and of the message that is known under the key `dedupe`."""
    (row,) = tx.all(
        _SQL,
        **inbox.lately(tx, sender),
        slowed=inbox.SLOWED,
        identity=identity.own(tx, sender),
        citizen=outbox.own(tx, sender, Topic.PICTURES),
        staff=outbox.own(tx, sender, Topic.ALARM),
        pictures=Topic.PICTURES,
        evidence=evidence.own(tx, sender),
        doubt=doubt.own(tx, sender),
        talk=talk.own(tx, sender),
        pending=pending.own(tx, sender),
        dedupe=dedupe,
    )
    return Standing(
        kept=inbox.made(tx, row) if row["id"] else None,
        doubt=doubt.made(tx, found) if (found := _part(row, "doubt")) else None,
        talk=talk.made(tx, found) if (found := _part(row, "talk")) else None,
        pending=pending.made(tx, found) if (found := _part(row, "pending")) else None,
        pace=int(row["pace"]),
        **{name: bool(row[name]) for name in ("slowed", "handed_in", "held", "summary", "loose")},
    )


def _part(row: Row, table: str) -> Row | None:
    """The row of one table that was joined, None where it had none."""
    part = {name: row[f"{table}_{name}"] for name in _JOINED[table]}
    return part if part["sender"] else None
