"""Errors as the outside sees them: a code, a French sentence fit to show, never a stack trace."""

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from bot.web.pages import render

MESSAGES = {
    400: ("requete_invalide", "La demande n'a pas pu être lue."),
    401: ("non_autorise", "Cette conversation n'est pas ouverte, ou elle a expiré. Commencez-en une nouvelle."),
    403: ("interdit", "Cette action n'est pas permise."),
    404: ("introuvable", "Cette page ou cette conversation n'existe pas."),
    405: ("methode_interdite", "Cette action n'est pas possible ici."),
    408: ("trop_lent", "La demande a mis trop de temps à arriver. Réessayez."),
    413: ("trop_long", "Votre message est trop long : 2 000 caractères au plus."),
    415: ("format_inattendu", "Le contenu doit être envoyé en JSON."),
    422: ("invalide", "La demande est incomplète ou mal formée."),
    429: ("trop_de_demandes", "Trop de demandes d'un coup. Attendez un instant, puis réessayez."),
    503: ("indisponible", "L'assistant ne répond pas pour le moment. Réessayez, ou appelez le {numero}."),
}
_FALLBACK = 400


class ErrorText(BaseModel):
    """An error: its code, and a French sentence fit to show."""

    code: str
    message: str


class ErrorBody(BaseModel):
    """What every refusal of the API holds."""

    error: ErrorText


class ApiError(Exception):
    """An answer that is an error, by its HTTP status; `retry_after` in seconds."""

    def __init__(self, status: int, retry_after: int | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.retry_after = retry_after


async def answer_api_error(request: Request, error: Exception) -> Response:
    """For errors we raise ourselves."""
    assert isinstance(error, ApiError)
    return _answer(request, error.status, error.retry_after)


async def answer_http_error(request: Request, error: Exception) -> Response:
    """For errors of the framework: unknown route, wrong method, a body that cannot be parsed."""
    assert isinstance(error, HTTPException)
    return _answer(request, 422 if error.status_code == 400 else error.status_code)


async def answer_invalid(request: Request, error: Exception) -> Response:
    """For bodies that are not what the contract says; what was sent is not repeated."""
    assert isinstance(error, RequestValidationError)
    return _answer(request, 422)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These errors, for the description of a call."""
    return {status: {"model": ErrorBody, "description": MESSAGES[status][1]} for status in statuses}


async def refuse(scope: Scope, receive: Receive, send: Send, status: int) -> None:
    """Answer a request with an error before any route sees it."""
    await _answer(Request(scope), status)(scope, receive, send)


def _answer(request: Request, status: int, retry_after: int | None = None) -> Response:
    known = status if status in MESSAGES else _FALLBACK
    code, message = MESSAGES[known]
    facts = request.app.state.page_facts
    message = message.format(numero=facts.single_number.number)
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    if request.url.path.startswith("/api"):
        return JSONResponse({"error": {"code": code, "message": message}}, status, headers)
    response = render(request, "erreur.html", status_code=status, title="Une difficulté", message=message)
    response.headers.update(headers)
    return response
