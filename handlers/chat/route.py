"""What a row of `routes` is, and how a message finds it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass

from handlers.chat.context import Context, Reply
from handlers.chat.words import Rest, Vocabulary

log = logging.getLogger("shian.chat")


def text(content: str) -> Mapping[str, str]:
    """The fields of a text message."""
    return {"MsgType": "text", "Content": content}


def event(name: str, **fields: str) -> Mapping[str, str]:
    """The fields of an event."""
    return {"MsgType": "event", "Event": name} | fields


@dataclass(frozen=True, eq=False)
class Route:
    """What takes a message (None: not mine after all), what it does, and a message that must reach it.

    Events and kinds of message are named as the platform writes them; event ``*`` is any other. `rest` is what may
    stand behind one of the `words`, `menu` the key of the account's menu that stands for the first of them,
    `in_help` whether the help tells of it. `sees` is what the citizen sees; left out, it is nothing for an event and
    an answer for the rest.
    """

    take: Callable[[Context], Reply | None]
    _: KW_ONLY
    says: str
    sample: Mapping[str, str]
    sees: str = ""
    events: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rest: Rest = Rest.ANY
    menu: str = ""
    in_help: bool = True

    @property
    def keys(self) -> frozenset[str]:
        """What it is found by: words, and kinds as in Message.kind."""
        return frozenset((*self.words, *self.media, *(f"event:{name.lower()}" for name in self.events)))

    def fits(self, context: Context) -> bool:
        """Whether what follows the word may stand there."""
        said = context.opening
        if self.rest is Rest.APART:
            return bool(context.word or (said.apart and said.rest))
        return self.rest is not Rest.APART_IN_TALK or said.apart or not said.rest or context.under_way is None

    def __str__(self) -> str:
        return f"{self.take.__module__.rpartition('.')[2]}.{self.take.__name__}"


class Table:
    """Routes, found by what they take: each message meets only the few that may be meant, in their order."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.vocabulary = Vocabulary(
            {word: route.rest for route in routes for word in route.words},
            {route.menu: route.words[0] for route in routes if route.menu},
        )
        self._anything = tuple(route for route in routes if not route.keys)
        keys = frozenset().union(*(route.keys for route in routes))
        self._found = {key: tuple(route for route in routes if self._may_take(route, key)) for key in keys}

    def _may_take(self, route: Route, key: str) -> bool:
        """A word is also a text; an event is nothing else."""
        if key.startswith("event:"):
            return key in route.keys
        return not route.keys or key in route.keys or (key in self.vocabulary.words and "text" in route.media)

    def to_try(self, context: Context) -> tuple[Route, ...]:
        """The routes for a message, by its word or, where it begins with none, by its kind."""
        kind = context.message.kind
        other = self._found["event:*"] if kind.startswith("event:") else self._anything
        return self._found.get(context.opening.word) or self._found.get(kind, other)

    def take(self, context: Context) -> Reply:
        """The Reply of the first route that takes the message."""
        for route in self.to_try(context):
            if route.fits(context) and (reply := route.take(context)) is not None:
                log.debug("a %.40r message was taken by %s", context.message.kind, route)
                return reply
        raise AssertionError("the last of ROUTES must take anything")
