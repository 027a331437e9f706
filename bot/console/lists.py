"""Lists of the console: what a list shows and how it is narrowed is declared; one template draws every one.

Its order stands with its SQL in storage; a page is asked for with the cursor of the one before.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for

from storage.engine.paging import Page

TYPED = 200
"""Characters of a filter that count: the database refuses to look for a text of any length."""


@dataclass(frozen=True)
class Column:
    """A column: `cell` is an attribute of the row or a macro of ``_cells.html``, `style` the classes of its cells.

    A `main` one is as wide as the screen of a phone and needs no label there.
    """

    header: str
    cell: str
    style: str = ""
    main: bool = False


@dataclass(frozen=True)
class Filter:
    """What an address may narrow a list by: one of `options`, drawn as tabs, or without any what was typed."""

    name: str
    label: str
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    hint: str = ""


@dataclass(frozen=True)
class List:
    """A list. `page` is the name of its page in PAGES, `empty` stands where there are no rows.

    `style` is the class of its table, `mark` the macro that gives each row its own; `band` the macro of what heads the
    rows that belong together.
    """

    page: str
    columns: tuple[Column, ...]
    empty: str
    filters: tuple[Filter, ...] = ()
    size: int = 50
    style: str = ""
    mark: str = ""
    band: str = ""


@dataclass(frozen=True)
class Shown:
    """A page of a list, as it was asked for."""

    list: List
    rows: Page[Any]
    chosen: Mapping[str, str]
    later: bool
    """Not the first page."""

    def link(self, **changed: str) -> str:
        """The address of the list under the same filters but for those `changed`; without a cursor the first page."""
        kept = {name: value for name, value in {**self.chosen, **changed}.items() if value}
        return url_for(f"console.{self.list.page}", **kept)  # type: ignore[arg-type]


def asked(listing: List) -> dict[str, str]:
    """The filters of this request as the record may have them: what was typed is not in it."""
    given = {one: request.args.get(one.name, "").strip() for one in listing.filters}
    return {one.name: text if text in one.options else "" for one, text in given.items() if text}


def show(listing: List, fetch: Callable[..., Page[Any]]) -> Shown:
    """The page that was asked for: `fetch` takes the filters by their names, `after` and `limit`.

    A value that a filter does not offer does not filter. Raises BadCursor.
    """
    asked = {one: request.args.get(one.name, "").strip()[:TYPED] for one in listing.filters}
    chosen = {one.name: text if not one.options or text in one.options else "" for one, text in asked.items()}
    after = request.args.get("after", "")
    rows = fetch(**chosen, after=after, limit=listing.size)
    return Shown(listing, rows, chosen, later=bool(after))
