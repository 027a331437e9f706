"""The draft box and its limits."""

from .receiver import article


def test_draft_limits(api, cover):
    temporary = api.upload("media/upload")["media_id"]
    wrong = [
        (45003, {"title": "字" * 33}),
        (45110, {"author": "字" * 17}),
        (45004, {"digest": "字" * 129}),
        (45005, {"content_source_url": "u" * 1025}),
        (45002, {"content": "字" * 20_000}),
        (40007, {"thumb_media_id": temporary}),
        (40007, {"thumb_media_id": ""}),
    ]
    assert [api.draft(cover, **change)["errcode"] for _, change in wrong] == [code for code, _ in wrong]
    assert api.draft(cover, title="字" * 32, author="字" * 16, digest="字" * 128)["errcode"] == 0
    assert api.post("draft/add", {"articles": [article(cover)] * 9})["errcode"] == 45008
    assert api.post("draft/add", {"articles": []})["errcode"] == 44003
    assert api.get("draft/count").json()["total_count"] == 1
