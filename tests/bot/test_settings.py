"""Settings: every mistake is one clear line that names the key, its place and the remedy."""

from typing import get_args

import pytest

from bot.settings import RoleName, SettingsError, doubt, load, require
from storage.people.staff import Role
from tests.conftest import CONFIG, ROOT


@pytest.fixture
def settings(tmp_path):
    """Load a configuration with these changes and this environment."""

    def read(text=CONFIG, replace=("", ""), **environ):
        file = tmp_path / "config.toml"
        file.write_text(text.replace(*replace) if replace[0] else text, encoding="utf-8")
        return load(file, environ)

    return read


@pytest.fixture
def mistake(settings):
    def read(*given, **more):
        with pytest.raises(SettingsError) as error:
            settings(*given, **more)
        text = str(error.value)
        assert "\n" not in text
        return text

    return read


def test_what_is_left_out_has_a_default_and_paths_follow_the_file(settings, tmp_path):
    found = settings()
    assert (found.wechat.mode, found.wechat.account, str(found.timezone)) == ("safe", "service", "Asia/Shanghai")
    assert found.key_file == tmp_path / "var/shian.key"
    assert found.evidence_dir == tmp_path / "var/evidence"
    assert found.database_url == f"sqlite:///{tmp_path}/var/shian.db"


def test_an_absolute_path_stays(settings):
    found = settings(CONFIG + '[storage]\nurl = "sqlite:////srv/a.db"\nkey_file = "/srv/key"\n')
    assert found.database_url == "sqlite:////srv/a.db"
    assert str(found.key_file) == "/srv/key"


def test_a_database_on_a_server_is_called_by_its_place_and_not_by_its_password(settings):
    found = settings(CONFIG + '[storage]\nurl = "postgresql://shian:sesame@db:5433/county?password=sesame"\n')
    assert (found.database, found.database_file) == ("db/county", None)


def test_the_roles_that_need_a_second_factor_are_roles(settings, mistake):
    assert set(get_args(RoleName)) == set(Role)
    assert settings(SHIAN__CONSOLE__TOTP_ROLES='["admin"]').console.totp_roles == ("admin",)
    for told in (
        mistake(CONFIG + '[console]\ntotp_roles = ["boss"]\n'),
        mistake(SHIAN__CONSOLE__TOTP_ROLES='["boss"]'),
    ):
        assert "totp_roles" in told.lower()
        assert "intake 或 officer 或" in told


def test_the_shipped_file_is_itself_in_order():
    assert load(ROOT / "config.toml", {}).site.region == "新密市"


def test_the_environment_goes_first_also_into_sections_the_file_does_not_have(settings):
    found = settings(
        SHIAN__WECHAT__APP_SECRET="from-env", SHIAN__SERVER__THREADS="8", SHIAN__SITE__NAME="别局", PATH="/bin"
    )
    assert (found.wechat.app_secret, found.server.threads, found.site.name) == ("from-env", 8, "别局")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('region = "新密市"', ""), ["region", "[site]", "SHIAN__SITE__REGION"]),
        (('name = "新密市场监管"', 'name = ""'), ["name", "[site]"]),
        (('name = "新密市场监管"', 'name = " "'), ["name", "[site]", "不能为空"]),
        (('name = "新密市场监管"', "name = 3"), ["name", "[site]", "文字"]),
        (("[site]", "[sight]"), ["[sight]", "您是不是要写 site？"]),
        (("token =", "tokn ="), ["tokn", "[wechat]", "您是不是要写 token？"]),
        (("token =", "zzzzzz ="), ["zzzzzz", "[wechat]", "删去"]),
        (("[wechat]", '[wechat]\nmode = "open"'), ["mode", "[wechat]", "safe 或 compatible 或 plain"]),
        (("[wechat]", '[wechat]\naccount = "x"'), ["account", "service 或 subscription"]),
        (("[wechat]", '[wechat]\ntaps = "maybe"'), ["taps", "[wechat]", "true 或 false"]),
        (("[wechat]", "[wechat]\ntap = false"), ["tap", "您是不是要写 taps？"]),
        (("http://127.0.0.1:8000", "example.org"), ["base_url", "[site]", "https://"]),
        (("[site]", '[site]\ntimezone = "Mars/Olympus"'), ["Mars/Olympus", "[site]", "Asia/Shanghai"]),
        (("[site]", '[site]\ntimezone = "../etc/passwd"'), ["timezone", "Asia/Shanghai"]),
        (("EFG", "EF"), ["encoding_aes_key", "43 个字母和数字"]),
        (("[site]", "[site]\ntalk_minutes = 0"), ["talk_minutes", "[site]", "1 到 1440 的整数"]),
        (("[site]", '[site]\ntalk_minutes = "soon"'), ["talk_minutes", "[site]", "1 到 1440 的整数"]),
        (("[site]", "[site"), ["TOML"]),
        (("[site]", "site2 = 1\n[site]"), ["[site2]"]),
        (("[wechat]", "[server]\nthreads = 1\n[wechat]"), ["threads", "[server]", "2 到 256"]),
        (("[wechat]", '[server]\nmetrics_from = "10.0.0.5"\n[wechat]'), ["metrics_from", "列表"]),
        (("[wechat]", '[notices]\nservice_fields = "a=b"\n[wechat]'), ["service_fields", "character_string1=number"]),
        (("[wechat]", '[notices]\npage_script = "x"\n[wechat]'), ["page_script", "https://"]),
        (("[wechat]", '[duty]\nwebhook = "ftp://a/b"\n[wechat]'), ["webhook", "[duty]", "https"]),
        (("[wechat]", '[duty]\nwebhook = "http:///b"\n[wechat]'), ["webhook", "[duty]"]),
        (("[wechat]", '[duty]\ncommand = "send-sms 1"\n[wechat]'), ["command", "[duty]", "列表"]),
        (("[wechat]", '[duty]\ncommand = [""]\n[wechat]'), ["command", "[duty]", "不能为空"]),
        (("[wechat]", "[duty]\nminutes = 0\n[wechat]"), ["minutes", "[duty]"]),
        (("[wechat]", '[duty]\nday_starts = "24:00"\n[wechat]'), ["day_starts", "[duty]", "08:30"]),
        (("[wechat]", '[duty]\nwebhok = ""\n[wechat]'), ["webhok", "您是不是要写 webhook？"]),
    ],
)
def test_a_mistake_names_key_place_and_remedy(mistake, change, said):
    text = mistake(replace=change)
    assert "config.toml" in text
    for part in said:
        assert part in text
    assert not set("^$\\") & set(text)  # no regular expression is a remedy


