"""What every endpoint has at hand."""

from dataclasses import dataclass, field
from typing import Annotated, Protocol

from fastapi import Depends, HTTPException, Request

from bot.api.assets import Assets
from bot.api.portfolio import KeptPortfolio
from bot.api.rate_limit import RateLimit
from bot.config import Settings
from bot.feedback.log import QuestionLog
from bot.service import Bot


class Service(Protocol):
    """Holds the bot that answers now."""

    @property
    def bot(self) -> Bot | None:
        """The bot, or None until an index is loaded. It may be another at any time, so a
        request takes it once."""

    def start(self) -> None:
        """Begin to load and watch the index. Blocks until that is under way."""

    def stop(self) -> None:
        """Let go of all that `start` began."""


@dataclass(frozen=True, slots=True)
class Site:
    """The parts that an application is made of.

    Attributes:
        questions: where visitors' questions are kept; None if they aren't.
    """

    settings: Settings
    service: Service
    assets: Assets
    rate_limit: RateLimit | None
    questions: QuestionLog | None = None
    portfolio: KeptPortfolio = field(default_factory=KeptPortfolio)


async def get_site(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site


SiteDep = Annotated[Site, Depends(get_site)]


async def get_bot(site: SiteDep) -> Bot:
    """The bot for this request.

    Raises:
        HTTPException: 503, no index is loaded.
    """
    bot = site.service.bot
    if bot is None:
        raise HTTPException(
            503, "No résumé is loaded yet. Try again in a moment.", {"Retry-After": "5"}
        )
    return bot


BotDep = Annotated[Bot, Depends(get_bot)]
