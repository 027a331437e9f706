"""The command line: one file per family, COMMANDS names them all."""

import click

from bot.commands import accounts, chain, export, setup

COMMANDS: dict[str, click.Command] = {
    "init": setup.init,
    "migrate": setup.migrate,
    "staff": accounts.staff,
    "audit": chain.audit,
    "export": export.export,
}
