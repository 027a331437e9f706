"""Learn from labelled messages where names of businesses begin and end, and which span is one.

Two steps: `fit_edges` weighs each place of a text, `fit_spans` the spans between the likeliest places. The second
learns from edges that were told by weights learned from other messages, as it will meet them.
"""

import random
from collections.abc import Iterator
from itertools import chain, product
from typing import NamedTuple

import numpy as np
from scipy.sparse import vstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from handlers.understanding import addresses, edges
from handlers.understanding.merchants import candidates
from handlers.understanding.normal import fold
from handlers.understanding.recognition import NAMED_WITHIN

SEEN, SEEN_EDGE = 3, 5
"""A feature that fewer spans or places hold is not learned."""
STRENGTH, EDGE_STRENGTH = 0.1, 0.3
"""How far the weights may go to meet the messages (C), by cross-validation on them, never by those held out."""
SETTLED, SETTLED_EDGES = {"tol": 1e-6, "max_iter": 3000}, {"tol": 1e-4, "max_iter": 150}
"""When there is no more to learn that is worth the time."""
SWAPS = 3
"""How often each message with a name is shown with the names of others, so that contexts are learned, not names."""
PARTS = 3
"""Into how many parts the messages are dealt: each is told its edges by what the others taught."""
Weights = dict[str, list[float]]
"""Of each feature; "" is what they begin with."""


class Told(NamedTuple):
    """A message, and the name that stands in it or ""."""

    text: str
    name: str

    @property
    def folded(self) -> str:
        return fold(self.text[:NAMED_WITHIN])

    @property
    def start(self) -> int:
        return self.folded.find(fold(self.name)) if self.name else -1


def fit_names(labelled: list[Told], others: list[str]) -> tuple[Weights, Weights]:
    """The weights of edges and of spans; `others` are further names that are shown in the place of those told."""
    parts = [[*labelled[first::PARTS]] for first in range(PARTS)]
    shown = [[*part, *_swapped(part, others)] for part in parts]
    messages = []
    for number, part in enumerate(shown):
        weights = fit_edges([*chain(*(one for other, one in enumerate(shown) if other != number))])
        messages += [_spans(told, weights) for told in part]
    return fit_edges([*chain(*shown)]), _fit_spans(messages)


def _swapped(part: list[Told], others: list[str]) -> Iterator[Told]:
    chance = random.Random(1)
    named = [told for told in part if told.name]
    names = [*(told.name for told in named), *others]
    for text, name in named:
        for other in chance.sample(names, min(SWAPS, len(names))):
            yield Told(text.replace(name, other), other)


def fit_edges(labelled: list[Told]) -> Weights:
    """Each row: what the feature of a place weighs for a name that begins, ends, and goes on there."""
    held = CountVectorizer(analyzer=sorted, min_df=SEEN_EDGE, binary=True, dtype=np.float32)
    inputs = held.fit_transform(chain(*(_around(told) for told in labelled)))
    begins, ends, inside = [], [], []
    for told in labelled:
        size, start = len(told.folded), told.start
        end = start + len(told.name)
        begins += [start == place for place in range(size + 1)]
        ends += [start >= 0 and place == end for place in range(size + 1)]
        inside += [start >= 0 and start <= place < end for place in range(size + 1)]
    models = [
        LogisticRegression(C=EDGE_STRENGTH, **SETTLED_EDGES).fit(inputs, labels) for labels in (begins, ends, inside)
    ]
    columns = np.vstack([model.coef_ for model in models])
    first = [float(model.intercept_[0]) for model in models]
    return {"": first} | dict(zip(held.get_feature_names_out(), columns.T.tolist(), strict=True))


def _around(told: Told) -> list[list[str]]:
    return edges.features(told.folded, addresses.spans(told.folded))


def _spans(told: Told, weights: Weights) -> list[tuple[list[str], bool]]:
    """What could be a name: its features, and whether it is one."""
    folded = told.folded
    places = addresses.spans(folded)
    name = (told.start, told.start + len(told.name)) if told.start >= 0 else None
    found = candidates(folded, places, edges.edges(folded, places, weights))
    return [(one.features, one.span == name) for one in found]


def _fit_spans(messages: list[list[tuple[list[str], bool]]]) -> Weights:
    """Each row: what the feature of a span weighs for its being a name, against other spans and against none at all."""
    held = CountVectorizer(analyzer=sorted, min_df=SEEN, dtype=np.float32)
    inputs = held.fit_transform([[], *(["", *found] for found, _ in chain(*messages))])
    better, worse = zip(*_contests(messages), strict=True)
    wins = inputs[list(better), :] - inputs[list(worse), :]
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, **SETTLED)
    model.fit(vstack([wins, -wins]), np.repeat([1, 0], len(better)))
    return dict(zip(held.get_feature_names_out(), model.coef_.T.tolist(), strict=True))


def _contests(messages: list[list[tuple[list[str], bool]]]) -> Iterator[tuple[int, int]]:
    """Which span is to be taken rather than which, by their numbers in all messages, 0 being none at all."""
    first = 1
    for spans in messages:
        names = [number for number, (_, is_name) in enumerate(spans, first) if is_name]
        others = [number for number, (_, is_name) in enumerate(spans, first) if not is_name]
        yield from product(names, [0, *others]) if names else product([0], others)
        first += len(spans)
