"""Whether the process is up, and whether it can answer."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.api.problems import documented
from bot.api.site import BotDep

router = APIRouter(tags=["Health"])


class Health(BaseModel):
    """The process is up."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Questions can be answered."""

    status: Literal["ready"] = "ready"
    index: str = Field(description="The index's build id.")


@router.get("/healthz", summary="The process is up")
async def healthz() -> Health:
    """Say so, whether or not an index is loaded."""
    return Health()


@router.get("/readyz", summary="An index is loaded", responses=documented(503))
async def readyz(bot: BotDep) -> Readiness:
    """Name the index that answers now."""
    return Readiness(index=bot.index_id)
