"""What is said in the middle of a talk and is no answer to it: that somebody is in danger, or a question back."""

from content.replies import say
from handlers.chat import hand_in, help
from handlers.chat.context import Context
from handlers.chat.dialogue import Said, Step
from handlers.understanding.recognition import recognise

NARRATIVE = {"problem", "demand", "confirm"}
"""Steps at which people tell a story: danger and question marks are part of it."""
ASKING = ("吗", "么", "呢", "?", "？")
SHORTEST = 4


def warning(context: Context, step: Step) -> str:
    """What must be said before the talk goes on, when a story tells of danger now; '' otherwise."""
    if step.name not in NARRATIVE or len(context.text) < SHORTEST or recognise(context.text).intent != "emergency":
        return ""
    return say("danger_in_talk")


def answer(context: Context, step: Step) -> str:
    """The answer to what is said beside the question; '' when it is the answer to the question.

    Danger now is stored at once, whatever was asked; the talk stays where it was.
    """
    if step.name in NARRATIVE or len(context.text) < SHORTEST:
        return ""
    found = recognise(context.text)
    if found.intent == "emergency":
        return hand_in.emergency(context, found).text
    is_answer = step.read(Said(context.word, context.text)) is not None
    if found.intent == "question" and (context.text.endswith(ASKING) or not is_answer):
        return help.known_answer(context.text) or ""
    return ""
