"""What an engine and a session must be able to do: both of ours are held to it."""

import inspect

import pytest

from storage.engine import pipelined, postgresql, session, sqlite


@pytest.mark.parametrize("kind", [sqlite.Sqlite, postgresql.Postgres, sqlite.SqliteSession, pipelined.PostgresSession])
def test_every_verb_is_there_with_the_same_parameters(kind):
    wanted = session.Session if kind.__name__.endswith("Session") else session.Engine
    verbs = {name: verb for name, verb in vars(wanted).items() if inspect.isfunction(verb) and name[0] != "_"}
    assert verbs
    for name, verb in verbs.items():
        assert list(inspect.signature(getattr(kind, name)).parameters) == list(inspect.signature(verb).parameters), name
