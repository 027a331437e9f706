"""What a search found in a text: a piece around it, cut into what matched and what did not."""

from storage.engine.words import fold, words

AROUND = 24
"""Characters shown on each side of what was found first."""
Piece = tuple[str, bool]
"""Some text, and whether it is what was looked for."""


def found_in(text: str, asked: str) -> list[Piece]:
    """The piece of `text` where a word of `asked` stands first, with every match in it; [] where none stands."""
    at = _matched(text, words(asked))
    if not at:
        return []
    begin = max(min(at) - AROUND, 0)
    pieces: list[Piece] = [("…", False)] if begin else []
    end = min(min(at) + 2 * AROUND, len(text))
    for place in range(begin, end):
        if pieces and pieces[-1][1] == (place in at):
            pieces[-1] = (pieces[-1][0] + text[place], pieces[-1][1])
        else:
            pieces.append((text[place], place in at))
    return [*pieces, ("…", False)] if end < len(text) else pieces


def _matched(text: str, asked: list[str]) -> set[int]:
    """The places of the characters that a word covers, in the text as it was written."""
    folded, places = "", []
    for place, letter in enumerate(text):
        small = fold(letter)
        folded += small
        places += [place] * len(small)
    covered: set[int] = set()
    for word in asked:
        at = folded.find(word)
        while at >= 0:
            covered.update(places[at : at + len(word)])
            at = folded.find(word, at + 1)
    return covered
