"""``doctor``."""

import click
import msgspec

from bot.commands.context import CommandContext
from bot.doctor.examination import WELL, Examined, Found, State, examine
from bot.doctor.table import CHECKS

NAMES = {State.OK: "正常", State.HINT: "提示", State.UNKNOWN: "没查", State.WARN: "注意", State.FAIL: "错误"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@click.pass_obj
def doctor(here: CommandContext, as_json: bool) -> None:
    """逐项检查能否正常运行，并说明怎么办。

    有“错误”“注意”或“没查”时退出码为 1，“提示”不算。
    """
    examined, found = Examined(here.config), []
    try:
        for one in examine(CHECKS, examined):
            found.append(one)
            if not as_json:
                _tell(one)
    finally:
        examined.close()
    bad = sum(one.finding.state not in WELL for one in found)
    if as_json:
        click.echo(msgspec.json.encode({"ok": not bad, "findings": [_record(one) for one in found]}))
    else:
        click.echo(f"有 {bad} 项要处理" if bad else "一切正常")
    if bad:
        raise click.exceptions.Exit(1)


def _tell(one: Found) -> None:
    click.echo(f"[{NAMES[one.finding.state]}] {one.check.asks}：{one.finding.text}")
    if one.finding.remedy:
        click.echo(f"       → {one.finding.remedy}")


def _record(one: Found) -> dict[str, str]:
    finding = one.finding
    about = {"check": one.check.code, "asks": one.check.asks}
    return about | {"state": finding.state, "text": finding.text, "remedy": finding.remedy}
