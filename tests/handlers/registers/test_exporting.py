"""The registers as tables, each row with its state; what comes out through the command: bot/commands/test_export.py."""

from datetime import date

import pytest

from handlers.registers import exporting
from storage.registers import listing, penalty

DAY = date(2026, 11, 23)
PENALTY = {"name": "甲店", "document": "1号", "decided_on": "2026-03-02", "disclosed_until": "2029-03-02"}


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, "公示中"),
        ({"category": "警告"}, "不公示"),
        ({"disclosed_until": "2026-11-22"}, "不公示"),
        ({"restored": 1}, "已修复"),
        ({"restored": 1, "restored_on": "2026-11-24"}, "公示中"),
        ({"restored": 1, "revoked_on": "2026-11-23"}, "已撤销"),
    ],
)
def test_a_penalty_has_its_state(service, changed, state):
    service.db.write(lambda tx: penalty.put(tx, PENALTY | changed))
    with service.db.read() as tx:
        (row,) = exporting.every_penalty(tx, DAY)
    assert tuple(row) == exporting.columns("penalties")
    assert (row["CF_WSH"], row["XYXF"], row["当前状态"]) == ("1号", "是" if changed.get("restored") else "否", state)


def test_a_listing_is_in_force_or_not(service):
    service.db.write(lambda tx: listing.put(tx, {"name": "甲店", "decided_on": "2026-05-01", "reason": "添加药品"}))
    with service.db.read() as tx:
        (row,) = exporting.every_listing(tx, DAY)
    assert tuple(row) == exporting.columns("listings")
    assert (row["名称"], row["列入原因"], row["当前状态"]) == ("甲店", "添加药品", "在列")
