"""What the account says: one Jinja2 text per reply, in this folder, editable by an office."""

from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined

LIMIT_BYTES = 2047
"""The longest text WeChat takes in a passive reply, in UTF-8 bytes (seen in the field; no official number)."""

_environment = Environment(
    loader=DictLoader(
        {
            file.name.removesuffix(".txt"): file.read_text(encoding="utf-8")
            for file in files(__name__).iterdir()
            if file.name.endswith(".txt")
        }
    ),
    autoescape=False,  # noqa: S701 - chat text, not HTML
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# Compiled once: a message never waits for a template.
_templates = {name: _environment.get_template(name) for name in _environment.list_templates()}


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
