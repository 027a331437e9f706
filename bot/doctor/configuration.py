"""What the configuration says, whether it is fit for the public, and the files and disks that it names."""

import os
import shutil
import stat
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from bot.doctor.examination import Examined, Finding, State
from bot.settings import Settings, doubt, require

LITTLE, VERY_LITTLE = 2 << 30, 200 << 20
"""Bytes of a disk: from where its end is near, and where the service soon stores nothing any more."""
OTHERS, READERS = 0o077, 0o004
"""What a mode may allow to others than the owner of what is secret; and to everybody, of the configuration."""


def read(examined: Examined) -> Iterator[Finding]:
    settings = examined.settings
    kind = "服务号" if settings.wechat.account == "service" else "订阅号"
    yield Finding(State.OK, f"{settings.source} 读得出，按{kind}、{settings.site.timezone} 运行")


def secrets(examined: Examined) -> Iterator[Finding]:
    require(examined.settings, *examined.settings.wechat.web_keys, "app_secret")
    if examined.settings.wechat.mode == "safe":
        yield Finding(State.OK, "AppSecret、令牌、消息加解密密钥都填了，安全模式")
    else:
        yield Finding(State.HINT, "消息没有只收加密的", '在公众平台改为安全模式，再写 [wechat] mode = "safe"')


def address(examined: Examined) -> Iterator[Finding]:
    if not (wrong := doubt(examined.settings)):
        yield Finding(State.OK, f"群众打开的是 {examined.settings.site.base_url}")
        return
    text, _, remedy = wrong.partition("；")
    yield Finding(State.HINT if _is_trial(examined.settings) else State.WARN, text, remedy)


def proxy(examined: Examined) -> Iterator[Finding]:
    settings = examined.settings
    if urlsplit(settings.site.base_url).scheme != "https":
        yield Finding(State.OK, "没有用 HTTPS，当作前面没有代理")
        return
    if not settings.server.trusted_proxies:
        text = "HTTPS 由前面的代理做，而 [server] trusted_proxies 是 0：所有人会被当作同一个来源，一起被限制登录"
        yield Finding(State.WARN, text, "前面有几层代理就写几，一层 nginx 写 1")
    yield Finding(
        State.HINT,
        "代理的访问日志默认会记下网址里问号后面的内容，其中有发信人的 openid；从这里看不到它怎么设的",
        "照 deploy/nginx.conf 的 log_format 设置，并查一遍已有的日志",
    )


def taps(examined: Examined) -> Iterator[Finding]:
    if examined.settings.wechat.taps:
        yield Finding(State.HINT, "答复里的“提交”“跳过”等可以点", "真机上点一次；没有反应或显示乱码，写 taps = false")
    else:
        yield Finding(State.OK, "答复里的词只用打字")


def factor(examined: Examined) -> Iterator[Finding]:
    if examined.settings.console.totp_roles:
        yield Finding(State.OK, f"{'、'.join(examined.settings.console.totp_roles)} 登录要两步验证")
    else:
        yield Finding(
            State.HINT, "密码泄露就能登录后台", '在 [console] totp_roles 写上要两步验证的角色，如 ["admin", "security"]'
        )


def duty(examined: Examined) -> Iterator[Finding]:
    command = examined.settings.duty.command
    if command and not shutil.which(command[0]):
        remedy = "改正 [duty] command 的路径，或给它执行权限"
        yield Finding(State.FAIL, f"发短信的命令 {command[0]} 不在或不能执行，紧急件呼叫不出去", remedy)
    elif command or examined.settings.duty.webhook:
        yield Finding(State.OK, "紧急件除了微信，还有本局自己的呼叫方式")
    else:
        text = "紧急件只能用微信呼叫：值班人员48小时内没有给公众号发过话就收不到"
        yield Finding(State.HINT, text, "在 [duty] 里写上短信命令 command 或接口 webhook")


def modes(examined: Examined) -> Iterator[Finding]:
    settings = examined.settings
    own = [path for path in _own(settings) if path.exists() and _mode(path) & OTHERS]
    for path in own:
        yield Finding(State.WARN, f"{path} 别的用户也能打开", f"chmod go= {path}")
    if settings.wechat.app_secret and _mode(settings.source) & READERS:
        yield Finding(State.WARN, f"{settings.source} 里有密钥，谁都能读", f"chmod o= {settings.source}")
    elif not own:
        yield Finding(State.OK, "密钥、数据库和证据只有服务自己的用户能打开")


def disk(examined: Examined) -> Iterator[Finding]:
    settings = examined.settings
    folders = {"证据": settings.evidence_dir}
    if settings.database_file:
        folders["数据库"] = settings.database_file.parent
    for what, folder in folders.items():
        free = shutil.disk_usage(_nearest(folder)).free
        state = State.FAIL if free < VERY_LITTLE else State.WARN if free < LITTLE else State.OK
        text = f"{what}所在的磁盘还剩 {free / (1 << 30):.1f} GB"
        yield Finding(state, text, "" if state is State.OK else f"给 {folder} 所在的磁盘腾出空间，或换大的")


def _own(settings: Settings) -> list[Path]:
    paths = [settings.key_file, settings.evidence_dir]
    if file := settings.database_file:
        paths += [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))]
    return paths


def _mode(path: Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def _nearest(folder: Path) -> Path:
    """The folder, or the next above it that is there."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _is_trial(settings: Settings) -> bool:
    """Whether the platform is a stand-in on this machine, so that nobody outside is meant to come."""
    host = urlsplit(settings.wechat.api_base).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
