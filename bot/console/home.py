"""The page of accounts that have nothing to do here yet."""

from flask import render_template

from bot.console.session import Visit


def welcome(visit: Visit) -> str:
    """What the account may do."""
    return render_template("console/welcome.html")
