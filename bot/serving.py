"""`python -m bot serve`: prepare what the processes need, have supervisor run them, say when they are ready."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import yaml
from sqlalchemy.engine import Engine
from tqdm import tqdm

from bot.booking.demo import fill_demo
from bot.booking.motifs import InvalidMotifs, Motifs, load_motifs
from bot.clock import clock_at
from bot.database import engine_for, is_migrated
from bot.rdv_service_public.names import InvalidNames, load_names
from bot.rdv_service_public.room import check
from bot.settings import ROOT, VAR, Settings
from bot.web.accounts import Accounts

LOOPBACK = "127.0.0.1"
START_TIMEOUT_S = 240
STOP_TIMEOUT_S = 30
POLL_S = 0.5
FIRST_LOGIN = "agent"


class ServeError(Exception):
    """The assistant cannot start; the message is one clear French line."""


def serve(settings: Settings) -> int:
    """Run the assistant until it is stopped; returns the exit code. Raises ServeError when it cannot start."""
    motifs = _motifs(settings)
    if not any((ROOT / "models").glob("*.tar.gz")):
        raise ServeError("Aucun modèle entraîné : lancez d'abord « make train ».")
    _check_ports(settings)
    engine = engine_for(settings.database_url)
    if not is_migrated(engine):
        raise ServeError("La base de données n'est pas à jour : lancez d'abord « python -m bot migrate ».")
    _prepare_agenda(engine, settings, motifs)
    engine.dispose()
    _write_endpoints(settings)
    return _supervise(settings)


def _check_ports(settings: Settings) -> None:
    """Refuse ports that another program holds: its answers would be taken for ours."""
    wanted = {"PORT": (_host(), settings.port)}
    wanted |= {"RASA_PORT": (LOOPBACK, settings.rasa_port), "ACTIONS_PORT": (LOOPBACK, settings.actions_port)}
    for name, address in wanted.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                raise ServeError(f"Le port {address[1]} est déjà pris : choisissez-en un autre avec {name}.") from error


def _host() -> str:
    return os.environ.get("HOST", "0.0.0.0")


def _motifs(settings: Settings) -> Motifs:
    """The motifs, once it is sure that each is kept somewhere: no process then starts that could not book."""
    try:
        motifs = load_motifs(backend=settings.booking_backend)
        check(settings.rdv_service_public, motifs)
        load_names(motifs)
    except (InvalidMotifs, InvalidNames) as error:
        raise ServeError(f"data/booking ne peut pas servir : {error}") from error
    return motifs


def _prepare_agenda(engine: Engine, settings: Settings, motifs: Motifs) -> None:
    if settings.demo:
        fill_demo(engine, clock_at(settings.now), motifs)


def _first_agent(settings: Settings) -> str | None:
    """The sign-in of the first agent, made the first time the assistant starts; None afterwards."""
    accounts = Accounts(engine_for(settings.database_url))
    if accounts.exist():
        return None
    password = secrets.token_urlsafe(12)
    accounts.create(FIRST_LOGIN, "Premier agent", password)
    return f"identifiant « {FIRST_LOGIN} », mot de passe « {password} »"


def _write_endpoints(settings: Settings) -> None:
    """Rasa's endpoints with this machine's ports, and Redis locks when several processes answer."""
    endpoints: dict[str, Any] = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    endpoints["action_endpoint"]["url"] = settings.actions_url
    if settings.redis_url:
        endpoints["lock_store"] = {"type": "bot.dialogue.lock_store.SharedLockStore"}
    _var().joinpath("endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")


def _var() -> Path:
    """Where this run writes: var/, or BOT_VAR when several assistants run on one machine."""
    folder = Path(os.environ.get("BOT_VAR") or VAR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _supervise(settings: Settings) -> int:
    command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(ROOT / "deploy" / "supervisord.conf")]
    supervisor = subprocess.Popen(command, cwd=ROOT, env=_environment(settings), start_new_session=True)
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: supervisor.send_signal(signal.SIGTERM))
    try:
        if _wait_until_ready(settings, supervisor):
            _announce(settings, _first_agent(settings))
        elif supervisor.poll() is None:
            raise ServeError(f"L'assistant n'a pas démarré en {START_TIMEOUT_S} secondes : voyez les lignes ci-dessus.")
        return supervisor.wait()
    finally:
        supervisor.terminate()
        supervisor.wait(STOP_TIMEOUT_S)


def _environment(settings: Settings) -> Mapping[str, str]:
    return {
        **os.environ,
        "BOT_PYTHON": sys.executable,
        "BOT_VAR": str(_var()),
        "HOST": _host(),
        "PORT": str(settings.port),
        "RASA_PORT": str(settings.rasa_port),
        "ACTIONS_PORT": str(settings.actions_port),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "SANIC_HOST": LOOPBACK,
        "OMP_NUM_THREADS": "1",  # one message is little arithmetic: threads would only wait for one another
        "OPENBLAS_NUM_THREADS": "1",
        "SANIC_WORKERS": str(settings.rasa_workers if settings.redis_url else 1),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "LOG_LEVEL": "WARNING",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "PYTHONWARNINGS": "ignore",
    }


def _wait_until_ready(settings: Settings, supervisor: subprocess.Popen[bytes]) -> bool:
    """Wait for the assistant to answer, with a progress display; False when it stopped or took too long."""
    url = f"http://127.0.0.1:{settings.port}/health/ready"
    deadline = time.monotonic() + START_TIMEOUT_S
    with tqdm(desc="Démarrage de l'assistant", unit=" s", bar_format="{desc} : {elapsed}", leave=False) as display:
        while time.monotonic() < deadline and supervisor.poll() is None:
            display.update()
            if _answers(url):
                return True
            time.sleep(POLL_S)
    return False


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _announce(settings: Settings, sign_in: str | None) -> None:
    home = f"http://127.0.0.1:{settings.port}"
    lines = ["", f"L'assistant est prêt : {home}/", f"Espace des agents : {home}/agent"]
    if sign_in:
        lines.append(f"Premier agent (affiché une seule fois) : {sign_in}")
    if settings.demo:
        lines.append("Démonstration : les rendez-vous proposés sont fictifs.")
    print("\n".join([*lines, "Ctrl-C arrête tout.", ""]), flush=True)
