"""Publishing a draft, and the event it ends with."""

from bot.simulator import Fault
from tests.verbs import until


def test_publication_ends_with_its_event(platform, api, webhook, cover):
    key = api.draft(cover)["media_id"]
    number = api.post("freepublish/submit", {"media_id": key})["publish_id"]
    result = webhook.wait_for("PUBLISHJOBFINISH")["PublishEventInfo"]
    assert (result["publish_id"], result["publish_status"]) == (number, "0")
    asked = api.post("freepublish/get", {"publish_id": number})
    assert asked["article_id"] == result["article_id"]
    assert asked["article_detail"]["item"][0]["article_url"].startswith("http")
    assert api.post("draft/get", {"media_id": key})["errcode"] == 40007
    assert api.post("freepublish/submit", {"media_id": key})["errcode"] == 40007
    assert platform.inbox("a") == []


def test_finish_event_may_be_missing(platform, api, cover, webhook):
    platform.script("freepublish/submit", Fault(no_event=True))
    number = api.post("freepublish/submit", {"media_id": api.draft(cover)["media_id"]})["publish_id"]
    until(lambda: api.post("freepublish/get", {"publish_id": number})["publish_status"] == 0, "the publication")
    assert webhook.received == []
