"""Receipts: a secret address per submission, found by the digest of its token."""

import secrets

from storage.engine.database import Tx
from storage.submissions import submission
from storage.submissions.submission import Submission

BYTES = 24
"""Of randomness in a token: 192 bits, which nobody guesses."""


def token(tx: Tx, id: str) -> str:
    """The token of a submission's receipt; made when it is asked for first."""
    sealed = tx.value("select token from receipt where submission = :id", id=id)
    if sealed:
        return tx.vault.open(sealed, "receipt.token", id)
    return make(tx, id)


def make(tx: Tx, id: str) -> str:
    """The token of a submission that has none yet."""
    made = secrets.token_urlsafe(BYTES)
    tx.insert(
        "receipt",
        digest=tx.vault.digest(made, "receipt"),
        submission=id,
        token=tx.vault.seal(made, "receipt.token", id),
    )
    return made


def find(tx: Tx, token: str) -> Submission | None:
    """The submission whose receipt carries this token."""
    number = tx.value(
        "select s.number from receipt r join submission s on s.id = r.submission where r.digest = :digest",
        digest=tx.vault.digest(token, "receipt"),
    )
    return submission.find(tx, str(number)) if number else None
