"""`/feedback`: what a visitor thinks of a reply. Only there if the owner wants it."""

from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from bot.api.pages import language_of, render
from bot.api.problems import documented
from bot.api.questions import check_characters, read_model
from bot.api.rate_limit import check_rate
from bot.api.site import SiteDep
from bot.feedback.log import Judged

MOST_CHARACTERS = 500  # of a comment
_FORM = "application/x-www-form-urlencoded"

router = APIRouter(tags=["Questions"], dependencies=[Depends(check_rate)])


class Feedback(BaseModel):
    """Whether a reply helped, and what else the visitor wants to say."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(pattern="^[0-9a-f]{16}$", description="The reply's `id`.")
    helpful: bool
    comment: str | None = Field(default=None, description=f"At most {MOST_CHARACTERS} characters.")


async def read_feedback(request: Request) -> Feedback:
    """The body of `POST /feedback`, as JSON or as a page's form sends it.

    Raises:
        HTTPException: 400, it can't be read or the comment holds control characters; 413, the
            comment is too long; 415, it says it is something else.
        RequestValidationError: 422, a field is missing or invalid.
    """
    values: dict[str, Any] | None = None
    if _is_form(request):
        text = (await request.body()).decode("utf-8", "replace")
        values = {name: given[-1] for name, given in parse_qs(text).items()}
    feedback = await read_model(request, Feedback, values)
    comment = feedback.comment or ""
    if len(comment) > MOST_CHARACTERS:
        raise HTTPException(
            413, f"A comment has at most {MOST_CHARACTERS} characters, this {len(comment):,}."
        )
    check_characters(comment, "comment")
    return feedback


@router.post(
    "/feedback",
    summary="Say whether a reply helped",
    status_code=204,
    response_class=Response,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Feedback"}}},
        }
    },
    responses=documented(400, 413, 415, 422, 429),
)
async def give_feedback(
    request: Request, site: SiteDep, feedback: Annotated[Feedback, Depends(read_feedback)]
) -> Response:
    """Keep it for the owner, without anything of who says it."""
    if site.questions is not None:
        comment = (feedback.comment or "").strip() or None
        site.questions.note(Judged(feedback.id, feedback.helpful, comment))
    if _is_form(request):
        return render(request, "thanks.html.j2", {}, language=language_of(site))
    return Response(status_code=204)


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM
