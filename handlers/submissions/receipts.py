"""The address of a submission's receipt (回执), for whoever handed it in."""

from handlers.office import Site
from storage import receipt
from storage.database import Tx
from storage.records import Submission


def link(tx: Tx, site: Site, found: Submission) -> str:
    """Where the receipt is; made when it is asked for first, and the same ever after."""
    return address(site, receipt.token(tx, found.id))


def address(site: Site, token: str) -> str:
    return f"{site.base_url}/receipts/{token}"
