"""Words of Chinese texts, found by pairs of characters: a word of two characters is one, and nothing is segmented.

Every run of letters and digits is indexed as its overlapping pairs and its last character, in order, so that a word
is a phrase of pairs, and a single character the beginning of one. The index is kept by each engine in its own way;
its tables begin with ``word_``, hold nothing that the other tables do not, and may be dropped and filled anew.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Protocol

from storage.engine.session import Session

PREFIX = "word_"
_RUN = re.compile(r"[^\W_]+")


class WordIndex(Protocol):
    """Which submissions hold which words.

    `condition` is SQL on ``submission.id`` with the parameters ``:words`` and ``:reach``: how many that hold them are
    looked at, at least, the newest first; -1 for all.
    """

    condition: str

    def create(self, session: Session) -> None:
        """Make the tables that are missing."""
        ...

    def put(self, session: Session, texts: Mapping[str, str]) -> None:
        """Index these texts in place of what was known of their submissions."""
        ...

    def asked(self, text: str) -> str:
        """The value of ``:words`` for submissions that hold every word of `text`; '' when it holds none."""
        ...


def fold(text: str) -> str:
    """As texts are compared: full width is half, capitals are small, invisible characters are gone."""
    visible = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", visible).casefold()


def words(text: str) -> list[str]:
    """The runs of letters and digits, folded."""
    return _RUN.findall(fold(text))


def pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]


def _all_pairs(text: str) -> list[str]:
    return [pair for run in words(text) for pair in pairs(run)]


class SqliteWords:
    """FTS5; a row of it is known by a number, which `word_row` keeps."""

    condition = (
        "id in (select r.submission from word_row r "
        "where r.n in (select rowid from word_index where word_index match :words order by rowid desc limit :reach))"
    )

    def create(self, session: Session) -> None:
        session.script(
            "create table if not exists word_row (n integer primary key, submission text not null unique);\n"
            "create table if not exists word_mark (id bigint primary key, timeline text not null);\n"
            'create virtual table if not exists word_index using fts5(pairs, tokenize = "unicode61 '
            'remove_diacritics 0");\n'
        )

    def put(self, session: Session, texts: Mapping[str, str]) -> None:
        for id, text in texts.items():
            row = session.query("select n from word_row where submission = :id", {"id": id})
            if row:
                sql = "update word_index set pairs = :pairs where rowid = :n"
            else:
                row = session.query("insert into word_row (submission) values (:id) returning n", {"id": id})
                sql = "insert into word_index (rowid, pairs) values (:n, :pairs)"
            session.run(sql, {"n": row[0]["n"], "pairs": " ".join(_all_pairs(text))})

    def asked(self, text: str) -> str:
        return " AND ".join(f'"{" ".join(pairs(run)[:-1])}"' if len(run) > 1 else f'"{run}"*' for run in words(text))


class PostgresWords:
    """A vector of pairs with their places, and an inverted index over it. No parser of the server's has a say."""

    condition = "id in (select i.submission from word_index i where i.pairs @@ cast(:words as tsquery))"
    PLACES = 16_383
    """The highest place that a vector knows."""

    def create(self, session: Session) -> None:
        session.script(
            "create table if not exists word_index (submission text primary key, pairs tsvector not null);\n"
            "create table if not exists word_mark (id bigint primary key, timeline text not null);\n"
            "create index if not exists word_index_pairs on word_index using gin (pairs);\n"
        )

    def put(self, session: Session, texts: Mapping[str, str]) -> None:
        rows: list[dict[str, Any]] = [{"id": id, "pairs": self._vector(text)} for id, text in texts.items()]
        session.run_many(
            "insert into word_index (submission, pairs) values (:id, cast(:pairs as tsvector)) "
            "on conflict (submission) do update set pairs = excluded.pairs",
            rows,
        )

    def _vector(self, text: str) -> str:
        return " ".join(f"'{pair}':{min(place, self.PLACES)}" for place, pair in enumerate(_all_pairs(text), 1))

    def asked(self, text: str) -> str:
        phrases = (" <-> ".join(f"'{pair}'" for pair in pairs(run)[:-1]) for run in words(text) if len(run) > 1)
        singles = (f"'{run}':*" for run in words(text) if len(run) == 1)
        return " & ".join(f"({one})" for one in (*phrases, *singles))
