"""``python -m benchmarks.county``: a folder with a county in it, which `python -m bot --config` serves."""

import time
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks.county import County
from bot.commands.demo import CONFIG
from bot.service import Service, open_service
from bot.settings import load
from storage.engine.key_file import make_key_file


def open_county(folder: Path) -> Service:
    """The service of a folder, made and migrated where it is new."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.toml"
    config.write_text(CONFIG.format(base="http://127.0.0.1:8000"), encoding="utf-8")
    settings = load(config, {})
    make_key_file(settings.key_file)
    service = open_service(settings)
    service.db.migrate()
    return service


@click.command()
@click.option("--submissions", default=50_000, show_default=True)
@click.option("--messages", default=3, show_default=True, help="Messages of each submission's citizen.")
@click.option("--seed", default=1, show_default=True)
@click.option("--until", type=click.DateTime(), help="The last day of the county; now without it.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def main(submissions: int, messages: int, seed: int, until: datetime | None, folder: Path) -> None:
    """Make a county in FOLDER, which must not hold one yet."""
    if (folder / "shian.db").exists():
        raise click.ClickException(f"{folder} holds a database already; name a new folder")
    began, service = time.perf_counter(), open_county(folder)
    last = until.replace(tzinfo=UTC) if until else datetime.now(UTC)
    county = County(service, seed=seed, until=last, messages_each=messages)
    rows = 0
    with click.progressbar(county.fill(submissions), length=submissions * 3 // 2000, label="rows") as bar:
        for stored in bar:
            rows += stored
    service.close()
    minutes = (time.perf_counter() - began) / 60
    click.echo(f"{rows:,} rows in {minutes:.1f} minutes, {rows / minutes:,.0f} a minute")


if __name__ == "__main__":
    main()
