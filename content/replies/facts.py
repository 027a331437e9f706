"""The facts that each text of this folder may use. They are the code's: whoever says a text gives all of them.

A test compares them with what the code gives, and the start compares the texts with them.
"""

from content.templates import VALUE, Facts, parts

OFFICE = parts("name region base_url discipline_phone picture_minutes")
CASE = parts("number kind merchant received stage next asked")
TOLD = parts("at title body")
CASE_IN_FULL: Facts = {**CASE, **parts("external_number external_at due receipt urgent disputed"), "told": [TOLD]}
SUBMISSION = parts("number kind stage merchant address named urgency online outside food disputed_at received_at")
ANSWERS = parts(
    "category merchant address problem demand pictures happened name phone principal contact_address words score yes"
)
"""Not all are there in every talk: a text asks ``answers.get("demand")``."""
CATEGORY = parts("code label")
VERB = parts("name word")
STEP = parts("name label verb")
TALK = parts("name label")
REMEDY = parts("text basis sure")
GROUND = parts("text basis")
ARTICLE = parts("title day link")
ALARM: Facts = {**parts("number what link since people more further"), "others": [VALUE]}
ENTRY = parts("question answer basis checked sure")
NEAR = parts("name place")
OFFERED = parts("id name address")
APPLIED = parts("number state")
LINKS = parts("receipt consent")
CHOICE = parts("number label on kind")
BUSINESS = parts("name code address township status")
LISTING = parts("day reason by")
PENALTY = parts("day document violation content by")

NONE: Facts = {}
ASKED: Facts = {"answers": ANSWERS, "categories": [CATEGORY]}
ASKED_LATER: Facts = {"verb": VERB, "case": CASE, "cases": [CASE]}
DONE: Facts = {"case": CASE, "answers": ANSWERS, "files": VALUE, "remedies": [REMEDY]}
NOTICE: Facts = {
    **parts("number external_number text note decided rewardable chat"),
    "ground": GROUND,
    "office": OFFICE,
    "remedies": [REMEDY],
}
REWARD: Facts = {**parts("number amount expires sure at note"), "office": OFFICE}
SOURCE = parts("office today updated")
STORED: Facts = {"number": VALUE, "links": LINKS}
PICTURES: Facts = {"parts": [VALUE]}


def _alike(names: str, facts: Facts) -> dict[str, Facts]:
    return dict.fromkeys(names.split(), facts)


