"""The one client of the platform: one token for all, one repetition at the most, no secret in any error."""

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import msgspec
import pytest
from wechatpy.session.memorystorage import MemoryStorage
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from bot.service import open_service
from bot.simulator import Fault
from bot.simulator.samples import photo
from bot.wechat.errors import PlatformError
from bot.wechat.gateway import Gateway
from storage.chat import platform

MENU = {"button": [{"type": "click", "name": "举报", "key": "report"}]}


@pytest.fixture
def gateway(town):
    return Gateway(town.service)


@pytest.fixture
def at(town):
    """A gateway that looks for the platform elsewhere."""

    def elsewhere(api_base):
        wechat = msgspec.structs.replace(town.service.settings.wechat, api_base=api_base)
        return Gateway(replace(town.service, settings=replace(town.service.settings, wechat=wechat)))

    return elsewhere


@pytest.fixture
def answering():
    """An address where every request gets one answer; with a certificate that nobody signed where asked."""
    servers = []

    def serve(body, kind="application/json", status=200, ssl_context=None):
        answer = Response(body, status, content_type=kind)
        server = make_server("127.0.0.1", 0, answer, threaded=True, ssl_context=ssl_context)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return f"http{'s' if ssl_context else ''}://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def refusal(call, *given) -> PlatformError:
    with pytest.raises(PlatformError) as error:
        call(*given)
    return error.value


def test_the_token_is_fetched_once_and_shared_by_all_processes(town, gateway):
    gateway.push_menu(MENU)
    gateway.menu()
    other = open_service(town.service.settings)
    other.db.clock = town.clock
    Gateway(other).menu()
    other.close()
    assert town.asked("stable_token") == 1


def test_it_is_fetched_again_before_it_dies(town, gateway):
    gateway.push_menu(MENU)
    town.clock.advance(hours=2)
    gateway.menu()
    assert town.asked("stable_token") == 2
    assert all("errcode" not in call.outcome or call.outcome["errcode"] == 0 for call in town.platform.calls)


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_refused_token_is_renewed_and_the_call_repeated_once(town, gateway, code):
    gateway.push_menu(MENU)
    town.platform.script("menu/get", Fault(errcode=code))
    assert gateway.menu()["menu"] == MENU
    assert (town.asked("menu/get"), town.asked("stable_token")) == (2, 2)


def test_a_token_that_is_refused_for_ever_is_not_asked_for_for_ever(town, gateway):
    town.platform.script("menu/get", *[Fault(errcode=40001)] * 9)
    error = refusal(gateway.menu)
    assert (error.code, error.verdict) == (40001, "refresh")
    assert town.asked("menu/get") == 2


def test_one_refused_token_among_many_threads_stops_none_of_them(town, gateway):
    gateway.push_menu(MENU)
    town.platform.script("menu/get", Fault(errcode=42001))
    with ThreadPoolExecutor(4) as pool:
        assert [answer["menu"] for answer in pool.map(lambda _: gateway.menu(), range(4))] == [MENU] * 4
    assert town.asked("menu/get") == 5


@pytest.mark.parametrize("upload", ["upload_cover", "upload_picture"])
def test_an_upload_sends_its_bytes_again_with_the_new_token(town, gateway, upload):
    path = {"upload_cover": "material/add_material", "upload_picture": "media/uploadimg"}[upload]
    town.platform.script(path, Fault(errcode=40001))
    picture = photo()
    send = getattr(gateway, upload)
    made = send("a.jpg", picture) if upload == "upload_cover" else send("a.jpg", picture, "image/jpeg")
    assert made
    assert town.asked(path) == 2
    assert town.platform.calls[-1].outcome.get("errcode", 0) == 0


def test_what_comes_down_is_what_went_up(town, gateway):
    town.platform.follow("a")
    picture = photo()
    town.platform.picture("a", picture)
    media = town.platform.inbox("a")[-1].media
    assert gateway.download(media) == picture


def test_a_video_is_fetched_from_where_the_platform_says(town, gateway):
    town.platform.follow("a")
    video = b"\x00\x00\x00\x18ftypmp42" + bytes(200)
    town.platform.video("a", video)
    media = next(bubble.media for bubble in town.platform.inbox("a") if bubble.kind == "video")
    assert gateway.download(media) == video


@pytest.mark.parametrize(
    ("code", "verdict", "said"),
    [(-1, "again", "系统繁忙"), (45028, "quota", "45028"), (40164, "account", "白名单"), (99999, "content", "99999")],
)
def test_a_code_becomes_a_verdict_and_words(town, gateway, code, verdict, said):
    town.platform.script("menu/get", Fault(errcode=code))
    error = refusal(gateway.menu)
    assert (error.verdict, error.code) == (verdict, code)
    assert said in str(error)


RID = "rid: 6571a2b3-0a1b2c3d-4e5f6a7b"
OPENID = "oReporterOne0000000000000001"


