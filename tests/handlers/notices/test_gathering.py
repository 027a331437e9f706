"""Which emergencies are one event: only what is plain counts as one, for two that are taken for one ring once."""

from dataclasses import dataclass

import pytest

from handlers.notices import gathering


@dataclass
class Told:
    """What an emergency says of its place."""

    merchant: str = ""
    address: str = ""
    township: str = ""
    business: str = ""


SCHOOL = Told("阳光幼儿园食堂", "西大街12号")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SCHOOL, SCHOOL),
        (SCHOOL, Told("新密市阳光幼儿园")),
        (SCHOOL, Told("阳光幼儿圆", "新密市西大街")),
        (SCHOOL, Told("", "西大街12号院")),
        (Told(business="b1"), Told("别的名字", business="b1")),
        (Told("", "新密市西大街１２号"), Told("", "西大街12号")),
    ],
)
def test_the_same_place(one, other):
    assert gathering.is_same_place(one, other, "新密市")
    assert gathering.is_same_place(other, one, "新密市")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SCHOOL, Told("阳光超市", "西大街12号")),
        (SCHOOL, Told("阳光幼儿园食堂", "西大街112号")),
        (SCHOOL, Told("阳光幼儿园食堂", "东大街12号")),
        (SCHOOL, Told("幼儿园")),
        (SCHOOL, Told("", "西大街")),
        (SCHOOL, Told()),
        (Told("第一小学"), Told("曲梁镇第一小学")),
        (Told("老王面馆", township="超化镇"), Told("老王面馆", township="曲梁镇")),
        (Told("老王面馆", business="b1"), Told("老王面馆", business="b2")),
        (Told(), Told()),
    ],
)
def test_another_place_or_nobody_knows(one, other):
    assert not gathering.is_same_place(one, other, "新密市")
    assert not gathering.is_same_place(other, one, "新密市")
