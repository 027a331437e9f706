"""One API call: its fault if scripted, its checks, its function, its record."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.simulator import drafts, mass, media, menu, messages, notices, people, publish, quota, tokens
from bot.simulator.errors import Refusal, answer_of, require
from bot.simulator.records import Ask, Call, Fault, File
from bot.simulator.world import World

Row = dict[str, Any]
Function = Callable[[World, Ask], Row | File]

RECORDED = 10_000  # calls kept for tests to look at
WITHOUT_TOKEN = {"token", "stable_token"}


def _addresses(world: World, ask: Ask) -> Row:
    """get_api_domain_ip and getcallbackip: this machine plays both sides."""
    return {"ip_list": ["127.0.0.1"]}


API: dict[str, tuple[str, Function]] = {
    "get_api_domain_ip": ("GET", _addresses),
    "getcallbackip": ("GET", _addresses),
    **tokens.CALLS,
    **quota.CALLS,
    **menu.CALLS,
    **messages.CALLS,
    **notices.CALLS,
    **media.CALLS,
    **drafts.CALLS,
    **publish.CALLS,
    **mass.CALLS,
    **people.CALLS,
}
FINISHES: dict[str, Callable[[World, Row, str], Row]] = {
    **publish.FINISHES,
    **mass.FINISHES,
    **notices.FINISHES,
}


@dataclass(frozen=True)
class Outcome:
    """What a call came to: its answer, whether that answer is lost, and the jobs it began."""

    answer: Row | File
    fault: Fault
    jobs: tuple[str, ...] = ()


class Desk:
    """Answers API calls; `calls` is their record, oldest first."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.calls: list[Call] = []

    def script(self, path: str, faults: tuple[Fault, ...]) -> None:
        """Queue faults for the next calls to a path, with or without its leading `cgi-bin/`."""
        self._faults[path.removeprefix("/").removeprefix("cgi-bin/")].extend(faults)

    def answer(self, ask: Ask) -> Outcome:
        """Carry the call out, or let it fail as scripted."""
        fault = self._next_fault(ask.path)
        if fault.errcode:
            answer: Row | File = answer_of(fault.errcode)
            jobs: tuple[str, ...] = ()
        else:
            answer, jobs = self._carry_out(ask)
        told = answer if isinstance(answer, dict) else {"file": answer.mime, "bytes": len(answer.content)}
        self.calls.append(Call(ask.path, ask.body, self._world.clock(), told, ask.query))
        del self.calls[:-RECORDED]
        return Outcome(answer, fault, jobs)

    def _next_fault(self, path: str) -> Fault:
        try:
            return self._faults[path].popleft()
        except IndexError:
            return Fault()

    def _carry_out(self, ask: Ask) -> tuple[Row | File, tuple[str, ...]]:
        with self._world.memory.turn():
            self._world.started = []
            try:
                answer = self._allowed(ask)(self._world, ask)
            except Refusal as refusal:
                return refusal.answer, ()
            return _with_code(answer, ask.path), tuple(self._world.started)

    def _allowed(self, ask: Ask) -> Function:
        """The function of a call that may be made. Raises Refusal."""
        if ask.path not in API:
            raise Refusal(40066)
        method, function = API[ask.path]
        if ask.path not in WITHOUT_TOKEN:
            tokens.check(self._world, ask.query.get("access_token", ""))
        # Reading calls are documented as GET, yet the platform lets most of them be POSTed.
        require(method == "GET" or ask.method == "POST", 43002)
        quota.count(self._world, ask.path)
        return function


def _with_code(answer: Row | File, path: str) -> Row | File:
    if isinstance(answer, File) or path in WITHOUT_TOKEN:
        return answer
    return {"errcode": 0, "errmsg": "ok", **answer}
