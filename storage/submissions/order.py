"""Rows of the lists of the two platforms: which submission each one is, and what it said when it was last taken in."""

from dataclasses import dataclass

from storage.engine.database import Tx


@dataclass(frozen=True)
class Order:
    """A row: the `number` of a submission here (编号), and the `digest` of its words."""

    number: str
    digest: str


def find(tx: Tx, platform: str, number: str) -> Order | None:
    """What is known of the row `number` of that platform."""
    row = tx.one(
        "select s.number as number, o.digest as digest from platform_order o join submission s on s.id = o.submission "
        "where o.platform = :platform and o.number = :number",
        platform=platform,
        number=number,
    )
    return Order(row["number"], row["digest"]) if row else None


def keep(tx: Tx, platform: str, number: str, *, submission: str, digest: str) -> None:
    """Remember the row as it is now, with the id of its submission."""
    tx.run(
        "insert into platform_order (platform, number, submission, digest, taken_at) "
        "values (:platform, :number, :submission, :digest, :at) "
        "on conflict (platform, number) do update set digest = excluded.digest, taken_at = excluded.taken_at",
        platform=platform,
        number=number,
        submission=submission,
        digest=digest,
        at=tx.stamp,
    )


def registered_as(tx: Tx, number: str) -> list[str]:
    """The submissions (编号) that stand in the national platform under this number, the oldest first."""
    rows = tx.all(
        "select number from submission where external_number <> '' and external_number = :number order by id",
        number=number,
    )
    return [row["number"] for row in rows]
