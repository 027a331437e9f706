"""An article as people read it: on the phone, in the archive, in the preview. The same HTML everywhere."""

from collections.abc import Callable, Collection

from content.errors import ContentError
from content.exposure import layout, markdown
from content.submissions import categories
from handlers.office import Office
from storage.exposure.article import Article

CONTENT_LIMIT = 20_000
"""Characters of HTML that draft/add takes."""
PICTURE = "picture:"
"""``![说明](picture:<id>)`` shows a picture of the article."""


def compose(article: Article, office: Office, address: Callable[[str], str]) -> str:
    """The HTML of an article; `address` gives the URL of a picture by its id. Raises ContentError."""
    day = (article.released_at or article.scheduled_at or article.updated_at).astimezone(office.timezone)
    known = article.category in categories.CATEGORIES
    return layout.layout(
        "case" if article.party else "notice",
        body_html=markdown.render(article.body, {PICTURE + id: address(id) for id in picture_ids(article.body)}),
        category=categories.label(article.category) if known else "",
        issuer=office.name,
        date=f"{day.year}年{day.month}月{day.day}日",
    )


def picture_ids(body: str) -> list[str]:
    """The pictures that a text shows, in order."""
    sources = markdown.picture_sources(body)
    return [source.removeprefix(PICTURE) for source in sources if source.startswith(PICTURE)]


def check(body: str, pictures: Collection[str]) -> None:
    """Raise ContentError when a text cannot be shown with the pictures (ids) there are."""
    markdown.render(body, {PICTURE + id: "" for id in pictures})


def check_length(html: str) -> str:
    """The HTML, when the platform takes it; raises ContentError otherwise."""
    if len(html) >= CONTENT_LIMIT:
        raise ContentError(f"排版后共{len(html)}字符，超过微信的{CONTENT_LIMIT}字符上限，请缩短正文。")
    return html