@pytest.mark.parametrize(
    ("code", "errmsg", "said", "unsaid"),
    [
        (
            40164,
            f"invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist {RID}",
            ["不在公众平台白名单（40164）", "IP白名单中加入 203.0.113.9", RID],
            [],
        ),
        (40164, "invalid ip 2001:db8::7, not in whitelist", ["IP白名单中加入 2001:db8::7"], []),
        (40164, "not in whitelist", ["不在公众平台白名单（40164）"], ["加入"]),
        (40054, "invalid sub button url domain", ["40054", "invalid sub button url domain"], []),
        (40003, f"invalid openid {OPENID} {RID}", ["用户标识无效（40003）", "invalid openid …", RID], [OPENID]),
        (40001, f"bad token 86_{'Ab-9' * 30} secret {'0a' * 16}", ["bad token … secret …"], ["Ab-9", "0a0a"]),
        (45009, "reach max\n api\tdaily quota", ["reach max api daily quota"], ["\n"]),
        (-1, None, ["微信系统繁忙（-1）"], ["None", "原文"]),
    ],
)
def test_the_operator_reads_what_the_platform_said_and_no_secret(answering, at, code, errmsg, said, unsaid):
    text = str(refusal(at(answering(json.dumps({"errcode": code, "errmsg": errmsg}))).menu))
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def test_a_page_instead_of_json_is_said_as_such(answering, at):
    error = refusal(at(answering("<html>请登录校园网</html>", "text/html; charset=utf-8")).menu)
    assert (error.verdict, error.unknown) == ("again", True)
    assert "不是JSON而是text/html" in str(error)
    assert "Error" not in str(error)


def test_a_certificate_that_nobody_signed_is_said_as_such(answering, at):
    error = refusal(at(answering("{}", ssl_context="adhoc")).menu)
    assert (error.verdict, error.unknown) == ("again", False)
    assert "证书通不过核验（self-signed certificate）" in str(error)


def test_errors_are_counted_by_what_they_were_for_all_processes(town, gateway, at, answering, client):
    gateway.push_menu(MENU)
    town.platform.script("menu/get", Fault(errcode=45009), Fault(errcode=45009), Fault(errcode=40054), Fault(lost=True))
    for _ in range(4):
        refusal(gateway.menu)
    refusal(at(answering("<html>", "text/html")).menu)
    refusal(at(answering("", status=502)).menu)
    refusal(at(answering("{}")).tags)
    refusal(at("http://127.0.0.1:9").menu)
    with town.service.db.read() as tx:
        assert platform.errors(tx) == {
            "40054": 1,
            "45009": 2,
            "http_502": 1,
            "incomplete": 1,
            "not_json": 1,
            "silent": 1,
            "unreachable": 1,
        }
    assert 'shian_platform_errors_total{code="45009"} 2.0' in client.get("/metrics").text


def test_a_database_that_is_gone_does_not_hide_what_the_platform_said(town, gateway, tmp_path):
    gateway.push_menu(MENU)
    town.platform.script("menu/get", Fault(errcode=45009))
    town.service.db.engine.path.rename(tmp_path / "away")
    gateway._client.session = MemoryStorage()
    gateway._client.session.set(gateway._client.access_token_key, town.platform.calls[-1].query["access_token"])
    assert refusal(gateway.menu).code == 45009


def test_a_lost_answer_may_have_been_done_all_the_same(town, gateway):
    town.platform.script("menu/create", Fault(lost=True))
    error = refusal(gateway.push_menu, MENU)
    assert (error.verdict, error.unknown) == ("again", True)
    assert gateway.menu()["menu"] == MENU


def test_where_nobody_listens_nothing_was_done(at):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    error = refusal(at(f"http://127.0.0.1:{port}").menu)
    assert (error.verdict, error.unknown) == ("again", False)


def test_no_error_carries_secret_token_or_address(town, gateway, at):
    gateway.push_menu(MENU)
    token = town.platform.calls[-1].query["access_token"]
    town.platform.script("menu/get", Fault(errcode=-1), Fault(lost=True), Fault(errcode=40013))
    errors = [refusal(gateway.menu) for _ in range(3)]
    town.platform.script("stable_token", Fault(lost=True), Fault(errcode=40125))
    town.clock.advance(hours=3)
    errors += [refusal(gateway.menu) for _ in range(2)]
    errors.append(refusal(at("http://127.0.0.1:9").menu))
    for error in errors:
        told = f"{error} {error!r} {error.__context__ if not error.__suppress_context__ else ''} {error.__cause__}"
        for secret in (token, "test-secret", "access_token=", "http"):
            assert secret not in told


def test_a_wrong_secret_is_the_accounts_matter(town):
    wechat = msgspec.structs.replace(town.service.settings.wechat, app_secret="wrong")
    wrong = Gateway(replace(town.service, settings=replace(town.service.settings, wechat=wechat)))
    error = refusal(wrong.menu)
    assert (error.code, error.verdict) == (40125, "account")


def test_an_answer_that_is_no_json_is_a_passing_error(town, at):
    base = town.service.settings.wechat.api_base.removesuffix("/simulator/api")
    error = refusal(at(base).menu)
    assert error.verdict == "again"


def test_a_draft_is_known_until_it_is_dropped(town, gateway):
    cover = gateway.upload_cover("a.jpg", photo())
    article = {"title": "题", "content": "<p>文</p>", "thumb_media_id": cover, "article_type": "news"}
    draft = gateway.add_draft(article)
    assert gateway.has_draft(draft)
    gateway.drop_draft(draft)
    assert not gateway.has_draft(draft)


def test_chinese_reaches_the_platform_as_it_is(town, gateway):
    town.platform.follow("a")
    gateway.send_text(town.platform.openid("a"), "您好，已核查。")
    assert town.screen("a")[-1] == "您好，已核查。"
