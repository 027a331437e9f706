"""When something was, as written (时间), and the day that is meant."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

_N = "[0-9〇零一二两三四五六七八九十]"
_PART = "(?:早上|早晨|上午|中午|晌午|下午|后晌|晚上|傍晚|夜里|早|晚)?"
_WEEK = "(?:周|星期|礼拜)"
_DATE = rf"(?:(?P<year>{_N}{{2,4}}|[去前今])年)?(?P<month>{_N}{{1,3}})月(?P<day>{_N}{{1,3}})[号日]"
_FIGURES = r"(?P<year>20[0-9]{2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![0-9])"
_OF_MONTH = rf"(?:(?P<which>上|这|本)个?月)?(?P<day>{_N}{{1,3}})[号日]"
_WEEKDAY = rf"(?:(?P<which>上上|上|这|本)个?)?{_WEEK}(?P<day>[一二三四五六日天末])"
_AGO = rf"(?P<many>{_N}{{1,3}})个?(?P<unit>分钟|小时|钟头|天|{_WEEK})(?:以?前|之前)"
_WHEN = re.compile(
    "|".join(
        [
            re.sub(r"\?P<\w+>", "?:", _DATE) + _PART,
            r"20[0-9]{2}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|\.[0-9]{1,2}\.)[0-9]{1,2}(?![0-9])",
            rf"(?:(?:{_N}{{2,4}}|[去前今])年)?{_N}{{1,3}}月(?:初|底|份)?",
            rf"(?:(?:上|这|本)个?月)?(?P<bare>{_N}{{1,3}})[号日]{_PART}",
            f"(?:大前|前|昨|今|当)(?:天|日|晚|夜|早){_PART}|[今昨前]儿个?{_PART}|夜儿个?{_PART}",
            re.sub(r"\?P<\w+>", "?:", _WEEKDAY) + _PART,
            f"(?:上上|上|这|本)个?(?:{_WEEK}|月)|去年|前年|今年|前几天|前两天|前段时间|刚才|刚刚",
            f"[0-9〇零一二两三四五六七八九十几半数多]{{1,4}}个?(?:分钟|小时|钟头|天|{_WEEK}|月|年)(?:以?前|之前)",
            "(?:早上|上午|中午|下午|晚上)(?!好)|晌午|后晌|凌晨|端午|中秋|(?:国庆|五一)(?![路街大])|春节|元旦",
        ]
    )
)
_NO_DAY = re.compile(r"[ ]?(?:[楼院店铺门桌房线窗包厅车机柜台库棚馆池煤电仓摊位街坑屋商色染])")
_HOUSES = re.compile(r"[路街道巷弄村区园城镇庄厦场苑号第型楼栋幢层座排组0-9a-z#-] ?$")
_OF_GOODS = re.compile("(?:生产日期|保质期|有效期|到期|日期|截止|生产|出厂|批号)[^,。!?;，！？；\n]{0,6}$")
"""A day that is printed on the goods, not the day on which anything happened."""


def when_told(text: str) -> str:
    """The first time that is told; no house number, no count, no date of the goods."""
    for found in _WHEN.finditer(text):
        before = text[max(0, found.start() - 12) : found.start()]
        numbered = found["bare"] and (
            _HOUSES.search(before) or _NO_DAY.match(text, found.end()) or _number(found["bare"]) > 31
        )
        if not numbered and not _OF_GOODS.search(before):
            return found[0]
    return ""


def day_of(when: str, today: date) -> date | None:
    """The day that a time told on `today` means; None where it means none (上个月), or one that is still to come."""
    for pattern, day in _DAYS:
        if found := pattern.search(when):
            with suppress(ValueError):
                meant = day(found, today)
                return meant if meant <= today else None
            return None
    return None


def _number(written: str) -> int:
    """11, 十一 and 二十三 as numbers, 二〇二六 digit by digit."""
    digits = written.translate(_FIGURE)
    if digits.isdigit():
        return int(digits)
    tens, ones = digits.split("十", 1)
    return int(tens or 1) * 10 + int(ones or 0)


_FIGURE = str.maketrans("〇零一二两三四五六七八九", "001223456789")


def _date(found: re.Match[str], today: date) -> date:
    """Without a year the last one that came."""
    month, day, year = _number(found["month"]), _number(found["day"]), found["year"]
    if year is None:
        this = date(today.year, month, day)
        return this if this <= today else date(today.year - 1, month, day)
    back = "今去前".find(year)
    named = today.year - back if back >= 0 else _number(year)
    return date(named if named > 99 else 2000 + named, month, day)


def _of_month(found: re.Match[str], today: date) -> date:
    """Without a month the last one that came."""
    day, first = _number(found["day"]), today.replace(day=1)
    before = found["which"] == "上" or (found["which"] is None and day > today.day)
    return ((first - timedelta(days=1)) if before else first).replace(day=day)


def _weekday(found: re.Match[str], today: date) -> date:
    """Without a week the last one that came."""
    monday = today - timedelta(days=today.weekday())
    weekday = "一二三四五六日".index(found["day"].replace("天", "日"))
    weeks = {"上上": 2, "上": 1}.get(found["which"] or "", 0)
    meant = monday + timedelta(days=weekday, weeks=-weeks)
    return meant - timedelta(weeks=1) if found["which"] is None and meant > today else meant


def _ago(found: re.Match[str], today: date) -> date:
    many, unit = _number(found["many"]), found["unit"]
    if unit in ("分钟", "小时", "钟头"):
        return today - timedelta(days=many // 24 if unit != "分钟" else 0)
    return today - (timedelta(days=many) if unit == "天" else timedelta(weeks=many))


def _back(days: int) -> Callable[[re.Match[str], date], date]:
    return lambda _, today: today - timedelta(days=days)


_DAYS: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]]] = [
    (re.compile(_FIGURES), _date),
    (re.compile(_DATE), _date),
    (re.compile(_AGO), _ago),
    (re.compile(_WEEKDAY), _weekday),
    (re.compile(_OF_MONTH), _of_month),
    (re.compile("大前[天日晚夜早]|大前儿"), _back(3)),
    (re.compile("前[天日晚夜早儿]"), _back(2)),
    (re.compile("昨|夜儿"), _back(1)),
    (re.compile("今[天日晚夜早儿]|当[天日]|刚才|刚刚|^(?:早上|上午|中午|晌午|下午|后晌|晚上|凌晨)"), _back(0)),
]
