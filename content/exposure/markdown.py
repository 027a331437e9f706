"""Articles written in Markdown, turned into the HTML that WeChat keeps.

The platform drops style sheets, classes, ids and scripts and shows only pictures that were uploaded to it,
so every look is an inline style on the element itself. What leaves here passed an allow-list.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from content.errors import ContentError

# Kept short: WeChat counts an article's HTML, styles included, against 20,000 characters.
STYLES: Mapping[str, str] = MappingProxyType(
    {
        "p": "margin:0 0 16px;color:#333333;line-height:1.8",
        "h1": "margin:28px 0 16px;color:#12395c;font-size:21px;line-height:1.5;text-align:center",
        "h2": "margin:28px 0 14px;padding:1px 0 1px 10px;border-left:4px solid #b3332b;color:#12395c;"
        "font-size:18px;line-height:1.5",
        "h3": "margin:22px 0 12px;color:#12395c;font-size:17px;line-height:1.5",
        "h4": "margin:18px 0 10px;color:#333333;font-size:16px;line-height:1.5",
        "ul": "margin:0 0 16px;padding:0 0 0 22px;color:#333333",
        "ol": "margin:0 0 16px;padding:0 0 0 22px;color:#333333",
        "li": "margin:0 0 6px;color:#333333;line-height:1.8",
        "blockquote": "margin:0 0 16px;padding:14px 14px 1px;border-left:4px solid #c9d6e2;background:#f4f7fa",
        "strong": "color:#12395c;font-weight:bold",
        # Chinese has no italics: a slanted character only looks broken.
        "em": "color:#b3332b;font-style:normal",
        "span": "color:#707070;text-decoration:line-through",
        "a": "color:#1d5fa8;text-decoration:none",
        "table": "width:100%;margin:0 0 16px;border-collapse:collapse;font-size:14px",
        "th": "padding:8px;border:1px solid #d5dde5;background:#eef3f8;color:#12395c",
        "td": "padding:8px;border:1px solid #d5dde5;color:#333333",
        "hr": "margin:24px 0;border:0;border-top:1px solid #d5dde5",
        "img": "width:100%;margin:0;vertical-align:middle",
        "code": "padding:2px 4px;background:#f0f2f4;color:#8c1c1c;font-size:14px",
    }
)
_BLOCK_STYLE = "margin:0 0 16px;padding:12px;background:#f0f2f4;color:#333333;font-size:14px;line-height:1.6"
_CAPTION_STYLE = "display:block;color:#6b6b6b;font-size:13px;text-align:center"

_RENAMED = {"h5": "h4", "h6": "h4", "s": "span"}

TAGS = frozenset(STYLES) | {"section", "br", "thead", "tbody", "tr"}
ATTRIBUTES = {tag: {"style"} for tag in TAGS} | {
    "a": {"style", "href"},
    "img": {"style", "src", "alt"},
    "ol": {"style", "start"},
    "*": set(),  # nh3 would otherwise let title and lang stand on every tag
}
# fmt: off
STYLE_PROPERTIES = frozenset({
    "background", "border", "border-bottom", "border-collapse", "border-left", "border-radius", "border-top",
    "color", "font-size", "font-style", "font-weight", "letter-spacing", "line-height", "text-align",
    "text-decoration", "vertical-align", "display", "margin", "padding", "width",
})
# fmt: on
_SCHEMES = {"http", "https", "mailto", "tel"}


def render(body: str, pictures: Mapping[str, str] = MappingProxyType({})) -> str:
    """The article's HTML: inline styles only, allow-listed tags, attributes and style properties.

    `pictures` maps a picture's source as written in the Markdown to the address it shall have. Raises
    ContentError for a picture without one; the platform would leave a blank in its place.
    """
    tokens = _MARKDOWN.parse(body)
    for token in _walk(tokens):
        _dress(token)
        if token.type == "image":
            token.attrSet("src", _address(_source(token), pictures))
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        filter_style_properties=set(STYLE_PROPERTIES),
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def picture_sources(body: str) -> list[str]:
    """The pictures an article needs, as written in its Markdown, in order, each once."""
    images = (token for token in _walk(_MARKDOWN.parse(body)) if token.type == "image")
    return list(dict.fromkeys(_source(token) for token in images))


def plain_text(body: str, limit: int | None = None) -> str:
    """The words alone on one line, for digests and for searching; pictures leave nothing.

    With a `limit` in characters a longer text is cut and ends in an ellipsis within the limit.
    """
    words = (_words(token) for token in _MARKDOWN.parse(body))
    text = " ".join(" ".join(words).split())
    if limit is None or len(text) <= limit:
        return text
    return text[: max(limit - 1, 0)].rstrip() + "…"[:limit]


def _walk(tokens: Sequence[Token]) -> Iterator[Token]:
    """Every token that is drawn; what stands inside a picture is only its description."""
    for token in tokens:
        yield token
        if token.children and token.type != "image":
            yield from _walk(token.children)


def _dress(token: Token) -> None:
    token.tag = _RENAMED.get(token.tag, token.tag)
    if token.nesting >= 0 and token.tag in STYLES:
        own = token.attrGet("style")  # the alignment of a table cell
        token.attrSet("style", f"{STYLES[token.tag]};{own}" if own else STYLES[token.tag])


def _source(token: Token) -> str:
    return unquote(str(token.attrGet("src")))


def _address(source: str, pictures: Mapping[str, str]) -> str:
    try:
        return pictures[source]
    except KeyError:
        name = source if len(source) <= 80 else source[:80] + "…"
        raise ContentError(
            f"正文里的图片“{name}”没有上传。微信不显示外部图片，请先在编辑页上传这张图片，再插入正文。"
        ) from None


def _words(token: Token) -> str:
    if token.type == "inline":
        return "".join(_words(child) for child in token.children or [])
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "" if token.type == "image" else token.content


def _draw_code(renderer: RendererHTML, tokens: Sequence[Token], at: int, _o: OptionsDict, _e: EnvType) -> str:
    """A block of code as a paragraph: WeChat merges repeated spaces and ignores `pre`."""
    text = escapeHtml(tokens[at].content.rstrip("\n")).replace(" ", "\N{NO-BREAK SPACE}").replace("\n", "<br>")
    return f'<p style="{_BLOCK_STYLE}">{text}</p>\n'


def _draw_picture(renderer: RendererHTML, tokens: Sequence[Token], at: int, o: OptionsDict, env: EnvType) -> str:
    """A picture with its title, where it has one, as a caption below."""
    caption = tokens[at].attrs.pop("title", None)
    below = f'<span style="{_CAPTION_STYLE}">{escapeHtml(str(caption))}</span>' if caption else ""
    return renderer.image(tokens, at, o, env) + below


def _markdown() -> MarkdownIt:
    # Editors press Enter once and mean a new line, as every Chinese editor for WeChat reads it.
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    for kind in ("fence", "code_block"):
        markdown.add_render_rule(kind, _draw_code)
    markdown.add_render_rule("image", _draw_picture)
    return markdown


_MARKDOWN = _markdown()
