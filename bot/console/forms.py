"""What people typed."""

from flask import request
from werkzeug.exceptions import BadRequest


def typed() -> dict[str, str]:
    """The form as it was filled in, with the line ends of this side."""
    return {name: value.replace("\r\n", "\n") for name, value in request.form.items() if name != "csrf"}


def version() -> int:
    """The version the form was made from; raises BadRequest without one."""
    try:
        return int(request.form["version"])
    except ValueError:
        raise BadRequest from None
