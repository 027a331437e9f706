"""Draw the tables of docs/messages.md from ROUTES: `python -m docs.draw`; what stands above them is written by hand."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from handlers.chat.routes import ROUTES
from handlers.chat.sayings import SAYINGS

DOCUMENT = Path(__file__).with_name("messages.md")
BEGINNING = "## Messages\n"


def drawn() -> str:
    """The whole document as it should be."""
    written, _, _ = DOCUMENT.read_text(encoding="utf-8").partition(BEGINNING)
    return written + BEGINNING + "".join(_tables())


def _tables() -> Iterator[str]:
    media = [(f"`{kind}`", row.says, row.sees or "an answer") for row in ROUTES for kind in row.media]
    yield _table(("MsgType", "what is done", "the citizen sees"), media)
    yield "\n## Words\n\nA word is a whole message, or stands before what it is about.\n"
    words = [(" ".join(row.words), row.menu, row.rest.value, row.says) for row in ROUTES if row.words]
    yield _table(("word", "menu key", "what may follow", "what is done"), words)
    yield "\n## Whatever else is said\n\nTried in this order with every message that is no event and no picture.\n"
    yield _table(("handler", "what is done"), [(f"`{row}`", row.says) for row in ROUTES if not row.keys])
    yield "\n## Within a talk\n\nTried in this order with what is said to a question; the last takes the rest.\n"
    yield _table(("saying", "what it is"), [(f"`{one.__name__}`", _first_line(one.__doc__)) for one in SAYINGS])
    yield "\n## Events\n"
    events = [(f"`{name}`", row.says, row.sees or "nothing") for row in ROUTES for name in row.events]
    yield _table(("Event", "what is done", "the citizen sees"), events)


def _first_line(text: str | None) -> str:
    return (text or "").splitlines()[0]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


if __name__ == "__main__":
    DOCUMENT.write_text(drawn(), encoding="utf-8")
