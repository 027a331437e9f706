"""How a complainant is reached: shown to whoever is in charge of that complaint, each look on record.

Mediation needs both sides (Order 121, Art. 10, 15 and 20); an informant is protected from whoever handles the report
(Food Safety Law, Art. 115), and known to the custodian alone.
"""

from dataclasses import dataclass, field

from storage.engine.database import Tx
from storage.people.staff import Role, Staff
from storage.submissions import identity as identities
from storage.submissions.submission import Kind, Submission

REASON = "办理投诉，联系投诉人"


@dataclass(frozen=True)
class Contact:
    """How to reach a complainant; '' for what was not given."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = field(repr=False)


def in_charge(found: Submission, staff: Staff) -> bool:
    """The leader, and whom it was assigned to: the officer, or their unit; until then whoever takes complaints in."""
    if found.kind is not Kind.COMPLAINT:
        return False
    if Role.LEADER in staff.roles:
        return True
    if found.assignee:
        return staff.name == found.assignee
    return Role.INTAKE in staff.roles or (Role.OFFICER in staff.roles and bool(staff.unit) and staff.unit == found.unit)


def look(tx: Tx, found: Submission, staff: Staff) -> Contact | None:
    """The contact, with its audit row; None for whoever is not in charge."""
    if not in_charge(found, staff):
        return None
    person = identities.reveal(tx, found.id, reason=REASON, by=staff.name, number=found.number, action="contact")
    return Contact(person.name, person.phone, person.address)
