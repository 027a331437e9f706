"""What is remembered, as values: they cannot be changed, and none shows who reported when it is printed."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from handlers.chat.message import Message
from storage.notices.parcel import Parcel, Subject, Topic
from storage.submissions.identity import Identity

SECRET = "oReporterSecret"
FIELDS = {"FromUserName": SECRET, "Content": f"我是{SECRET}", "Deep": {"a": "b"}}
VALUES = [
    Message(SECRET, "gh", "text", "1", "2", FIELDS),
    Identity(openid=SECRET, name=SECRET, phone=SECRET, address=SECRET, mentioned=SECRET),
    Parcel(
        "1", "notice", Subject(Topic.REWARD, "1"), SECRET, {"text": SECRET}, 0, False, datetime(2026, 1, 1, tzinfo=UTC)
    ),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_printing_tells_nothing_of_who_reported(value):
    assert SECRET not in f"{value!r} {value} {value!s:.2000}"


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_cannot_be_changed(value):
    with pytest.raises(FrozenInstanceError):
        value.openid = "x"


def test_a_field_that_is_missing_or_no_text_reads_as_nothing():
    message = VALUES[0]
    assert message.text("Content") == FIELDS["Content"]
    assert message.text("Nowhere") == message.text("Deep") == ""
