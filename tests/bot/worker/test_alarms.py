"""The office's own ways: a webhook that answers anything, a command that does anything."""

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from bot.worker.alarms import AlarmError, Herald, signature
from handlers.notices import alarms
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic


@pytest.fixture
def bring(service):
    """Bring one parcel by a way configured so."""

    def send(kind, **settings):
        here = replace(
            service, settings=replace(service.settings, duty=msgspec.structs.replace(service.settings.duty, **settings))
        )
        body = {"body": '{"event": "alarm", "officer": "王"}'}
        service.db.write(lambda tx: outbox.put(tx, kind, Subject(Topic.ALARM, tx.new_id()), payload=body))
        parcel = service.db.write(lambda tx: outbox.claim(tx, kind))
        Herald(here).bring(parcel)
        return parcel

    return send


@pytest.fixture
def script(tmp_path):
    """A command that runs this Python in the folder of the configuration."""

    def make(text):
        file = tmp_path / "command.py"
        file.write_text(text, encoding="utf-8")
        return (sys.executable, str(file))

    return make


def test_the_signature_is_the_hmac_of_the_body():
    assert signature(b"what do ya want for nothing?", "Jefe") == (
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_the_webhook_gets_the_body_as_it_was_written(bring, listener):
    bring(alarms.WEBHOOK, webhook=listener.url, webhook_secret="s")
    ((facts, body, signed),) = listener.got
    assert facts == {"event": "alarm", "officer": "王"}
    assert signed == signature(body, "s")


@pytest.mark.parametrize("status", [301, 307, 404, 500])
def test_any_answer_but_success_is_a_failure_and_nothing_is_followed(bring, listener, status):
    listener.statuses = [status]
    with pytest.raises(AlarmError, match=str(status)):
        bring(alarms.WEBHOOK, webhook=listener.url)
    assert len(listener.got) == 1


def test_an_address_that_is_dead_is_told_without_being_quoted(bring):
    with pytest.raises(AlarmError) as error:
        bring(alarms.WEBHOOK, webhook="http://127.0.0.1:9/hook?key=sesame")
    assert "sesame" not in str(error.value)


def test_a_command_gets_the_body_and_none_of_our_secrets(bring, script, tmp_path, monkeypatch):
    monkeypatch.setenv("SHIAN__WECHAT__APP_SECRET", "sesame")
    monkeypatch.setenv("OFFICE_LINE", "7")
    command = script(
        "import os, sys\n"
        "open('got.txt', 'w').write(sys.stdin.read() + str(sorted(os.environ)))"  # in the configuration's folder
    )
    bring(alarms.COMMAND, command=command)
    got = (tmp_path / "got.txt").read_text(encoding="utf-8")
    assert '"officer": "王"' in got
    assert "OFFICE_LINE" in got
    assert "SHIAN__" not in got


def test_a_command_that_does_not_read_is_none_the_worse(bring, script):
    bring(alarms.COMMAND, command=script("pass"))


@pytest.mark.parametrize(
    ("text", "said"), [("raise SystemExit(3)", "退出码3"), ("import os; os.kill(os.getpid(), 9)", "-9")]
)
def test_a_command_that_fails_says_how(bring, script, text, said):
    with pytest.raises(AlarmError, match=said):
        bring(alarms.COMMAND, command=script(text))


@pytest.mark.parametrize("command", [("/no/such/thing",), ("/tmp",)])
def test_a_command_that_cannot_be_started_says_so(bring, command):
    with pytest.raises(AlarmError, match="不能启动"):
        bring(alarms.COMMAND, command=command)


@pytest.mark.slow
def test_a_command_that_hangs_is_stopped_with_its_children_and_keeps_its_lease_meanwhile(
    bring, script, tmp_path, monkeypatch, service, clock
):
    monkeypatch.setattr("bot.worker.alarms.PATIENCE", 2)
    monkeypatch.setattr("bot.worker.alarms.TURN", 1)
    command = script(
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "open('child.txt', 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    renewed = []
    real = outbox.renew
    monkeypatch.setattr(outbox, "renew", lambda tx, id: (renewed.append(id), real(tx, id)))
    with pytest.raises(AlarmError, match="没有结束"):
        bring(alarms.COMMAND, command=command)
    assert len(renewed) == 2  # each turn
    child = int((tmp_path / "child.txt").read_text(encoding="utf-8"))
    for _ in range(100):
        if not _alive(child):
            break
        time.sleep(0.02)
    assert not _alive(child)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIG_DFL)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("kind", [alarms.WEBHOOK, alarms.COMMAND])
def test_what_was_taken_out_of_the_configuration_meanwhile_is_told(bring, kind):
    with pytest.raises(AlarmError, match="没有配置"):
        bring(kind)
