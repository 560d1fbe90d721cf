"""`python -m bot ouvertures`, `seances`, `rdv`: what an agent types, and reads."""

import re
from pathlib import Path

import pytest

from bot import __main__ as cli
from bot.booking.appointments import Agenda
from bot.booking.motifs import load_motifs
from bot.booking.views import RdvView
from bot.clock import clock_at
from bot.database import engine_for
from bot.settings import ROOT, load_settings

NOW = "2027-01-11T08:00:00+01:00"
MODEL, SESSIONS_MODEL = (f"{ROOT}/data/booking/{name}_exemple.csv" for name in ("ouvertures", "seances"))
LIEU = "pole-clichy"
UNKNOWN_CODE = "CDFH-JKMN-PQ"


class Terminal:
    """Runs commands on a database of its own, migrated by the command."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, *arguments: str) -> str:
        """What a command prints when it succeeds."""
        assert cli.main(arguments) == 0
        shown = self._capsys.readouterr()
        assert shown.err == ""
        return shown.out

    def fail(self, *arguments: str) -> list[str]:
        """The lines a command says when it cannot."""
        assert cli.main(arguments) == 1
        shown = self._capsys.readouterr()
        assert shown.out == "" and "Traceback" not in shown.err
        return shown.err.strip().splitlines()


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'assistant.db'}")
    monkeypatch.setenv("SECRET_KEY", "a secret for tests only")
    monkeypatch.setenv("BOT_NOW", NOW)
    terminal = Terminal(capsys)
    terminal.run("migrate")
    return terminal


def agenda() -> Agenda:
    settings = load_settings()
    return Agenda(engine_for(settings.database_url), clock_at(settings.now), load_motifs())


def booked(motif: str, rank: int = 0) -> RdvView:
    slot = agenda().next_slots(motif, LIEU, limit=rank + 1)[rank]
    rdv = agenda().book(motif, LIEU, slot.starts_at)
    assert isinstance(rdv, RdvView)
    return rdv


def test_from_an_empty_database_to_slots_that_can_be_booked(terminal: Terminal) -> None:
    trial = terminal.run("ouvertures", "importer", MODEL, "--essai")
    assert "seraient ajoutées : 9" in trial and "rien n'a été écrit" in trial
    assert "0 plage(s), 0 absence(s)" in terminal.run("ouvertures", "lister")
    done = terminal.run("ouvertures", "importer", MODEL)
    assert "nouveau poste : pole-clichy : Exemple bureau 1" in done and "ajoutées : 9" in done
    again = terminal.run("ouvertures", "importer", MODEL)
    assert "déjà en place : 9" in again and "Rien n'a changé" in again
    listed = terminal.run("ouvertures", "lister", "--lieu", LIEU)
    assert "Exemple bureau 1, chaque lundi du 11/01/2027 au 25/06/2027, 9h00–12h00, acces_aux_droits" in listed
    assert "fermeture du 14/05/2027 à 14h00 au 15/05/2027 à 0h00" in listed
    assert "6 plage(s), 3 absence(s)" in listed
    assert booked("acces_aux_droits").starts_at.isoformat() == "2027-01-11T09:00:00+01:00"


def test_each_faulty_line_is_told_and_nothing_is_imported(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "avril.csv"
    text = Path(MODEL).read_text(encoding="utf-8")
    file.write_text(text.replace("9h00;12h00", "12h00;9h00"), encoding="utf-8")
    said = terminal.fail("ouvertures", "importer", str(file))
    assert said == [
        "ligne 5 : la fin doit venir après le début",
        "ligne 7 : la fin doit venir après le début",
        "2 lignes à corriger : rien n'a été importé.",
    ]
    assert "0 plage(s)" in terminal.run("ouvertures", "lister")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ouvertures", "importer", "/nowhere.csv"], "« /nowhere.csv » ne peut pas être lu"),
        (["ouvertures", "importer", "a\x00b"], "ne peut pas être lu"),
        (["ouvertures", "importer", str(ROOT)], "ne peut pas être lu"),
        (["ouvertures", "importer", SESSIONS_MODEL], "Colonne inconnue « places »"),
        (["ouvertures", "fermer", "pole-issy", "12/01/2027", "12/01/2027"], "lieux possibles : pole-clichy"),
        (["ouvertures", "fermer", LIEU, "demain", "12/01/2027"], "« demain » ne se lit pas"),
        (["ouvertures", "fermer", LIEU, "12/01/2027 25h", "13/01/2027"], "0h00 à 24h00"),
        (["ouvertures", "fermer", LIEU, "12/01/2027", "11/01/2027"], "La fin doit venir après le début"),
        (["ouvertures", "fermer", LIEU, "12/01/2027", "12/01/2027", "--poste", "X"], "Le poste « X » n'existe pas"),
        (["ouvertures", "retirer", "1"], "Aucune plage d'ouverture ne porte le numéro 1"),
        (["ouvertures", "retirer", "x"], "« x » ne se lit pas"),
        (["ouvertures", "rouvrir", "1"], "Aucune absence"),
        (["ouvertures", "rouvrir", "9" * 30], "ne se lit pas"),
        (["ouvertures", "lister", "--lieu", "clichy"], "Le lieu « clichy » n'existe pas"),
        (["rdv", "a-replacer", "--lieu", "clichy"], "Le lieu « clichy » n'existe pas"),
        (["seances", "lister", "--lieu", "clichy"], "Le lieu « clichy » n'existe pas"),
        (["ouvertures", "pentecote", "pole-issy", "travaille"], "Le lieu « pole-issy » n'existe pas"),
        (["seances", "importer", MODEL], "Colonne inconnue « type »"),
        (["seances", "annuler", "1"], "Aucune séance ne porte le numéro 1"),
        (["seances", "annuler", "1", "--confirmer"], "Aucune séance ne porte le numéro 1"),
        (["seances", "places", "1", "0"], "de 1 à 500"),
        (["rdv", "annuler"], "Donnez des codes de rendez-vous, ou un lieu et un jour"),
        (["rdv", "annuler", UNKNOWN_CODE, "--confirmer"], f"Aucun rendez-vous ne porte le code {UNKNOWN_CODE}"),
        (["rdv", "annuler", "--lieu", LIEU, "--jour", "32/01/2027"], "« 32/01/2027 » ne se lit pas"),
    ],
)
def test_one_clear_line_when_it_cannot(terminal: Terminal, arguments: list[str], said: str) -> None:
    (line,) = terminal.fail(*arguments)
    assert said in line


@pytest.mark.parametrize("command", [["ouvertures", "lister"], ["seances", "lister"], ["rdv", "a-replacer"]])
def test_before_migrating(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    monkeypatch.setenv("SECRET_KEY", "a secret for tests only")
    (line,) = Terminal(capsys).fail(*command)
    assert "python -m bot migrate" in line


@pytest.mark.parametrize("group", ["ouvertures", "seances", "rdv"])
def test_each_group_names_its_commands(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([group, "--help"])
    assert end.value.code == 0
    with pytest.raises(SystemExit) as end:
        cli.main([group])
    assert end.value.code == 2
    assert "lister" in capsys.readouterr().out or group == "rdv"


def test_a_closure_names_the_appointments_to_place_again(terminal: Terminal) -> None:
    terminal.run("ouvertures", "importer", MODEL)
    rdv = booked("acces_aux_droits")
    closed = terminal.run("ouvertures", "fermer", LIEU, "11/01/2027", "11/01/2027 12h", "--poste", "exemple bureau 1")
    expected = f"{rdv.code}  11/01/2027 à 9h00  acces_aux_droits  pole-clichy  Exemple bureau 1  poste absent"
    assert "1 rendez-vous à replacer (rien n'est annulé)" in closed and expected in closed
    assert expected in terminal.run("rdv", "a-replacer", "--lieu", LIEU)
    number = re.search(r"absence (\d+) : .* du 11/01/2027", terminal.run("ouvertures", "lister"))
    assert number
    terminal.run("ouvertures", "rouvrir", number[1])
    assert "0 rendez-vous à replacer" in terminal.run("rdv", "a-replacer")
    assert "plus ouvert" in terminal.run("ouvertures", "retirer", "1")
    found = agenda().find(rdv.code)
    assert found is not None and found.status == "confirmed"


def test_a_file_that_closes_booked_time_says_so(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("ouvertures", "importer", MODEL)
    rdv = booked("acces_aux_droits")
    file = tmp_path / "fermetures.csv"
    header = "type;lieu;poste;motif;jour;premier_jour;dernier_jour;debut;fin"
    file.write_text(f"{header}\nfermeture;{LIEU};;;;11/01/2027;;;\n", encoding="utf-8")
    assert rdv.code not in terminal.run("ouvertures", "importer", str(file), "--essai")
    closed = terminal.run("ouvertures", "importer", str(file))
    assert f"{rdv.code}  11/01/2027 à 9h00" in closed and "lieu fermé" in closed


def test_a_plage_is_kept_until_a_day(terminal: Terminal) -> None:
    terminal.run("ouvertures", "importer", MODEL)
    assert "après le 01/02/2027" in terminal.run("ouvertures", "retirer", "1", "--apres", "01/02/2027")
    assert "chaque lundi du 11/01/2027 au 01/02/2027, 9h00" in terminal.run("ouvertures", "lister")


def test_whit_monday_and_the_demonstration(terminal: Terminal) -> None:
    assert "Pentecôte travaillé" in terminal.run("ouvertures", "pentecote", LIEU, "travaille")
    assert "Pentecôte férié" in terminal.run("ouvertures", "pentecote", LIEU, "ferie")
    assert "0 plage(s) de démonstration" in terminal.run("ouvertures", "retirer", "demonstration")


def test_a_session_from_its_file_to_its_end(terminal: Terminal) -> None:
    assert "seraient ajoutées : 2" in terminal.run("seances", "importer", SESSIONS_MODEL, "--essai")
    assert "ajoutées : 2" in terminal.run("seances", "importer", SESSIONS_MODEL)
    assert "Rien n'a changé" in terminal.run("seances", "importer", SESSIONS_MODEL)
    rdv = booked("conseil_puericulture")
    terminal.run("seances", "places", "1", "2")
    line = "du 14/01/2027 à 14h00 au 14/01/2027 à 15h30, 1 place(s) prise(s) sur 2"
    assert line in terminal.run("seances", "lister", "--lieu", LIEU)
    assert "ajoutez --confirmer" in terminal.run("seances", "annuler", "1")
    assert agenda().find(rdv.code) == rdv
    assert rdv.code in terminal.run("seances", "annuler", "1", "--confirmer")
    cancelled = agenda().find(rdv.code)
    assert cancelled is not None and cancelled.detail == "revoked"
    assert "1 séance(s) à venir" in terminal.run("seances", "lister")


def test_appointments_are_shown_before_they_are_cancelled(terminal: Terminal) -> None:
    terminal.run("ouvertures", "importer", MODEL)
    first, second = booked("acces_aux_droits"), booked("acces_aux_droits")
    day = ("rdv", "annuler", "--lieu", LIEU, "--jour", "11/01/2027")
    shown = terminal.run(*day)
    assert first.code in shown and "2 rendez-vous seraient annulés" in shown
    assert agenda().find(first.code) == first
    assert "1 rendez-vous annulé" in terminal.run("rdv", "annuler", first.code, "--confirmer")
    cancelled = terminal.run(*day, "--motif", "acces_aux_droits", "--confirmer")
    assert second.code in cancelled and first.code not in cancelled
    assert "0 rendez-vous seraient annulés" in terminal.run(*day)
