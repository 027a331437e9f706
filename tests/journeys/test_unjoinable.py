"""Whoever has the database and no key cannot tell that an official reported something, or who wrote a letter.

Rows are joined by all that could join them: digests, ids, and moments to the millisecond.
"""

import re
from collections import defaultdict
from datetime import UTC, datetime

import pytest

from tests.journeys.night import Night

DIGEST, ID = re.compile(r"\b[0-9a-f]{64}\b"), re.compile(r"\b[0-9a-f]{24}\b")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}")
NOBODYS = {"migration", "tick", "daily_number", "register_import", "platform_tag", "platform_token"}
"""What is nobody's."""
CHAIN = {"previous", "hash"}
"""What joins each row of the audit to the next, whoever they are about."""


def joints(row):
    """What of a row may stand in another one too."""
    text = " ".join(str(value) for name, value in row.items() if name not in CHAIN)
    made = {moment for id in ID.findall(text) if (moment := int(id[:12], 16))}
    said = {_milliseconds(found) for found in MOMENT.findall(text)}
    return {*DIGEST.findall(text), *ID.findall(text), *made, *said}


def _milliseconds(moment):
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1000)


def joined(rows, begin):
    """All rows that can be reached from those for which `begin` holds."""
    at = defaultdict(list)
    for row in rows:
        for joint in joints(row):
            at[joint].append(row)
    seen, waiting = [], [row for row in rows if begin(row)]
    while waiting:
        row = waiting.pop()
        if row not in seen:
            seen.append(row)
            waiting += [other for joint in joints(row) for other in at[joint] if other not in seen]
    return seen


@pytest.fixture
def rows(town):
    def read():
        with town.service.db.read() as tx:
            tables = sorted(town.service.db.engine.tables(tx._session) - NOBODYS)
            return [{"table": table} | row for table in tables for row in tx.all(f"select * from {table}")]

    return read


def about(name):
    return lambda row: any(value == name for value in row.values())


def test_nobody_tells_an_officials_report_or_letter_from_the_database(town, hire, rows):
    night = Night(town, hire)
    night.on_duty("wang", "li")
    night.bind("wang", "li")
    town.clock.advance(hours=2)
    mine = town.platform.say("wang", "举报 店名：福满楼饭店 地址：东大街9号 问题：用过期油").reply.text
    mine = re.search(r"SA\d{8}-\d{4}", mine)[0]
    town.clock.advance(hours=2)
    letter = town.platform.say("wang", "你们所长收商家的红包，包庇他们").reply.text
    letter = re.search(r"JJ\d{8}-\w{4}", letter)[0]
    town.clock.advance(hours=2)
    theirs = night.emergency()
    town.work(rounds=3)
    town.platform.say("wang", "收到")
    town.work(rounds=2)
    from_wang = joined(rows(), about("wang"))
    assert {"staff_wechat", "alarm_call", "alarm", "submission"} <= {row["table"] for row in from_wang}
    assert theirs in {row.get("number") for row in from_wang}
    assert mine not in {row.get("number") for row in from_wang}
    assert letter not in {row.get("reference") for row in from_wang}
    from_letter = joined(rows(), about(letter))
    assert {row["table"] for row in from_letter} == {"letter"}


def test_an_alarm_does_not_tell_that_an_officer_raised_it(town, hire, rows):
    night = Night(town, hire)
    night.on_duty("li")
    night.bind("wang", "li")
    town.clock.advance(hours=2)
    mine = night.emergency("举报 店名：福满楼饭店 地址：东大街9号 问题：好多人正在上吐下泻", phone="wang")
    town.work(rounds=3)
    town.platform.say("li", "收到")
    town.work(rounds=3)
    assert "值班人员已接手" in town.screen("wang")[-1]
    town.clock.advance(hours=2)
    night.on_duty("wang")
    town.clock.advance(hours=2)
    theirs = night.emergency()
    town.work(rounds=3)
    town.platform.say("wang", "收到")
    town.work(rounds=3)
    from_wang = {row.get("number") for row in joined(rows(), about("wang"))}
    assert theirs in from_wang
    assert mine not in from_wang
