"""``demo``: the whole service on this machine, with a simulated WeChat and sample data."""

import threading
import time
from pathlib import Path

import click
import requests

from bot import installation, supervisor
from bot.commands.context import PORT, CommandContext
from bot.demo import samples
from bot.service import Service, open_service
from bot.settings import load
from bot.web.address import check_address
from bot.wechat.errors import PlatformError
from bot.wechat.gateway import Gateway
from content.menu import menu

FOLDER = Path("var/demo")
CONFIG = """\
# Written by `demo` at every start.
[site]
name = "新密市场监管"
region = "新密市"
base_url = "{base}"

[wechat]
app_id = "wx5a1f0de301234567"
app_secret = "demodemodemodemodemodemodemodemo"
token = "shianshaodemo"
encoding_aes_key = "shianshaodemoshianshaodemoshianshaodemo0000"
api_base = "{base}/simulator/api"

[storage]
url = "sqlite:///shian.db"
evidence_dir = "evidence"
key_file = "shian.key"

[notices]
subscribe_template = "banlijindu"
page_script = "{base}/simulator/static/jweixin.js"
"""


@click.command()
@PORT
@click.pass_obj
def demo(here: CommandContext, port: int) -> None:
    """在本机启动带示例数据的全套演示，按 Ctrl-C 全部停止。"""
    check_address("127.0.0.1", port)
    base = f"http://127.0.0.1:{port}"
    folder = here.config.resolve().parent / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.toml"
    config.write_text(CONFIG.format(base=base), encoding="utf-8")
    settings = load(config, {})
    installation.make_key(settings)
    service = open_service(settings, demo=True)
    installation.prepare(service, by="demo", anew=True)
    samples.fill(service)
    web = ("serve", "--demo", "--port", str(port))
    processes = supervisor.Supervisor(str(config), {"serve": web, "work": ("work", "--demo")})
    threading.Thread(target=_welcome, args=(service, base), daemon=True).start()
    processes.run()
    service.close()


def _welcome(service: Service, base: str) -> None:
    """Once it serves: set the menu as an operator would, and say where everything is."""
    while True:
        time.sleep(0.3)
        try:
            if requests.get(f"{base}/readyz", timeout=3).ok:
                Gateway(service).push_menu(menu(base))
                break
        except (requests.RequestException, PlatformError):
            continue
    click.echo(f"""
食安哨演示已就绪 / Shianshao demo is ready

  手机 phone page     {base}/simulator/
  后台 staff console  {base}/console/
  公众 public pages   {base}/exposures

演示账号 / demo logins (name, password, roles):""")
    for account in samples.ACCOUNTS:
        click.echo(f"  {account.name:10} {account.password:14} {account.title}")
    click.echo("\nCtrl-C 停止 / stops all of it")
