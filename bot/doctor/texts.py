"""What an office edits: whether all of it can be read, what of it nobody has confirmed, how far the calendar goes."""

import pkgutil
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import content as room
from bot.doctor.examination import Examined, Finding, State
from content import tables
from content.errors import ContentError


def content(examined: Examined) -> Iterator[Finding]:
    found = list(dict.fromkeys(faults()))  # what imports a faulty one tells the same again
    yield from (Finding(State.FAIL, text, "改好这个文件再启动；一时改不好，从安装包恢复它") for text in found)
    if not found:
        yield Finding(State.OK, "每张表都读得出，每段文字和文章版式都能生成")


def faults() -> Iterator[str]:
    """The fault of each file of content/ that has one: a table is read when its module is loaded."""
    modules = [one.name for one in pkgutil.walk_packages(room.__path__, "content.", _told_already)]
    reads: list[Callable[[], object]] = [*(partial(import_module, name) for name in modules), _render]
    for read in reads:
        try:
            read()
        except ContentError as error:
            yield str(error)


def _told_already(name: str) -> None:
    """Of a package that fails: it is loaded again as a module."""


def _render() -> None:
    from content import replies
    from content.exposure import layout
    from content.papers import texts

    replies.texts()
    texts.texts()
    for kind in layout.KINDS:
        layout.layout(kind, body_html="<p>正文</p>", category="类别", issuer="单位", date="2026年1月1日")


def unsure(examined: Examined) -> Iterator[Finding]:
    folder = Path(next(iter(room.__path__)))
    counts = {
        path.relative_to(folder.parent).as_posix(): _unsure(tomllib.loads(tables.read(path)), _today(examined))
        for path in sorted(folder.rglob("*.toml"))
    }
    if shown := "、".join(f"{file}（{count}条）" for file, count in counts.items() if count):
        text = f"共 {sum(counts.values())} 条标着 sure = false：{shown}"
        yield Finding(State.HINT, text, "请法制机构或主管科室对照原文核对，核对过的改为 sure = true")
    else:
        yield Finding(State.OK, "每条规定都核对过")


def _unsure(value: Any, today: date) -> int:
    """How many rows within are not sure, and not over either."""
    if isinstance(value, list):
        return sum(_unsure(row, today) for row in value)
    if not isinstance(value, dict) or value.get("until", today) < today:
        return 0
    return (value.get("sure") is False) + sum(_unsure(part, today) for part in value.values())


def calendar(examined: Examined) -> Iterator[Finding]:
    from handlers.clock import calendar as days
    from handlers.clock.deadlines import LONGEST

    today = _today(examined)
    coming = [today + timedelta(days=n) for n in range(LONGEST)]
    if first := next((day for day in coming if not days.workday(day)[1]), None):
        state = State.WARN if first.year == today.year else State.HINT
        remedy = "国务院公布放假安排后升级程序：git pull、make install"
        yield Finding(state, f"没有{first.year}年的放假安排，落在 {first} 以后的法定期限是暂估的", remedy)
    else:
        yield Finding(State.OK, f"放假安排有到 {coming[-1]}，正在走的法定期限都是准的")


def _today(examined: Examined) -> date:
    return examined.now().astimezone(examined.settings.timezone).date()
