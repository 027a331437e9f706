"""What a follower may ask to be sent: categories and townships, numbered alike wherever they are listed."""

from dataclasses import dataclass
from functools import lru_cache

from content.submissions.categories import CATEGORIES
from content.understanding.townships import REGION, TOWNSHIPS

MOST = 15
"""Topics a person may choose: the platform gives a follower 20 tags at the most, some of which are the office's."""
TAG_PREFIX = "订阅·"
"""How the names begin of the tags that are ours to set and to take."""


@dataclass(frozen=True)
class Topic:
    """One topic: its number in the list, the key it is stored under, and its name."""

    number: int
    topic: str
    label: str

    @property
    def tag(self) -> str:
        """The tag's name at the platform, at most 30 characters."""
        return f"{TAG_PREFIX}{self.label}"


@lru_cache(maxsize=4)
def topics(region: str) -> tuple[Topic, ...]:
    """All topics an office of this region offers."""
    named = [(f"category:{code}", category.label) for code, category in CATEGORIES.items()]
    if region in REGION.names:
        named += [(f"township:{township.name}", township.name) for township in TOWNSHIPS]
    return tuple(Topic(number, topic, label) for number, (topic, label) in enumerate(named, 1))
