"""An article as people read it."""

import pytest

from content.errors import ContentError
from handlers.exposure.layout import CONTENT_LIMIT, check, check_length, compose, picture_ids


def nowhere(_id):
    return ""


def test_a_case_names_category_office_and_day(newsroom, service):
    html = compose(newsroom.write(), service.office, nowhere)
    for part in ("线上线下食品安全", "新密市场监管", "2026年11月23日", "查获过期卤肉12袋"):
        assert part in html


def test_a_notice_and_a_case_are_laid_out_differently(newsroom, service):
    case, notice = newsroom.write(), newsroom.write(party="")
    assert compose(case, service.office, nowhere) != compose(notice, service.office, nowhere)


def test_a_picture_is_shown_from_where_it_lies(newsroom, service):
    made = newsroom.write(body="![现场](picture:p1)")
    assert 'src="http://mmbiz.example/p1"' in compose(made, service.office, "http://mmbiz.example/{}".format)


def test_what_is_longer_than_the_platform_takes_is_refused_in_words(newsroom, service):
    made = newsroom.write(body="\n\n".join(["字" * 40] * 400))
    with pytest.raises(ContentError, match=str(CONTENT_LIMIT)):
        check_length(compose(made, service.office, nowhere))


def test_a_text_that_shows_a_picture_it_does_not_have_is_refused():
    assert picture_ids("![现场](picture:p1)") == ["p1"]
    check("![现场](picture:p1)", ["p1"])
    with pytest.raises(ContentError, match="p1"):
        check("![现场](picture:p1)", [])


def test_nothing_of_a_script_survives(newsroom, service):
    html = compose(newsroom.write(body="<script>alert(1)</script>正文"), service.office, nowhere)
    assert "<script" not in html
