"""The HTTP status of every refusal, the same for the console and the API."""

from handlers.errors import Refused

STATUSES = {
    "malformed": 400,
    "wrong_type": 400,
    "unknown_field": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "own_article": 403,
    "own_decision": 403,
    "not_found": 404,
    "unknown_move": 404,
    "method_not_allowed": 405,
    "stale": 409,
    "wrong_stage": 409,
    "wrong_kind": 409,
    "checks_missing": 409,
    "locked": 409,
    "no_letter_key": 409,
    "taken": 409,
    "last_admin": 409,
    "wrong_day": 409,
    "wrong_person": 409,
    "no_period": 409,
    "too_late": 409,
    "too_many_days": 409,
    "already_extended": 409,
    "already_suspended": 409,
    "not_suspended": 409,
    "already_said": 409,
    "expired": 409,
    "wrong_code": 422,
    "too_large": 413,
    "missing_field": 422,
    "invalid_field": 422,
    "too_long": 422,
    "broken": 500,
    "unavailable": 503,
}
"""Every `code` and the status it comes with."""


def status_of(refused: Refused) -> int:
    """The status of a refusal; a code that is not listed is a conflict with how things stand."""
    return STATUSES.get(refused.code, 409)