FACTS: dict[str, Facts] = {
    "_links": {"links": LINKS},
    "alarm_accepted": parts("number"),
    "alarm_brief": {**ALARM, **parts("place reasons officer unanswered")},
    "alarm_call": parts("brief minutes"),
    "alarm_further": ALARM,
    "alarm_late": parts("number time call"),
    "alarm_taken": parts("number name"),
    "alarm_yours": {"cases": [ALARM]},
    "binding_done": parts("name"),
    "binding_ended": parts("name"),
    "discipline_received": parts("reference phone"),
    "already_in": parts("number"),
    "call_back": parts("number hours"),
    "doubt_danger": parts("call"),
    "doubt_stored": parts("number"),
    "emergency": parts("number known minutes call first_aid"),
    "emergency_added": parts("number"),
    "emergency_joined": parts("number call first_aid"),
    "exposure_about": {"office": OFFICE, "topic": VALUE, "articles": [ARTICLE]},
    "exposure_about_none": {"office": OFFICE, "topic": VALUE},
    "exposure_latest": {"office": OFFICE, "articles": [ARTICLE]},
    "fallback": {"office": OFFICE},
    "help": {"office": OFFICE},
    "greeting": {"office": OFFICE},
    "hours_note": parts("back provisional reason"),
    "human": {"office": OFFICE, "hours": VALUE},
    "knowledge": {"entry": ENTRY, "others": [ENTRY]},
    "knowledge_none": {"office": OFFICE, "near": [ENTRY]},
    "lookup_business": {
        **SOURCE,
        "business": BUSINESS,
        "listings": [LISTING],
        "penalties": [PENALTY],
        "more": VALUE,
        "articles": [ARTICLE],
    },
    "lookup_code_wrong": parts("code fault"),
    "lookup_found": {**SOURCE, "name": VALUE, "articles": [ARTICLE]},
    "lookup_none": {**SOURCE, "name": VALUE},
    "lookup_number": parts("number"),
    "lookup_several": {**SOURCE, "name": VALUE, "near": [NEAR], "articles": [ARTICLE]},
    "name_alone": parts("name"),
    "offer": {"choices": [OFFERED]},
    "offer_taken": parts("name"),
    "offers": {"names": [VALUE], "number": VALUE},
    "pictures_in_talk": {**PICTURES, "topic": VALUE, "question": VALUE},
    "pictures_joined": {**PICTURES, "number": VALUE},
    "pictures_loose": {**PICTURES, "cases": [CASE]},
    "pictures_which": {**PICTURES, "cases": [CASE]},
    "place_first": parts("address"),
    "place_joined": parts("number"),
    "progress_list": {"cases": [CASE], "may_choose": VALUE},
    "progress_one": {"case": CASE_IN_FULL, "offers": VALUE, "remedies": [REMEDY]},
    "progress_unknown": parts("number"),
    "received": {
        **parts("urgent evidence minutes online outside food agent hours claims next by"),
        "submissions": [SUBMISSION],
        "links": LINKS,
    },
    "reward_applied": parts("number notice"),
    "reward_ask": parts("number"),
    "reward_code": {**REWARD, "code": VALUE},
    "reward_complaint": parts("number"),
    "reward_declined": REWARD,
    "reward_early": parts("number stage"),
    "reward_list": {"free": [VALUE], "under_way": [APPLIED]},
    "reward_paid": REWARD,
    "reward_state": parts("number state"),
    "reward_unknown": parts("number"),
    "roster_empty": parts("day link"),
    "subscribe_done": {"chosen": [VALUE], "unknown": [VALUE]},
    "subscribe_ended": {"ended": [VALUE], "chosen": [VALUE]},
    "subscribe_list": {
        "categories": [CHOICE],
        "townships": [CHOICE],
        "unknown": [VALUE],
        "waiting": VALUE,
    },
    "subscribe_too_many": {"most": VALUE, "chosen": [VALUE]},
    "talk_again": {"step": STEP, "number": VALUE},
    "talk_corrected": {"labels": [VALUE]},
    "talk_goes_on": {"topic": TALK},
    "talk_kept": {"topic": TALK, "answers": ANSWERS},
    "talk_left": {"topic": TALK},
    "talk_missing": {"missing": [VALUE]},
    "talk_needed": {"step": STEP},
    "talk_polite": parts("thanks waits"),
    "talk_reminder": {"topic": TALK, "answers": ANSWERS},
    "talk_turned": {"topic": TALK},
    "talk_why": {"step": STEP, "complaint": VALUE},
    "understood": {"topic": TALK, "answers": ANSWERS, "food": VALUE},
    "voice_received": {**STORED, "minutes": VALUE},
    "waits_for_you": parts("what link"),
    "welcome": {"office": OFFICE, "waiting": VALUE},
    "account_reset": parts("name by"),
    "after_not_now": {
        "verb": VERB,
        "case": CASE,
        "found": SUBMISSION,
        "offers": VALUE,
        "remedies": [REMEDY],
    },
    **_alike(
        "ask_address ask_complaint_address ask_complaint_merchant ask_complaint_name ask_complaint_phone"
        " ask_complaint_pictures ask_complaint_problem ask_confirm ask_contact_address ask_demand ask_merchant"
        " ask_pictures ask_problem ask_report_category ask_report_name ask_report_phone",
        ASKED,
    ),
    **_alike(
        "ask_answer ask_case ask_later_name ask_later_phone ask_reason ask_retract ask_score ask_words",
        ASKED_LATER,
    ),
    **_alike(
        "after_add after_confirm after_dispute after_name after_rate after_reply after_retract",
        DONE,
    ),
    **_alike(
        "notice_answer notice_ask notice_merged notice_registered notice_stage notice_upheld",
        NOTICE,
    ),
    **_alike(
        "after_cancelled binding_blocked binding_wrong call_back_ask complaint_after_report discipline_ask_lead"
        " discipline_with_lead doubt_official exposure_none gathered lookup_ask nothing_open pictures_first"
        " progress_none reward_none slowed sticker subscribe_none talk_added talk_cancelled talk_restarted"
        " talk_unanswered thanks threat_apart trouble",
        NONE,
    ),
}
