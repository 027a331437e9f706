"""Receipts: one secret address per submission."""

from storage.submissions import receipt


def test_a_token_is_made_once_finds_its_submission_alone_and_is_not_stored_in_plain(db, ask, add):
    first, second = add(), add()
    token = db.write(lambda tx: receipt.token(tx, first.id))
    assert db.write(lambda tx: receipt.token(tx, first.id)) == token
    assert db.write(lambda tx: receipt.token(tx, second.id)) != token
    assert ask(lambda tx: receipt.find(tx, token)) == first
    assert len(token) >= 32
    assert token not in str(ask(lambda tx: tx.all("select * from receipt")))


def test_an_unknown_token_finds_nothing(db, ask, add):
    made = add()
    token = db.write(lambda tx: receipt.token(tx, made.id))
    for wrong in ("", token[:-1], token.swapcase(), "SA20261123-0001"):
        assert ask(lambda tx, wrong=wrong: receipt.find(tx, wrong)) is None
