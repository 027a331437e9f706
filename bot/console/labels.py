"""What templates need to speak Chinese: labels of codes, local times, traffic lights of deadlines."""

from datetime import date, datetime, timedelta
from typing import Any

from bot.service import Service
from content.clock.deadlines import LABELS
from content.submissions import categories
from handlers import letters, rewards, tasks
from handlers.exposure import articles
from handlers.moves import Move
from handlers.notices import alarms, telling
from handlers.office import ACTORS
from handlers.submissions import intake, orders, procedure, stages
from storage.people.staff import Role
from storage.submissions.deadline import Deadline

SOON = timedelta(days=2)
ROLES = {
    Role.INTAKE: "受理员",
    Role.OFFICER: "承办人",
    Role.EDITOR: "编辑",
    Role.REVIEWER: "审核",
    Role.PUBLISHER: "发布",
    Role.LEADER: "分管领导",
    Role.CUSTODIAN: "身份保管",
    Role.ADMIN: "系统管理员",
    Role.SECURITY: "安全管理员",
    Role.AUDITOR: "审计员",
    Role.LIAISON: "纪检联络员",
}
URGENCY = {2: ("danger", "紧急"), 1: ("warning", "从速")}
PARCEL_STATES = {
    "waiting": ("secondary", "等待发送"),
    "sending": ("secondary", "正在发送"),
    "sent": ("success", "已送达"),
    "held": ("warning", "暂不能送达"),
    "failed": ("danger", "未送达"),
}
PARCEL_KINDS = {
    "media": "取回图片或录音",
    "notice": "通知提交人",
    "article": "发布文章",
    "tags": "设置订阅标签",
    **{channel: f"紧急警报（{label}）" for channel, label in alarms.CHANNELS.items()},
}
MOVES: tuple[tuple[Move[Any], ...], ...] = (
    procedure.MOVES,
    orders.MOVES,
    articles.MOVES,
    rewards.MOVES,
    letters.MOVES,
    tasks.MOVES,
)
ACTIONS = {
    **{move.name: move.label for table in MOVES for move in table},
    **stages.SAID,
    "receive": "收到",
    "reward_apply": "申请举报奖励",
    "reward_wrong_code": "领奖码不对",
    "open": "查阅",
    "list": "查看列表",
    "evidence_open": "查看图片、语音或视频",
    "reveal": "调取身份",
    "contact": "查看投诉人联系方式",
    "export": "导出",
    "paper": "制作文书",
    "paper_open": "下载文书",
    "import": "导入名录",
    "backup": "备份",
    "restore": "从备份恢复",
    "account": "公众号平台的通知",
    "write": "写稿",
    "edit": "改稿",
    "released": "已曝光",
    "sign_in": "登录",
    "sign_in_failed": "登录失败",
    "sign_in_locked": "连续输错密码或验证码，账号锁定",
    "sign_in_limited": "输错密码过多，暂停新设备登录",
    "sign_out": "退出",
    "sign_in_wrong_code": "密码正确，验证码不对",
    "password_changed": "修改密码",
    "sessions_ended": "退出其他登录",
    "delegate": "委托他人代为决定",
    "delegate_end": "收回委托",
    "factor_set": "开启两步验证",
    "factor_ended": "关闭两步验证",
    "factor_recovery": "用恢复码登录",
    "staff_add": "添加账号",
    "staff_reset": "重置密码",
    "staff_disable": "停用账号",
    "staff_revoke": "收回登录和令牌",
    "staff_roles": "改角色",
    "role_propose": "提出角色，待确认",
    "role_confirm": "确认角色",
    "role_refuse": "不同意角色",
    "staff_token": "发放接口令牌",
    "staff_phone": "登记值班电话",
    "wechat_code": "取微信绑定码",
    "wechat_bind": "绑定微信",
    "wechat_unbind": "解绑微信",
    "duty_set": "排班",
    "calendar": "录入节假日安排",
    "alarm_raise": "紧急警报",
    "alarm_call": "紧急呼叫",
    "alarm_missed": "警报没有通知到",
    "alarm_unanswered": "警报无人响应",
    "alarm_acknowledge": "确认警报",
    "letter_open": "打开来信",
    "letter_key": "设置来信密码",
    "letter_hand_over": "移交来信",
    "letter_refer": "移送来信",
    "task_done": "办结待办",
    "message_given_up": "来信处理不成，不再重试",
    "installation_made": "建立安装",
    "audit_accepted": "认可现有的留痕",
    "key_added": "加入新密钥",
    "key_rotated": "密钥轮换完成",
    "key_dropped": "去掉旧密钥",
}
"""Of the audit chain."""
INTENTS = {
    "report": "举报",
    "complaint": "投诉",
    "question": "咨询",
    "emergency": "紧急",
    "discipline": "公职人员问题",
    "chatter": "其他",
}
"""What a text was recognised as."""
ENDED = {"met": "已办", "suspended": "已中止", "cancelled": "已取消", "done": "已办"}
"""How a deadline or task that runs no more came to its end."""
FILE_KINDS = {"image": "照片", "voice": "语音", "video": "视频"}


def light(due: Deadline, today: date) -> str:
    """The traffic light of a deadline: met, late, soon or calm; one that stands still or fell away is met."""
    if due.state != "open":
        return "met"
    day = date.fromisoformat(due.due_on)
    return "late" if day < today else "soon" if day - today <= SOON else "calm"


def clock(due: Deadline, today: date) -> str:
    """How long a deadline has still to run, in words: 还有3天."""
    if due.state != "open":
        return ENDED[due.state]
    left = (date.fromisoformat(due.due_on) - today).days
    return f"还有{left}天" if left > 0 else "今天到期" if left == 0 else f"已逾期{-left}天"


def category(code: str) -> str:
    """The label of a category; the code itself when an office has taken the category out."""
    known = categories.CATEGORIES.get(code)
    return known.label if known else code


def of(service: Service) -> dict[str, Any]:
    """The names that every template of the console knows."""
    office = service.office

    def local(moment: datetime | str | None) -> str:
        if not moment:
            return ""
        return office.local(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)

    return {
        "office": office,
        "local": local,
        "light": light,
        "clock": clock,
        "category": category,
        "categories": categories.CATEGORIES,
        "category_options": [(code, one.label) for code, one in categories.CATEGORIES.items()],
        "channels": articles.CHANNELS,
        "deadline_labels": LABELS,
        "ended": ENDED,
        "kinds": stages.KINDS,
        "sources": intake.SOURCES,
        "stages": stages.STAGES,
        "states": articles.STATES,
        "roles": ROLES,
        "urgencies": URGENCY,
        "actions": ACTIONS,
        "actors": ACTORS,
        "parcel_states": PARCEL_STATES,
        "parcel_kinds": PARCEL_KINDS,
        "file_kinds": FILE_KINDS,
        "intents": INTENTS,
        "told_by": telling.LABELS,
        "hows": tasks.HOWS,
        "task_kinds": tasks.KINDS,
    }
