"""Words of a county that never was: right in form, and nobody's."""

import random

from bot.demo import words
from content.submissions import categories
from handlers.registers import credit_codes


def test_codes_are_right_and_of_no_district():
    shop = words.shop(random.Random(1), "某县")
    codes = [words.licensed(shop, number).code for number in range(1, 200)]
    assert {credit_codes.fault(code) for code in codes} == {""}
    assert len(set(codes)) == len(codes)
    assert all(words.DISTRICT in code for code in codes)


def test_nobody_has_its_telephones():
    assert words.phone(7).startswith("100")
    assert len(words.phone(7)) == 11


def test_its_categories_are_those_of_the_office():
    assert words.CATEGORIES.keys() <= categories.CATEGORIES.keys()


def test_an_article_names_no_shop():
    shop = words.shop(random.Random(1), "某县")
    assert shop.name not in words.article(random.Random(1), shop)["title"]
