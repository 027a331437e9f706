"""Administrative penalties (行政处罚) as they were decided."""

from dataclasses import dataclass, fields

from storage.engine.database import Row, Tx
from storage.registers import imports
from storage.registers.imports import OF_PARTY, Values


@dataclass(frozen=True)
class Penalty:
    """A decision on an administrative penalty (行政处罚决定), in the columns of double publicity (双公示).

    Amounts are decimal texts in 10,000 yuan, days ISO dates; '' where the file says nothing.
    """

    id: str
    name: str
    party_kind: str
    code: str
    document: str
    violation: str
    facts: str
    basis: str
    category: str
    content: str
    fine: str
    confiscated: str
    permit: str
    decided_on: str
    valid_until: str
    disclosed_until: str
    authority: str
    authority_code: str
    source: str
    source_code: str
    note: str
    restored: bool


def _penalty(row: Row) -> Penalty:
    values = {field.name: row[field.name] for field in fields(Penalty)}
    return Penalty(**(values | {"restored": bool(row["restored"])}))


def put(tx: Tx, values: Values) -> bool:
    """Store a penalty under its document number (文号); whether anything changed."""
    return imports.put(tx, "penalty", str(values["document"]), values)[1]


def of(tx: Tx, name: str, code: str) -> list[Penalty]:
    """All there are of one party, newest first: what may be shown of them is the caller's to decide."""
    rows = tx.all(f"select * from penalty where {OF_PARTY} order by decided_on desc, id desc", name=name, code=code)  # noqa: S608
    return [_penalty(row) for row in rows]
