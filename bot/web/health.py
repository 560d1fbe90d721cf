"""Is the process alive, is the house ready, and the counts that monitoring reads."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from bot.database import is_migrated
from bot.web.services import Services, services

router = APIRouter(include_in_schema=False)
Rooms = Annotated[Services, Depends(services)]


@router.get("/health/live")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/health/ready")
async def ready(rooms: Rooms) -> JSONResponse:
    """Everything a resident needs answers: database migrated, model loaded, actions reachable."""
    checks = {"database": await run_in_threadpool(_database_ready, rooms), "assistant": await rooms.rasa.is_ready()}
    return JSONResponse(checks, 200 if all(checks.values()) else 503)


@router.get("/metrics")
def metrics() -> Response:
    """Prometheus text."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _database_ready(rooms: Services) -> bool:
    try:
        return is_migrated(rooms.engine)
    except SQLAlchemyError:
        return False
