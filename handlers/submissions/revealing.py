"""Who handed in a case, told to the custodian (身份保管) who asks with a reason, and to nobody else."""

from collections.abc import Sequence

from handlers.errors import Refused
from storage.engine.database import Tx
from storage.people import staff
from storage.people.staff import Role
from storage.submissions import identity as identities
from storage.submissions import submission
from storage.submissions.identity import Identity
from storage.submissions.submission import Submission


def reveal(tx: Tx, numbers: Sequence[str], *, by: str, reason: str) -> list[tuple[Submission, Identity]]:
    """The named cases with their identities, each written down. Raises Refused and opens none unless all is right."""
    if not numbers or not by or not reason.strip():
        raise Refused("missing_field", "调取身份须写明编号、保管员和事由（--number 编号 --as 账号 --reason 事由）。")
    account = staff.get(tx, by)
    if account is None or account.disabled or Role.CUSTODIAN not in account.roles:
        raise Refused("forbidden", f"“{by}”不是在用的身份保管员账号，没有调取任何身份。")
    cases = [_case(tx, number) for number in dict.fromkeys(numbers)]
    return [(case, identities.reveal(tx, case.id, reason=reason.strip(), by=by, number=case.number)) for case in cases]


def _case(tx: Tx, number: str) -> Submission:
    found = submission.find(tx, number)
    if found is None:
        raise Refused("not_found", f"没有编号为 {number} 的件，没有调取任何身份。")
    return found
