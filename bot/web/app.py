"""The application: its routes, its errors, its guards. Nothing is made before it starts."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from bot.booking.errors import AgendaBusy
from bot.directory.load import load_directory
from bot.rdv_service_public.silence import Watch as SilenceWatch
from bot.settings import Settings, load_settings
from bot.web import agent, api, health, pages, rdv, rdv_contact, rdv_gate, rdv_moving, rdv_waiting, webhooks
from bot.web.errors import ApiError, answer_api_error, answer_http_error, answer_invalid
from bot.web.guards import BodyGuard, Watch
from bot.web.services import Services, make_services

logger = logging.getLogger(__name__)

PURGE_EVERY_S = 3600
SILENCE_LOOKED_AT_EVERY_S = 600


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application for these settings (those of the environment unless given)."""
    chosen = settings or load_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with httpx.AsyncClient(trust_env=False) as http:  # loopback never goes through a proxy
            app.state.services = make_services(chosen, http)
            forgetting = asyncio.create_task(_forget_silent_conversations(app.state.services))
            elsewhere = app.state.services.rdv_service_public
            watching = asyncio.create_task(_watch_silence(elsewhere.watch)) if elsewhere else None
            yield
            forgetting.cancel()
            if elsewhere and watching:
                watching.cancel()
                elsewhere.close()
            app.state.services.engine.dispose()

    app = FastAPI(
        title="Assistant d'orientation du pôle social Clichy-Levallois",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.page_facts = pages.facts_from(load_directory(), demo=chosen.demo)
    for room in (pages, api, rdv_gate, rdv, rdv_moving, rdv_contact, rdv_waiting, agent, webhooks, health):
        app.include_router(room.router)
    app.add_exception_handler(ApiError, answer_api_error)
    app.add_exception_handler(rdv_gate.Stopped, rdv_gate.answer_stopped)
    app.add_exception_handler(HTTPException, answer_http_error)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_middleware(BodyGuard)
    app.add_middleware(Watch)
    return app


async def _forget_silent_conversations(rooms: Services) -> None:
    """Once an hour, erase what is older than the retention: nobody has to think of it."""
    while True:
        try:
            await run_in_threadpool(rooms.conversations.purge, rooms.settings.retention_days)
            await run_in_threadpool(rooms.agenda.forget_contacts, rooms.settings.retention_days)
        except SQLAlchemyError as failure:
            logger.error("purge failed, tried again later: %s", type(failure).__name__)
        await asyncio.sleep(PURGE_EVERY_S)


async def _watch_silence(watch: SilenceWatch) -> None:
    """Notice when RDV Service Public tells us nothing any more."""
    while True:
        try:
            await run_in_threadpool(watch.look)
        except (SQLAlchemyError, AgendaBusy) as failure:
            logger.error("silence not looked at, tried again later: %s", type(failure).__name__)
        await asyncio.sleep(SILENCE_LOOKED_AT_EVERY_S)
