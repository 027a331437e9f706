"""The region, its townships and what lies outside, as ``townships.toml`` has them; loaded once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from content import tables
from content.tables import Name, Table, Word

Words = tuple[Word, ...]
_Latitude = Annotated[float, Meta(ge=3, le=54, description="中国境内的纬度，如 34.54")]
_Longitude = Annotated[float, Meta(ge=73, le=136, description="中国境内的经度，如 113.39")]
_Km = Annotated[float, Meta(gt=0, le=500, description="公里数，大于 0")]


class Region(Table, frozen=True):
    """What the office is responsible for; `above` are the places it lies in."""

    name: Name
    aliases: tuple[Name, ...]
    above: tuple[Name, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class Township(Table, frozen=True):
    """One township (乡镇、街道); the fields are explained in townships.toml. `centre` is GCJ-02 degrees, or None."""

    name: Name
    also: Words
    weak: Words
    places: Words
    centre: tuple[_Latitude, _Longitude] | None = None
    sure: bool = False


@dataclass(frozen=True)
class Outside:
    """A place elsewhere: `full` cannot be misread, `short` may be part of a road, a dish or a brand.

    `level` 1 is a county or district, 2 a city, 3 a province: the smallest that is named is told.
    """

    name: str
    level: int
    full: tuple[str, ...]
    short: tuple[str, ...]


class Traps(Table, frozen=True):
    """Words that make something else of a place name."""

    roads: Words
    dishes: Words
    goods: Words
    towards: tuple[Annotated[str, Meta(pattern=r"\A\w\Z", description="一个字")], ...]
    phrases: Words
    origins: Words


class _Distance(Table, frozen=True):
    near_km: _Km
    far_km: _Km

    def __post_init__(self) -> None:
        if self.near_km >= self.far_km:
            raise ValueError("near_km 要小于 far_km。")


class _County(Table, frozen=True):
    name: Name
    also: Words
    short: Words


class _Far(Table, frozen=True):
    cities: tuple[Name, ...]
    provinces: tuple[Name, ...]
    regions: tuple[Name, ...]


class Atlas(Table, frozen=True):
    """The whole file."""

    region: Region
    distance: _Distance
    township: tuple[Township, ...]
    far: _Far
    not_a_place: Traps
    county: tuple[_County, ...] = ()

    def __post_init__(self) -> None:
        tables.check_once("乡镇名", (one.name for one in self.township))
        said = [word for one in self.township for word in {one.name, *one.also, *one.weak, *one.places}]
        tables.check_once("乡镇的说法", said)
        home = {*self.region.names, *self.region.above, *said}
        for row in self.outside:
            tables.check_once("本地和外地都有", [*home, *{*row.full, *row.short}])

    @property
    def outside(self) -> tuple[Outside, ...]:
        """The counties around, then what is far."""
        counties = (Outside(row.name, 1, (row.name, *row.also), row.short) for row in self.county)
        cities = (Outside(f"{name}市", 2, (f"{name}市",), (name,)) for name in self.far.cities)
        provinces = (Outside(f"{name}省", 3, (f"{name}省",), (name,)) for name in self.far.provinces)
        regions = (Outside(name, 3, (f"{name}自治区",), (name,)) for name in self.far.regions)
        return (*counties, *cities, *provinces, *regions)


def load(path: Path) -> Atlas:
    """What is known of the region; raises ContentError."""
    return tables.load(path, Atlas)


_ATLAS = load(Path(__file__).with_name("townships.toml"))
REGION = _ATLAS.region
NEAR_KM, FAR_KM = _ATLAS.distance.near_km, _ATLAS.distance.far_km
TOWNSHIPS = _ATLAS.township
COUNTIES = tuple(row for row in _ATLAS.outside if row.level == 1)
FAR = tuple(row for row in _ATLAS.outside if row.level > 1)
TRAPS = _ATLAS.not_a_place
