"""The command line: one file per family, COMMANDS names them all."""

import click

from bot.commands import audit, demo, export, importing, menu, recognise, running, setup, staff

COMMANDS: dict[str, click.Command] = {
    "demo": demo.demo,
    "init": setup.init,
    "serve": running.serve,
    "work": running.work,
    "run": running.run,
    "migrate": setup.migrate,
    "menu": menu.menu,
    "staff": staff.staff,
    "audit": audit.audit,
    "import": importing.import_,
    "export": export.export,
    "recognise": recognise.recognise,
}
