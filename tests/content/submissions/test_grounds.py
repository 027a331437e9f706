"""The grounds that the orders let an office choose from."""

from content.submissions.grounds import GROUNDS


def test_each_ground_of_the_orders_may_be_chosen():
    items = {"16": 7, "23": 8, "20": 4}
    for article, count in items.items():
        assert [code for code in GROUNDS if code.startswith(f"{article}.")] == [
            f"{article}.{n + 1}" for n in range(count)
        ]
