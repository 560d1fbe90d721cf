"""What every request passes, beside a route that fails or a client that drags on."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Message, Scope

from bot.directory.load import load_directory
from bot.web import guards, pages
from bot.web.guards import BodyGuard, Watch

SECRET = "0612345678"


@pytest.fixture
def app() -> FastAPI:
    """An application whose one route fails, with personal data in what it raises."""
    app = FastAPI()
    app.state.page_facts = pages.facts_from(load_directory(), demo=False)
    app.add_middleware(BodyGuard)
    app.add_middleware(Watch)

    @app.api_route("/api/fails", methods=["GET", "POST"])
    @app.get("/fails")
    def fails() -> None:
        raise RuntimeError(SECRET)

    return app


def get(app: FastAPI, path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://house") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_a_failure_is_a_sentence_and_a_number_and_never_a_500(app: FastAPI) -> None:
    answer = get(app, "/api/fails")
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "indisponible"
    assert "01 47 29 30 32" in answer.json()["error"]["message"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"

    page = get(app, "/fails")
    assert page.status_code == 503
    assert 'lang="fr"' in page.text
    assert SECRET not in answer.text + page.text


def test_the_log_says_where_it_failed_and_no_value(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    logged: list[str] = []
    monkeypatch.setattr(guards.logger, "error", lambda message, *values: logged.append(message % values))
    get(app, "/fails")
    assert logged[0].startswith("RuntimeError in\n")
    assert "in fails" in logged[0]
    assert SECRET not in logged[0]


def test_a_body_that_drags_on_is_not_waited_for(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "BODY_TIMEOUT_S", 0.05)
    answered: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b" ", "more_body": True}

    async def send(message: Message) -> None:
        answered.append(message)

    headers = [(b"content-type", b"application/json")]
    scope: Scope = {"type": "http", "method": "POST", "path": "/api/fails", "query_string": b"", "headers": headers}
    asyncio.run(app(scope, receive, send))
    assert answered[0]["status"] == 408
