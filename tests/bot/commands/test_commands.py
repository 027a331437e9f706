"""The list of commands: each explains itself, and in one line to the overview."""

from bot.commands import COMMANDS


def test_every_command_explains_itself(command):
    overview = command("--help").out
    for name, (_, line) in COMMANDS.items():
        done = command(name, "--help")
        assert (done.code, "Usage" in done.out) == (0, True), name
        assert line in " ".join(done.out.split()), name
        assert line in " ".join(overview.split()), name
