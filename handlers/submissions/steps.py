"""The way of a submission as a line of steps, and the moves that lead on from each."""

from storage.submissions.submission import Kind, Submission

WAYS: dict[Kind, tuple[str, ...]] = {
    Kind.REPORT: ("triage", "registered", "assigned", "verifying", "proposed", "case", "concluded"),
    Kind.COMPLAINT: ("triage", "registered", "assigned", "accepted", "settled"),
}
"""The stages that each kind goes through to its usual end."""
LEFT_AFTER = {"declined": "assigned", "terminated": "accepted", "not_filed": "proposed"}
"""The last stage of the way before an end that lies beside it; of others it may be any."""
NEXT: dict[str, tuple[str, ...]] = {
    "triage": ("register", "assign", "accept", "verify"),
    "registered": ("assign", "accept", "verify"),
    "assigned": ("accept", "verify"),
    "accepted": ("settle", "terminate"),
    "verifying": ("propose",),
    "proposed": ("file_case", "decline_case"),
    "case": ("conclude",),
    "disputed": ("review_uphold", "review_reopen"),
}
"""The moves that lead on from a stage, the usual one first; none from an end."""


def way(found: Submission) -> tuple[str, ...]:
    """The stages in their order, with the one where it stands now."""
    usual = WAYS[found.kind]
    if found.stage in usual:
        return usual
    return (*usual[: usual.index(LEFT_AFTER.get(found.stage, usual[0])) + 1], found.stage)


def moves_on(found: Submission) -> tuple[str, ...]:
    """The names of the moves that lead on; of a decision first the one that the officer proposed."""
    usual = NEXT.get(found.stage, ())
    return usual[::-1] if found.stage == "proposed" and found.proposal == "not_file" else usual
