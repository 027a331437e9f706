"""Who follows the account. The profile, and any unfinished talk, is erased on unfollow."""

from storage.chat import talk
from storage.engine.database import Tx


def sender_of(tx: Tx, openid: str) -> str:
    """Who somebody is, wherever it is asked: a digest that is never stored. Each table makes its own of it."""
    return tx.vault.digest(openid, "openid")


def _own(tx: Tx, sender: str) -> str:
    return tx.vault.digest(sender, "follower")


def follow(tx: Tx, openid: str) -> None:
    own = _own(tx, sender_of(tx, openid))
    tx.run(
        "insert into follower (sender, openid, followed_at) values (:sender, :openid, :at) "
        "on conflict (sender) do update set followed_at = excluded.followed_at",
        sender=own,
        openid=tx.vault.seal(openid, "follower.openid", own),
        at=tx.stamp,
    )


def erase(tx: Tx, sender: str) -> None:
    """Forget the profile and any unfinished talk, as the platform asks on unsubscribe."""
    tx.run("delete from follower where sender = :sender", sender=_own(tx, sender))
    talk.end(tx, sender)


def count(tx: Tx) -> int:
    return int(tx.value("select count(*) from follower"))
