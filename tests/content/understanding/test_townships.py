"""The region is data that an office edits: what must hold of it."""

from content.understanding.townships import COUNTIES, FAR, FAR_KM, NEAR_KM, REGION, TOWNSHIPS, TRAPS


def test_every_township_has_a_name_of_its_own_and_no_word_stands_for_two():
    said = [
        word for township in TOWNSHIPS for word in {township.name, *township.also, *township.weak, *township.places}
    ]
    assert len(said) == len(set(said))
    assert all(word == word.strip() and len(word) > 1 for word in said)


def test_centres_lie_together_and_within_reach():
    centres = [township.centre for township in TOWNSHIPS if township.centre]
    assert len(centres) >= len(TOWNSHIPS) - 1
    for latitude, longitude in centres:
        assert 34.3 < latitude < 34.75
        assert 113.1 < longitude < 113.8
    assert 0 < NEAR_KM < FAR_KM


def test_no_word_is_at_once_inside_and_outside():
    inside = {word for township in TOWNSHIPS for word in (township.name, *township.also, *township.places)}
    outside = {word for row in (*COUNTIES, *FAR) for word in (*row.full, *row.short)}
    assert not inside & outside
    assert not {*REGION.names, *REGION.above} & outside


def test_what_lies_outside_is_named_in_full_and_sized():
    assert {row.level for row in (*COUNTIES, *FAR)} == {1, 2, 3}
    for row in (*COUNTIES, *FAR):
        assert all(len(word) >= 2 for word in (row.name, *row.full, *row.short))


def test_traps_are_words_without_blanks():
    for words in (TRAPS.roads, TRAPS.dishes, TRAPS.goods, TRAPS.phrases, TRAPS.origins):
        assert words
        assert all(word and word == word.strip() for word in words)
    assert all(len(word) == 1 for word in TRAPS.towards)
