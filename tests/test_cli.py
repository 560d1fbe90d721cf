"""`python -m bot …`: what each command answers, and the one clear line when it cannot."""

import io
import json
import os
import socket
import stat
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import __main__ as cli
from bot import serving
from bot import settings as settings_module
from bot.clock import PARIS
from bot.database import engine_for, migrate
from bot.settings import ROOT, SettingsError, SmsGateway, SmtpServer, load_settings
from bot.web.accounts import Accounts
from bot.web.conversations import Conversations

COMMANDS = [
    "understand",
    "serve",
    "migrate",
    "create-agent",
    "purge",
    "check-directory",
    "check-agenda",
    "reminders",
    "ouvertures",
    "seances",
    "rdv",
]
KEYS = ["id", "intent", "needs", "urgency", "emergency_kind", "commune", "out_of_scope", "language"]


def run(*arguments: str, stdin: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command as a person runs it."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={**os.environ, "SECRET_KEY": "a secret for tests only", **environment},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture
def database_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A migrated database, which the settings of this process name."""
    url = f"sqlite:///{tmp_path / 'assistant.db'}"
    migrate(url)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("SECRET_KEY", "a secret for tests only")
    return url


@pytest.fixture
def empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that was never migrated."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    monkeypatch.setenv("SECRET_KEY", "a secret for tests only")


def assert_one_clear_line(error: str, *words: str) -> None:
    assert len(error.strip().splitlines()) == 1
    assert "Traceback" not in error
    for word in words:
        assert word in error


# Help


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([command, "--help"])
    assert end.value.code == 0
    assert f"python -m bot {command}" in capsys.readouterr().out


def test_the_help_names_every_command() -> None:
    shown = run("--help")
    assert shown.returncode == 0
    assert all(command in shown.stdout for command in COMMANDS)


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["create-agent"], ["purge", "--nothing"]])
def test_what_is_not_a_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2
    assert "usage" in capsys.readouterr().err


# understand


def test_understand_reads_lines_and_stops_at_the_one_it_cannot_read(trained_model: str) -> None:
    lines = [
        {"id": "1", "text": "je n'arrive plus à payer mon loyer, j'habite à Clichy", "channel": "web"},
        {"id": 2, "text": "bonjour", "channel": "sms"},
        {"id": "é", "text": "/restart", "channel": "web"},
        {"id": None, "text": "", "channel": "web"},
        {"id": "5", "text": "à l'aide, mon mari me frappe", "channel": "sms"},
    ]
    written = [json.dumps(line, ensure_ascii=False) for line in lines]
    result = run("understand", stdin="\n".join([*written[:2], "", *written[2:], "{not json", written[0]]))

    assert result.returncode == 1
    assert "Ligne 7" in result.stderr.strip().splitlines()[-1]
    assert "Traceback" not in result.stderr
    readings = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(reading) for reading in readings] == [KEYS] * len(lines)
    assert [reading["id"] for reading in readings] == [line["id"] for line in lines]
    assert readings[0]["needs"]
    assert readings[0]["commune"] == "Clichy"
    assert (readings[4]["urgency"], readings[4]["emergency_kind"]) == ("emergency", "violence")
    for reading in readings:
        assert reading["urgency"] in ("none", "soon", "emergency")
        assert len(set(reading["needs"])) == len(reading["needs"])


def test_understand_without_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.nlu import command

    monkeypatch.setattr(command, "MODELS", tmp_path)
    monkeypatch.setattr(command.load_trained, "__defaults__", (tmp_path,))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "1", "text": "x"}\n')))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO()))

    assert cli.main(["understand"]) == 1
    assert_one_clear_line(capsys.readouterr().err, "make train")


# serve


def test_serve_without_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serving, "ROOT", tmp_path)
    assert cli.main(["serve"]) == 1
    assert_one_clear_line(capsys.readouterr().err, "make train")


@pytest.fixture
def a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks like a trained model: these tests stop before it is loaded."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "m.tar.gz").touch()
    monkeypatch.setattr(serving, "ROOT", tmp_path)


@pytest.fixture
def free_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.assistant import free_ports as find

    for name, port in zip(("PORT", "RASA_PORT", "ACTIONS_PORT"), find(3), strict=True):
        monkeypatch.setenv(name, str(port))


def test_serve_before_migrating(
    a_model: None, free_ports: None, empty_database: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["serve"]) == 1
    assert_one_clear_line(capsys.readouterr().err, "python -m bot migrate")


@pytest.mark.parametrize("name", ["PORT", "RASA_PORT", "ACTIONS_PORT"])
def test_serve_on_a_port_that_another_program_holds(
    a_model: None,
    free_ports: None,
    database_url: str,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv(name, str(other.getsockname()[1]))
        assert cli.main(["serve"]) == 1
    assert_one_clear_line(capsys.readouterr().err, name, "déjà pris")


# migrate, create-agent, purge, reminders, check-directory


def test_migrate_twice(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'assistant.db'}"
    for _ in range(2):
        result = run("migrate", DATABASE_URL=url)
        assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "command", [["migrate"], ["purge"], ["create-agent", "nadia"], ["check-agenda"], ["reminders"]]
)
@pytest.mark.parametrize(
    "url",
    ["postgresql+psycopg2://nobody:secret@127.0.0.1:1/nothing", "not a url", "sqlite:////nowhere/at/all.db", "x://y"],
)
def test_a_database_that_does_not_answer(
    command: list[str], url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(sys, "stdin", io.StringIO("correct horse battery\n"))
    assert cli.main(command) == 1
    error = capsys.readouterr().err
    assert_one_clear_line(error, "DATABASE_URL")
    assert "secret" not in error


@pytest.mark.parametrize("command", [["purge"], ["create-agent", "nadia"], ["check-agenda"], ["reminders"]])
def test_commands_that_need_a_migrated_database(
    command: list[str], empty_database: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("correct horse battery\n"))
    assert cli.main(command) == 1
    assert_one_clear_line(capsys.readouterr().err, "python -m bot migrate")


def test_create_agent_reads_the_password_on_standard_input(database_url: str) -> None:
    made = run("create-agent", "nadia", "--nom", "Nadia B.", stdin="correct horse battery\n", DATABASE_URL=database_url)
    assert (made.returncode, made.stderr) == (0, "")
    assert "nadia" in made.stdout
    assert "correct horse" not in made.stdout

    accounts = Accounts(engine_for(database_url))
    signed = accounts.sign_in("nadia", "correct horse battery")
    assert signed is not None
    assert signed.name == "Nadia B."
    assert accounts.sign_in("nadia", "another password") is None


@pytest.mark.parametrize(
    ("login", "password", "word"),
    [
        ("nadia", "short", "12 caractères"),
        ("nadia", "", "12 caractères"),
        ("na dia", "correct horse battery", "identifiant"),
        ("taken", "correct horse battery", "déjà pris"),
    ],
)
def test_accounts_that_cannot_be_made(
    database_url: str,
    login: str,
    password: str,
    word: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Accounts(engine_for(database_url)).create("taken", "Prise", "correct horse battery")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
    assert cli.main(["create-agent", login]) == 1
    assert_one_clear_line(capsys.readouterr().err, word)


def test_purge_forgets_what_is_older_than_the_retention(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    noon = datetime(2026, 11, 23, 12, 0, tzinfo=PARIS)
    conversations = Conversations(engine_for(database_url), lambda: noon)
    old, _ = conversations.open("web")
    monkeypatch.setenv("RETENTION_DAYS", "7")
    for days, said in ((7, "0 conversation"), (8, "1 conversation")):
        monkeypatch.setenv("BOT_NOW", (noon + timedelta(days=days)).isoformat())
        assert cli.main(["purge"]) == 0
        assert said in capsys.readouterr().out
    assert not conversations.exists(old.id)


def test_check_directory_runs(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check-directory", "--date", "2026-11-23"]) in (0, 1)
    assert capsys.readouterr().out


# Settings


@pytest.mark.parametrize(
    "wrong",
    [
        {"PORT": "eighty"},
        {"PORT": "0"},
        {"PORT": "-1"},
        {"PORT": "80.5"},
        {"PORT": "²"},
        {"PORT": "99999"},
        {"RASA_PORT": "65536"},
        {"ACTIONS_PORT": "x"},
        {"RASA_WORKERS": "0"},
        {"RETENTION_DAYS": "never"},
        {"BOT_NOW": "2026-11-23T10:00:00"},
        {"BOT_NOW": "2026-11-23"},
        {"BOT_NOW": "monday"},
        {"PUBLIC_URL": "rdv.exemple.fr"},
        {"PUBLIC_URL": "https://rdv.exemple.fr/?a=b"},
        {"PUBLIC_URL": "https://" + "a" * 61},
        {"SMTP_URL": "http://relay"},
        {"SMTP_URL": "smtp://relay:port"},
        {"SMTP_URL": "relay"},
        {"SMS_PROVIDER": "pigeon"},
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_used(
    wrong: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
        assert cli.main(["migrate"]) == 1
        assert_one_clear_line(capsys.readouterr().err, name)


MESSAGES = {
    "PUBLIC_URL": "https://rdv.exemple.fr/",
    "SMTP_URL": "smtp://us%40pole:se%2Fcret@relay.exemple.fr",
    "MAIL_FROM": "Pôle social <rdv@exemple.fr>",
    "SMS_PROVIDER": "http",
    "SMS_HTTP_URL": "https://sms.exemple.fr/send",
    "SMS_HTTP_TOKEN": "secret",
}


def test_settings_of_messages() -> None:
    chosen = load_settings({"SECRET_KEY": "k", "DATABASE_URL": "sqlite://", **MESSAGES})
    assert chosen.public_url == "https://rdv.exemple.fr"
    assert chosen.smtp == SmtpServer("relay.exemple.fr", 587, "us@pole", "se/cret", encrypted=False)
    assert chosen.sms == SmsGateway("https://sms.exemple.fr/send", "secret")
    assert "cret" not in repr(chosen.smtp) + repr(chosen.sms)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", ""),
        ("MAIL_FROM", ""),
        ("MAIL_FROM", "pôle social"),
        ("MAIL_FROM", "a@exemple.fr\nBcc: b@exemple.fr"),
        ("SMS_HTTP_URL", ""),
        ("SMS_HTTP_URL", "ftp://sms"),
        ("SMS_HTTP_TOKEN", ""),
        ("SMS_HTTP_TOKEN", "a\nb"),
    ],
)
def test_messages_need_all_their_settings(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings({"SECRET_KEY": "k", "DATABASE_URL": "sqlite://", **MESSAGES, name: value})


def test_settings_unless_set() -> None:
    chosen = load_settings({"SECRET_KEY": "k", "DATABASE_URL": "sqlite://", "BOT_NOW": ""})
    assert (chosen.port, chosen.rasa_workers, chosen.retention_days) == (8080, 1, 30)
    assert (chosen.redis_url, chosen.demo, chosen.now) == (None, False, None)


def test_an_instant_in_universal_time() -> None:
    chosen = load_settings({"SECRET_KEY": "k", "DATABASE_URL": "sqlite://", "BOT_NOW": "2026-11-23T09:00:00Z"})
    assert chosen.now == datetime(2026, 11, 23, 9, tzinfo=timezone.utc)


@given(st.text(max_size=20).filter(lambda value: "\x00" not in value))
def test_any_value_is_a_number_or_a_clear_refusal(value: str) -> None:
    environment = {"SECRET_KEY": "k", "DATABASE_URL": "sqlite://", "PORT": value, "BOT_NOW": value}
    try:
        load_settings(environment)
    except SettingsError as error:
        assert str(error)


def test_the_secret_is_made_once_and_its_owner_alone_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings_module, "VAR", tmp_path / "var")
    (tmp_path / "var").mkdir()
    secrets = {load_settings({"DATABASE_URL": "sqlite://"}).secret_key for _ in range(3)}

    assert len(secrets) == 1
    assert len(secrets.pop()) >= 43
    kept = list((tmp_path / "var").iterdir())
    assert [path.name for path in kept] == ["secret_key"]
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600
