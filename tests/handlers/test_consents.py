"""Consents to subscription notices, as the platform reports them."""

import pytest

from storage import consent, follower
from tests.conftest import post

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
    from storage.records import Role

    act(tip().number, "answer", hire("wang", Role.INTAKE), note="已核查")
    hold_all()
    popup(t1="accept")
    assert parcels()[0].state == "waiting"
