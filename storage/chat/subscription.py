"""Who asked to be sent what (订阅), and the account's tags at the platform. Erased on unfollow.

A choice is the consent to be sent it (PIPL, Art. 14 and 15): when it was given and withdrawn stays with it.
"""

from collections.abc import Iterable, Mapping

from storage.engine.database import Tx


def _own(tx: Tx, sender: str) -> str:
    return tx.vault.digest(sender, "subscription")


def give(tx: Tx, sender: str, topics: Iterable[str]) -> None:
    """Add topics; the consent to one that was not withdrawn keeps its date."""
    for topic in topics:
        tx.run(
            "insert into subscription (sender, topic, given_at) values (:sender, :topic, :at) "
            "on conflict (sender, topic) do update set given_at = excluded.given_at, withdrawn_at = null "
            "where subscription.withdrawn_at is not null",
            sender=_own(tx, sender),
            topic=topic,
            at=tx.stamp,
        )


def withdraw(tx: Tx, sender: str, topics: Iterable[str]) -> None:
    for topic in topics:
        tx.run(
            "update subscription set withdrawn_at = :at "
            "where sender = :sender and topic = :topic and withdrawn_at is null",
            at=tx.stamp,
            sender=_own(tx, sender),
            topic=topic,
        )


def chosen(tx: Tx, sender: str) -> set[str]:
    """The topics of a person now."""
    rows = tx.all(
        "select topic from subscription where sender = :sender and withdrawn_at is null", sender=_own(tx, sender)
    )
    return {row["topic"] for row in rows}


def erase(tx: Tx, sender: str) -> bool:
    """Forget all choices of a person, as on unfollow; False when there were none."""
    return tx.run("delete from subscription where sender = :sender", sender=_own(tx, sender)) > 0


def tags(tx: Tx, app_id: str) -> dict[str, int]:
    """The account's tags at the platform, name -> id, as far as they are known."""
    return {
        row["name"]: int(row["id"])
        for row in tx.all("select name, id from platform_tag where app_id = :app", app=app_id)
    }


def store_tags(tx: Tx, app_id: str, tags: Mapping[str, int]) -> None:
    """Replace what is known of the account's tags."""
    tx.run("delete from platform_tag where app_id = :app", app=app_id)
    for name, id in tags.items():
        tx.insert("platform_tag", app_id=app_id, name=name, id=id)
