"""Pictures of released articles."""

import logging
import threading
from functools import lru_cache

from content.errors import ContentError
from content.exposure import cover
from content.exposure.cover import Picture
from content.submissions import categories
from storage.engine.files import Files
from storage.errors import StorageError
from storage.exposure.article import Article

COVER_BYTES = 150_000
KEPT = 100
log = logging.getLogger("shian.public")


def stored(files: Files, sha256: str) -> bytes | None:
    """The content of a stored picture; None, and a line in the log, when it is missing."""
    try:
        return files.get(sha256)
    except (StorageError, OSError) as error:
        log.error("a picture cannot be shown: %s", error)
        return None


class Covers:
    """Covers fit for a list: drawn or shrunk once, then kept in memory."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._drawing = threading.Lock()  # one at a time: a page asks for twelve at once
        self._made = lru_cache(KEPT)(self._make)

    def of(self, found: Article) -> Picture:
        """The article's own cover, or a drawn one where it has none or the file is missing."""
        label = categories.CATEGORIES.get(found.category, categories.CATEGORIES["other"]).label
        with self._drawing:
            return self._made(found.id, found.cover, found.title, label)

    def _make(self, id: str, sha256: str, title: str, label: str) -> Picture:
        content = stored(self._files, sha256) if sha256 else None
        if content is not None:
            try:
                return cover.fit(cover.check(content), COVER_BYTES)
            except ContentError as error:
                log.error("the cover of article %s cannot be shown: %s", id, error)
        return Picture("image/jpeg", cover.WIDTH, cover.HEIGHT, cover.draw(title, label, seed=id))
