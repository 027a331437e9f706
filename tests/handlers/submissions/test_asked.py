"""What every move of submissions asks for."""

from handlers.submissions.procedure import MOVES


def test_every_move_takes_the_day_on_which_it_was_made():
    assert all("on" in [field.name for field in move.fields] for move in MOVES)
