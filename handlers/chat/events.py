"""What the platform tells of itself: who follows and leaves, what they consent to, what became of what was sent.

Source: developers.weixin.qq.com, subscription notices (events), template messages, mass messages, publishing.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from content.replies import say
from handlers.chat import staff, subscriptions
from handlers.chat.context import SILENCE, Context, Reply
from handlers.exposure import releasing
from handlers.notices import telling
from handlers.submissions.stages import OPEN_STAGES
from storage import audit
from storage.chat import consent, follower, pending, window
from storage.exposure.release import Finish
from storage.notices import outbox
from storage.submissions import evidence


def followed(context: Context) -> Reply:
    """A new follower, or one who comes back."""
    follower.follow(context.tx, context.message.openid)
    waiting = sum(case.stage in OPEN_STAGES for case in context.own)
    return Reply(say("welcome", office=context.office, waiting=waiting))


def scanned(context: Context) -> Reply:
    """A follower scanned one of our codes again: say what can be done here."""
    return Reply(say("fallback", office=context.office))


def left(context: Context) -> Reply:
    """Erase the profile and all that was unfinished, chosen or consented to; submissions stay as the law says."""
    follower.erase(context.tx, context.sender)
    pending.close(context.tx, context.sender)
    subscriptions.leave(context)
    window.close(context.tx, context.sender)
    consent.erase(context.tx, context.sender)
    staff.leave(context)
    evidence.forget_loose_of(context.tx, context.sender)
    return SILENCE


def account_changed(context: Context) -> Reply:
    """Into the audit chain, where the administrator sees it: an account that expires stops the service."""
    kind = context.message.kind
    expires = context.message.text("ExpiredTime")
    detail = context.office.local(datetime.fromtimestamp(int(expires), UTC)) if expires.isdecimal() else ""
    reason = context.message.text("FailReason")
    audit.write(
        context.tx, actor="system", action="account", subject=kind.removeprefix("event:"), detail=detail or reason
    )
    return SILENCE


def consent_decided(context: Context) -> Reply:
    """subscribe_msg_popup_event: each yes is good for one notice; a no ends what was agreed before."""
    return _changed(context, "SubscribeMsgPopupEvent")


def consent_withdrawn(context: Context) -> Reply:
    """subscribe_msg_change_event: they stopped the notices in WeChat's own settings."""
    return _changed(context, "SubscribeMsgChangeEvent")


def _changed(context: Context, name: str) -> Reply:
    accepted = False
    for entry in _entries(context.message.fields, name):
        template, status = _text(entry, "TemplateId"), _text(entry, "SubscribeStatusString")
        if status == "accept":
            consent.give(context.tx, context.sender, template)
            accepted = True
        else:
            consent.withdraw(context.tx, context.sender, template)
    if accepted:
        outbox.wake(context.tx, context.sender)
    return SILENCE


def subscription_sent(context: Context) -> Reply:
    """subscribe_msg_sent_event: whether subscription notices arrived."""
    for entry in _entries(context.message.fields, "SubscribeMsgSentEvent"):
        if _text(entry, "ErrorCode") not in ("", "0"):
            reason = _text(entry, "ErrorStatus") or _text(entry, "ErrorCode")
            telling.bounced(context.tx, context.sender, "subscription", _text(entry, "MsgID"), reason)
    return SILENCE


def template_sent(context: Context) -> Reply:
    """TEMPLATESENDJOBFINISH: whether a template message arrived."""
    status = context.message.text("Status")
    if status.lower() != "success":
        telling.bounced(
            context.tx, context.sender, "template", context.message.text("MsgID") or context.message.id, status
        )
    return SILENCE


def _entries(fields: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """The List elements: XML makes a mapping of one and a list of several; JSON has them without the name."""
    holder = fields.get(name)
    found = holder.get("List") if isinstance(holder, Mapping) else fields.get("List")
    entries = found if isinstance(found, list) else [found]
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _text(entry: Mapping[str, object], name: str) -> str:
    return str(entry.get(name) or "")


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


def mass_sent(context: Context) -> Reply:
    """MASSSENDJOBFINISH."""
    fields = context.message.fields
    status = context.message.text("Status").strip()
    succeeded = status.lower().replace(" ", "") in ("sendsuccess", "send_success")
    sent = context.message.text("SentCount") or "?"
    url = first_text(fields.get("ArticleUrlResult"), "ArticleUrl")
    detail = f"送达{sent}人" if succeeded else f"平台未发出：{REFUSALS.get(status, status)}"
    job = context.message.text("MsgID") or context.message.id
    releasing.heard(context.tx, Finish("mass", job, succeeded, detail, url))
    return SILENCE


def published(context: Context) -> Reply:
    """PUBLISHJOBFINISH; some accounts are sent FREEPUBLISHJOBFINISH."""
    info = context.message.fields.get("PublishEventInfo")
    fields: Mapping[str, object] = info if isinstance(info, Mapping) else {}
    status = str(fields.get("publish_status", ""))
    detail = PUBLISHED.get(status, f"平台未发布：{REFUSALS.get(status, status)}")
    url = first_text(fields.get("article_detail"), "article_url")
    releasing.heard(context.tx, Finish("publish", str(fields.get("publish_id", "")), status in PUBLISHED, detail, url))
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


def silent(_context: Context) -> Reply:
    """Events that ask for no answer, known or unknown: they are kept, and that is all."""
    return SILENCE
