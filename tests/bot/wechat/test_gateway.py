"""The one client of the platform: one token for all, one repetition at the most, no secret in any error."""

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import msgspec
import pytest

from bot.service import open_service
from bot.simulator import Fault
from bot.simulator.samples import photo
from bot.wechat.gateway import Gateway, PlatformError

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
