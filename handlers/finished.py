"""The platform's word on a mass sending or a publication: the article is out, or is not.

The event may come before the answer that names its job, so it is noted first and matched second.
"""

from collections.abc import Mapping

from handlers.chat.context import SILENCE, Call, Reply
from handlers.exposure import releasing
from storage import article
from storage.records import Finish

PUBLISHED = {"0": "成功"}
REFUSALS = {
    "2": "原创失败",
    "3": "常规失败",
    "4": "平台审核不通过",
    "5": "成功后被删除",
    "6": "成功后被系统封禁",
    "err(10001)": "涉嫌广告",
    "err(20001)": "涉嫌政治",
    "err(20002)": "涉嫌色情",
    "err(20004)": "涉嫌社会",
    "err(20006)": "涉嫌违法犯罪",
    "err(20008)": "涉嫌欺诈",
    "err(20013)": "涉嫌版权",
    "err(21000)": "涉嫌其他",
    "err(22000)": "涉嫌互推",
    "err(30003)": "原创校验未通过",
}


def mass_sent(call: Call) -> Reply | None:
    """MASSSENDJOBFINISH."""
    if call.message.kind != "event:masssendjobfinish":
        return None
    fields = call.message.fields
    status = call.message.text("Status").strip()
    succeeded = status.lower().replace(" ", "") in ("sendsuccess", "send_success")
    sent = call.message.text("SentCount") or "?"
    url = first_text(fields.get("ArticleUrlResult"), "ArticleUrl")
    detail = f"送达{sent}人" if succeeded else f"平台未发出：{REFUSALS.get(status, status)}"
    _note(call, Finish("mass", call.message.text("MsgID") or call.message.id, succeeded, detail, url))
    return SILENCE


def published(call: Call) -> Reply | None:
    """PUBLISHJOBFINISH; some accounts are sent FREEPUBLISHJOBFINISH."""
    if call.message.kind not in ("event:publishjobfinish", "event:freepublishjobfinish"):
        return None
    info = call.message.fields.get("PublishEventInfo")
    fields: Mapping[str, object] = info if isinstance(info, Mapping) else {}
    status = str(fields.get("publish_status", ""))
    detail = PUBLISHED.get(status, f"平台未发布：{REFUSALS.get(status, status)}")
    url = first_text(fields.get("article_detail"), "article_url")
    _note(call, Finish("publish", str(fields.get("publish_id", "")), status in PUBLISHED, detail, url))
    return SILENCE


def first_text(tree: object, name: str) -> str:
    """The first text under `name` in nested XML, where one element is a mapping and several are a list."""
    if isinstance(tree, list):
        return next((found for part in tree if (found := first_text(part, name))), "")
    if isinstance(tree, Mapping):
        if isinstance(value := tree.get(name), str):
            return value
        return next((found for part in tree.values() if (found := first_text(part, name))), "")
    return ""


def _note(call: Call, finish: Finish) -> None:
    article.note_finish(call.tx, finish)
    releasing.settle(call.tx)
