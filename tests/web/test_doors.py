"""Which doors of the machine the assistant opens: the web one, and loopback for what stands behind it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.assistant import Assistant


def processes_of(assistant: Assistant) -> Iterator[psutil.Process]:
    """The processes that write where this assistant does."""
    for process in psutil.process_iter():
        try:
            folder = process.environ().get("BOT_VAR")
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
        if folder and Path(folder) == assistant.log.parent:
            yield process


@pytest.fixture(scope="module")
def listening(assistant: Assistant) -> dict[str, tuple[str, int]]:
    """What each process is started as → where it listens."""
    doors: dict[str, tuple[str, int]] = {}
    for process in processes_of(assistant):
        for connection in process.net_connections("inet"):
            if connection.status == psutil.CONN_LISTEN:
                doors[" ".join(process.cmdline())] = (connection.laddr.ip, connection.laddr.port)
    return doors


def door(listening: dict[str, tuple[str, int]], words: str) -> tuple[str, int]:
    return next(address for command, address in listening.items() if words in command)


@pytest.mark.parametrize("words", ["rasa run --interface", "rasa run actions"])
def test_rasa_and_the_actions_listen_on_loopback_only(listening: dict[str, tuple[str, int]], words: str) -> None:
    address, port = door(listening, words)
    assert address == "127.0.0.1"
    for outside in own_addresses():
        with pytest.raises(OSError), socket.create_connection((outside, port), timeout=2):
            pass


def own_addresses() -> list[str]:
    """The addresses of this machine that others reach."""
    interfaces = psutil.net_if_addrs().values()
    addresses = [
        address.address for interface in interfaces for address in interface if address.family == socket.AF_INET
    ]
    return [address for address in addresses if not address.startswith("127.")]


def test_three_doors_and_no_other(listening: dict[str, tuple[str, int]], assistant: Assistant) -> None:
    ports = {port for _, port in listening.values()}
    assert len(ports) == 3
    assert httpx.URL(assistant.url).port in ports


@pytest.mark.parametrize(
    "path", ["/conversations/default/tracker", "/domain", "/status", "/webhooks/rest/webhook", "/model"]
)
def test_rasas_own_api_is_closed(listening: dict[str, tuple[str, int]], path: str) -> None:
    _, port = door(listening, "rasa run --interface")
    assert httpx.get(f"http://127.0.0.1:{port}{path}").status_code == 404
    assert httpx.post(f"http://127.0.0.1:{port}{path}", json={"sender": "x", "message": "x"}).status_code == 404


def test_a_bare_listening_port_is_not_told_apart_by_a_version(assistant: Assistant) -> None:
    for path in ("/", "/version", "/health/live"):
        answer = httpx.get(f"{assistant.url}{path}")
        assert "rasa" not in (answer.text + str(answer.headers)).lower()
        assert "uvicorn" not in str(answer.headers).lower()
