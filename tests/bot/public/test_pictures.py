"""Pictures of released articles: stored ones as they are, covers made fit for a list."""

import io

import pytest
from PIL import Image


def picture(kind="JPEG", size=(1800, 766)):
    buffer = io.BytesIO()
    Image.new("RGB", size, "navy").save(buffer, kind)
    return buffer.getvalue()


def test_a_picture_that_is_gone_takes_nothing_else_down(client, publish):
    id = publish(picture="f" * 64, cover="e" * 64, body="![没有](picture:none) 正文")
    page = client.get(f"/exposures/{id}")
    assert page.status_code == 200
    address = page.text.split(f'src="/exposures/{id}/pictures/')[1].split('"')[0]
    assert client.get(f"/exposures/{id}/pictures/{address}").status_code == 404
    assert client.get(f"/exposures/{id}/cover.jpg").mimetype == "image/jpeg"


@pytest.mark.parametrize(("kind", "size"), [("JPEG", (1800, 766)), ("PNG", (900, 383))])
def test_a_cover_is_drawn_or_the_stored_one_made_small(client, publish, service, kind, size):
    drawn = client.get(f"/exposures/{publish()}/cover.jpg")
    with Image.open(io.BytesIO(drawn.data)) as image:
        assert (image.format, image.size) == ("JPEG", (900, 383))
    stored = client.get(f"/exposures/{publish(cover=service.files.put(picture(kind, size)))}/cover.jpg")
    assert stored.mimetype == f"image/{kind.lower()}"
    assert len(stored.data) <= 150_000
