"""How a text with facts in it, ``{{ office.name }}``, is read: compiled, and each fact looked up in a table.

So what is misspelt is told by one line when a service starts, and not found by the first citizen who would read it.
"""

from collections.abc import Callable, Iterable, Mapping, MutableMapping, Set
from pathlib import Path
from typing import Any, TypeAlias

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.visitor import NodeVisitor

from content import faults, tables
from content.errors import ContentError

Fact: TypeAlias = "Mapping[str, Fact] | list[Fact] | None"
"""By its parts; several alike are a list of the one; None is not checked."""
Facts: TypeAlias = Mapping[str, Fact]

VALUE: Facts = {}
"""A fact without parts."""


def parts(names: str) -> dict[str, Fact]:
    """A fact whose parts, named in one string, have none themselves."""
    return dict.fromkeys(names.split(), VALUE)


LOOP: Facts = {**parts("index index0 revindex revindex0 first last length"), "previtem": None, "nextitem": None}
SAME = {"list", "sort", "reverse", "unique", "select", "reject", "selectattr", "rejectattr", "default"}
"""Filters that leave the facts of a list what they are."""


def load(
    folder: Path,
    suffix: str,
    texts: Mapping[str, Facts],
    *,
    autoescape: bool,
    helpers: Mapping[str, Callable[..., object]] | None = None,
    finalize: Callable[[object], object] | None = None,
) -> dict[str, Template]:
    """The `texts` of a folder, each with its facts, all compiled, so that nobody waits for one; raises ContentError.

    `helpers` may be called in a text, or used as filters; `finalize` is what becomes of each value that is shown.
    """
    helpers = helpers or {}
    environment = Environment(
        loader=_Checked(folder, suffix, texts, helpers),
        autoescape=autoescape,  # noqa: S701 - what others wrote is made harmless by `finalize` where it is no HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )
    environment.globals |= helpers
    environment.filters |= helpers
    return {name: environment.get_template(name) for name in texts}


class _Checked(BaseLoader):
    def __init__(self, folder: Path, suffix: str, texts: Mapping[str, Facts], helpers: Iterable[str]) -> None:
        self.folder, self.suffix, self.texts, self.helpers = folder, suffix, texts, {*DEFAULT_NAMESPACE, *helpers}

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        path = self.folder / f"{name}{self.suffix}"
        try:
            tree = environment.parse(tables.read(path), name, str(path))
            with tables.checking(path):
                _Reader(self.texts, name, self.helpers).visit(tree)
            code = environment.compile(tree, name, str(path))
        except TemplateSyntaxError as error:
            where = f"{tables.called(path)}：第{error.lineno}行"
            raise ContentError(
                f"{where}的 {{{{ }}}} 或 {{% %}} 写得不对，或没有结尾（{error.message}），请改正。"
            ) from None
        return Template.from_code(environment, code, environment.make_globals(globals))


class _Reader(NodeVisitor):
    """Goes through a text; what stands for a fact returns its parts. Raises ValueError for one that is not there."""

    def __init__(self, texts: Mapping[str, Facts], name: str, helpers: Set[str]) -> None:
        self.texts = texts
        self.helpers = helpers
        self.known: dict[str, Fact] = dict(texts[name])

    def visit_Name(self, node: nodes.Name) -> Fact:
        if node.ctx != "load" or node.name in self.helpers:
            return None
        return _part(node, self.known, node.name)

    def visit_Getattr(self, node: nodes.Getattr) -> Fact:
        return _part(node, self.visit(node.node), node.attr)

    def visit_Getitem(self, node: nodes.Getitem) -> Fact:
        whole: Fact = self.visit(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return _part(node, whole, node.arg.value)
        self.visit(node.arg)
        return whole if isinstance(node.arg, nodes.Slice) else _each(whole)

    def visit_Call(self, node: nodes.Call) -> Fact:
        """``answers.get("merchant")`` is the part, where there is one."""
        called = node.node
        if isinstance(called, nodes.Getattr) and called.attr == "get" and node.args:
            return self.visit_Getitem(nodes.Getitem(called.node, node.args[0], "load", lineno=node.lineno))
        self.generic_visit(node)
        return None

    def visit_Filter(self, node: nodes.Filter) -> Fact:
        whole: Fact = self.visit(node.node) if node.node else None
        self._visit_all((*node.args, *node.kwargs))
        if node.name == "batch":
            return [whole]
        return _each(whole) if node.name in ("first", "last") else whole if node.name in SAME else None

    def visit_For(self, node: nodes.For) -> None:
        row = _each(self.visit(node.iter))
        self._within({**_named(node.target, row), "loop": LOOP}, [*([node.test] if node.test else []), *node.body])
        self._visit_all(node.else_)

    def visit_With(self, node: nodes.With) -> None:
        given: dict[str, Fact] = {}
        for target, value in zip(node.targets, node.values, strict=True):
            given |= _named(target, self.visit(value))
        self._within(given, node.body)

    def visit_Macro(self, node: nodes.Macro) -> None:
        self.known[node.name] = None
        self._visit_all(node.defaults)
        self._within(dict.fromkeys([argument.name for argument in node.args]), node.body)

    def visit_Assign(self, node: nodes.Assign) -> None:
        self.known |= _named(node.target, self.visit(node.node))

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> None:
        self.generic_visit(node)
        self.known |= _named(node.target, VALUE)

    def visit_Include(self, node: nodes.Include) -> None:
        """Another text says the same facts, so they must be there, and mean the same."""
        for name in [const.value for const in node.find_all(nodes.Const)]:
            if name not in self.texts:
                raise ValueError(f"第{node.lineno}行要放进“{name}”，没有这个文件。{faults.guess(name, self.texts)}")
            for fact, its_parts in self.texts[name].items():
                if self.known.get(fact) != its_parts:
                    raise ValueError(f"第{node.lineno}行放进了“{name}”，里面要用的“{fact}”这里没有，请删去这一行。")

    def _visit_all(self, all: Iterable[nodes.Node]) -> None:
        for node in all:
            self.visit(node)

    def _within(self, given: dict[str, Fact], body: Iterable[nodes.Node]) -> None:
        outer, self.known = self.known, self.known | given
        self._visit_all(body)
        self.known = outer


def _named(target: nodes.Node, fact: Fact) -> dict[str, Fact]:
    """What `target` names: the fact, or of several names each a part that is not checked."""
    if isinstance(target, nodes.Name):
        return {target.name: fact}
    return dict.fromkeys([name.name for name in target.find_all(nodes.Name)])


def _each(whole: Fact) -> Fact:
    return whole[0] if isinstance(whole, list) else None


def _part(node: nodes.Expr, whole: Fact, name: str) -> Fact:
    if whole is None:
        return None
    known = whole if isinstance(whole, Mapping) else {}
    if name not in known:
        raise ValueError(f"第{node.lineno}行写了“{_written(node)}”，没有这一项。{faults.guess(name, known)}")
    return known[name]


def _written(node: nodes.Node) -> str:
    """``office.name``, as an office knows it."""
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_written(node.node)}[{node.arg.value!r}]" if isinstance(node.arg, nodes.Const) else "…"
    return node.name if isinstance(node, nodes.Name) else "…"
