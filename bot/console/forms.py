"""What people typed, and what a refusal answers."""

from datetime import datetime

from flask import request
from werkzeug.exceptions import BadRequest

from handlers.office import Office

YEARS = range(2000, 2100)
"""Beyond these it is a slip of the finger, and calendars and clocks do not go there."""


def typed() -> dict[str, str]:
    """The form as it was filled in, with the line ends of this side."""
    return {name: value.replace("\r\n", "\n") for name, value in request.form.items() if name != "csrf"}


def version() -> int:
    """The version the form was made from; raises BadRequest without one."""
    try:
        return int(request.form["version"])
    except ValueError:
        raise BadRequest from None


def moment(text: str, office: Office) -> datetime | None:
    """What a ``datetime-local`` field says, as an aware time of the office; None when it is no time of ours."""
    try:
        local = datetime.fromisoformat(text).replace(tzinfo=office.timezone)
    except ValueError:
        return None
    return local if local.year in YEARS else None
