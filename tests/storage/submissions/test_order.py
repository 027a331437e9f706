"""A row of a platform's list is known again by its number, of each platform apart."""

from storage.submissions import order


def test_a_row_is_known_by_platform_and_number(db, add):
    made = add()
    db.write(lambda tx: order.keep(tx, "orders12345", "1", submission=made.id, digest="a"))
    db.write(lambda tx: order.keep(tx, "orders12345", "1", submission=made.id, digest="b"))
    with db.read() as tx:
        assert order.find(tx, "orders12345", "1") == order.Order(made.number, "b")
        assert order.find(tx, "orders12315", "1") is None
        assert order.registered_as(tx, "") == []
