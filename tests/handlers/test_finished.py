"""The platform's word on a sending, in the XML it sends."""

import pytest

from storage import article
from tests.conftest import post

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
        return ask(lambda tx: article.finish_of(tx, channel, job))

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
