"""This machine's clock beside others: deadlines, windows of 48 hours and tokens all go by it."""

from collections.abc import Iterator
from datetime import datetime

from bot.doctor.examination import Examined, Finding, State
from storage.engine import condition

NOTABLE, WRONG = 30, 300
"""Seconds apart."""


def by_platform(examined: Examined) -> Iterator[Finding]:
    told = examined.probe.time()
    if told is None:
        yield Finding(State.HINT, "微信的回答里没有时间", "用 timedatectl 看一眼本机的时间同步")
    else:
        yield _compared(examined, told, "微信")


def by_database(examined: Examined) -> Iterator[Finding]:
    told = condition.server_time(examined.service.db)
    if told is None:
        yield Finding(State.OK, "数据库就在这台机器上")
    else:
        yield _compared(examined, told, "数据库服务器")


def _compared(examined: Examined, told: datetime, whose: str) -> Finding:
    apart = round((examined.now() - told).total_seconds())
    if abs(apart) < NOTABLE:
        return Finding(State.OK, f"和{whose}的时间一致")
    text = f"本机比{whose}{'快' if apart > 0 else '慢'} {abs(apart)} 秒"
    state = State.FAIL if abs(apart) >= WRONG else State.WARN
    return Finding(state, text, "打开时间同步：timedatectl set-ntp true")
