"""`/wechat` as the platform meets it: never a 5xx for what a client sends, 200 only for what is stored."""

import io
import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import msgspec
import pytest

from bot.web.app import create_app
from bot.wechat.wire import Wire
from bot.worker.sweep import sweep
from handlers.chat import routing
from handlers.chat.route import Route, Table
from handlers.chat.routes import ROUTES
from storage.chat import follower, window
from storage.engine import sqlite
from tests.verbs import SIGNED, envelope, opened, post

WHOLE = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉"
TEXT = {"ToUserName": "gh", "FromUserName": "o1", "CreateTime": "1", "MsgType": "text", "Content": WHOLE, "MsgId": "9"}
SIGNED = {
    "signature": Wire(SIGNED).signature("1", "2"),
    "timestamp": "1",
    "nonce": "2",
}


@pytest.fixture
def client_in(service):
    """A client of the same office in another mode."""

    def make(mode, key=True):
        wechat = service.settings.wechat
        changed = msgspec.structs.replace(wechat, mode=mode, encoding_aes_key=wechat.encoding_aes_key if key else "")
        return create_app(replace(service, settings=replace(service.settings, wechat=changed))).test_client()

    return make


def test_the_address_is_verified_as_often_as_asked(client):
    for _ in range(2):
        answer = client.get("/wechat", query_string=SIGNED | {"echostr": "5837397520665436492"})
        assert (answer.status_code, answer.text, answer.mimetype) == (200, "5837397520665436492", "text/plain")


@pytest.mark.parametrize("query", [{}, SIGNED | {"signature": "0" * 40}, SIGNED | {"nonce": "3"}, {"echostr": "x"}])
def test_a_wrong_signature_is_forbidden_on_both_ways(client, query):
    assert client.get("/wechat", query_string=query).status_code == 403
    assert client.post("/wechat", query_string=query, data=envelope(TEXT)).status_code == 403


def test_what_is_echoed_is_plain_text(client):
    answer = client.get("/wechat", query_string=SIGNED | {"echostr": "<script>alert(1)</script>"})
    assert answer.mimetype == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_plaintext_is_forbidden_in_safe_mode_and_nothing_is_kept(client, stored):
    assert client.post("/wechat", query_string=SIGNED, data=envelope(TEXT)).status_code == 403
    assert stored() == []


@pytest.mark.parametrize("body", ["", "hello", "<xml/>", "<!DOCTYPE xml><xml><MsgType>text</MsgType></xml>"])
def test_what_is_no_message_is_a_bad_request(client_in, body):
    assert client_in("plain").post("/wechat", query_string=SIGNED, data=body).status_code == 400


@pytest.mark.parametrize("mode", ["compatible", "plain"])
def test_other_modes_take_plaintext(client_in, stored, mode):
    answer = client_in(mode).post("/wechat", query_string=SIGNED, data=envelope(TEXT))
    assert answer.status_code == 200
    assert (b"<Encrypt>" in answer.data) == (mode == "compatible")
    assert len(stored()) == 1


@pytest.mark.parametrize("mode", ["compatible", "plain"])
def test_other_modes_read_cipher_too(client_in, stored, mode):
    assert post(client_in(mode), envelope(TEXT)).status_code == 200
    assert len(stored()) == 1


def test_plain_mode_works_without_a_key(client_in):
    answer = client_in("plain", key=False).post("/wechat", query_string=SIGNED, data=envelope(TEXT))
    assert "SA20261123-0001" in answer.text


def test_over_a_mebibyte_is_too_large_announced_or_not(client):
    large = b"x" * (1024 * 1024 + 1)
    assert client.post("/wechat", query_string=SIGNED, data=large).status_code == 413
    assert client.post("/wechat", data=large).status_code == 413
    for size, status in ((len(large), 413), (1024 * 1024, 400)):
        unannounced = client.post(
            "/wechat",
            query_string=SIGNED,
            input_stream=io.BytesIO(large[:size]),
            environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
        )
        assert unannounced.status_code == status


@pytest.mark.parametrize(
    "changes",
    [
        {"MsgType": "hologram"},
        {"MsgType": "event", "Event": "never_heard_of"},
        {"MsgType": "event"},
        {"Unheard": "of"},
        {"MsgId": None},
        {"CreateTime": None},
        {"ToUserName": None},
        {"Content": None},
        {"CreateTime": "not a number"},
        {"MsgId": "9" * 40},
        {"MsgType": "location"},
        {"MsgType": "image"},
        {"Content": "\u202e😀" * 100},
        {"FromUserName": "o" * 5000},
    ],
    ids=str,
)
def test_whatever_comes_is_kept_and_answered_200(client, ask_inbox, changes):
    fields = {name: value for name, value in (TEXT | changes).items() if value is not None}
    assert post(client, envelope(fields)).status_code == 200
    assert ask_inbox() == [("handled", 0)]


@pytest.fixture
def ask_inbox(service):
    def read():
        with service.db.read() as tx:
            return [(row["state"], row["attempts"]) for row in tx.all("select state, attempts from inbox")]

    return read


