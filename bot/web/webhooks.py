"""Where RDV Service Public tells us of its appointments. Nobody else is listened to: each body is signed.

What is refused is tried again by them for more than a week, so nothing is lost while a secret is being changed.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from bot.booking.errors import AgendaBusy
from bot.rdv_service_public.webhooks import SIGNATURE_HEADER, NotAWebhook, is_signed
from bot.web.services import Services, services

router = APIRouter(prefix="/webhooks", include_in_schema=False)
Rooms = Annotated[Services, Depends(services)]


@router.post("/rdv-service-public")
async def hear(request: Request, rooms: Rooms) -> JSONResponse:
    """Mirror what a signed webhook tells; `handled` is false for what is none of ours."""
    there, body = rooms.rdv_service_public, await request.body()
    if there is None or not is_signed(body, request.headers.get(SIGNATURE_HEADER), there.webhook_secrets):
        return JSONResponse({"error": "signature"}, 401)
    try:
        handled = await run_in_threadpool(there.mirror.receive, body)
    except NotAWebhook as error:
        return JSONResponse({"error": str(error)}, 422)
    except AgendaBusy:
        return JSONResponse({"error": "busy"}, 503, {"Retry-After": "10"})
    return JSONResponse({"handled": handled})
