"""One refusal, one status, whichever door it comes through."""

import ast

from bot.web.refusals import STATUSES, status_of
from handlers.errors import Refused
from tests.conftest import ROOT


def codes_in_use() -> set[str]:
    """Every code that the code raises Refused with."""
    found = set()
    for room in ("bot", "handlers"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused"
                if named and node.args and isinstance(node.args[0], ast.Constant):
                    found.add(node.args[0].value)
    return found


def test_every_code_that_is_raised_has_a_status_of_its_own():
    assert codes_in_use() <= set(STATUSES)


def test_what_is_new_is_a_conflict_rather_than_a_crash():
    assert status_of(Refused("brand_new", "x")) == 409
