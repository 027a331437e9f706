"""What people say is read as the words of the entries."""

from content.knowledge import synonyms
from content.tables import HERE

MEANT = synonyms.load(HERE / "knowledge" / "synonyms.toml")


def test_a_way_to_say_a_word_means_the_word_and_an_idle_one_nothing():
    assert MEANT["咋"] == "怎么"
    assert " " in MEANT.values()
