"""The address of a submission's receipt (回执), for whoever handed it in."""

from handlers.office import Office
from storage.engine.database import Tx
from storage.submissions import receipt
from storage.submissions.submission import Submission


def link(tx: Tx, office: Office, found: Submission) -> str:
    """Where the receipt is; made when it is asked for first, and the same ever after."""
    return address(office, receipt.token(tx, found.id))


def first_link(tx: Tx, office: Office, stored: Submission) -> str:
    """Of a submission just stored."""
    return address(office, receipt.make(tx, stored.id))


def address(office: Office, token: str) -> str:
    return f"{office.base_url}/receipts/{token}"
