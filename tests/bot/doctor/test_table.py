"""The table: each row runs, rests on rows above it, and is told in the documents."""

from importlib import import_module

import pytest

from bot.doctor.table import CHECKS
from tests.conftest import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_each_has_a_code_of_its_own_and_rests_on_what_comes_before():
    codes = [check.code for check in CHECKS]
    assert len(set(codes)) == len(codes)
    for number, check in enumerate(CHECKS):
        assert set(check.needs) <= set(codes[:number]), check.code


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_each_is_there_and_is_told(check):
    module, _, name = check.run.partition(":")
    assert callable(getattr(import_module(module), name))
    assert f"| `{check.code}` | {check.asks} |" in OPERATIONS
