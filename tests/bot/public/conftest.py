"""Articles in the archive."""

import pytest

from storage.exposure import article


@pytest.fixture
def publish(service, clock):
    """Put an article into the archive; returns its id."""

    def make(title="“老王熟食店”卖过期卤肉被罚", *, state="released", picture="", **fields):
        clock.advance(hours=1)
        given = {
            "summary": "罚款五万元",
            "body": "## 案情\n\n卖过期卤肉。",
            "category": "rural_fake",
            "party": "老王熟食店",
            "cover": "",
        } | fields

        def write(tx):
            made = article.add(tx, title=title, author="赵编辑", **given)
            body = made.body
            if picture:
                id = article.add_picture(tx, made.id, sha256=picture, mime="image/jpeg")
                body = f"{body}\n\n![现场](picture:{id})"
            url = "https://mp.weixin.qq.com/s/1"
            return article.change(tx, made, body=body, state=state, released_at=tx.now, url=url).id

        return service.db.write(write)

    return make
