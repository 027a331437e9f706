"""The office that answers, as every decision sees it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ACTORS = {"citizen": "提交人", "system": "系统", "command": "命令行", "unknown": "不明"}
"""Who acts in timeline and audit without an account; no account may be called so."""


@dataclass(frozen=True)
class Office:
    """The office that answers: its names, its time, how long it waits for people, and the ids of its templates."""

    name: str
    region: str
    base_url: str
    timezone: ZoneInfo
    picture_window: timedelta = timedelta(minutes=10)
    talk_window: timedelta = timedelta(hours=2)
    subscribe_template: str = ""
    service_template: str = ""
    duty_starts: time = time(8, 30)
    alarm_wait: timedelta = timedelta(minutes=10)
    alarm_channels: tuple[str, ...] = ()
    """The channels besides WeChat by which an alarm is told; the names are in handlers/notices/alarms.py."""
    discipline_phone: str = "12388"
    taps: bool = True
    """Whether the words that an answer offers leave as words to tap."""

    def today(self, now: datetime) -> date:
        """The calendar day there."""
        return now.astimezone(self.timezone).date()

    def duty_day(self, now: datetime) -> date:
        """The duty day, which runs from `duty_starts` to the same hour of the next day."""
        local = now.astimezone(self.timezone)
        return local.date() if local.time() >= self.duty_starts else local.date() - timedelta(days=1)

    @property
    def encrypted(self) -> bool:
        """Whether the public reaches it by HTTPS."""
        return self.base_url.startswith("https:")

    @property
    def alarm_minutes(self) -> int:
        return int(self.alarm_wait.total_seconds() // 60)

    @property
    def picture_minutes(self) -> int:
        return int(self.picture_window.total_seconds() // 60)

    def local(self, moment: datetime) -> str:
        """``2026-11-23 09:05`` there."""
        return moment.astimezone(self.timezone).strftime("%Y-%m-%d %H:%M")
