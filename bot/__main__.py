"""``python -m bot [--config FILE] COMMAND``."""

import os
import sys
from pathlib import Path

import click

from bot import __version__, logs
from bot.commands import Commands
from bot.commands.context import CommandContext
from bot.errors import BotError
from content.errors import ContentError
from handlers.errors import HandlerError
from storage.errors import StorageError, told


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("config.toml"),
    envvar="SHIAN_CONFIG",
    show_default=True,
    help="配置文件。",
)
@click.version_option(__version__, prog_name="shianshao", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, config: Path) -> None:
    """食安哨 Shianshao：微信公众号上的食品安全举报投诉、分办和曝光。"""
    logs.configure()
    context.obj = CommandContext(config)


def main() -> int:
    """Run a command; a foreseeable error is one line on standard error and exit code 1."""
    os.umask(0o077)  # whatever is written is for the service's own user, in every process that this one starts
    try:
        # What click.exceptions.Exit carries comes back as the result.
        result = cli(standalone_mode=False)
    except click.exceptions.Abort:
        return 1
    except click.UsageError as error:
        error.show()
        return 2
    except OSError as error:
        if not error.filename:
            raise  # no file of an operator's: a fault of ours
        sys.stderr.write(f"shianshao: {told(error)}\n")
        return 1
    except (BotError, ContentError, HandlerError, StorageError, click.ClickException) as error:
        sys.stderr.write(f"shianshao: {' '.join(str(error).split())}\n")
        return 1
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main())
