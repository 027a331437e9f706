"""What people say is read as the words of the entries."""

from content.knowledge import synonyms
from content.knowledge.index import search
from content.tables import HERE

MEANT = synonyms.load(HERE / "knowledge" / "synonyms.toml")


def test_a_way_to_say_a_word_means_the_word_and_an_idle_one_nothing():
    assert MEANT["咋"] == "怎么"
    assert " " in MEANT.values()


def test_no_way_to_say_another_word_is_read_inside_a_word_of_the_entries():
    assert MEANT["怎么"] == "怎么"
    assert search("超市卖过期面包怎么办") == search("超市卖过期面包咋办") != []
