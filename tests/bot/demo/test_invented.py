"""What fills the demo up is the same each time, and of every kind."""

from bot.demo.invented import ARTICLES, LIVES, Town


def test_each_demo_has_the_same(service):
    one, other = Town(service.office), Town(service.office)
    assert one.businesses() == other.businesses()
    assert list(one.submissions()) == list(other.submissions())
    assert list(one.articles()) == list(other.articles())


def test_each_is_older_than_what_was_done_with_it(service):
    made = list(Town(service.office).submissions())
    assert len(made) == sum(count for count, *_ in LIVES)
    assert all(one.days >= len(one.moves) for one in made)
    assert {name for one in made for name, _ in one.moves} >= {"register", "assign", "verify", "conclude", "settle"}


def test_articles_are_of_different_shops(service):
    assert len(list(Town(service.office).articles())) == ARTICLES
