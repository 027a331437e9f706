"""What was done: the audit chain."""

from functools import partial

from flask import render_template, request

from bot.console.lists import Column, Filter, List, show
from bot.console.session import Visit
from bot.settings import Settings
from storage import audit, installation
from storage.audit import ChainBroken
from storage.engine.database import Tx

CHECKED_AT_ONCE = 2_000
"""Rows whose chain is recomputed with every view; a longer one only when asked for."""
CHAIN = List(
    "audit_chain",
    columns=(
        Column("序号", "seq", "num"),
        Column("时间", "audit_at", "num text-nowrap"),
        Column("谁", "audit_actor"),
        Column("做了什么", "audit_action"),
        Column("对象", "audit_subject"),
        Column("说明", "detail"),
        Column("校验", "audit_hash"),
    ),
    empty="没有记录。",
    filters=(Filter("subject", "对象", hint="编号、账号、article:…"),),
    size=200,
)


def chain(visit: Visit) -> str:
    """The newest rows of the audit chain, of all or of one subject, and whether the chain is whole."""
    with visit.service.db.read() as tx:
        shown, length = show(CHAIN, partial(audit.newest, tx)), audit.length(tx)
        checked = length <= CHECKED_AT_ONCE or "check" in request.args
        broken = _broken(tx, visit.service.settings) if checked else ""
    return render_template("console/audit.html", shown=shown, length=length, checked=checked, broken=broken)


def _broken(tx: Tx, settings: Settings) -> str:
    """Where and how the chain is broken, '' when it is whole."""
    try:
        installation.verify(tx, settings.key_file, settings.audit_heads)
    except ChainBroken as error:
        return str(error)
    return ""
