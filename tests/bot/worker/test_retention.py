"""Every table that can hold a person's words or name is forgotten by a row, or kept for a reason."""

import pytest

from bot.worker.retention import RETENTION

KEPT = {
    "alarm": "the record of an emergency, with its case",
    "alarm_call": "the record of an emergency, with its case",
    "article": "published, or about to be; its author withdraws it",
    "audit": "the chain would break; it holds no words and no identity of a citizen",
    "consent": "what somebody agreed to receive, until it is used or they leave",
    "deadline": "part of the case file",
    "doubt": "its tick settles it within minutes, whatever its sender does",
    "duty": "who was on duty, for the record of emergencies",
    "follower": "until the person stops following",
    "identity": "part of the case file, sealed",
    "letter": "kept for the discipline inspection, sealed",
    "paper": "part of the case file; nobody who handed it in is named in it",
    "receipt": "part of the case file; a digest and a sealed token",
    "reward": "part of the case file and of the accounts of money",
    "letter_key": "letters are sealed to it; it names an account and holds its pair, not a citizen",
    "role_proposal": "until somebody confirms or refuses it; names accounts alone",
    "staff": "an account in use or disabled; the chain names it",
    "staff_device": "until the password is guessed at too often",
    "platform_order": "as long as the submission it is of",
    "delegation": "who decided for whom, named in the record",
    "staff_factor": "until its owner or a reset ends it; a sealed secret",
    "staff_recovery": "until each is used, or the second factor ends; digests",
    "staff_phone": "until it is taken out",
    "staff_token": "until the account is disabled",
    "staff_wechat": "until it is unbound",
    "submission": "the case file",
    "subscription": "what somebody asked for, until they withdraw or leave",
    "task": "part of the case file",
    "timeline": "part of the case file",
}
NOBODYS = {
    *("audit_head", "calendar_day", "daily_number", "demo_clock", "finish", "picture", "release"),
    *("installation", "paper_number", "platform_error", "platform_tag", "platform_token"),
    *("business", "business_key", "listing", "penalty", "register_import", "tally", "tick", "migration"),
}
"""Counters, the platform's own, and the public registers of businesses: no citizen's words and no openid."""


def test_every_table_is_forgotten_or_kept_for_a_reason(service):
    tables = service.db.tables()
    forgotten = {table for row in RETENTION for table in row.tables}
    assert sorted(tables ^ (forgotten | KEPT.keys() | NOBODYS)) == []
    assert not forgotten & (KEPT.keys() | NOBODYS)


@pytest.mark.embedded
def test_no_table_with_somebodys_address_counts_as_nobodys(service):
    personal = {"sender", "openid", "recipient", "addressee", "phone", "staff"}
    with service.db.read() as tx:
        for table in sorted(NOBODYS):
            columns = {row["name"] for row in tx.all(f"pragma table_info({table})")}
            assert not columns & personal, table
