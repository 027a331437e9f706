"""A browser at the console: it reads pages and fills in the forms it finds there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from bot import console
from bot.service import Service
from bot.web.app import create_app
from storage.people import staff
from storage.people.staff import Role
from storage.submissions.submission import Submission

PASSWORD = "Correct7Horse"
CHEAP_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass
class Form:
    """A form of a page, as a browser would send it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    visible: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """The forms of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self._name = ""
        self._select = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""))
            self.found.append(self._open)
        if self._open is None:
            return
        if tag == "option" and self._select and (self._name not in self._open.fields or "selected" in given):
            self._open.fields[self._name] = given.get("value", "")
        if tag in ("input", "select", "textarea") and given.get("name"):
            self._add(tag, given)

    def _add(self, tag: str, given: dict[str, str]) -> None:
        assert self._open is not None
        self._name, self._select = given["name"], tag == "select"
        if given.get("type") != "hidden" and "hidden" not in given:
            self._open.visible.append(self._name)
        if tag == "textarea":
            self._open.fields[self._name] = ""
        if tag == "input" and given.get("type") not in ("checkbox", "file"):
            self._open.fields[self._name] = given.get("value", "")

    def handle_data(self, text: str) -> None:
        if self._open is not None and self.lasttag == "textarea":
            self._open.fields[self._name] += text.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        self.lasttag = ""


class Browser:
    """One device of a member of staff."""

    def __init__(self, app: Flask, address: str = "127.0.0.1") -> None:
        self.client = app.test_client()
        self.client.environ_base["REMOTE_ADDR"] = address

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/console{path}")

    def read(self, path: str) -> str:
        """The text of a page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, (answer.status_code, answer.location)
        return answer.text

    def form(self, path: str, action: str = "") -> Form:
        """The form on a page whose action ends so."""
        forms = [form for form in Forms(self.read(path)).found if form.action.endswith(action)]
        return forms[-1]

    def send(self, path: str, action: str = "", headers: dict[str, str] | None = None, **values: Any) -> TestResponse:
        """Fill in a form of the page and send it."""
        form = self.form(path, action)
        return self.client.post(form.action or f"/console{path}", data=form.fields | values, headers=headers)

    def sign_in(self, name: str, password: str = PASSWORD, **values: str) -> TestResponse:
        return self.send("/sign-in", "/sign-in", name=name, password=password, **values)


@pytest.fixture
def app(service: Service) -> Flask:
    return create_app(service, [console])


@pytest.fixture
def employ(service: Service) -> Callable[..., None]:
    """Make an account whose password is PASSWORD."""

    def make(name: str, *roles: Role, must_change: bool = False) -> None:
        service.db.write(
            lambda tx: staff.add(tx, name, password_hash=CHEAP_HASH, roles=frozenset(roles), must_change=must_change)
        )

    return make


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """A new device, at an address where that matters."""
    return partial(Browser, app)


@pytest.fixture
def signed_in(employ: Callable[..., None], browser: Callable[..., Browser]) -> Callable[..., Browser]:
    """A new account with these roles, signed in on a device of its own."""

    def make(name: str, *roles: Role) -> Browser:
        employ(name, *roles)
        device = browser()
        assert device.sign_in(name).status_code == 302
        return device

    return make


@pytest.fixture
def li(employ: Callable[..., None]) -> str:
    """The name of an account that has not signed in yet."""
    employ("li", Role.INTAKE)
    return "li"


@pytest.fixture
def clerk(signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("li", Role.INTAKE)


@pytest.fixture
def officer(signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("zhang", Role.OFFICER)


@pytest.fixture
def report(tip: Callable[[], Submission]) -> Submission:
    """A report that came by chat."""
    return tip()


def at(report: Submission) -> str:
    """The page of a submission."""
    return f"/submissions/{report.number}"
