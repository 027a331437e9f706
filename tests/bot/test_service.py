"""What every process holds."""

import shutil
import subprocess
import sys
from datetime import timedelta

import pytest

from bot.service import office_of, open_service
from bot.settings import load
from handlers.notices.alarms import COMMAND, WEBHOOK
from storage import ticks
from storage.engine.key_file import make_key_file
from storage.engine.times import utc_now
from storage.errors import StorageError
from tests.conftest import CONFIG, ROOT


@pytest.fixture
def settings(tmp_path):
    def read(text=CONFIG):
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        return load(tmp_path / "config.toml", {})

    return read


def test_without_its_key_file_it_does_not_open(settings):
    with pytest.raises(StorageError, match="全新安装请运行 init"):
        open_service(settings())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "text", "slip", "meant"),
    [
        ("serve", "replies/welcome.txt", "office.nmae", "name"),
        ("work", "exposure/case.html", "isuer", "issuer"),
    ],
)
def test_a_misspelt_fact_ends_the_start_with_one_line(command, text, slip, meant, tmp_path):
    for room in ("bot", "handlers", "content", "storage"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    with (tmp_path / "content" / text).open("a", encoding="utf-8") as file:
        file.write(f"{{{{ {slip} }}}}")
    done = subprocess.run([sys.executable, "-m", "bot", command], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr.startswith(f"shianshao: content/{text}：第")
    assert done.stderr.endswith(f"写了“{slip}”，没有这一项。您是不是要写“{meant}”？\n")
    assert len(done.stderr.splitlines()) == 1


def test_the_site_is_as_configured(settings):
    text = CONFIG.replace("8000", "8000/").replace("[site]", "[site]\ntalk_minutes = 5\npicture_minutes = 3")
    office = office_of(settings(text))
    assert (office.base_url, office.talk_window, office.picture_window) == (
        *("http://127.0.0.1:8000", timedelta(minutes=5)),
        timedelta(minutes=3),
    )


def test_words_can_be_tapped_unless_the_configuration_says_otherwise(settings):
    assert office_of(settings()).taps
    assert not office_of(settings(CONFIG.replace("[wechat]", "[wechat]\ntaps = false"))).taps


def test_the_ways_of_an_alarm_are_those_configured(settings):
    office = office_of(settings())
    assert (office.alarm_channels, office.alarm_minutes, str(office.duty_starts)) == ((), 10, "08:30:00")
    duty = '[duty]\nminutes = 5\nday_starts = "17:30"\nwebhook = "https://example.org/a"\ncommand = ["/bin/sms"]\n'
    office = office_of(settings(CONFIG + duty))
    assert (office.alarm_channels, office.alarm_minutes, str(office.duty_starts)) == ((WEBHOOK, COMMAND), 5, "17:30:00")


def test_in_the_demo_time_can_be_moved_and_every_process_sees_it(settings):
    here = settings()
    make_key_file(here.key_file)
    one, two = open_service(here, demo=True), open_service(here, demo=True)
    one.db.migrate()
    one.db.write(lambda tx: ticks.move_clock(tx, timedelta(days=3)))
    for service in (one, two):
        assert abs(service.db.clock() - utc_now() - timedelta(days=3)) < timedelta(seconds=5)
        service.close()


def test_outside_the_demo_time_is_what_it_is(settings):
    here = settings()
    make_key_file(here.key_file)
    service = open_service(here)
    service.db.migrate()
    service.db.write(lambda tx: ticks.move_clock(tx, timedelta(days=3)))
    assert abs(service.db.clock() - utc_now()) < timedelta(seconds=5)
    service.close()
