"""The sources that an entry offers, and how a number of the national platform is written."""

from datetime import date

import pytest

from content.errors import ContentError
from content.submissions import sources

DAY = date(2026, 11, 26)


def test_leads_of_other_offices_and_of_the_press_have_their_source():
    wanted = {"上级交办", "部门协作", "舆情监测", "媒体曝光", "公安移送", "检察院移送", "法院移送"}
    assert wanted <= set(sources.SOURCES)


@pytest.mark.parametrize("number", ["1410183002026112600001", "WX20261119000123", "410183001"])
def test_a_number_fits(number):
    assert sources.number_rule(DAY).fits(number)


@pytest.mark.parametrize("number", ["abc 随便写", "已登记", "123", "13", "一二三四五六七八九"])
def test_words_are_no_number(number):
    assert not sources.number_rule(DAY).fits(number)


def test_a_pattern_that_is_none_is_told(tmp_path):
    text = (sources.Path(sources.__file__).with_name("sources.toml")).read_text(encoding="utf-8")
    broken = tmp_path / "sources.toml"
    broken.write_text(text.replace(r"[\d-]{7,29}", "["), encoding="utf-8")
    with pytest.raises(ContentError, match="正则表达式"):
        sources.load(broken)
