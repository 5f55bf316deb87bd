"""Bots over texts, and what they answer."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.index.load import load_index
from bot.replies.reply import Message, Reply
from bot.service import ResumeBot

BotOver = Callable[[Mapping[str, str]], ResumeBot]


@pytest.fixture(scope="session")
def bot_over(index_over: Callable[[Mapping[str, str]], Path]) -> BotOver:
    """Makes a bot over a corpus, given as the text of each file by its name."""
    return lambda texts: ResumeBot(load_index(index_over(texts)))


def ask(bot: ResumeBot, *questions: str) -> Reply:
    """The reply to the last question of a conversation."""
    messages: list[Message] = []
    for question in questions:
        messages.append(Message(role="user", content=question))
        reply = bot.reply(messages)
        messages.append(Message(role="assistant", content=reply.answer))
    return reply