def test_a_missing_section_and_a_missing_file_are_named(mistake, tmp_path):
    assert "[wechat]" in mistake(CONFIG.split("[wechat]")[0])
    with pytest.raises(SettingsError, match=r"none\.toml 不存在：请把 config\.toml 复制过去"):
        load(tmp_path / "none.toml", {})


def test_a_section_that_is_none_is_named(mistake):
    assert "[storage]" in mistake('storage = "var"\n' + CONFIG)


def test_a_file_that_is_no_text_is_named(tmp_path):
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="UTF-8"):
        load(file, {})
    with pytest.raises(SettingsError, match="目录"):
        load(tmp_path, {})


@pytest.mark.parametrize("name", ["SHIAN__TOKEN", "SHIAN__WECHAT__", "SHIAN____TOKEN"])
def test_a_misnamed_override_is_told_how_it_is_named(mistake, name):
    text = mistake(**{name: "x"})
    assert name in text
    assert "SHIAN__节__键" in text


def test_a_list_is_given_by_the_environment_as_json(settings, mistake):
    found = settings(SHIAN__DUTY__COMMAND='["/bin/sms", "甲 乙"]', SHIAN__SERVER__METRICS_FROM="[]")
    assert (found.duty.command, found.server.metrics_from) == (("/bin/sms", "甲 乙"), ())
    text = mistake(SHIAN__DUTY__COMMAND="/bin/sms")
    assert "SHIAN__DUTY__COMMAND" in text
    assert '["甲", "乙"]' in text


def test_all_that_is_missing_is_told_at_once_and_where_it_is_found(mistake):
    text = mistake("[site]\nname = '某局'\n")
    for part in ("[site] region", "[site] base_url", "[wechat] app_id", "开发者ID(AppID)", "SHIAN__WECHAT__APP_ID"):
        assert part in text
    assert "[site] name" not in text


def test_an_unknown_override_is_named_too(mistake):
    assert "环境变量 SHIAN__WECHAT__TOKEM：没有这一项，您是不是要写 token？" in mistake(SHIAN__WECHAT__TOKEM="x")
    assert "SHIAN__SIGHT__NAME：没有 [sight] 这一节" in mistake(SHIAN__SIGHT__NAME="x")


def test_what_a_command_needs_is_asked_for_with_both_places(settings):
    found = settings(replace=('app_secret = "test-secret"', ""))
    require(found, "token")
    with pytest.raises(SettingsError, match=r"SHIAN__WECHAT__APP_SECRET") as error:
        require(found, "token", "app_secret")
    assert "开发者密码(AppSecret)" in str(error.value)


def test_all_that_a_command_lacks_is_told_at_once(settings):
    found = settings(CONFIG.partition("app_secret")[0])
    with pytest.raises(SettingsError) as error:
        require(found, "token", "encoding_aes_key", "app_secret")
    for part in ("令牌(Token)", "EncodingAESKey", "AppSecret"):
        assert part in str(error.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:8000", "本机地址"),
        ("https://localhost/", "本机地址"),
        ("http://[::1]", "本机地址"),
        ("http://shian.example.org", "HTTPS 反向代理"),
        ("https://shian.example.org", ""),
    ],
)
def test_an_address_that_serves_nobody_is_doubted(settings, url, said):
    found = doubt(settings(replace=("http://127.0.0.1:8000", url)))
    assert (said in found, bool(found)) == (True, bool(said))


def test_a_mistake_never_quotes_a_secret(mistake):
    assert "sesame" not in mistake(replace=("abcdefghijklmnopqrstuvwxyz", "open-sesame"))
