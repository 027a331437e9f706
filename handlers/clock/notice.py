"""The State Council's notice on the holidays of a year, read as it is published: which days are off, which are worked.

Source: 国务院办公厅关于部分节假日安排的通知, on www.gov.cn each autumn.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

YEAR = re.compile(r"关于(\d{4})年")
ITEM = re.compile(
    r"[一二三四五六七八九十]+、\s*([^：:。\d]{2,12})[：:](.*?)(?=[一二三四五六七八九十]+、[^：:。\d]{2,12}[：:]|\Z)",
    re.DOTALL,
)
DAY = r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
OFF = re.compile(DAY + r"(?:至(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?放假")
WORKED = re.compile(r"((?:(?:\d{4}年)?\d{1,2}月\d{1,2}日[、和]?)+)上班")
BRACKETS = re.compile(r"[（(][^）)]*[）)]")
LONGEST = 20
"""Days; no holiday is longer, and one that seems so was read wrongly."""


class NoNoticeError(ValueError):
    """The text tells no year or no holiday; the message is Chinese."""


def read(text: str) -> dict[date, tuple[bool, str]]:
    """Day -> (works, name of the holiday), of every day that the notice names. Raises NoNoticeError."""
    plain = BRACKETS.sub("", re.sub(r"[ \u3000\t\r]", "", text))
    year = YEAR.search(plain)
    if year is None:
        raise NoNoticeError("没有找到“关于20××年部分节假日安排的通知”这样的标题，不知道是哪一年。")
    days: dict[date, tuple[bool, str]] = {}
    for name, body in ITEM.findall(plain):
        days |= {day: (False, name) for day in _off(body, int(year[1]))}
        days |= {day: (True, name) for day in _worked(body, int(year[1]))}
    if not days:
        raise NoNoticeError("没有读到放假和上班的日期，请整段粘贴通知正文，或改用 CSV。")
    return days


def _off(body: str, year: int) -> Iterator[date]:
    for found in OFF.finditer(body):
        first = _day(found[1] or year, found[2], found[3])
        last = _day(found[4] or found[1] or year, found[5] or found[2], found[6]) if found[6] else first
        if not timedelta() <= last - first < timedelta(days=LONGEST):
            raise NoNoticeError(f"“{found[0]}”读出来是{first}到{last}，不像一次放假，请核对原文。")
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _worked(body: str, year: int) -> Iterator[date]:
    for found in WORKED.finditer(body):
        for of, month, day in re.findall(DAY, found[1]):
            yield _day(of or year, month, day)


def _day(year: str | int, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NoNoticeError(f"“{year}年{month}月{day}日”不是日期，请核对原文。") from None
