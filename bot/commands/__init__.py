"""The command line: one file per family, COMMANDS names them all, and each is loaded when it is called."""

from importlib import import_module

import click

COMMANDS = {
    "demo": ("bot.commands.demo:demo", "在本机启动带示例数据的全套演示，按 Ctrl-C 全部停止"),
    "init": ("bot.commands.setup:init", "生成密钥文件、数据库和第一个管理员，可以重复运行"),
    "serve": ("bot.commands.serve:serve", "只运行网站：微信接口、工作台、公开页面、API"),
    "work": ("bot.commands.work:work", "只运行后台：定时任务和收发"),
    "run": ("bot.commands.run:run", "网站和后台一起运行并看护，正式使用时用它"),
    "doctor": ("bot.commands.doctor:doctor", "逐项检查能否正常运行，并说明怎么办"),
    "migrate": ("bot.commands.setup:migrate", "把数据库升级到本版本"),
    "menu": ("bot.commands.menu:menu", "公众号的菜单"),
    "staff": ("bot.commands.staff:staff", "工作台和 API 的账号"),
    "audit": ("bot.commands.audit:audit", "留痕链"),
    "key": ("bot.commands.key:key", "密钥文件"),
    "import": (
        "bot.commands.importing:import_",
        "导入登记簿：CSV（UTF-8或GBK）或XLSX文件，要有一行列名；可以重复导入",
    ),
    "export": (
        "bot.commands.export:export",
        "导出全部内容，最早的在前",
    ),
    "database": ("bot.commands.database:database", "存放一切的数据库"),
    "backup": (
        "bot.commands.backup:backup",
        "把数据库和证据封存备份到空目录，服务可以照常运行；密钥文件不在其中",
    ),
    "restore": (
        "bot.commands.backup:restore",
        "把数据库和证据恢复成备份时的样子；密钥文件要在",
    ),
    "recognise": (
        "bot.commands.recognise:recognise",
        "把 TEXT 或标准输入每一行的识别结果打印成一行一个 JSON 对象",
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
