"""Every route of the API, once: the Flask rules and the OpenAPI document are made from this table."""

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Struct

from bot.api import articles, schemas, submissions
from bot.api.ask import Ask
from handlers.exposure.articles import READERS as ARTICLE_READERS
from handlers.exposure.articles import WRITERS
from handlers.submissions import desk
from storage.people.staff import Role


@dataclass(frozen=True)
class Route:
    """`location` is the path of what was made, filled from the answer; with one the answer is 201.

    A list with `texts` shows words of citizens: each look is recorded with its filters, and with the values of these.
    A route to one thing records its opening itself.
    """

    method: str
    path: str
    summary: str
    roles: frozenset[Role]
    function: Callable[[Ask], Struct]
    answer: type[Struct]
    body: type[Struct] | None = None
    query: type[Struct] | None = None
    location: str = ""
    texts: tuple[str, ...] = ()


_INTAKE = frozenset({Role.INTAKE, Role.LEADER})

ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        "/submissions",
        "列出举报和投诉",
        desk.READERS,
        submissions.page,
        schemas.SubmissionPage,
        query=schemas.SubmissionQuery,
        texts=("kind", "stage", "category", "urgent", "received_from", "received_to"),
    ),
    Route(
        "POST",
        "/submissions",
        "代来电、来访人或从其他渠道登记",
        _INTAKE,
        submissions.create,
        schemas.SubmissionDetail,
        body=schemas.NewSubmission,
        location="/submissions/{0.number}",
    ),
    Route(
        "GET",
        "/submissions/{number}",
        "打开一件（留痕）",
        desk.READERS,
        submissions.one,
        schemas.SubmissionDetail,
    ),
    Route(
        "POST",
        "/submissions/{number}/moves/{move}",
        "办理一步",
        desk.READERS,
        submissions.move,
        schemas.SubmissionDetail,
        body=schemas.SubmissionMove,
    ),
    Route(
        "GET",
        "/articles",
        "列出稿件",
        ARTICLE_READERS,
        articles.page,
        schemas.ArticlePage,
        query=schemas.ArticleQuery,
    ),
    Route(
        "POST",
        "/articles",
        "写稿",
        WRITERS,
        articles.create,
        schemas.ArticleDetail,
        body=schemas.NewArticle,
        location="/articles/{0.id}",
    ),
    Route("GET", "/articles/{id}", "打开一篇稿件", ARTICLE_READERS, articles.one, schemas.ArticleDetail),
    Route(
        "PUT",
        "/articles/{id}",
        "修改草稿",
        WRITERS,
        articles.edit,
        schemas.ArticleDetail,
        body=schemas.ArticleChange,
    ),
    Route(
        "POST",
        "/articles/{id}/moves/{move}",
        "送审、审核、退回、排期或撤回",
        ARTICLE_READERS,
        articles.move,
        schemas.ArticleDetail,
        body=schemas.ArticleMove,
    ),
)
