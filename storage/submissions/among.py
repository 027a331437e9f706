"""What belongs to the submissions of a page, asked for once and not row by row."""

from collections.abc import Iterable

from storage.engine.database import Row, Tx


def rows(tx: Tx, select: str, ids: Iterable[str], then: str = "") -> list[Row]:
    """The rows of `select` whose column ``submission`` is one of `ids`; `then` is what follows the condition."""
    values = {f"id{at}": id for at, id in enumerate(ids)}
    marks = ", ".join(f":{name}" for name in values)
    return tx.all(f"{select} where submission in ({marks}) {then}", **values) if values else []
