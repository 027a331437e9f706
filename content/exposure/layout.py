"""Layouts around an article's body: one template a kind, inline styles only."""

from functools import cache
from pathlib import Path

from jinja2 import Template
from markupsafe import Markup

from content import templates
from content.errors import ContentError

KINDS = ("case", "notice")


@cache
def layouts() -> dict[str, Template]:
    """The layout of each kind, its facts checked; a service loads them when it starts. Raises ContentError."""
    facts = templates.parts("body category issuer date")
    return templates.load(Path(__file__).parent, ".html", dict.fromkeys(KINDS, facts), autoescape=True)


def layout(kind: str, *, body_html: str, category: str, issuer: str, date: str) -> str:
    """The whole article as HTML: `kind` is case (典型案例) or notice (通知公告).

    `body_html` must come from `content.markdown.render`; everything else is escaped. `category` is the label
    people see (may be empty), `issuer` the bureau's name, `date` as it shall be read. Raises ContentError for
    an unknown kind.
    """
    if kind not in KINDS:
        raise ContentError(f"没有“{kind}”这种文章版式。可用的版式：{'、'.join(KINDS)}。")
    return layouts()[kind].render(
        body=Markup(body_html),  # noqa: S704 - it passed the allow-list of content.markdown
        category=category,
        issuer=issuer,
        date=date,
    )
