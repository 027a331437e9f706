"""An article as people read it: on the phone, in the archive, in the preview."""

from collections.abc import Mapping

from content import articles, categories, markdown
from content.errors import ContentError
from handlers.call import Site
from storage.records import Article

CONTENT_LIMIT = 20_000
"""Characters of HTML that draft/add takes."""


def compose(article: Article, site: Site, pictures: Mapping[str, str]) -> str:
    """The HTML of an article; `pictures` maps ``picture:<id>`` to URLs. Raises ContentError."""
    html = articles.layout(
        "case" if article.party else "notice",
        body_html=markdown.render(article.body, pictures),
        category=categories.label(article.category),
        issuer=site.name,
        date=site.local(article.scheduled_at or article.updated_at)[:10],
    )
    if len(html) >= CONTENT_LIMIT:
        raise ContentError(f"排版后共{len(html)}字符，超过微信的{CONTENT_LIMIT}字符上限，请缩短正文。")
    return html