def test_a_repeat_gets_the_very_same_bytes_though_the_world_has_changed(client, clock, stored):
    first = post(client, envelope(TEXT))
    clock.advance(hours=1)
    second = post(client, envelope(TEXT), timestamp="2", nonce="other")
    assert first.data == second.data
    assert len(stored()) == 1


@pytest.mark.parametrize("changes", [{"MsgId": "10"}, {"CreateTime": "2"}, {"FromUserName": "o2"}])
def test_another_id_time_or_sender_is_another_message(client, stored, changes):
    post(client, envelope(TEXT))
    post(client, envelope(TEXT | changes))
    assert len(stored()) == 2


def test_events_are_told_apart_by_what_happened(client, ask_inbox):
    event = {"FromUserName": "o1", "CreateTime": "1", "MsgType": "event", "Event": "CLICK", "EventKey": "help"}
    for changes in ({}, {}, {"EventKey": "report"}, {"Event": "VIEW"}, {"Other": "x"}):
        post(client, envelope(event | changes))
    assert len(ask_inbox()) == 4


def test_copies_that_come_at_once_make_one_submission_and_hear_the_same(service, stored):
    app = create_app(service)
    barrier = threading.Barrier(8)

    def send(_):
        barrier.wait()
        return post(app.test_client(), envelope(TEXT))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert len(stored()) == 1


@pytest.fixture
def defect(monkeypatch):
    """A handler that fails until it is mended."""

    def broken(call):
        follower.follow(call.tx, "oHalfDone")
        raise KeyError("defect")

    whole = routing.TABLE
    monkeypatch.setattr(routing, "TABLE", Table([Route(broken, says="fails", sample={}), *ROUTES]))
    return lambda: monkeypatch.setattr(routing, "TABLE", whole)


def test_a_handler_that_fails_keeps_the_message_which_is_handled_later(phone, service, defect, stored, ask_inbox):
    reply = phone.say(WHOLE)
    assert "已经收到并保存" in reply
    assert phone.repeat() == reply
    assert ask_inbox() == [("failed", 1)]
    with service.db.read() as tx:
        assert follower.count(tx) == 0
    defect()
    assert sweep(service) == 1
    assert len(stored()) == 1
    assert ask_inbox() == [("handled", 1)]
    assert phone.repeat() == reply


def test_a_failing_handler_is_silent_to_events(phone, defect):
    assert phone.event("CLICK", "help") is None


def test_with_the_database_gone_it_is_503_and_200_again_once_restored(client, service, tmp_path, stored):
    service.db.close()
    kept = tmp_path / "kept.db"
    shutil.move(service.db.engine.path, kept)
    answer = post(client, envelope(TEXT))
    assert (answer.status_code, answer.data) == (503, b"")
    shutil.move(kept, service.db.engine.path)
    assert "SA20261123-0001" in opened(post(client, envelope(TEXT)).data)
    assert len(stored()) == 1


def test_with_the_database_locked_it_is_503_and_the_repeat_is_stored_once(client, service, monkeypatch, stored):
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(service.db.engine.path, isolation_level=None)
    service.db.close()
    other.execute("begin immediate")
    assert post(client, envelope(TEXT)).status_code == 503
    other.execute("rollback")
    assert post(client, envelope(TEXT)).status_code == 200
    assert len(stored()) == 1


def test_no_log_line_tells_who_wrote(phone, caplog):
    caplog.set_level("DEBUG")
    phone.say(WHOLE)
    phone.event("CLICK", "help")
    assert "answered in" in caplog.text
    assert phone.openid not in caplog.text
    assert "老王" not in caplog.text


def test_other_methods_are_refused(client):
    assert client.put("/wechat").status_code == 405
    assert client.delete("/wechat").status_code == 405


def test_a_text_that_cannot_be_understood_is_kept_and_answered(phone, monkeypatch, ask_inbox):
    def broken(_text, _asked=""):
        raise ZeroDivisionError

    for module in ("routing", "context"):
        monkeypatch.setattr(f"handlers.chat.{module}.recognise", broken)
    assert "已经收到" in phone.say("老王熟食店卖过期卤肉")
    assert "failed" in str(ask_inbox())


@pytest.mark.parametrize("sign", ["\x02", "\x0b", "\x1d"])
def test_a_control_character_loses_no_message(phone, stored, sign):
    assert "SA2026" in phone.say(f"举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期{sign}卤肉")
    assert stored()[0].description == "卖过期 卤肉"


def test_a_text_that_ends_a_cdata_of_its_own_is_kept_whole(phone, stored):
    pasted = "<xml><a><![CDATA[x]]></a><b>1</b></xml>"
    assert "SA2026" in phone.say(f"举报 店名：老王熟食店 地址：青屏大街12号 问题：{pasted}过期")
    assert stored()[0].description == f"{pasted}过期"


@pytest.mark.parametrize(
    "inside", ["]]></Content><FromUserName><![CDATA[oVictim]]></FromUserName><Content><![CDATA[", "]]>", "<![CDATA["]
)
def test_nobody_writes_in_anothers_name_by_what_they_paste(client, service, inside):
    post(client, envelope(TEXT | {"Content": f"你好{inside}你好"}))
    with service.db.read() as tx:
        assert window.usable(tx, tx.vault.digest("oVictim", "openid")) is None
