"""What a message may mean and does not say: one question about it, while the message is held (`resolving`)."""

from handlers.chat.context import Context, Reply
from storage.chat import doubt

DANGER, OFFICIAL = "danger", "official"


def ask(context: Context, kind: str, question: str) -> Reply:
    """Hold the words and ask what they mean. What may become a letter stands in no other place meanwhile."""
    doubt.ask(context.tx, context.sender, kind, openid=context.message.openid, text=context.text)
    return Reply(question, apart=kind == OFFICIAL or context.recognition.official)
