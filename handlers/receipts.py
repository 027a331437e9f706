"""The address of a submission's receipt, for whoever handed it in."""

from handlers.call import Site
from storage import receipt
from storage.database import Tx
from storage.records import Submission


def link(tx: Tx, site: Site, found: Submission) -> str:
    """Where the receipt is; made when it is asked for first, and the same ever after."""
    return f"{site.base_url}/receipts/{receipt.token(tx, found.id)}"
