"""What papers and the documents of a proof folder say: a Jinja2 text each, in this folder, editable by an office.

A line is a paragraph. ``# `` begins a title, ``## `` a heading, ``> `` a line at the right, ``|`` a row of a table with
cells between bars, ``|=`` its head, ``|+`` a row with room for an opinion and a signature.
"""

from functools import cache
from pathlib import Path
from typing import get_args

from jinja2 import Template

from content import templates
from content.papers.papers import BY_CODE, Step
from content.templates import Facts, parts

BREAK = "\u2028"
"""A new line within a paragraph or cell."""
OFFICE = parts("name region")
CASE = parts(
    "number kind stage category source received merchant address happened description demand unit assignee "
    "external_number proposal"
)
PERIOD = parts("code label basis started_on due_on provisional unsure sum outcome")
PAPER: Facts = {
    **parts("number today"),
    "office": OFFICE,
    "case": CASE,
    "person": parts("name phone address"),
    "ground": parts("text basis"),
    "remedies": [parts("text basis sure")],
    "deadlines": [PERIOD],
    "steps": dict.fromkeys(get_args(Step), parts("by on body")),
}
ENTRY = parts("at title by body")
PROOF: dict[str, Facts] = {
    "proof_index": {
        "office": OFFICE,
        "made": parts("by at"),
        "head": parts("seq hash"),
        "files": [parts("name what")],
    },
    "proof_received": {"evidence": [parts("name at bytes sha256")]},
    "proof_notices": {
        "notices": [parts("state made by_day told way trace text")],
        "tasks": [parts("title done body")],
    },
    "proof_steps": {"decisions": [ENTRY], "entries": [ENTRY]},
    "proof_periods": {"periods": [{**PERIOD, "days": [parts("on weekday what n")]}]},
}


def plain(value: object) -> object:
    """What others wrote, as it may stand in a line: it begins no line, parts no cell, and holds no sign XML refuses."""
    if not isinstance(value, str):
        return value
    kept = value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", BREAK).replace("|", "｜")
    kept = "".join(sign if sign == "\t" or sign.isprintable() or sign in f"{BREAK}\u3000" else " " for sign in kept)
    return {"#": "＃", ">": "＞"}.get(kept[:1], kept[:1]) + kept[1:]


@cache
def texts() -> dict[str, Template]:
    """All of them, compiled, their facts checked; a service loads them when it starts. Raises ContentError."""
    asked = {
        code: {**PAPER, "given": parts(" ".join(one.name for one in paper.asks))} for code, paper in BY_CODE.items()
    }
    proof = {code: {"case": CASE, **facts} for code, facts in PROOF.items()}
    return templates.load(Path(__file__).parent, ".txt", {**asked, **proof}, autoescape=False, finalize=plain)


def write(name: str, **facts: object) -> str:
    """The lines of a paper or document. Raises KeyError for a name without a text: a defect, caught by tests."""
    return texts()[name].render(facts).strip("\n")
