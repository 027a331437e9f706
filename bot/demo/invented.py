"""Besides the samples that tell a story: what makes a queue, an archive and the registers as full as an office's."""

import random
from collections.abc import Iterator

from bot.demo import words
from bot.demo.life import Moves, Sample
from bot.demo.words import Shop
from handlers.office import Office
from handlers.registers import importing
from storage.submissions.submission import Kind

SEED = 1
SHOPS, ARTICLES = 40, 12
KNOWN = 0.7
"""The share of submissions that are about a shop of the register."""

NOTE = {"note": "已现场核查，情况见笔录。当事人已按要求改正，处理结果一并告知。"}
CASE: Moves = (
    ("verify", {}),
    ("propose", {"outcome": "file", "note": "现场检查情况属实"}),
    ("file_case", {"note": "同意"}),
)
NO_CASE: Moves = (
    ("verify", {}),
    ("propose", {"outcome": "not_file", "ground": "20.4"}),
    ("decline_case", {"note": "经现场核查，未发现反映的违法行为。"}),
)
AGREED = {"note": "商家已退还货款，双方签了调解书。"}
FAILED = {"ground": "23.3", "note": "商家只同意退一半货款，投诉人不同意。"}
NO_DISPUTE = {"ground": "16.3", "note": "没有购物凭证，也没有付款记录。"}
OTHERS = {"unit": "县城市管理局", "note": "反映的占道经营由城市管理部门处理。"}
TAKEN: Moves = ("register", {}), ("assign", {})
LIVES: tuple[tuple[int, float, Kind, Moves], ...] = (
    (5, 2, Kind.REPORT, ()),
    (2, 2, Kind.COMPLAINT, ()),
    (4, 6, Kind.REPORT, TAKEN),
    (5, 14, Kind.REPORT, (*TAKEN, ("verify", {}))),
    (1, 12, Kind.REPORT, (*TAKEN, *CASE[:2])),
    (3, 40, Kind.REPORT, (*TAKEN, *CASE)),
    (6, 90, Kind.REPORT, (*TAKEN, *CASE, ("conclude", NOTE))),
    (8, 90, Kind.REPORT, (*TAKEN, *NO_CASE)),
    (2, 90, Kind.REPORT, (("refer", OTHERS),)),
    (3, 20, Kind.COMPLAINT, (*TAKEN, ("accept", {}))),
    (3, 60, Kind.COMPLAINT, (*TAKEN, ("accept", {}), ("settle", AGREED))),
    (1, 60, Kind.COMPLAINT, (*TAKEN, ("accept", {}), ("terminate", FAILED))),
    (1, 30, Kind.COMPLAINT, (*TAKEN, ("decline", NO_DISPUTE))),
)
"""(how many, received within how many days, kind, moves)."""


class Town:
    """Shops, and what is said of them; the same each time."""

    def __init__(self, office: Office) -> None:
        self._office, self._chance = office, random.Random(SEED)  # noqa: S311 - nothing here is a secret
        self._shops = [words.licensed(self._shop(), number) for number in range(1, SHOPS + 1)]

    def _shop(self) -> Shop:
        return words.shop(self._chance, self._office.region)

    def businesses(self) -> list[importing.Values]:
        """The shops as rows of a register."""
        return [
            {
                **{"name": f"{self._office.region}{shop.name}", "code": shop.code, "kind": "个体工商户"},
                **{"address": shop.address, "township": shop.township, "status": "存续"},
            }
            for shop in self._shops
        ]

    def submissions(self) -> Iterator[Sample]:
        for count, days, kind, moves in LIVES:
            for _ in range(count):
                yield self._submission(days, kind, moves)

    def _submission(self, days: float, kind: Kind, moves: Moves) -> Sample:
        chance = self._chance
        shop = chance.choice(self._shops) if chance.random() < KNOWN else self._shop()
        unit = {"unit": f"{shop.township}市场监督管理所"}
        return Sample(
            chance.uniform(len(moves), max(days, len(moves) + 1)),
            kind,
            shop.name,
            shop.address,
            words.description(chance, shop),
            demand=words.demand(chance) if kind is Kind.COMPLAINT else "",
            moves=tuple((name, unit if name == "assign" else values) for name, values in moves),
        )

    def articles(self) -> Iterator[dict[str, str]]:
        """Texts by field."""
        for shop in self._chance.sample(self._shops, ARTICLES):
            yield words.article(self._chance, shop)
