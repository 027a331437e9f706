"""The command line: one file per family, COMMANDS names them all."""

import click

from bot.commands import accounts, chain, running, setup

COMMANDS: dict[str, click.Command] = {
    "init": setup.init,
    "serve": running.serve,
    "work": running.work,
    "run": running.run,
    "migrate": setup.migrate,
    "staff": accounts.staff,
    "audit": chain.audit,
}
