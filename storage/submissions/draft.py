"""What staff have typed at a submission and not sent yet: by person and form, sealed, kept until it is sent."""

import json
from collections.abc import Mapping
from datetime import datetime

from storage.engine.database import Tx
from storage.engine.times import stamp

TYPED = "draft.typed"


def put(tx: Tx, staff: str, submission: str, form: str, typed: Mapping[str, str]) -> None:
    """Keep what a form holds now, in place of what it held before; nothing of one that is empty."""
    drop(tx, staff, submission, form)
    if any(typed.values()):
        id = tx.new_id()
        sealed = tx.vault.seal(json.dumps(dict(typed), ensure_ascii=False), TYPED, id)
        tx.insert("draft", id=id, staff=staff, submission=submission, form=form, typed=sealed, at=tx.stamp)


def of(tx: Tx, staff: str, submission: str) -> dict[str, dict[str, str]]:
    """Form -> what this person typed into it, of a submission."""
    sql = "select id, form, typed from draft where staff = :staff and submission = :submission"
    rows = tx.all(sql, staff=staff, submission=submission)
    return {row["form"]: json.loads(tx.vault.open(row["typed"], TYPED, row["id"])) for row in rows}


def drop(tx: Tx, staff: str, submission: str, form: str) -> None:
    """It was sent, or thrown away."""
    sql = "delete from draft where staff = :staff and submission = :submission and form = :form"
    tx.run(sql, staff=staff, submission=submission, form=form)


def forget(tx: Tx, before: datetime, most: int) -> int:
    """Erase what nobody has touched since then, the oldest first."""
    sql = "delete from draft where id in (select id from draft where at < :before order by at limit :most)"
    return tx.run(sql, before=stamp(before), most=most)
