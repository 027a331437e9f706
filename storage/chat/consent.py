"""One-time consents (一次性订阅) to subscription notices, and the pages that ask for one."""

import secrets
from datetime import datetime

from storage.engine.database import Tx
from storage.engine.times import stamp

TOKEN_BYTES = 18


def _own(tx: Tx, sender: str) -> str:
    return tx.vault.digest(sender, "consent")


def remaining(tx: Tx, sender: str, template: str) -> int:
    """How many notices of a template this person has agreed to and not yet got."""
    found = tx.value(
        "select remaining from consent where sender = :sender and template = :template",
        sender=_own(tx, sender),
        template=template,
    )
    return int(found or 0)


def give(tx: Tx, sender: str, template: str) -> None:
    """One more."""
    tx.run(
        "insert into consent (sender, template, remaining) values (:sender, :template, 1) "
        "on conflict (sender, template) do update set remaining = consent.remaining + 1",
        sender=_own(tx, sender),
        template=template,
    )


def use(tx: Tx, sender: str, template: str) -> None:
    """One notice was sent."""
    tx.run(
        "update consent set remaining = remaining - 1 "
        "where sender = :sender and template = :template and remaining > 0",
        sender=_own(tx, sender),
        template=template,
    )


def withdraw(tx: Tx, sender: str, template: str) -> None:
    tx.run(
        "delete from consent where sender = :sender and template = :template",
        sender=_own(tx, sender),
        template=template,
    )


def erase(tx: Tx, sender: str) -> None:
    tx.run("delete from consent where sender = :sender", sender=_own(tx, sender))


def open_page(tx: Tx, submission: str) -> str:
    """The token of a new page that asks the reporter of a submission; it cannot be guessed, nor read here."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.insert("consent_page", token=tx.vault.digest(token, "consent"), submission=submission, created_at=tx.stamp)
    return token


def page(tx: Tx, token: str) -> str | None:
    """The number of the submission whose page this is."""
    number = tx.value(
        "select s.number from consent_page p join submission s on s.id = p.submission where p.token = :token",
        token=tx.vault.digest(token, "consent"),
    )
    return str(number) if number else None


def forget_pages(tx: Tx, before: datetime, most: int) -> int:
    """The oldest first."""
    return tx.run(
        "delete from consent_page where token in (select token from consent_page "
        "where created_at < :before order by created_at limit :most)",
        before=stamp(before),
        most=most,
    )
