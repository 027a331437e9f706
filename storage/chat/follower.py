"""Who follows the account. The profile, and any unfinished talk, is erased on unfollow."""

from storage.chat import talk
from storage.engine.database import Tx


def sender_of(tx: Tx, openid: str) -> str:
    """The digest under which everything of one person is found."""
    return tx.vault.digest(openid, "openid")


def follow(tx: Tx, openid: str) -> None:
    tx.run(
        "insert into follower (sender, openid, followed_at) values (:sender, :openid, :at) "
        "on conflict (sender) do update set followed_at = excluded.followed_at",
        sender=sender_of(tx, openid),
        openid=tx.vault.seal(openid, "openid"),
        at=tx.stamp,
    )


def erase(tx: Tx, sender: str) -> None:
    """Forget the profile and any unfinished talk, as the platform asks on unsubscribe."""
    tx.run("delete from follower where sender = :sender", sender=sender)
    talk.end(tx, sender)


def count(tx: Tx) -> int:
    return int(tx.value("select count(*) from follower"))
