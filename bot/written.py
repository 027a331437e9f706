"""config.toml and the environment, read into one strict value; every mistake is one line with its place and remedy."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import fields

from bot.errors import BotError
from storage.errors import told

PREFIX = "SHIAN__"
BASIC = "公众平台“设置与开发—开发接口管理”（原“基本配置”）"
FOUND_AT = {
    "name": "公众号名称，群众看到的",
    "region": "本局负责的县市区",
    "base_url": "本服务的公网地址，如 https://您的域名",
    "app_id": f"{BASIC}的开发者ID(AppID)",
    "app_secret": f"{BASIC}的开发者密码(AppSecret)",
    "token": f"{BASIC}“服务器配置”的令牌(Token)，自己拟定，两处填一样的",
    "encoding_aes_key": f"{BASIC}“服务器配置”的消息加解密密钥(EncodingAESKey)，43 个字符",
}
"""Key that must be given -> where it is found."""
T = TypeVar("T", bound=Struct)


class SettingsError(BotError):
    """The configuration cannot be used; the text is one line for an operator."""


@dataclass(frozen=True)
class Written:
    """The values of the file with those of the environment over them, and which variable gave which."""

    file: Path
    values: dict[str, Any]
    variables: dict[tuple[str, str], str]

    def place(self, section: str, key: str) -> str:
        """Where a value stands, for an operator."""
        variable = self.variables.get((section, key))
        return f"环境变量 {variable}" if variable else f"{self.file} 的 [{section}] {key}"


def variable(section: str, key: str) -> str:
    """The environment variable that goes before a key of the file."""
    return f"{PREFIX}{section.upper()}__{key.upper()}"


def missing(file: Path, keys: list[tuple[str, str]]) -> SettingsError:
    """All that is not filled in, each with where it is found and where it may be put."""
    each = [f"[{section}] {key}（{FOUND_AT[key]}；或环境变量 {variable(section, key)}）" for section, key in keys]
    return SettingsError(f"{file} 里还没有填：{'；'.join(each)}")


def read(file: Path, environ: Mapping[str, str], shape: type[T]) -> T:
    """The configuration as `shape` has it: a struct of sections. Raises SettingsError."""
    sections = {field.name: field.type for field in fields(shape)}
    written = _written(file, environ, sections)
    _check_names(written, sections)
    if absent := list(_absent(written, sections)):
        raise missing(file, absent)
    try:
        return msgspec.convert(written.values, shape, strict=False)
    except msgspec.ValidationError as error:
        section, _, key = str(error).rpartition("`$.")[2].rstrip("`").partition(".")
        key = key.partition("[")[0]
        wanted = next(field.type for field in fields(sections[section]) if field.name == key)
        raise SettingsError(f"{written.place(section, key)} 不能用：应为{_wanted(wanted)}") from None


def _written(file: Path, environ: Mapping[str, str], sections: Mapping[str, Any]) -> Written:
    try:
        content: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8-sig"))  # Windows begins it with a mark
    except FileNotFoundError:
        raise SettingsError(f"配置文件 {file} 不存在：请把 config.toml 复制过去，或用 --config 指明") from None
    except OSError as error:
        raise SettingsError(f"配置文件读不出：{told(error)}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"配置文件 {file} 不是 UTF-8 编码，请另存为 UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"配置文件 {file} 不合 TOML 的写法：{error}") from None
    variables = {}
    for name, section, key in _overrides(environ, sections):
        if isinstance(table := content.setdefault(section, {}), dict):
            table[key] = _value(name, environ[name], section, key, sections)
            variables[section, key] = name
    return Written(file, content, variables)


def _overrides(environ: Mapping[str, str], sections: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Variable, section and key of each override; one that lacks underscores is pointed out."""
    plain = {
        f"SHIAN_{section}_{field.name}".upper(): (section, field.name)
        for section in sections
        for field in fields(sections[section])
    }
    for name in environ:
        section, separator, key = name.removeprefix(PREFIX).lower().partition("__")
        if name.startswith(PREFIX) and separator and section and key:
            yield name, section, key
        elif meant := plain.get(re.sub("_+", "_", name).upper()):
            raise SettingsError(f"环境变量 {name} 的下划线不对，应写 {variable(*meant)}")
        elif name.startswith(PREFIX):
            raise SettingsError(f"环境变量 {name} 应写成 {PREFIX}节__键，如 {variable('wechat', 'token')}")


def _value(name: str, text: str, section: str, key: str, sections: Mapping[str, Any]) -> Any:
    """A text as it is; a list is JSON."""
    wanted = {field.name: field.type for field in fields(sections[section])} if section in sections else {}
    if get_origin(wanted.get(key)) is not tuple:
        return text
    try:
        return msgspec.json.decode(text, type=list[str])
    except msgspec.MsgspecError:
        raise SettingsError(f"环境变量 {name} 不能用：应为{_wanted(wanted[key])}") from None


def _check_names(written: Written, sections: Mapping[str, Any]) -> None:
    for section, values in written.values.items():
        if not isinstance(values, Mapping):
            raise SettingsError(f"{written.file}：[{section}] 应是一节，下面各写各的键")
        known = {field.name for field in fields(sections[section])} if section in sections else set()
        for key in values:
            if section in sections and key not in known:
                raise SettingsError(f"{written.place(section, key)}：没有这一项{_hint(key, known)}")
        if section not in sections:
            where = next((name for (found, _), name in written.variables.items() if found == section), written.file)
            raise SettingsError(f"{where}：没有 [{section}] 这一节{_hint(section, set(sections))}")


def _hint(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"，您是不是要写 {close[0]}？" if close else "，请删去"


def _absent(written: Written, sections: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What has no default and is not there, or is empty."""
    for section, shape in sections.items():
        given = written.values.get(section, {})
        yield from (
            (section, field.name) for field in fields(shape) if field.required and given.get(field.name) in (None, "")
        )


def _wanted(kind: Any) -> str:
    """What a value of this type looks like, in words."""
    if get_origin(kind) is Literal:
        return f" {' 或 '.join(get_args(kind))}"
    if kind is bool:
        return " true 或 false，不加引号"
    if get_origin(kind) is tuple and get_origin(get_args(kind)[0]) is Literal:
        return f"一个列表，各项是{_wanted(get_args(kind)[0])}"
    if get_origin(kind) is tuple:
        return '一个列表，如 ["甲", "乙"]，各项不能为空'
    metas = [meta for meta in get_args(kind) if isinstance(meta, Meta)]
    return metas[0].extra["wanted"] if metas and metas[0].extra else "文字，写在双引号里"
