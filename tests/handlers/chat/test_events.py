"""Events: people who follow and leave, consents, and what became of what was sent."""

import pytest

from storage.chat import consent, follower
from storage.exposure import release as releases
from storage.people.staff import Role
from tests.verbs import post


@pytest.mark.parametrize("key", ["", "qrscene_12"])
def test_a_new_follower_is_welcomed_and_counted_once(phone, ask, key):
    for _ in range(2):
        assert "欢迎关注新密市场监管" in phone.event("subscribe", key)
    assert ask(follower.count) == 1


@pytest.mark.parametrize("name", ["subscribe_msg_popup_event", "subscribe_msg_sent_event"])
def test_an_event_that_only_sounds_like_it_is_none(phone, ask, name):
    assert phone.event(name) is None
    assert ask(follower.count) == 0


def test_leaving_erases_profile_and_talk_and_keeps_the_case(phone, tip, ask, stored):
    phone.event("subscribe")
    tip()
    phone.say("举报")
    assert phone.event("unsubscribe") is None
    assert ask(follower.count) == 0
    assert ask(lambda tx: tx.value("select count(*) from talk")) == 0
    assert len(stored()) == 1


def test_leaving_twice_or_without_having_followed_is_harmless(phone):
    assert phone.event("unsubscribe") is None
    assert phone.event("unsubscribe") is None


def test_coming_back_is_told_how_many_cases_are_open(phone, other_phone, tip, act, hire):
    first = tip()
    tip()
    act(first.number, "refer", hire("wang", Role.INTAKE), unit="县公安局", note="不属实")
    phone.event("unsubscribe")
    assert "还有1件正在办理" in phone.event("subscribe")
    assert "正在办理" not in other_phone.event("subscribe")


OPENID = "oReporterOne0000000000000001"


@pytest.fixture
def report(client, clock):
    """An event with nested XML, as the platform writes it."""

    def send(event, holder, *entries):
        clock.advance(seconds=1)
        lists = "".join(
            f"<List>{''.join(f'<{name}>{value}</{name}>' for name, value in entry.items())}</List>" for entry in entries
        )
        response = post(
            client,
            f"<xml><ToUserName>gh</ToUserName><FromUserName>{OPENID}</FromUserName>"
            f"<CreateTime>{int(clock.now.timestamp())}</CreateTime><MsgType>event</MsgType><Event>{event}</Event>"
            f"<{holder}>{lists}</{holder}></xml>",
        )
        assert response.data == b"success"

    return send


@pytest.fixture
def popup(report):
    def send(**answers):
        entries = [
            {"TemplateId": template, "SubscribeStatusString": status, "PopupScene": "1"}
            for template, status in answers.items()
        ]
        report("subscribe_msg_popup_event", "SubscribeMsgPopupEvent", *entries)

    return send


@pytest.fixture
def left(ask):
    return lambda template="t1": ask(lambda tx: consent.remaining(tx, follower.sender_of(tx, OPENID), template))


def test_each_yes_is_good_for_one_notice(popup, left):
    popup(t1="accept")
    popup(t1="accept")
    assert (left(), left("t2")) == (2, 0)


def test_several_templates_come_in_one_event(popup, left):
    popup(t1="accept", t2="reject", t3="accept")
    assert (left(), left("t2"), left("t3")) == (1, 0, 1)


def test_a_no_ends_what_was_agreed_before(popup, left):
    popup(t1="accept")
    popup(t1="reject")
    assert left() == 0


def test_so_does_stopping_the_notices_in_the_settings(popup, report, left):
    popup(t1="accept", t2="accept")
    report(
        "subscribe_msg_change_event",
        "SubscribeMsgChangeEvent",
        {"TemplateId": "t1", "SubscribeStatusString": "reject"},
    )
    assert (left(), left("t2")) == (0, 1)


def test_consents_go_with_the_person(popup, phone, left):
    popup(t1="accept")
    phone.event("unsubscribe")
    assert left() == 0


@pytest.mark.parametrize("event", ["subscribe_msg_popup_event", "subscribe_msg_sent_event", "TEMPLATESENDJOBFINISH"])
def test_an_event_without_content_is_kept_and_changes_nothing(report, left, event):
    report(event, "Something")
    assert left() == 0


def test_a_report_on_a_notice_nobody_knows_changes_nothing(report, parcels):
    report("subscribe_msg_sent_event", "SubscribeMsgSentEvent", {"TemplateId": "t1", "MsgID": "7", "ErrorCode": "1"})
    assert parcels() == []


