"""What the account says: one Jinja2 text per reply, in this folder, editable by an office."""

from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateSyntaxError

from content import tables
from content.errors import ContentError

LIMIT_BYTES = 2047
"""The longest text WeChat takes in a passive reply, in UTF-8 bytes (seen in the field; no official number)."""


class _Texts(BaseLoader):
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        path = self.folder / f"{template}.txt"
        return tables.read(path), str(path), None

    def list_templates(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.txt"))


def load(folder: Path) -> dict[str, Template]:
    """The texts of a folder, all compiled, so that a message never waits for one; raises ContentError."""
    environment = Environment(
        loader=_Texts(folder),
        autoescape=False,  # noqa: S701 - chat text, not HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        return {name: environment.get_template(name) for name in environment.list_templates()}
    except TemplateSyntaxError as error:
        where = f"{tables.called(folder / f'{error.name}.txt')}：第{error.lineno}行"
        raise ContentError(
            f"{where}的 {{{{ }}}} 或 {{% %}} 写得不对，或没有结尾（{error.message}），请改正。"
        ) from None


_templates = load(Path(__file__).parent)


def say(name: str, /, **values: object) -> str:
    """The text of reply `name`. Raises KeyError for a name without a file: a defect, caught by tests."""
    return _templates[name].render(values).strip()


def names() -> list[str]:
    return sorted(_templates)


def fit(text: str, limit: int = LIMIT_BYTES) -> tuple[str, str]:
    """Split at a line or character boundary so that the first part is at most `limit` UTF-8 bytes."""
    if len(text.encode()) <= limit:
        return text, ""
    head = text.encode()[:limit].decode(errors="ignore")
    cut = head.rfind("\n")
    cut = cut if cut > len(head) // 2 else len(head)
    return text[:cut].rstrip(), text[cut:].lstrip()
