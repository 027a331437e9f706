"""Notices: subscription ones need a consent, template ones a service account."""


def test_notices_need_consent_and_templates_a_service_account(platform, api, webhook):
    platform.follow("a")
    notice = {"touser": platform.openid("a"), "template_id": "t1", "data": {"thing1": {"value": "已受理"}}}
    assert api.post("message/subscribe/bizsend", notice)["errcode"] == 43101
    platform.consent("a", "t1")
    assert [api.post("message/subscribe/bizsend", notice)["errcode"] for _ in range(2)] == [0, 43101]
    assert webhook.wait_for("subscribe_msg_sent_event")["SubscribeMsgSentEvent"]["List"]["ErrorCode"] == "0"
    assert api.post("message/template/send", notice)["errcode"] == 0
    assert webhook.wait_for("TEMPLATESENDJOBFINISH")["Status"] == "success"


def test_template_is_refused_to_subscription_accounts(make_platform, connect):
    platform = make_platform(kind="subscription")
    api = connect(platform)
    assert api.post("message/template/send", {"touser": "x"})["errcode"] == 48001
    assert api.get("template/get_all_private_template").json()["errcode"] == 48001


def test_a_service_account_may_read_its_templates(api):
    assert api.get("template/get_all_private_template").json()["template_list"] == []
