"""Ways of submissions, and whose part each move is."""

import pytest

from handlers.errors import Refused
from storage.submissions import deadline

MADE_UP = "某饭店"
VERIFIED = ("verify", {}), ("propose", {"outcome": "file"})
PROPOSED_AGAINST = ("verify", {}), ("propose", {"outcome": "not_file", "ground": "20.4"})
STOPPED = ("verify", {}), ("suspend", {"reason": "检测"})
CASE = (*VERIFIED, ("file_case", {}))
ACCEPTED = (("accept", {}),)


def whose(name):
    if name in ("file_case", "decline_case", "send_back", "extend", "reopen"):
        return "leader"
    return "intake" if name in ("register", "assign", "accept", "decline") else "officer"


def clock_of(ask, made):
    """Its periods by code, but for those that fell away."""
    return {one.code: one for one in ask(lambda tx: deadline.of(tx, made.id)) if one.state != "cancelled"}


def refusal(act, made, name, staff, values):
    """The refusal of a move."""
    with pytest.raises(Refused) as refused:
        act(made.number, name, staff, **values)
    return refused.value
