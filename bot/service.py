"""What every process of the service holds: settings, vault, database, file store and the office."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.settings import Settings
from content import replies
from content.exposure import layout
from content.papers import texts
from handlers.notices.alarms import COMMAND, WEBHOOK
from handlers.office import Office
from storage import ticks
from storage.engine.database import Database, open_database
from storage.engine.files import Files
from storage.engine.sealing import open_vault
from storage.engine.times import utc_now
from storage.submissions.words import Indexer


@dataclass(frozen=True)
class Service:
    """One running service. `words` finds submissions by theirs, `demo` is True only under the `demo` command."""

    settings: Settings
    db: Database
    files: Files
    office: Office
    words: Indexer
    demo: bool = False

    def close(self) -> None:
        self.db.close()


def office_of(settings: Settings) -> Office:
    duty = settings.duty
    channels = {WEBHOOK: bool(duty.webhook), COMMAND: bool(duty.command)}
    return Office(
        name=settings.site.name,
        region=settings.site.region,
        base_url=settings.site.base_url.rstrip("/"),
        timezone=settings.timezone,
        picture_window=timedelta(minutes=settings.site.picture_minutes),
        talk_window=timedelta(minutes=settings.site.talk_minutes),
        subscribe_template=settings.notices.subscribe_template,
        # Subscription accounts have no template messages.
        service_template=settings.notices.service_template if settings.wechat.account == "service" else "",
        duty_starts=time.fromisoformat(duty.day_starts),
        alarm_wait=timedelta(minutes=duty.minutes),
        alarm_channels=tuple(channel for channel, configured in channels.items() if configured),
        discipline_phone=settings.site.discipline_phone,
        taps=settings.wechat.taps,
    )


def open_service(settings: Settings, *, demo: bool = False) -> Service:
    """Open key file, database and file store, load all texts; raises StorageError or ContentError with the remedy."""
    replies.texts()
    layout.layouts()
    texts.texts()
    vault = open_vault(settings.key_file)
    db = open_database(settings.database_url, vault)
    if demo:
        db.clock = lambda: _moved_clock(db)
    return Service(settings, db, Files(settings.evidence_dir, vault), office_of(settings), Indexer(db), demo)


def _moved_clock(db: Database) -> datetime:
    """The demo lets time pass: every process reads the same offset from the database."""
    now = utc_now()
    return now + db.peek(ticks.clock_offset, now)