def test_a_consent_lets_held_notices_go_again(popup, tip, act, hire, hold_all, parcels):
    from storage.people.staff import Role

    act(tip().number, "answer", hire("wang", Role.INTAKE), note="已核查")
    hold_all()
    popup(t1="accept")
    assert parcels()[0].state == "waiting"


HEAD = (
    "<ToUserName>gh</ToUserName><FromUserName>oAdmin</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType>"
)
MASS = (
    "<xml>" + HEAD + "<Event>{event}</Event><MsgID>10001</MsgID><Status>{status}</Status><TotalCount>5</TotalCount>"
    "<FilterCount>4</FilterCount><SentCount>3</SentCount><ErrorCount>1</ErrorCount>"
    "<ArticleUrlResult><Count>1</Count><ResultList>{items}</ResultList></ArticleUrlResult></xml>"
)
PUBLISH = (
    "<xml>" + HEAD + "<Event>{event}</Event><PublishEventInfo><publish_id>P1</publish_id>"
    "<publish_status>{status}</publish_status><article_id>A1</article_id>"
    "<article_detail><count>1</count>{items}</article_detail></PublishEventInfo></xml>"
)


def mass_items(*urls):
    return "".join(
        f"<item><ArticleIdx>{i}</ArticleIdx><ArticleUrl>{url}</ArticleUrl></item>" for i, url in enumerate(urls)
    )


def publish_items(*urls):
    return "".join(f"<item><idx>{i}</idx><article_url>{url}</article_url></item>" for i, url in enumerate(urls))


@pytest.fixture
def word(client, ask):
    """Push an event; what is then known of its job."""

    def push(xml, channel, job):
        response = post(client, xml)
        assert (response.status_code, response.data) == (200, b"success")
        return ask(lambda tx: releases.finish_of(tx, channel, job))

    return push


@pytest.mark.parametrize("event", ["MASSSENDJOBFINISH", "masssendjobfinish", "MassSendJobFinish"])
@pytest.mark.parametrize("status", ["send success", "sendsuccess", "send_success", "SEND SUCCESS"])
def test_a_mass_sending_that_went_out(word, event, status):
    found = word(MASS.format(event=event, status=status, items=mass_items("http://mp/1")), "mass", "10001")
    assert (found.succeeded, found.detail, found.url) == (True, "送达3人", "http://mp/1")


def test_of_several_articles_the_first_address_counts(word):
    items = mass_items("http://mp/1", "http://mp/2")
    assert word(MASS.format(event="MASSSENDJOBFINISH", status="send success", items=items), "mass", "10001").url == (
        "http://mp/1"
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("err(20008)", "涉嫌欺诈"),
        ("err(30003)", "原创校验"),
        ("send fail", "send fail"),
        ("", "平台未发出"),
        ("err(1)", "err(1)"),
    ],
)
def test_a_mass_sending_that_did_not_says_why(word, status, said):
    found = word(MASS.format(event="MASSSENDJOBFINISH", status=status, items=""), "mass", "10001")
    assert not found.succeeded
    assert said in found.detail
    assert found.url == ""


@pytest.mark.parametrize("event", ["PUBLISHJOBFINISH", "FREEPUBLISHJOBFINISH", "publishjobfinish"])
@pytest.mark.parametrize("urls", [("http://mp/1",), ("http://mp/1", "http://mp/2")])
def test_a_publication_that_went_out(word, event, urls):
    found = word(PUBLISH.format(event=event, status="0", items=publish_items(*urls)), "publish", "P1")
    assert (found.succeeded, found.url) == (True, "http://mp/1")


@pytest.mark.parametrize(("status", "said"), [("2", "原创失败"), ("4", "审核不通过"), ("6", "封禁"), ("99", "99")])
def test_a_publication_that_did_not_says_why(word, status, said):
    found = word(PUBLISH.format(event="PUBLISHJOBFINISH", status=status, items=""), "publish", "P1")
    assert not found.succeeded
    assert said in found.detail


@pytest.mark.parametrize("body", ["", "<PublishEventInfo/>", "<PublishEventInfo>x</PublishEventInfo>"])
def test_an_event_without_its_details_is_harmless(client, body):
    assert post(client, f"<xml>{HEAD}<Event>PUBLISHJOBFINISH</Event>{body}</xml>").status_code == 200


def test_a_repeat_of_the_event_changes_nothing(word):
    xml = MASS.format(event="MASSSENDJOBFINISH", status="send success", items="")
    assert word(xml, "mass", "10001") == word(xml, "mass", "10001")
