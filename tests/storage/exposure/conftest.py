"""Articles as storage takes them."""

import pytest

from storage.exposure import article

TEXT = {"title": "某店案", "summary": "罚款", "body": "正文", "category": "other", "party": "某店", "cover": ""}


@pytest.fixture
def add(db, clock):
    def one(**changes):
        clock.advance(seconds=1)
        values = {name: changes.pop(name, value) for name, value in TEXT.items()}
        made = db.write(lambda tx: article.add(tx, **values, author="bianji"))
        return db.write(lambda tx: article.change(tx, made, **changes)) if changes else made

    return one
