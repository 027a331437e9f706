"""``key rotate``, ``key show`` and ``key drop``."""

import os
import sys
import time
from functools import partial

import click

from bot.commands.context import CommandContext
from bot.service import Service
from storage import installation, rotation
from storage.engine.key_file import FIRST

COMMAND = "command"
BREATH = 0.01
"""Seconds between two transactions, in which the webhook gets its turn."""


@click.group()
def key() -> None:
    """密钥文件。"""


@key.command()
@click.pass_obj
def rotate(here: CommandContext) -> None:
    """换一把新密钥重新封存全部内容，服务可以照常运行；中断了再运行，接着做。"""
    path = here.settings.key_file
    with here.service() as service:
        installation.refuse_newer(service.db)
        _refuse_another_user(here)
        new = service.db.write(partial(rotation.begin, path=path, by=COMMAND))
        number = service.db.vault.numbers[-1]
        name = f"第 {number} 把密钥（指纹 {service.db.vault.fingerprint(number)}）"
        if new:
            click.echo(f"{name}已写入 {path}；请现在就把密钥文件重新另存一份，只有旧的那份打不开从此存入的内容")
        else:
            click.echo(f"接着做上次没有做完的轮换：{name}")
        _seal_anew(service)
        left = sum(found for one, found in rotation.count(service.db, service.files).items() if one != number)
    if left:
        raise click.ClickException(f"有 {left} 项打不开，仍在旧密钥下（见日志）；旧密钥请保留，从备份恢复后再运行一次")
    click.echo(f"轮换完成：所有内容都由{name}封存")


def _seal_anew(service: Service) -> None:
    length = rotation.size(service.db, service.files)
    with click.progressbar(length=length, label="重新封存", file=sys.stderr) as bar:
        for done in rotation.run(service.db, service.files, COMMAND):
            bar.update(done)
            if done > 1:  # rows; a file keeps nobody waiting
                time.sleep(BREATH)


def _refuse_another_user(here: CommandContext) -> None:
    """A file that is written anew belongs to who writes it: the service could not read it any more."""
    if here.settings.key_file.stat().st_uid != os.geteuid():
        raise click.ClickException(f"密钥文件 {here.settings.key_file} 属于另一个用户；请用运行服务的用户运行本命令")


@key.command()
@click.pass_obj
def show(here: CommandContext) -> None:
    """每行一把密钥：号码、指纹、封存了多少项、用途。"""
    with here.service() as service:
        vault, sealed = service.db.vault, rotation.count(service.db, service.files)
        for number, found in sealed.items():
            click.echo(f"{number}\t{vault.fingerprint(number)}\t{found}\t{_use(number, found, max(sealed))}")


def _use(number: int, found: int, last: int) -> str:
    uses = {
        "封存": number == last,
        "查找（摘要）": number == FIRST,
        "待轮换": number != last and found > 0,
        f"不再使用，可以去掉：key drop {number}": FIRST < number < last and not found,
    }
    return "、".join(use for use, holds in uses.items() if holds)


@key.command()
@click.argument("number", type=int)
@click.pass_obj
def drop(here: CommandContext, number: int) -> None:
    """从密钥文件去掉不再封存任何内容的密钥。轮换之前的备份还要用它。"""
    with here.service() as service:
        installation.refuse_newer(service.db)
        _refuse_another_user(here)
        sealed = rotation.count(service.db, service.files)
        drop_it = partial(rotation.drop, path=here.settings.key_file, number=number, sealed=sealed, by=COMMAND)
        service.db.write(drop_it)
    click.echo(f"第 {number} 把密钥已去掉；轮换之前的备份要用它，那时另存的密钥文件请与备份保留同样久")
