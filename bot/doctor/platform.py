"""What the platform says of the account: reads only; nothing is sent, and nothing that is counted out is used up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.doctor.examination import Examined, Finding, State
from bot.settings import Settings
from bot.wechat.errors import PlatformError
from content.menu import menu as menu_of

REMEDIES = {
    40013: "核对 [wechat] app_id",
    40125: "在公众平台“设置与开发—开发接口管理”重置 AppSecret，填入 [wechat] app_secret",
    40164: "在公众平台“设置与开发—开发接口管理”的IP白名单里加入这个地址，几分钟后生效",
    40243: "在公众平台“设置与开发—开发接口管理”解冻 AppSecret",
    45009: "明天零点重新计",
    89503: "请公众号管理员在手机微信里确认这个地址",
    89506: "24小时后再试，或在IP白名单里加入这个地址",
    89507: "1小时后再试，或在IP白名单里加入这个地址",
}
"""Why there is no token -> what to do."""
LOOK_IT_UP = "照微信的原文改正；过一会儿还这样，按错误码查微信官方文档“全局返回码”"
NOT_LISTED = frozenset({40164, 89503, 89506, 89507})
NO_RIGHT, NO_MENU, FORBIDDEN = 48001, 46003, frozenset({48004, 50002})
RUNNING_OUT = 10
"""A quota of which less than one part in so many is left is told."""


@dataclass(frozen=True)
class Right:
    """An interface the service uses, the harmless read that shows whether the account may, and what is lost else."""

    name: str
    path: str
    lost: str
    state: State = State.WARN
    body: Mapping[str, Any] | None = None


RIGHTS = (
    Right("客服消息", "customservice/getkflist", "通知只能随下次答复带出，或由人告知"),
    Right("素材管理", "material/get_materialcount", "文章的封面传不上去"),
    Right("草稿箱", "draft/count", "文章进不了公众号"),
    Right("群发", "message/mass/speed/get", "排为群发的文章发不出去", body={}),
    Right(
        "发布",
        "freepublish/batchget",
        "排为发布的文章发不出去，只能群发或进草稿箱",
        State.HINT,
        {"offset": 0, "count": 1, "no_content": 1},
    ),
    Right("用户标签", "tags/get", "群众按类别、乡镇订阅不起作用", State.HINT),
)
WHERE_SET = {
    "service_template": Right("模板消息", "template/get_all_private_template", "填了 service_template 也发不出去"),
    "subscribe_template": Right("网页接口", "ticket/getticket?type=jsapi", "群众同意订阅通知的页面用不了"),
}
"""Key of ``[notices]`` -> what it takes besides."""
QUOTAS = {
    "群发": "message/mass/sendall",
    "发布": "freepublish/submit",
    "客服消息": "message/custom/send",
    "存草稿": "draft/add",
    "传素材": "material/add_material",
}


def reached(examined: Examined) -> Iterator[Finding]:
    host = urlsplit(examined.settings.wechat.api_base).hostname
    try:
        examined.probe.time()
    except PlatformError as error:
        remedy = f"在这台机器上运行 curl -v {examined.settings.wechat.api_base}，查出口网络、DNS 和防火墙"
        yield Finding(State.FAIL, f"{host}：{error}", remedy)
    else:
        yield Finding(State.OK, f"{host} 连得上")


def token(examined: Examined) -> Iterator[Finding]:
    yield _refused(examined.probe.refusal) or Finding(State.OK, "取得到，AppID 和 AppSecret 是对的")


def allowed(examined: Examined) -> Iterator[Finding]:
    refusal = examined.probe.refusal
    if refusal and refusal.code not in NOT_LISTED:
        yield Finding(State.UNKNOWN, "没有取到 access_token，看不出来", "先解决“微信的 access_token”这一项")
    else:
        yield _refused(refusal) or Finding(State.OK, "这台机器的出口地址微信认")


def _refused(error: PlatformError | None) -> Finding | None:
    return Finding(State.FAIL, str(error), REMEDIES.get(error.code, LOOK_IT_UP)) if error else None


def callback(examined: Examined) -> Iterator[Finding]:
    addresses = examined.probe.ask("getcallbackip").get("ip_list") or []
    text = f"微信从 {len(addresses)} 个地址访问本站的 /wechat；防火墙只放行一部分地址的，要放行它们"
    yield Finding(State.OK, text)


def menu(examined: Examined) -> Iterator[Finding]:
    wanted = _plain(menu_of(examined.settings.site.base_url.rstrip("/"))["button"])
    try:
        answer = examined.probe.ask("menu/get")
    except PlatformError as error:
        if error.code != NO_MENU:
            raise
        yield Finding(State.WARN, "公众号还没有设菜单", "运行 menu push")
        return
    there = _plain(answer.get("menu", {}).get("button") or [])
    if there == wanted:
        yield Finding(State.OK, "和 content/menu.toml 一样")
    else:
        names = "、".join(str(button.get("name")) for button in there)
        yield Finding(State.WARN, f"和 content/menu.toml 不一样，现在是：{names}", "运行 menu push")


def _plain(buttons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what the platform adds: empty lists of entries, and its numbers."""
    kept = ("type", "name", "key", "url")
    return [
        {name: button[name] for name in kept if button.get(name)}
        | ({"sub_button": _plain(button["sub_button"])} if button.get("sub_button") else {})
        for button in buttons
    ]


def rights(examined: Examined) -> Iterator[Finding]:
    for right in _rights(examined.settings):
        try:
            examined.probe.ask(right.path, right.body)
        except PlatformError as error:
            yield _without(right, error)
        else:
            yield Finding(State.OK, f"{right.name}：有")


def _rights(settings: Settings) -> tuple[Right, ...]:
    return (*RIGHTS, *(right for key, right in WHERE_SET.items() if getattr(settings.notices, key)))


def _without(right: Right, error: PlatformError) -> Finding:
    if error.code == NO_RIGHT:
        remedy = "在公众平台“设置与开发—接口权限”看能不能开通，多数要先认证"
        return Finding(right.state, f"{right.name}：没有权限，{right.lost}", remedy)
    if error.code in FORBIDDEN:
        return Finding(State.FAIL, f"{right.name}：{error}", "登录公众平台，在通知里看封禁的原因和申诉办法")
    return _unclear(right.name, error)


def _unclear(name: str, error: PlatformError) -> Finding:
    """What passes is asked again later; what does not pass says nothing against the account."""
    if error.verdict in ("again", "quota"):
        return Finding(State.UNKNOWN, f"{name}：没有查成，{error}", "过一会儿再运行一次 doctor")
    return Finding(State.HINT, f"{name}：看不出来，{error}", "在公众平台“设置与开发—接口权限”看一眼")


def quotas(examined: Examined) -> Iterator[Finding]:
    for name, path in QUOTAS.items():
        try:
            quota = examined.probe.ask("openapi/quota/get", {"cgi_path": f"/cgi-bin/{path}"})["quota"]
        except PlatformError as error:
            yield _unclear(name, error)
            continue
        limit, remain = int(quota["daily_limit"]), int(quota["remain"])
        low = remain * RUNNING_OUT < limit
        remedy = "明天零点重新计；等不及的，在公众平台或用 clear_quota 清零，一个月十次" if low else ""
        yield Finding(State.WARN if low else State.OK, f"{name}：今天还能调用 {remain} 次，每天 {limit} 次", remedy)


def drafts(examined: Examined) -> Iterator[Finding]:
    yield Finding(State.OK, f"有 {int(examined.probe.ask('draft/count')['total_count'])} 篇草稿")
