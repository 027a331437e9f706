"""Settings: every mistake is one clear line that names the key, its place and the remedy."""

import pytest

from bot.settings import SettingsError, load, require
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
        (("[site]", "[sight]"), ["[sight]", "did you mean site?"]),
        (("token =", "tokn ="), ["tokn", "[wechat]", "did you mean token?"]),
        (("token =", "zzzzzz ="), ["zzzzzz", "[wechat]", "remove it"]),
        (("[wechat]", '[wechat]\nmode = "open"'), ["mode", "[wechat]", "open"]),
        (("http://127.0.0.1:8000", "example.org"), ["base_url", "[site]"]),
        (("[site]", '[site]\ntimezone = "Mars/Olympus"'), ["Mars/Olympus", "[site]", "Asia/Shanghai"]),
        (("[site]", '[site]\ntimezone = "../etc/passwd"'), ["timezone", "Asia/Shanghai"]),
        (("EFG", "EF"), ["encoding_aes_key", "43"]),
        (("[site]", "[site]\ntalk_minutes = 0"), ["talk_minutes", "[site]"]),
        (("[site]", '[site]\ntalk_minutes = "soon"'), ["talk_minutes", "[site]"]),
        (("[site]", "[site"), ["not TOML"]),
        (("[site]", "site2 = 1\n[site]"), ["[site2]"]),
        (("[wechat]", "[server]\nthreads = 1\n[wechat]"), ["threads", "[server]"]),
        (("[wechat]", '[duty]\nwebhook = "ftp://a/b"\n[wechat]'), ["webhook", "[duty]", "https"]),
        (("[wechat]", '[duty]\nwebhook = "http:///b"\n[wechat]'), ["webhook", "[duty]"]),
        (("[wechat]", '[duty]\ncommand = "send-sms 1"\n[wechat]'), ["command", "[duty]", "array"]),
        (("[wechat]", '[duty]\ncommand = [""]\n[wechat]'), ["command", "[duty]"]),
        (("[wechat]", "[duty]\nminutes = 0\n[wechat]"), ["minutes", "[duty]"]),
        (("[wechat]", '[duty]\nday_starts = "24:00"\n[wechat]'), ["day_starts", "[duty]"]),
        (("[wechat]", '[duty]\nwebhok = ""\n[wechat]'), ["webhok", "did you mean webhook?"]),
    ],
)
def test_a_mistake_names_key_place_and_remedy(mistake, change, said):
    text = mistake(replace=change)
    assert "config.toml" in text
    for part in said:
        assert part in text


def test_a_missing_section_and_a_missing_file_are_named(mistake, tmp_path):
    assert "[wechat]" in mistake(CONFIG.split("[wechat]")[0])
    with pytest.raises(SettingsError, match=r"none\.toml is missing; copy config\.toml there"):
        load(tmp_path / "none.toml", {})


def test_a_section_that_is_none_is_named(mistake):
    assert "[storage]" in mistake('storage = "var"\n' + CONFIG)


def test_a_file_that_is_no_text_is_named(tmp_path):
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="UTF-8"):
        load(file, {})
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path, {})


@pytest.mark.parametrize("name", ["SHIAN__TOKEN", "SHIAN__WECHAT__", "SHIAN____TOKEN"])
def test_a_misnamed_override_is_told_how_it_is_named(mistake, name):
    text = mistake(**{name: "x"})
    assert name in text
    assert "SHIAN__SECTION__KEY" in text


def test_an_unknown_override_is_named_too(mistake):
    assert "tokem" in mistake(SHIAN__WECHAT__TOKEM="x")


def test_what_a_command_needs_is_asked_for_with_both_places(settings):
    found = settings(replace=('app_secret = "test-secret"', ""))
    require(found, "token")
    with pytest.raises(SettingsError, match="SHIAN__WECHAT__APP_SECRET"):
        require(found, "token", "app_secret")


def test_a_mistake_never_quotes_a_secret(mistake):
    assert "sesame" not in mistake(replace=("abcdefghijklmnopqrstuvwxyz", "open-sesame"))
