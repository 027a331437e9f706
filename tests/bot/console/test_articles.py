"""An article from the first word to its schedule, with a second person in between."""

import io
import re
from datetime import UTC, datetime

import pytest
from PIL import Image

from storage.exposure import article
from storage.people.staff import Role
from tests.content.exposure.bombs import png_header

ARTICLE = {
    "title": "某熟食店涂改生产日期案",
    "summary": "罚款五万元",
    "body": "## 案情\n\n当事人销售**过期**卤肉。",
    "category": "online_offline",
    "party": "某熟食店",
}


@pytest.fixture
def editor(signed_in):
    return signed_in("wang", Role.EDITOR)


@pytest.fixture
def reviewer(signed_in):
    return signed_in("zhao", Role.REVIEWER)


def picture(colour="red"):
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(buffer, "PNG")
    return io.BytesIO(buffer.getvalue()), "photo.png"


@pytest.fixture
def draft(editor):
    """The address of a new draft."""
    answer = editor.send("/articles/new", **ARTICLE)
    assert answer.status_code == 303, answer.text
    return answer.location.removeprefix("/console").partition("?")[0]


@pytest.fixture
def found(service, draft):
    def read():
        with service.db.read() as tx:
            return article.get(tx, draft.rpartition("/")[2])

    return read


def test_an_article_goes_from_hand_to_hand(editor, reviewer, signed_in, draft, found, audited):
    editor.send(draft, "/submit")
    assert found().state == "in_review"
    missing = reviewer.send(draft, "/approve", confirm=["decision_served"])
    assert missing.status_code == 409
    assert "逐项确认" in missing.text
    codes = re.findall(r'name="confirm" value="(\w+)"', reviewer.read(draft))
    assert len(codes) == 4
    assert reviewer.send(draft, "/approve", confirm=codes, note="可以").status_code == 303
    publisher = signed_in("sun", Role.PUBLISHER)
    assert publisher.send(draft, "/schedule", at="2026-12-01T09:00").status_code == 422
    assert publisher.send(draft, "/schedule", at="2026-12-01T09:00", channel="mass").status_code == 303
    now = found()
    assert (now.state, now.channel, now.approver) == ("scheduled", "mass", "zhao")
    assert now.scheduled_at == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    assert "2026-12-01 09:00" in publisher.read(draft)
    assert [action for action in audited() if action != "sign_in"] == ["write", "submit", "approve", "schedule"]


def test_nobody_approves_what_they_wrote(signed_in):
    both = signed_in("li", Role.EDITOR, Role.REVIEWER)
    draft = both.send("/articles/new", **ARTICLE).location.removeprefix("/console").partition("?")[0]
    both.send(draft, "/submit")
    assert "/moves/approve" not in both.read(draft)
    form = both.form(draft, "/reject")
    answer = both.client.post(form.action.replace("reject", "approve"), data=form.fields)
    assert answer.status_code == 403
    assert "不能审核自己写过或改过的稿件" in answer.text


def test_only_drafts_are_edited_and_nothing_is_overwritten(editor, signed_in, draft, found):
    other = signed_in("chen", Role.EDITOR)
    form = other.form(f"{draft}/edit")
    assert form.fields["body"] == ARTICLE["body"]
    editor.send(f"{draft}/edit", title="第一个人的标题")
    late = other.client.post(f"/console{draft}/edit", data=form.fields | {"title": "第二个人的标题"})
    assert late.status_code == 409
    assert "第二个人的标题" in late.text
    assert found().title == "第一个人的标题"
    editor.send(draft, "/submit")
    assert editor.get(f"{draft}/edit").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "请填写标题"),
        ({"title": "长" * 33}, "最多32字"),
        ({"category": "nonsense"}, "没有"),
        ({"body": "![x](http://elsewhere.example/x.jpg)"}, "没有上传"),
        ({"body": "![x](picture:nonsense)"}, "没有上传"),
    ],
)
def test_what_cannot_be_accepted_is_said_and_kept(editor, service, wrong, says):
    answer = editor.send("/articles/new", **(ARTICLE | {"summary": "留住这句"} | wrong))
    assert answer.status_code == 422
    assert says in answer.text
    assert "留住这句" in answer.text
    with service.db.read() as tx:
        assert article.every(tx) == []


def test_pictures_are_uploaded_then_put_into_the_text(editor, draft, signed_in):
    answer = editor.send(f"{draft}/edit", pictures=picture())
    assert answer.location.endswith("/edit#pictures")
    source = re.search(r"picture:(\w+)", editor.read(f"{draft}/edit"))[1]
    editor.send(f"{draft}/edit", body=f"看图\n\n![现场](picture:{source})")
    phone = editor.get(f"{draft}/phone")
    address = f"{draft}/pictures/{source}"
    assert f'src="/console{address}"' in phone.text
    shown = editor.get(address)
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    assert editor.get(f"{draft}/pictures/nonsense").status_code == 404
    assert signed_in("shou", Role.INTAKE).get(address).status_code == 403


@pytest.mark.parametrize(
    ("content", "said"), [(b"<svg onload=alert(1)>", "JPEG"), (png_header(9_000, 9_000), "2500 万像素")]
)
def test_a_file_that_is_no_picture_or_unpacks_to_too_much_is_refused(editor, draft, content, said):
    answer = editor.send(f"{draft}/edit", cover=(io.BytesIO(content), "x.png"))
    assert answer.status_code == 422
    assert said in answer.text


def test_a_cover_is_drawn_unless_one_was_uploaded(editor, draft, found):
    assert editor.get(f"{draft}/cover").mimetype == "image/jpeg"
    editor.send(f"{draft}/edit", cover=picture())
    assert found().cover
    assert editor.get(f"{draft}/cover").mimetype == "image/png"
    editor.send(f"{draft}/edit", drawn="1")
    assert not found().cover


def test_the_preview_alone_may_carry_styles_and_be_framed_by_us(editor, draft):
    phone = editor.get(f"{draft}/phone")
    policy = phone.headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'none'" in policy
    assert "典型案例曝光" in phone.text
    assert "unsafe-inline" not in editor.get(draft).headers["Content-Security-Policy"]


def test_an_article_held_up_says_why(editor, draft, found, service):
    service.db.write(lambda tx: article.note_reason(tx, found().id, "今日群发次数已用完"))
    assert "今日群发次数已用完" in editor.read(draft)
    assert "今日群发次数已用完" in editor.read("/articles?state=draft")
    assert ARTICLE["title"] not in editor.read("/articles?state=released")
