"""config.toml and the environment, as one strict value.

Every key may be overridden by ``SHIAN__SECTION__KEY``; how both are read is in written.py.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct

from bot.written import SettingsError, missing, read


def _text(pattern: str, wanted: str) -> Meta:
    """A text of this form; `wanted` is the form in an operator's words."""
    return Meta(pattern=pattern, extra={"wanted": wanted})


def _whole(least: int, most: int) -> Meta:
    return Meta(ge=least, le=most, extra={"wanted": f" {least} 到 {most} 的整数"})


NonEmpty = Annotated[str, _text(r"\S", "文字，不能为空")]
Url = Annotated[str, _text("^https?://", "以 https:// 开头的网址")]


class SiteSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[site]``: the office."""

    name: NonEmpty
    region: NonEmpty
    base_url: Url
    timezone: str = "Asia/Shanghai"
    picture_minutes: Annotated[int, _whole(1, 1440)] = 10
    talk_minutes: Annotated[int, _whole(1, 1440)] = 120
    discipline_phone: NonEmpty = "12388"


class WeChatSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[wechat]``: the account. Secrets may be left out of the file and set in the environment.

    With `taps` the words that an answer offers can be tapped; without, they are words to type.
    """

    app_id: NonEmpty
    account: Literal["service", "subscription"] = "service"
    app_secret: str = ""
    token: str = ""
    encoding_aes_key: Annotated[str, _text("^([A-Za-z0-9]{43})?$", "43 个字母和数字，照公众平台上的抄")] = ""
    mode: Literal["safe", "compatible", "plain"] = "safe"
    taps: bool = True
    api_base: Url = "https://api.weixin.qq.com"

    @property
    def web_keys(self) -> tuple[str, ...]:
        """What the web side does not work without."""
        return ("token",) if self.mode == "plain" else ("token", "encoding_aes_key")


class StorageSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[storage]``: where things are kept; relative paths are relative to the configuration file.

    `audit_head_dir` gets a copy of the audit chain's newest link: a folder of another machine, say.
    """

    url: str = "sqlite:///var/shian.db"
    evidence_dir: str = "var/evidence"
    key_file: str = "var/shian.key"
    audit_head_dir: str = ""


class ServerSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[server]``: the web side. `metrics_from` may read /metrics besides loopback."""

    threads: Annotated[int, _whole(2, 256)] = 32
    trusted_proxies: Annotated[int, _whole(0, 5)] = 0
    metrics_from: tuple[str, ...] = ()


Fields = Annotated[
    str,
    _text(
        r"^\s*\w+=(number|stage|time)(\s+\w+=(number|stage|time))*\s*$",
        "用空格隔开的 字段=number、字段=stage、字段=time，如 character_string1=number thing2=stage",
    ),
]


class NoticeSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[notices]``: the templates of short notices, and which of their fields carries number, stage or time.

    Without a template its way does not exist. `page_script` is WeChat's script of the page that asks for consent.
    """

    subscribe_template: str = ""
    subscribe_fields: Fields = "character_string1=number thing2=stage time3=time"
    service_template: str = ""
    service_fields: Fields = "character_string1=number thing2=stage time3=time"
    page_script: Annotated[str, _text(r"^https?://[^\s;,?#]+$", "https:// 开头、不带参数的网址")] = (
        "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
    )

    def fields(self, template: Literal["subscribe", "service"]) -> dict[str, str]:
        """Field of the template -> what it carries."""
        pairs = self.subscribe_fields if template == "subscribe" else self.service_fields
        return dict(pair.split("=") for pair in pairs.split())


class DutySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[duty]``: how emergencies are told besides WeChat, and when the next person is called."""

    minutes: Annotated[int, _whole(1, 720)] = 10
    day_starts: Annotated[str, _text("^([01][0-9]|2[0-3]):[0-5][0-9]$", "几点几分，如 08:30")] = "08:30"
    webhook: Annotated[str, _text(r"^(https?://[^/\s]+\S*)?$", "https:// 开头的网址，或留空")] = ""
    webhook_secret: str = ""
    command: tuple[NonEmpty, ...] = ()


# fmt: off
RoleName = Literal[
    "intake", "officer", "editor", "reviewer", "publisher",
    "leader", "custodian", "admin", "security", "auditor", "liaison",
]
# fmt: on


class ConsoleSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[console]``: whoever has one of `totp_roles` sets up a second factor before anything else."""

    totp_roles: tuple[RoleName, ...] = ()


class Sections(Struct, frozen=True, forbid_unknown_fields=True):
    site: SiteSettings
    wechat: WeChatSettings
    storage: StorageSettings = StorageSettings()
    server: ServerSettings = ServerSettings()
    notices: NoticeSettings = NoticeSettings()
    duty: DutySettings = DutySettings()
    console: ConsoleSettings = ConsoleSettings()


@dataclass(frozen=True)
class Settings:
    """All settings, with paths made absolute and the time zone found."""

    site: SiteSettings
    wechat: WeChatSettings
    server: ServerSettings
    notices: NoticeSettings
    duty: DutySettings
    console: ConsoleSettings
    database_url: str
    evidence_dir: Path
    key_file: Path
    audit_heads: tuple[Path, ...]
    timezone: ZoneInfo
    source: Path

    @property
    def database_file(self) -> Path | None:
        """The file of an embedded database."""
        name = self.database_url.removeprefix("sqlite:///")
        return Path(name) if name != self.database_url else None

    @property
    def database(self) -> str:
        """The database as errors call it: its file, or its server and name; no user and no password."""
        url = urlsplit(self.database_url)
        return str(self.database_file or f"{url.hostname or ''}{url.path}".strip("/"))


def load(file: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read, override and check the settings; raises SettingsError."""
    sections = read(file, environ, Sections)
    try:
        timezone = ZoneInfo(sections.site.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = sections.site.timezone
        raise SettingsError(f"{file} 的 [site] timezone：没有 {zone!r} 这个时区，请写 Asia/Shanghai") from None
    base, kept = file.resolve().parent, sections.storage
    key_file = base / kept.key_file
    heads = [key_file.with_name(f"{key_file.name}.head")]
    if kept.audit_head_dir:
        heads.append(base / kept.audit_head_dir / "audit.head")
    url = kept.url
    if url.startswith("sqlite:///"):
        url = f"sqlite:///{base / url.removeprefix('sqlite:///')}"
    return Settings(
        site=sections.site,
        wechat=sections.wechat,
        server=sections.server,
        notices=sections.notices,
        duty=sections.duty,
        console=sections.console,
        database_url=url,
        evidence_dir=base / kept.evidence_dir,
        key_file=key_file,
        audit_heads=tuple(heads),
        timezone=timezone,
        source=file,
    )


def require(settings: Settings, *keys: str) -> None:
    """Raise SettingsError unless these keys of ``[wechat]`` are set: some commands do without them."""
    if absent := [("wechat", key) for key in keys if not getattr(settings.wechat, key)]:
        raise missing(settings.source, absent)


def doubt(settings: Settings) -> str:
    """What speaks against serving the public with this `base_url`; '' for nothing."""
    url = urlsplit(settings.site.base_url)
    if url.hostname in ("localhost", "127.0.0.1", "::1"):
        return f"[site] base_url 是本机地址 {settings.site.base_url}，群众的手机打不开里面的链接；请填公网地址"
    if url.scheme != "https":
        return f"[site] base_url 是 {settings.site.base_url}，没有加密；请在前面放 HTTPS 反向代理，并改为 https://"
    return ""
