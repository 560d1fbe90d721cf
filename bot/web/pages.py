"""The resident's page, the widget's script, the static files, and how every page of the house is rendered.

The application puts a `PageFacts` at `app.state.page_facts`; nothing else is needed to serve these routes.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.staticfiles import StaticFiles

from bot.directory.models import Directory, Hotline

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
EXIT_URL = "https://www.meteofrance.com"
ALSO_SHOWN = ("violences-3919",)
"""Shown beside the emergency numbers: a person in danger at home must find it without asking."""

_HOUR = re.compile(r"\d+ h(?: \d\d)?")

READ = ["GET", "HEAD"]
FOR_A_YEAR = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class PhoneLine:
    """A telephone line as pages show it; `sms` when it is written to rather than called."""

    number: str
    dial: str
    name: str
    hours: str | None
    sms: bool


@dataclass(frozen=True)
class PageFacts:
    """What every page may show, whatever its subject."""

    emergency_numbers: tuple[PhoneLine, ...]
    single_number: PhoneLine
    demo: bool
    exit_url: str = EXIT_URL


def facts_from(directory: Directory, *, demo: bool) -> PageFacts:
    """Read the facts of all pages in the directory, once."""
    shown = [line for line in directory.hotlines.values() if line.emergency or line.id in ALSO_SHOWN]
    return PageFacts(
        emergency_numbers=tuple(_phone_line(line) for line in shown),
        single_number=_phone_line(directory.single_number()),
        demo=demo,
    )


def unbroken(text: str) -> str:
    """The text with each hour on one line: "9 h 30" cut after the h reads as nine o'clock."""
    return _HOUR.sub(lambda hour: hour[0].replace(" ", "\u00a0"), text)


def render(request: Request, template: str, status_code: int = 200, **context: object) -> HTMLResponse:
    """Render a page: the facts of all pages, then what is its own. No cache keeps it."""
    known = {**_facts(request), "integre": False, "assets": f"/static/{_assets_version()}", **context}
    page = _environment().get_template(template).render(known)
    return HTMLResponse(page, status_code, headers={"Cache-Control": "no-store"})


def is_secure(request: Request) -> bool:
    """Whether the browser came by HTTPS; behind a proxy, what it says (uvicorn trusts FORWARDED_ALLOW_IPS only)."""
    return request.url.scheme == "https"


@router.api_route("/", methods=READ)
def home(request: Request) -> HTMLResponse:
    """Serve the resident's page; `?integre=1` is the variant the widget frames."""
    return render(request, "accueil.html", integre=request.query_params.get("integre") == "1")


@router.api_route("/widget.js", methods=READ)
async def widget(request: Request) -> Response:
    """Serve the script a department page embeds in one line."""
    return await _file(request, "widget.js", FOR_AN_HOUR)


@router.api_route("/static/{version}/{name}", methods=READ)
async def static_file(request: Request, version: str, name: str) -> Response:
    """Serve a style sheet, script or icon, under a path that changes whenever one of them does."""
    return await _file(request, name, FOR_A_YEAR if version == _assets_version() else "no-cache")


async def _file(request: Request, name: str, cache_control: str) -> Response:
    if "\x00" in name:  # no file is named so, and asking the system for one fails
        raise HTTPException(404)
    response = await StaticFiles(directory=STATIC).get_response(name, request.scope)
    response.headers["Cache-Control"] = cache_control
    return response


def _facts(request: Request) -> Mapping[str, object]:
    facts: PageFacts = request.app.state.page_facts
    return asdict(facts)


def _phone_line(line: Hotline) -> PhoneLine:
    name = line.name.removesuffix(f" ({line.number})")
    return PhoneLine(line.number, line.dial, name, line.hours_text, line.sms is True)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    return environment


@lru_cache(maxsize=1)
def _assets_version() -> str:
    digest = sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
