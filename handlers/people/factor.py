"""The second factor (两步验证): codes by time from an app on a phone, and recovery codes for when that is gone.

Source: RFC 6238 (TOTP), section 5.2 of which asks that no code is taken twice.
"""

import unicodedata
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

import pyotp
from pyotp.exceptions import OTPVerificationError

from handlers.codes import make_code
from handlers.errors import Refused
from handlers.office import Office
from storage import audit
from storage.audit import AuditRow
from storage.engine.database import Tx
from storage.engine.times import moment
from storage.people import factor, staff
from storage.people.staff import Role, Staff

STEP = timedelta(seconds=30)
DRIFT = 1
"""Steps that the clock of a phone may be ahead or behind."""
RECOVERY_CODES, RECOVERY_LENGTH = 10, 10
"""How many recovery codes are given, and their letters: 50 bits each, so that keyed digests keep them."""


class Proof(Enum):
    """What somebody showed besides the password."""

    PHONE = auto()
    RECOVERY = auto()


def make_secret() -> str:
    """A new secret, 160 bits in base32."""
    return pyotp.random_base32()


def address(office: Office, name: str, secret: str) -> str:
    """The ``otpauth://`` address that an app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=f"{office.name}食安哨")


def set_up(tx: Tx, name: str, secret: str, code: str, *, session: str) -> list[str]:
    """Give an account its second factor once the phone shows a right code; returns the recovery codes.

    Its sessions end but the one with this token. Raises Refused.
    """
    step = _step(secret, _signs(code), tx.now)
    if step is None:
        raise Refused("wrong_code", "验证码不正确。请看手机时间是否准确，再输入身份验证器此刻显示的 6 位数字。")
    codes = [make_code(RECOVERY_LENGTH) for _ in range(RECOVERY_CODES)]
    factor.put(tx, name, secret, codes, step)
    staff.end_other_sessions(tx, name, session)
    audit.write(tx, actor=name, action="factor_set", subject=name)
    return codes


def is_set(tx: Tx, name: str) -> bool:
    """Whether an account has a second factor."""
    return factor.find(tx, name) is not None


def take(tx: Tx, name: str, typed: str) -> Proof | None:
    """What a code of the account proves that was never taken; None for any other. A recovery code is used up."""
    found = factor.find(tx, name)
    if found is None:
        return None
    code = _signs(typed)
    step = _step(found.secret, code, tx.now)
    if step is not None and step > found.taken_at:
        factor.mark_taken(tx, name, step)
        return Proof.PHONE
    if not factor.take_recovery(tx, name, code):
        return None
    left = factor.recovery_left(tx, name)
    audit.write(tx, actor=name, action="factor_recovery", subject=name, detail=f"{left} left")
    return Proof.RECOVERY


def recovery_of(tx: Tx, name: str) -> AuditRow | None:
    """When one of the recovery codes that an account has now was used last."""
    found, used = factor.find(tx, name), audit.last(tx, name, "factor_recovery")
    return used if found and used and moment(used.at) > found.since else None


def end(tx: Tx, account: Staff, required: frozenset[Role]) -> None:
    """Take one's own second factor away. Raises Refused where a role demands it."""
    if account.roles & required:
        raise Refused("forbidden", "您的角色必须开启两步验证，不能关闭。换手机请用“换手机”。")
    if factor.end(tx, account.name):
        audit.write(tx, actor=account.name, action="factor_ended", subject=account.name)


def _signs(typed: str) -> str:
    """A code as it was meant: full width, small letters and blanks make no difference."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())


def _step(secret: str, code: str, now: datetime) -> datetime | None:
    """When the time step began that a code belongs to; None when it is wrong, or of no step near now."""
    try:
        number = pyotp.TOTP(secret).verify_and_get_timecode(code, for_time=now, valid_window=DRIFT)
    except OTPVerificationError:
        return None
    return datetime.fromtimestamp(number * STEP.total_seconds(), UTC)
