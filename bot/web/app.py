"""The application: its routes, its errors, its guards. Nothing is made before it starts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from bot.directory.load import load_directory
from bot.settings import Settings, load_settings
from bot.web import agent, api, health, pages, rdv
from bot.web.errors import ApiError, answer_api_error, answer_failure, answer_http_error, answer_invalid
from bot.web.guards import BodyGuard, Watch
from bot.web.services import make_services


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application for these settings (those of the environment unless given)."""
    chosen = settings or load_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with httpx.AsyncClient() as http:
            app.state.services = make_services(chosen, http)
            yield
            app.state.services.engine.dispose()

    app = FastAPI(
        title="Assistant d'orientation du pôle social Clichy-Levallois",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.page_facts = pages.facts_from(load_directory(), demo=chosen.demo)
    for room in (pages, api, rdv, agent, health):
        app.include_router(room.router)
    app.add_exception_handler(ApiError, answer_api_error)
    app.add_exception_handler(HTTPException, answer_http_error)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(Exception, answer_failure)
    app.add_middleware(BodyGuard)
    app.add_middleware(Watch)
    return app
