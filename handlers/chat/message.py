"""A message as the platform pushed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A message or event as WeChat pushed it; `kind` is the MsgType or ``event:<event in lower case>``."""

    openid: str = field(repr=False)
    account: str
    kind: str
    created: str
    id: str
    fields: Mapping[str, object] = field(repr=False)

    def text(self, name: str) -> str:
        """A field as text; '' when it is missing or not a text."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""
