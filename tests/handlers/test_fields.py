"""Fields of moves: each kind read as what it is, or refused with what would be right."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from handlers.errors import Refused
from handlers.fields import CHECKS, CHOICE, DAY, LONG, MOMENT, MONEY, Field, asked_of, lines, moment, read

PLACES = {"court": "法院", "police": "公安"}
FIELDS = {
    "text": Field("text", "文号"),
    "long": Field("long", "说明", kind=LONG, limit=10),
    "choice": Field("choice", "送往", kind=CHOICE, options=PLACES),
    "moment": Field("moment", "时间", kind=MOMENT),
    "day": Field("day", "日期", kind=DAY),
    "money": Field("money", "费用", kind=MONEY, recorded=False),
}
CHECK = Field("sure", "核对", required=True, kind=CHECKS, options=lambda _office, row: {"read": "已读"} if row else {})


@pytest.mark.parametrize(
    ("name", "typed", "given"),
    [
        ("text", " 甲字1号 ", "甲字1号"),
        ("long", "两\n行", "两\n行"),
        ("choice", "court", "court"),
        ("moment", "2026-11-24T09:00", datetime(2026, 11, 24, 1, tzinfo=UTC)),
        ("moment", "2026-11-24T09:00:00Z", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        ("day", "2026-11-24", date(2026, 11, 24)),
        ("money", "1,000.50", Decimal("1000.50")),
        ("money", "0", Decimal(0)),
    ],
)
def test_what_was_typed_is_read_as_its_kind_says(service, name, typed, given):
    assert read([FIELDS[name]], {name: typed, "other": "x"}, service.office, None) == {name: given}


@pytest.mark.parametrize(
    ("name", "typed", "code", "said"),
    [
        ("text", "长" * 201, "too_long", "“文号”最多200字，现有201字"),
        ("long", "长" * 11, "too_long", "最多10字"),
        ("choice", "mars", "invalid_field", "可选：法院（court）、公安（police）"),
        ("moment", "tomorrow", "invalid_field", "“时间”须为时间"),
        ("moment", "0001-01-01T00:00", "invalid_field", "“时间”须为时间"),
        ("day", "2026-02-30", "invalid_field", "“日期”须为日期"),
        ("money", "many", "invalid_field", "不是数字"),
        ("money", "NaN", "invalid_field", "两位小数"),
        ("money", "1.001", "invalid_field", "两位小数"),
        ("money", "-1", "invalid_field", "两位小数"),
        ("money", "1e13", "invalid_field", "两位小数"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_would_be_right(service, name, typed, code, said):
    with pytest.raises(Refused) as refused:
        read([FIELDS[name]], {name: typed}, service.office, None)
    assert (refused.value.code, refused.value.extra["field"]) == (code, name)
    assert said in refused.value.text


@pytest.mark.parametrize("typed", ["", "  ", ["x"]])
def test_what_is_required_and_missing_is_named(service, typed):
    asked = [Field("unit", "单位", required=True), Field("text", "文号", required=True)]
    with pytest.raises(Refused, match="需要填写：单位、文号") as refused:
        read(asked, {"unit": typed}, service.office, None)
    assert refused.value.code == "missing_field"


def test_checks_are_asked_only_of_rows_that_need_them_and_confirmed_one_by_one(service):
    assert asked_of([CHECK], service.office, None) == []
    assert read([CHECK], {}, service.office, None) == {}
    for typed in ({}, {"sure": ["other"]}, {"sure": "other"}):
        with pytest.raises(Refused) as refused:
            read([CHECK], typed, service.office, "row")
        assert (refused.value.code, refused.value.extra["missing"]) == ("checks_missing", ["read"])
    assert read([CHECK], {"sure": "read"}, service.office, "row") == {"sure": ("read",)}


def test_the_timeline_has_a_line_a_field_in_words_for_people(service):
    typed = {"choice": "court", "moment": "2026-11-24T09:00", "day": "2026-11-24", "money": "5", "long": "两页"}
    given = read(FIELDS.values(), typed, service.office, None)
    assert lines(FIELDS.values(), given, service.office, None).splitlines() == [
        "两页",
        "送往：法院",
        "时间：2026-11-24 09:00",
        "日期：2026-11-24",
    ]


def test_a_time_beyond_our_calendars_is_none_of_ours(service):
    assert moment("1999-12-31T12:00", service.office) is None
    assert moment("2100-06-01T12:00", service.office) is None
