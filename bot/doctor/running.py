"""Whether the service is at work, what it could not do, and whether there is somebody for each role."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from bot.doctor.examination import Examined, Finding, State
from storage import ticks
from storage.chat import inbox
from storage.notices import outbox
from storage.people import staff
from storage.people.staff import Role

STILL = timedelta(minutes=3)
"""A worker that runs notes a tick every minute."""
NEEDED = (
    (Role.INTAKE, "受理员", State.WARN, "来件没有人登记"),
    (Role.OFFICER, "承办人", State.WARN, "来件没有人核查"),
    (Role.LEADER, "分管领导", State.WARN, "立案、不立案没有人决定"),
    (Role.EDITOR, "编辑", State.HINT, "没有人写曝光稿"),
    (Role.REVIEWER, "审核", State.HINT, "曝光稿没有人审"),
    (Role.PUBLISHER, "发布", State.HINT, "曝光稿没有人发"),
    (Role.LIAISON, "纪检联络员", State.HINT, "反映工作人员的来信没有人能开"),
    (Role.CUSTODIAN, "身份保管", State.HINT, "依法要调取举报人身份时没有人能调"),
)
"""Role, its name, how bad it is when nobody has it, and what is left undone."""


def worker(examined: Examined) -> Iterator[Finding]:
    with examined.service.db.read() as tx:
        ran, now = [at for name, at in ticks.every(tx).items() if name != "readyz"], tx.now
    if not ran:
        yield Finding(State.WARN, "后台任务还没有运行过：通知、文章、呼叫都不会送出", "启动服务：run，或 work")
    elif max(ran) > now + STILL:
        yield Finding(State.HINT, "后台任务记的时间比现在晚：本机时间被拨回过", "核对本机时间；服务在运行就会自己改正")
    elif now - max(ran) > STILL:
        minutes = int((now - max(ran)).total_seconds() // 60)
        text = f"后台任务 {minutes} 分钟没有动静：通知、文章、呼叫都没有送出"
        yield Finding(State.WARN, text, "看服务是不是停了（systemctl status shian）和它的日志")
    else:
        yield Finding(State.OK, "后台任务在运行")


def messages(examined: Examined) -> Iterator[Finding]:
    with examined.service.db.read() as tx:
        given_up, failed = len(inbox.given_up(tx)), inbox.count_failed(tx)
    if given_up:
        text = f"{given_up} 条来信反复处理不成，不再重试，有人在等回音"
        yield Finding(State.WARN, text, "在工作台“送达”页看时间和原因，连同日志报告给开发者")
    elif failed:
        yield Finding(State.HINT, f"{failed} 条来信没有处理成，正在重试", "几分钟后再运行一次 doctor")
    else:
        yield Finding(State.OK, "来信都处理了")


def notices(examined: Examined) -> Iterator[Finding]:
    with examined.service.db.read() as tx:
        failed = Counter({kind: n for (kind, state), n in outbox.counts(tx).items() if state == "failed"})
    if citizens := failed.pop("notice", 0):
        yield Finding(State.HINT, f"{citizens} 条通知送不到", "在工作台“送达”页看是哪几件，由人告知")
    if others := failed.total():
        kinds = "、".join(sorted(failed))
        yield Finding(State.WARN, f"{others} 项没有办成（{kinds}）", "在工作台“送达”页看原因")
    if not citizens and not others:
        yield Finding(State.OK, "没有送不到的")


def people(examined: Examined) -> Iterator[Finding]:
    with examined.service.db.read() as tx:
        held = {role for one in staff.every(tx) if not one.disabled for role in one.roles}
    lacking = [row for row in NEEDED if row[0] not in held]
    for role, name, state, undone in lacking:
        yield Finding(state, f"没有{name}：{undone}", f"staff add 姓名 --role {role}，或在工作台“账号”页加")
    if not lacking:
        yield Finding(State.OK, "每个角色都有人")
