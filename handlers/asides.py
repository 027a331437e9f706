"""What is said in the middle of a talk and is no answer to it: a question back, or that somebody is in danger."""

from content.replies import say
from handlers import knowledge
from handlers.call import Call
from handlers.conversation import Step
from handlers.recognition import recognise

NARRATIVE = {"problem", "demand", "confirm"}
"""Steps at which people tell a story: a question mark in it is part of it."""
ASKING = ("吗", "么", "呢", "?", "？")
SHORTEST = 4


def warning(text: str) -> str:
    """What must be said before anything else when the words tell of danger now; '' otherwise."""
    if len(text) < SHORTEST or recognise(text).intent != "emergency":
        return ""
    return say("danger_in_talk")


def answer(call: Call, step: Step) -> str:
    """The answer to a question asked back; '' when it is none, or the knowledge base has nothing."""
    text = call.text
    if step.name in NARRATIVE or len(text) < SHORTEST or not text.endswith(ASKING):
        return ""
    return knowledge.reply(text) or ""
