"""ROUTES is every message the bot answers. A new answer is a function and a row here.

A look-up by event, kind of message or word picks the rows to try (`route.Table`); of these the first that gives a
Reply wins, in the order of the table. A row that names none of the three is tried with whatever is said.
`python -m docs.draw` draws docs/messages.md from the rows.
"""

from handlers.chat import (
    events,
    followup,
    free_text,
    guided,
    help,
    lookup,
    pictures,
    progress,
    rewards,
    staff,
    subscriptions,
    verbs,
)
from handlers.chat.route import Route, event, text
from handlers.chat.words import Rest

ROUTES: tuple[Route, ...] = (
    Route(
        events.followed,
        events=("subscribe",),
        says="follower noted, customer messages open for a minute",
        sees="the welcome",
        sample=event("subscribe"),
    ),
    Route(
        events.left,
        events=("unsubscribe",),
        says="profile, unfinished talk, loose pictures, consents and subscriptions are erased; "
        "submissions stay as the law says",
        sample=event("unsubscribe"),
    ),
    Route(
        events.left,
        events=("user_authorization_revoke",),
        says="the same as leaving: profile and unfinished talk are erased",
        sample=event("user_authorization_revoke"),
    ),
    Route(
        events.scanned,
        events=("SCAN",),
        says="customer messages open for a minute",
        sees="the short help",
        sample=event("SCAN", EventKey="1"),
    ),
    Route(
        events.account_changed,
        events=(
            "qualification_verify_success",
            "qualification_verify_fail",
            "naming_verify_success",
            "naming_verify_fail",
            "annual_renew",
            "verify_expired",
        ),
        says="noted in the audit chain for the administrator",
        sample=event("annual_renew", ExpiredTime="1442401156"),
    ),
    Route(
        events.mass_sent,
        events=("MASSSENDJOBFINISH",),
        says="the article is released, or held up with the reason",
        sample=event("MASSSENDJOBFINISH", Status="send success"),
    ),
    Route(
        events.published,
        events=("PUBLISHJOBFINISH", "FREEPUBLISHJOBFINISH"),
        says="the article is released, or held up with the reason; some accounts are sent the second name",
        sample=event("PUBLISHJOBFINISH"),
    ),
    Route(
        events.consent_decided,
        events=("subscribe_msg_popup_event",),
        says="consents are counted, one notice each",
        sample=event("subscribe_msg_popup_event"),
    ),
    Route(
        events.consent_withdrawn,
        events=("subscribe_msg_change_event",),
        says="consents are taken back",
        sample=event("subscribe_msg_change_event"),
    ),
    Route(
        events.subscription_sent,
        events=("subscribe_msg_sent_event",),
        says="whether the subscription notice arrived",
        sample=event("subscribe_msg_sent_event"),
    ),
    Route(
        events.template_sent,
        events=("TEMPLATESENDJOBFINISH",),
        says="whether the template message arrived",
        sample=event("TEMPLATESENDJOBFINISH", Status="success"),
    ),
    Route(
        events.silent,
        events=("CLICK",),
        says="the word that the menu key stands for; a key that is none is kept",
        sees="as for the word",
        sample=event("CLICK", EventKey="of_an_old_menu"),
    ),
    Route(
        events.silent,
        events=("scancode_push", "scancode_waitmsg"),
        says="kept; customer messages open for a minute",
        sample=event("scancode_push"),
    ),
    Route(
        events.silent,
        events=("pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select"),
        says="kept; what was chosen comes as a message",
        sample=event("pic_weixin"),
    ),
    Route(
        events.silent,
        events=("user_info_modified",),
        says="kept; no profile is stored that could change",
        sample=event("user_info_modified"),
    ),
    Route(
        events.silent,
        events=("VIEW", "view_miniprogram", "*"),
        says="kept",
        sample=event("of_next_year"),
    ),
    Route(
        staff.bind,
        words=("绑定",),
        rest=Rest.SENTENCE,
        says="with a code from the console: the account of staff whose WeChat this is",
        sample=text("绑定 ABCD2345"),
        in_help=False,
    ),
    Route(
        staff.unbind,
        words=("解绑",),
        rest=Rest.SENTENCE,
        says="from bound staff: the binding ends",
        sample=text("解绑"),
        in_help=False,
    ),
    Route(
        staff.confirmed,
        words=("收到",),
        rest=Rest.SENTENCE,
        says="from an officer who was called: the alarm is taken",
        sample=text("收到"),
        in_help=False,
    ),
    Route(
        pictures.received,
        media=("image",),
        says="fetched within seconds, joined to the talk, to what was handed in within ten minutes, or held until "
        "words come",
        sees="one summary for a whole burst",
        sample={"MsgType": "image", "MediaId": "m1"},
    ),
    Route(
        pictures.received,
        media=("voice",),
        says="a submission of its own that a clerk transcribes, or joined like a picture; the platform's "
        "`Recognition` is not relied on",
        sees="the number",
        sample={"MsgType": "voice", "MediaId": "m2", "Format": "amr"},
    ),
    Route(
        pictures.received,
        media=("video", "shortvideo"),
        says="like `image`",
        sees="one summary",
        sample={"MsgType": "shortvideo", "MediaId": "m3"},
    ),
    Route(
        followup.spoken,
        words=tuple(verbs.BY_WORD),
        says="what a citizen does with a submission that is stored, with or without its number (`verbs.VERBS`)",
        sample=text("补充 SA20261123-0001 还有老鼠"),
    ),
    Route(
        followup.answered,
        says="the answer to what one of the verbs asked",
        sample=text("味道很重"),
    ),
    Route(
        guided.begin_report,
        words=("举报",),
        menu="report",
        says="a report, guided or with labels in one message",
        sample=text("举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉"),
    ),
    Route(
        guided.begin_complaint,
        words=("投诉",),
        menu="complaint",
        says="a complaint; the identity that the law requires is asked for",
        sample=text("投诉"),
    ),
    Route(
        progress.show,
        words=("进度",),
        rest=Rest.APART_IN_TALK,
        menu="progress",
        says="one's own submissions, or the one whose number follows",
        sample=text("进度 SA20261123-0001"),
    ),
    Route(
        rewards.show,
        words=("奖励",),
        rest=Rest.APART_IN_TALK,
        says="one's own concluded reports, or the conditions of the one whose number follows",
        sample=text("奖励"),
    ),
    Route(
        rewards.confirm,
        says="是 to the conditions of a reward: the application",
        sample=text("是"),
    ),
    Route(
        lookup.exposures,
        words=("曝光",),
        rest=Rest.APART,
        menu="exposure",
        says="the latest exposures, or those of a township or category",
        sample=text("曝光 青屏"),
    ),
    Route(
        lookup.look_up,
        words=("查", "查询"),
        rest=Rest.APART_IN_TALK,
        menu="lookup",
        says="what is public about the business whose name or code follows",
        sample=text("查 老王熟食店"),
    ),
    Route(
        subscriptions.subscribe,
        words=("订阅",),
        says="what may be sent, by category and township; with numbers or names, adds them",
        sample=text("订阅"),
    ),
    Route(
        subscriptions.unsubscribe,
        words=("退订",),
        says="ends all subscriptions, or those named",
        sample=text("退订"),
    ),
    Route(
        help.ask,
        words=("问",),
        rest=Rest.SENTENCE,
        says="the answer to a question, from the knowledge base",
        sample=text("问 过期食品怎么赔"),
    ),
    Route(
        help.help,
        words=("帮助",),
        rest=Rest.APART,
        menu="help",
        says="the help; with a question behind it, its answer",
        sample=text("帮助"),
        in_help=False,
    ),
    Route(
        free_text.place,
        media=("location",),
        says="the address of a talk, of what was handed in just now, or the beginning of a report; GCJ-02 degrees, "
        "said so to staff",
        sees="the next question",
        sample={"MsgType": "location", "Location_X": "34.53", "Location_Y": "113.39", "Label": "新密市青屏大街"},
    ),
    Route(
        guided.go_on,
        says="the next answer of a talk under way",
        sample=text("老王熟食店"),
    ),
    Route(
        free_text.understood,
        media=("text",),
        says="a word below, the answer to what was asked, or free text that is recognised "
        "(`handlers/chat/free_text.py`)",
        sample=text("老王熟食店卖过期卤肉"),
    ),
    Route(
        free_text.understood,
        media=("link",),
        says="its title, description and address are read as words",
        sample={"MsgType": "link", "Title": "老王熟食店卖过期卤肉", "Url": "https://example.com/1"},
    ),
    Route(
        help.anything_else,
        media=("miniprogrampage",),
        says="kept",
        sees="the short help",
        sample={"MsgType": "miniprogrampage", "Title": "t"},
    ),
    Route(
        help.anything_else,
        says="kept; the short help",
        sees="the short help",
        sample={"MsgType": "of_next_year"},
    ),
)
