"""`/docs`: the API's reference, with Swagger UI from here and not from a network elsewhere."""

from pathlib import Path

import fastapi_offline
from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

_FILES = Path(fastapi_offline.__file__).parent / "static"
_URL = "/docs/files"


def add_docs(app: FastAPI, icon: str) -> None:
    """Serve the reference and its files; `icon` is the path of the page's icon."""
    app.mount(_URL, StaticFiles(directory=_FILES), name="docs")

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "").rstrip("/")
        return get_swagger_ui_html(
            openapi_url=f"{root}{app.openapi_url}",
            title=app.title,
            swagger_js_url=f"{root}{_URL}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{_URL}/swagger-ui.css",
            swagger_favicon_url=f"{root}{icon}",
        )
