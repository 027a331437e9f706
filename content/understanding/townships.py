"""The region, its townships and what lies outside, as ``places.toml`` has them; loaded once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Region:
    """What the office is responsible for; `above` are the places it lies in."""

    name: str
    aliases: tuple[str, ...]
    above: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Township:
    """One township (乡镇、街道); the fields are explained in places.toml. `centre` is GCJ-02 degrees, or None."""

    name: str
    also: tuple[str, ...]
    weak: tuple[str, ...]
    places: tuple[str, ...]
    centre: tuple[float, float] | None
    sure: bool


@dataclass(frozen=True)
class Outside:
    """A place elsewhere: `full` cannot be misread, `short` may be part of a road, a dish or a brand.

    `level` 1 is a county or district, 2 a city, 3 a province: the smallest that is named is told.
    """

    name: str
    level: int
    full: tuple[str, ...]
    short: tuple[str, ...]


@dataclass(frozen=True)
class Traps:
    """Words that make something else of a place name."""

    roads: tuple[str, ...]
    dishes: tuple[str, ...]
    goods: tuple[str, ...]
    towards: tuple[str, ...]
    phrases: tuple[str, ...]
    origins: tuple[str, ...]


def _township(row: Mapping[str, Any]) -> Township:
    centre = row.get("centre")
    return Township(
        name=row["name"],
        also=tuple(row["also"]),
        weak=tuple(row["weak"]),
        places=tuple(row["places"]),
        centre=(float(centre[0]), float(centre[1])) if centre else None,
        sure=bool(row.get("sure", False)),
    )


def _far(far: Mapping[str, list[str]]) -> tuple[Outside, ...]:
    cities = [Outside(f"{name}市", 2, (f"{name}市",), (name,)) for name in far["cities"]]
    provinces = [Outside(f"{name}省", 3, (f"{name}省",), (name,)) for name in far["provinces"]]
    return (*cities, *provinces, *(Outside(name, 3, (f"{name}自治区",), (name,)) for name in far["regions"]))


_TABLE = tomllib.loads(files("content").joinpath("understanding/townships.toml").read_text(encoding="utf-8"))
REGION = Region(_TABLE["region"]["name"], tuple(_TABLE["region"]["aliases"]), tuple(_TABLE["region"]["above"]))
NEAR_KM = float(_TABLE["distance"]["near_km"])
FAR_KM = float(_TABLE["distance"]["far_km"])
TOWNSHIPS = tuple(_township(row) for row in _TABLE["township"])
COUNTIES = tuple(
    Outside(row["name"], 1, (row["name"], *row["also"]), tuple(row["short"])) for row in _TABLE.get("county", ())
)
FAR = _far(_TABLE["far"])
TRAPS = Traps(**{name: tuple(words) for name, words in _TABLE["not_a_place"].items()})
