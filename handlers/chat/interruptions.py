"""What is said in the middle of a talk and is no answer to it: that somebody is in danger, or a question back."""

from content.replies import say
from handlers.chat import hand_in, help
from handlers.chat.context import Call
from handlers.chat.dialogue import Said, Step
from handlers.understanding.recognition import recognise

NARRATIVE = {"problem", "demand", "confirm"}
"""Steps at which people tell a story: danger and question marks are part of it."""
ASKING = ("吗", "么", "呢", "?", "？")
SHORTEST = 4


def warning(call: Call, step: Step) -> str:
    """What must be said before the talk goes on, when a story tells of danger now; '' otherwise."""
    if step.name not in NARRATIVE or len(call.text) < SHORTEST or recognise(call.text).intent != "emergency":
        return ""
    return say("danger_in_talk")


def answer(call: Call, step: Step) -> str:
    """The answer to what is said beside the question; '' when it is the answer to the question.

    Danger now is stored at once, whatever was asked; the talk stays where it was.
    """
    if step.name in NARRATIVE or len(call.text) < SHORTEST:
        return ""
    found = recognise(call.text)
    if found.intent == "emergency":
        return hand_in.emergency(call, found).text
    is_answer = step.read(Said(call.word, call.text)) is not None
    if found.intent == "question" and (call.text.endswith(ASKING) or not is_answer):
        return help.known_answer(call.text) or ""
    return ""
