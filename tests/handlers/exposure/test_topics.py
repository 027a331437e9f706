"""What a follower may ask to be sent."""

from content.understanding.townships import TOWNSHIPS
from handlers.exposure.topics import MOST, TAG_PREFIX, topics

HERE = "新密市"


def test_every_tag_fits_the_platform_and_stands_for_one_choice():
    tags = [choice.tag for choice in topics(HERE)]
    assert len(set(tags)) == len(tags)
    assert all(tag.startswith(TAG_PREFIX) and len(tag) <= 30 for tag in tags)
    assert MOST < 20
    assert len(tags) < 100


def test_a_region_without_townships_offers_categories_only():
    offered = topics("某某县")
    assert offered
    assert not {choice.label for choice in offered} & {township.name for township in TOWNSHIPS}


def test_numbers_run_on_from_categories_to_townships():
    listed = [(choice.number, choice.topic) for choice in topics(HERE)]
    assert [number for number, _ in listed] == list(range(1, len(listed) + 1))
    assert listed[0] == (1, "category:online_offline")
    assert listed[-1] == (len(listed), "township:尖山风景区")
