"""Accounts of staff, and each one's own WeChat."""

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.session import Visit
from bot.web.passwords import hash_password, make_secret
from handlers.people import binding
from storage import audit
from storage.engine.database import Tx
from storage.errors import Conflict
from storage.people import contact, staff
from storage.people.staff import Role

NAME = re.compile(r"[\w.-]{1,32}")


def accounts(visit: Visit) -> ResponseReturnValue:
    """All accounts."""
    return _accounts_page(visit)


def add(visit: Visit) -> ResponseReturnValue:
    """Make an account; its one-time password is on this answer and nowhere else."""
    name, unit = request.form.get("name", "").strip(), request.form.get("unit", "").strip()
    roles = frozenset(role for role in Role if role in request.form.getlist("roles"))
    if not NAME.fullmatch(name) or len(unit) > 64:
        return _accounts_page(
            visit, problem="账号名用 1 至 32 个汉字、字母、数字、点、下划线或连字符；单位最多 64 字。"
        )
    if not roles:
        return _accounts_page(visit, problem="至少选择一个角色。")
    password = make_secret(16)
    hashed = hash_password(password)

    def make(tx: Tx) -> None:
        staff.add(tx, name, password_hash=hashed, roles=roles, unit=unit)
        audit.write(tx, actor=visit.staff.name, action="staff_add", subject=name, detail=",".join(sorted(roles)))

    try:
        visit.service.db.write(make)
    except Conflict:
        return _accounts_page(visit, problem=f"已有账号“{name}”。忘记密码请用“重置密码”。", status=409)
    return _accounts_page(visit, secret=password, owner=name, status=201)


def reset(visit: Visit) -> ResponseReturnValue:
    """Give an account a new one-time password; its sessions end and it is unlocked."""
    name = request.form.get("name", "")
    if name == visit.staff.name:
        return _accounts_page(visit, problem="自己的密码请在右上角点账号名修改。")
    password = make_secret(16)
    hashed = hash_password(password)

    def change(tx: Tx) -> bool:
        if staff.get(tx, name) is None:
            return False
        staff.set_password(tx, name, hashed, must_change=True)
        audit.write(tx, actor=visit.staff.name, action="staff_reset", subject=name)
        return True

    if not visit.service.db.write(change):
        return _accounts_page(visit, problem="没有这个账号。", status=404)
    return _accounts_page(visit, secret=password, owner=name)


def _accounts_page(
    visit: Visit, *, problem: str = "", secret: str = "", owner: str = "", status: int = 0
) -> ResponseReturnValue:
    with visit.service.db.read() as tx:
        found, now = staff.every(tx), tx.now
    page = render_template(
        "console/people.html", found=found, now=now, problem=problem, secret=secret, owner=owner, form=request.form
    )
    return page, status or (422 if problem else 200)


def show_wechat(visit: Visit) -> str:
    """Whether a WeChat is bound, and since when."""
    return _wechat_page(visit)


def offer_code(visit: Visit) -> str:
    """Show a new code, once."""
    return _wechat_page(visit, visit.service.db.write(lambda tx: binding.offer(tx, visit.staff.name)))


def release_wechat(visit: Visit) -> ResponseReturnValue:
    """Forget the WeChat of this account."""
    visit.service.db.write(lambda tx: binding.release(tx, visit.staff.name))
    return redirect(url_for("console.people_show_wechat"), 303)


def _wechat_page(visit: Visit, code: str = "") -> str:
    with visit.service.db.read() as tx:
        since = contact.bindings(tx).get(visit.staff.name)
    minutes = int(binding.LIFE.total_seconds() // 60)
    return render_template("console/wechat.html", since=since, code=code, minutes=minutes)
