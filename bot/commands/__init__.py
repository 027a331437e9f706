"""The command line: one file per family, COMMANDS names them all, and each is loaded when it is called."""

from importlib import import_module

import click

COMMANDS = {
    "demo": ("bot.commands.demo:demo", "Start everything on loopback with sample data; Ctrl-C stops all of it"),
    "init": ("bot.commands.setup:init", "Make the key file, the database and the first administrator; safe to repeat"),
    "serve": ("bot.commands.serve:serve", "The web side only: webhook, console, public pages, API"),
    "work": ("bot.commands.work:work", "The worker only: scheduler and courier"),
    "run": ("bot.commands.run:run", "Both, supervised: the embedded default in production"),
    "doctor": ("bot.commands.doctor:doctor", "逐项检查能否正常运行，并说明怎么办"),
    "migrate": ("bot.commands.setup:migrate", "Bring the schema up to date"),
    "menu": ("bot.commands.menu:menu", "The account's menu"),
    "staff": ("bot.commands.staff:staff", "Accounts of the console and the API"),
    "audit": ("bot.commands.audit:audit", "The audit chain"),
    "key": ("bot.commands.key:key", "The key file"),
    "import": (
        "bot.commands.importing:import_",
        "Take in a CSV (UTF-8 or GBK) or XLSX file with a row of column names; may be repeated",
    ),
    "export": (
        "bot.commands.export:export",
        "导出全部内容，最早的在前",
    ),
    "database": ("bot.commands.database:database", "Where everything is kept"),
    "backup": (
        "bot.commands.backup:backup",
        "Copy database and evidence into an empty folder, sealed, while the service runs; the key file is not in it",
    ),
    "restore": (
        "bot.commands.backup:restore",
        "Make database and evidence what they were when the folder was backed up; the key file must be there",
    ),
    "recognise": (
        "bot.commands.recognise:recognise",
        "Print what is recognised in TEXT, or in each line of standard input, as one JSON object a line",
    ),
}
"""Name -> where the command is, and its line in ``--help``: the first sentence of its docstring."""


class Commands(click.Group):
    """The commands of COMMANDS: one that is not called costs nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])
