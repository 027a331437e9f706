"""The State Council's notice as it is published."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from handlers.clock import notice

OF_2026 = """国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。"""


def test_a_year_as_it_was_published_is_the_librarys():
    days = notice.read(OF_2026)
    day = date(2026, 1, 1)
    while day.year == 2026:
        works = days.get(day, (day.weekday() < 5, ""))[0]
        assert works == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
    assert days[date(2026, 2, 17)] == (False, "春节")
    assert days[date(2026, 2, 28)] == (True, "春节")


def test_a_holiday_may_begin_in_the_year_before_be_one_day_or_bear_two_names():
    days = notice.read(
        "关于2029年部分节假日安排的通知 一、元旦：2028年12月30日至2029年1月1日放假调休，共3天。2028年12月31日上班。"
        "二、端午节：6月16日（周六）放假1天，不调休。三、国庆节、中秋节：9月29日至10月6日放假调休，共8天。"
    )
    assert days[date(2028, 12, 30)] == (False, "元旦")
    assert days[date(2029, 6, 16)] == (False, "端午节")
    assert days[date(2029, 10, 6)] == (False, "国庆节、中秋节")
    assert date(2029, 6, 17) not in days


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("一、元旦：1月1日放假", "哪一年"),
        ("关于2027年部分节假日安排的通知", "没有读到"),
        ("关于2027年的通知 一、元旦：1月1日至12月31日放假", "不像一次放假"),
        ("关于2027年的通知 一、元旦：13月1日放假", "不是日期"),
    ],
)
def test_what_is_no_notice_is_refused_with_the_reason(text, why):
    with pytest.raises(notice.NoNoticeError, match=why):
        notice.read(text)
