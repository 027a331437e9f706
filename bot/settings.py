"""config.toml and the environment, as one strict value.

Every key may be overridden by ``SHIAN__SECTION__KEY``. An unknown, missing or malformed key is one clear
line that names the key, its place and the remedy.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct

from bot.errors import BotError

ENV_PREFIX = "SHIAN__"
NonEmpty = Annotated[str, Meta(min_length=1)]


class SettingsError(BotError):
    """The configuration cannot be used; the text is one line for an operator."""


class SiteSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[site]``: the office."""

    name: NonEmpty
    region: NonEmpty
    base_url: Annotated[str, Meta(pattern="^https?://")]
    timezone: str = "Asia/Shanghai"
    picture_minutes: Annotated[int, Meta(ge=1)] = 10
    talk_minutes: Annotated[int, Meta(ge=1)] = 120
    discipline_phone: NonEmpty = "12388"


class WeChatSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[wechat]``: the account. Secrets may be left out of the file and set in the environment."""

    app_id: NonEmpty
    account: Literal["service", "subscription"] = "service"
    app_secret: str = ""
    token: str = ""
    encoding_aes_key: str = ""
    mode: Literal["safe", "compatible", "plain"] = "safe"
    api_base: Annotated[str, Meta(pattern="^https?://")] = "https://api.weixin.qq.com"

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

    threads: Annotated[int, Meta(ge=2, le=256)] = 32
    trusted_proxies: Annotated[int, Meta(ge=0, le=5)] = 0
    metrics_from: tuple[str, ...] = ()


Fields = Annotated[str, Meta(pattern=r"^\s*\w+=(number|stage|time)(\s+\w+=(number|stage|time))*\s*$")]


class NoticeSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[notices]``: the templates of short notices, and which of their fields carries number, stage or time.

    Without a template its way does not exist. `page_script` is WeChat's script of the page that asks for consent.
    """

    subscribe_template: str = ""
    subscribe_fields: Fields = "character_string1=number thing2=stage time3=time"
    service_template: str = ""
    service_fields: Fields = "character_string1=number thing2=stage time3=time"
    page_script: Annotated[str, Meta(pattern=r"^https?://[^\s;,?#]+$")] = (
        "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
    )

    def fields(self, template: Literal["subscribe", "service"]) -> dict[str, str]:
        """Field of the template -> what it carries."""
        pairs = self.subscribe_fields if template == "subscribe" else self.service_fields
        return dict(pair.split("=") for pair in pairs.split())


class DutySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[duty]``: how emergencies are told besides WeChat, and when the next person is called."""

    minutes: Annotated[int, Meta(ge=1, le=720)] = 10
    day_starts: Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "08:30"
    webhook: Annotated[str, Meta(pattern=r"^(https?://[^/\s]+\S*)?$")] = ""
    webhook_secret: str = ""
    command: tuple[NonEmpty, ...] = ()


class Sections(Struct, frozen=True, forbid_unknown_fields=True):
    site: SiteSettings
    wechat: WeChatSettings
    storage: StorageSettings = StorageSettings()
    server: ServerSettings = ServerSettings()
    notices: NoticeSettings = NoticeSettings()
    duty: DutySettings = DutySettings()


@dataclass(frozen=True)
class Settings:
    """All settings, with paths made absolute and the time zone found."""

    site: SiteSettings
    wechat: WeChatSettings
    server: ServerSettings
    notices: NoticeSettings
    duty: DutySettings
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
        """The database in words for an operator: its file, or its address without user and password."""
        return self.database_url.removeprefix("sqlite:///").rpartition("@")[2]


def _overrides(environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    sections: dict[str, dict[str, str]] = {}
    for name, value in environ.items():
        if not name.startswith(ENV_PREFIX):
            continue
        section, separator, key = name.removeprefix(ENV_PREFIX).lower().partition("__")
        if not separator or not section or not key:
            raise SettingsError(f"{name}: an override is named {ENV_PREFIX}SECTION__KEY, as in SHIAN__WECHAT__TOKEN")
        sections.setdefault(section, {})[key] = value
    return sections


def _merged(file: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    try:
        content: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{file} is missing; copy config.toml there, or name another with --config") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read ({error}); it must be a UTF-8 text file") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not TOML: {error}") from None
    for section, values in _overrides(environ).items():
        table = content.setdefault(section, {})
        if isinstance(table, dict):
            content[section] = table | values
    return content


def _check_names(content: Mapping[str, Any], file: Path) -> None:
    sections = {field.name: field.type for field in msgspec.structs.fields(Sections)}
    for section, values in content.items():
        if section not in sections:
            raise SettingsError(f"{file}: unknown section [{section}]{_hint(section, sections)}")
        if not isinstance(values, Mapping):
            raise SettingsError(f"{file}: [{section}] must be a section with keys of its own")
        known = {field.name for field in msgspec.structs.fields(sections[section])}
        for key in values:
            if key not in known:
                raise SettingsError(f"{file}: unknown key {key} in [{section}]{_hint(key, known)}")


def _hint(name: str, known: Any) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else "; remove it (or its SHIAN__ variable)"


_MISSING = re.compile(r"Object missing required field `(\w+)`(?: - at `\$\.?([\w.]*)`)?")


def _explain(error: msgspec.ValidationError, file: Path) -> str:
    if missing := _MISSING.match(str(error)):
        key, section = missing[1], missing[2]
        if not section:
            return f"{file}: section [{key}] is missing; add it as in the shipped config.toml"
        return f"{file}: key {key} is missing in [{section}]; add it, or set {ENV_PREFIX}{section}__{key}".replace(
            f"{ENV_PREFIX}{section}__{key}", f"{ENV_PREFIX}{section.upper()}__{key.upper()}"
        )
    what, _, where = str(error).partition(" - at `$.")
    section, _, key = where.rstrip("`").partition(".")
    return f"{file}: {key or section} in [{section}] is not usable: {what}"


def load(file: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read, override and check the settings; raises SettingsError."""
    content = _merged(file, environ)
    _check_names(content, file)
    try:
        sections = msgspec.convert(content, Sections, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(_explain(error, file)) from None
    try:
        timezone = ZoneInfo(sections.site.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = sections.site.timezone
        raise SettingsError(f"{file}: timezone {zone!r} in [site] is unknown; use one like Asia/Shanghai") from None
    if sections.wechat.encoding_aes_key and not re.fullmatch("[A-Za-z0-9]{43}", sections.wechat.encoding_aes_key):
        raise SettingsError(f"{file}: encoding_aes_key in [wechat] must be 43 letters and digits, as WeChat shows it")
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
        database_url=url,
        evidence_dir=base / kept.evidence_dir,
        key_file=key_file,
        audit_heads=tuple(heads),
        timezone=timezone,
        source=file,
    )


def require(settings: Settings, *keys: str) -> None:
    """Raise SettingsError unless these keys of ``[wechat]`` are set: some commands do without them."""
    for key in keys:
        if not getattr(settings.wechat, key):
            raise SettingsError(
                f"{settings.source}: {key} in [wechat] is empty; set it there or in {ENV_PREFIX}WECHAT__{key.upper()}"
            )
