"""The files agents import: each accepted spelling says the same, each fault has its line, nothing is half imported."""

import csv
import io
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.models import Absence, Agent, PlageOuverture
from bot.booking.moments import epoch_at
from bot.booking.motifs import MotifEntry, load_motifs
from bot.booking.planning.absences import Away
from bot.booking.planning.files.openings_file import read_openings
from bot.booking.planning.files.sessions_file import read_sessions
from bot.booking.planning.files.table import MOST_BYTES, MOST_ROWS
from bot.booking.planning.group_sessions import GroupSession, GroupSessions
from bot.booking.planning.openings import Openings
from bot.booking.planning.plages import Plage
from bot.booking.planning.refusals import FileRefused, RowsRefused
from bot.clock import PARIS
from bot.database import engine_for, migrate
from bot.settings import ROOT
from tests.booking.conftest import SettableClock

MODEL = (ROOT / "data/booking/ouvertures_exemple.csv").read_bytes()
SESSIONS_MODEL = (ROOT / "data/booking/seances_exemple.csv").read_bytes()
HEADER = "lieu;poste;motif;jour;premier_jour;dernier_jour;debut;fin"
LIEU, MOTIF = "pole-clichy", "premiere_pesee"
GOOD = "pole-clichy;Bureau 1;premiere_pesee;mardi;11/01/2027;31/03/2027;9h;12h"
MOTIFS = load_motifs()
TUESDAY = date(2027, 1, 12)


@pytest.fixture
def openings(engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> Openings:
    return Openings(engine, clock, motifs)


def imported(openings: Openings, content: bytes, trial: bool = False) -> tuple[int, int]:
    done = openings.bring_in(*read_openings(content, MOTIFS), trial=trial)
    return done.added, done.unchanged


def only_row(*lines: str) -> Plage | Away:
    rows, faults = read_openings("\n".join(lines).encode(), MOTIFS)
    assert not faults
    ((_, asked),) = rows
    return asked


def rows_in(engine: Engine) -> list[int]:
    with Session(engine, future=True) as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in (Agent, PlageOuverture, Absence)]


# The model


def test_the_model_says_it_is_made_up_and_opens_an_empty_agenda(
    openings: Openings, engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]
) -> None:
    assert "fictif" in MODEL.decode("utf-8").splitlines()[0]
    assert imported(openings, MODEL, trial=True) == (9, 0)
    assert rows_in(engine) == [0, 0, 0]
    assert imported(openings, MODEL) == (9, 0)
    after = rows_in(engine)
    assert after == [2, 6, 3]
    assert imported(openings, MODEL) == (0, 9)
    assert rows_in(engine) == after
    slots = Agenda(engine, clock, motifs).next_slots("acces_aux_droits", LIEU, limit=1)
    assert slots[0].starts_at == datetime(2027, 1, 11, 9, tzinfo=PARIS)


def test_the_same_file_changes_nothing_months_later(openings: Openings, clock: SettableClock, engine: Engine) -> None:
    imported(openings, MODEL)
    clock.advance(timedelta(days=120))
    before = rows_in(engine)
    assert (imported(openings, MODEL), rows_in(engine)) == ((0, 9), before)


def test_the_model_of_sessions(engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> None:
    sessions = GroupSessions(engine, clock, motifs)
    assert "fictif" in SESSIONS_MODEL.decode("utf-8").splitlines()[0]
    for added in (2, 0):
        done = sessions.bring_in(*read_sessions(SESSIONS_MODEL, motifs), trial=False)
        assert (done.added, done.unchanged) == (added, 2 - added)
    assert [one.capacity for one in sessions.coming()] == [8, 8]


# Spellings

names = st.text("Bureau é=+-@'\"#;,1 \n\t’œ", min_size=1, max_size=20).map(lambda text: "P" + " ".join(text.split()))
days = st.dates(date(2027, 1, 12), date(2028, 12, 30))
minutes = st.integers(0, 287).map(lambda cell: cell * 5)
hours = st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1]) | minutes.map(lambda start: (start, 1440))


@st.composite
def plages(draw: st.DrawFn) -> Plage:
    first, (start, end) = draw(days), draw(hours)
    weeks = draw(st.sampled_from([None, 0, 1, 20]))
    last = None if weeks is None else first + timedelta(weeks=weeks)
    motif = draw(st.sampled_from([code for code, entry in MOTIFS.items() if LIEU in entry.sites]))
    return Plage(LIEU, draw(names), motif, first, last, start, end)


def asked_of(plage: Plage) -> dict[str, list[str]]:
    """Every way to write each cell of this plage."""
    weekday = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"][plage.first_day.weekday()]
    single = plage.first_day == plage.last_day
    last = ways_of_day(plage.last_day) if plage.last_day else [""]
    return {
        "lieu": ["pole-clichy", "Pôle Clichy", " POLE-CLICHY "],
        "poste": [plage.poste, f"  {plage.poste}\n"],
        "motif": [plage.motif, plage.motif.upper(), plage.motif.replace("_", " ")],
        "jour": [weekday, weekday.capitalize(), f" {weekday.upper()} ", *([""] if single else [])],
        "premier_jour": ways_of_day(plage.first_day),
        "dernier_jour": last,
        "debut": ways_of_hour(plage.start_minute),
        "fin": ways_of_hour(plage.end_minute),
    }


def ways_of_day(day: date) -> list[str]:
    return [day.strftime(way) for way in ("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y")]


def ways_of_hour(minute: int) -> list[str]:
    hour, rest = divmod(minute, 60)
    ways = [
        f"{hour}:{rest:02}",
        f"{hour:02}h{rest:02}",
        f"{hour}H{rest:02}",
        f"{hour:02}:{rest:02}:00",
        f"{hour} h {rest:02}",
    ]
    return ways if rest else [*ways, f"{hour}h", f"{hour:02} h"]


HEADERS = {"premier_jour": ["Premier jour", "PREMIER_JOUR"], "debut": ["début", "Début"], "fin": ["Fin"]}


@settings(max_examples=150, deadline=None)
@given(st.lists(plages(), min_size=1, max_size=6), st.data())
def test_every_accepted_spelling_reads_as_the_same_plages(asked: list[Plage], data: st.DataObject) -> None:
    columns = data.draw(st.permutations(HEADER.split(";")))
    sink = io.StringIO(newline="")
    writer = csv.writer(
        sink,
        delimiter=data.draw(st.sampled_from(";,")),
        lineterminator=data.draw(st.sampled_from(["\n", "\r\n"])),
        quoting=data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
    )
    writer.writerow([data.draw(st.sampled_from([column, *HEADERS.get(column, [])])) for column in columns])
    for plage in asked:
        ways = asked_of(plage)
        writer.writerow([data.draw(st.sampled_from(ways[column])) for column in columns])
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
    rows, faults = read_openings(sink.getvalue().encode(encoding), MOTIFS)
    assert (faults, [plage for _, plage in rows]) == ([], asked)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"{HEADER}\n{text}".encode("utf-8", "ignore")))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    for read in (read_openings, read_sessions):
        try:
            rows, faults = read(content, MOTIFS)
        except FileRefused as refusal:
            assert str(refusal)
            continue
        assert all(fault.line > 1 and fault.why for fault in faults)
        assert not {line for line, _ in rows} & {fault.line for fault in faults}


cells = st.sampled_from(
    [
        "",
        "pole-clichy",
        "Bureau 1",
        MOTIF,
        "mardi",
        "12/01/2027",
        "31/12/2028",
        "9h",
        "24:00",
        "25h",
        "=1+1",
        "32/01/2027",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(cells, min_size=8, max_size=9).map(";".join), max_size=4))
def test_any_cells_are_imported_or_refused_whole(one_database: Openings, lines: list[str]) -> None:
    before = one_database.standing()
    try:
        imported(one_database, "\n".join([HEADER, *lines]).encode())
    except (RowsRefused, FileRefused):
        assert one_database.standing() == before


@pytest.fixture(scope="module")
def one_database(tmp_path_factory: pytest.TempPathFactory) -> Openings:
    url = f"sqlite:///{Path(tmp_path_factory.mktemp('files')) / 'agenda.db'}"
    migrate(url)
    return Openings(engine_for(url), lambda: datetime(2027, 1, 11, 8, tzinfo=PARIS), MOTIFS)


def test_a_weekday_after_the_first_day_is_the_first_occurrence() -> None:
    asked = only_row(HEADER, GOOD)
    assert asked == Plage(LIEU, "Bureau 1", MOTIF, TUESDAY, date(2027, 3, 31), 540, 720)


def test_one_day_without_its_weekday() -> None:
    asked = only_row(HEADER, "pole-clichy;Bureau 1;premiere_pesee;;12/01/2027;;9h;24h")
    assert asked == Plage(LIEU, "Bureau 1", MOTIF, TUESDAY, TUESDAY, 540, 1440)


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    for name in ("=1+1", "+33", "-2", "@SUM(A1)"):
        asked = only_row(HEADER, GOOD.replace("Bureau 1", name))
        assert isinstance(asked, Plage) and asked.poste == name


def test_absences_and_closures() -> None:
    header = f"type;{HEADER}"
    whole = only_row(header, "Absence;pole-clichy;Bureau 1;;;18/01/2027;22/01/2027;;")
    assert whole == Away(LIEU, "Bureau 1", epoch_at(date(2027, 1, 18), 0), epoch_at(date(2027, 1, 22), 1440))
    hours = only_row(header, "FERMETURE;pole-clichy;;;;18/01/2027;;14h;24:00")
    assert hours == Away(LIEU, None, epoch_at(date(2027, 1, 18), 840), epoch_at(date(2027, 1, 19), 0))


def test_an_absence_may_come_before_its_poste_in_the_file(openings: Openings) -> None:
    lines = [f"{HEADER};type", "pole-clichy;Bureau 1;;;18/01/2027;;;;absence", f"{GOOD};"]
    assert imported(openings, "\n".join(lines).encode()) == (2, 0)


def test_the_largest_file_is_imported_whole(
    sqlite_url: str, clock: SettableClock, motifs: dict[str, MotifEntry]
) -> None:
    migrate(sqlite_url)
    openings = Openings(engine_for(sqlite_url), clock, motifs)
    hours = (
        f"pole-clichy;Bureau {poste};premiere_pesee;;{TUESDAY + timedelta(weeks=week):%d/%m/%Y};;{hour}h;{hour + 1}h"
        for poste in range(50)
        for week in range(25)
        for hour in range(9, 13)
    )
    content = "\n".join([HEADER, *hours]).encode()
    assert imported(openings, content, trial=True) == (MOST_ROWS, 0)
    assert imported(openings, content) == (MOST_ROWS, 0)
    assert imported(openings, content) == (0, MOST_ROWS)


# Faults (attack 45)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (GOOD.replace("9h;12h", "12h;9h"), "la fin doit venir après le début"),
        (GOOD.replace("12h", "24h05"), "0h00 à 24h00"),
        (GOOD.replace("12h", "25:00"), "0h00 à 24h00"),
        (GOOD.replace("9h", "9h02"), "cinq minutes"),
        (GOOD.replace("9h", "9h60"), "debut : « 9h60 »"),
        (GOOD.replace("9h", "matin"), "debut : « matin »"),
        (GOOD.replace("9h;12h", ";12h"), "« debut » est vide"),
        (GOOD.replace("pole-clichy", "pole-issy"), "pole-clichy, levallois-pmi-sante-sexuelle"),
        (GOOD.replace("premiere_pesee", "coiffeur"), "le motif « coiffeur » n'existe pas"),
        (GOOD.replace("premiere_pesee", "sante_sexuelle"), "n'est pas proposé"),
        (GOOD.replace("11/01/2027", "31/02/2027"), "premier_jour : « 31/02/2027 »"),
        (GOOD.replace("11/01/2027", "01/01/2027"), "05/01/2027 : c'est déjà passé"),
        (GOOD.replace("31/03/2027", "10/01/2027"), "le dernier jour vient avant le premier"),
        (GOOD.replace("31/03/2027", "11/01/2027"), "il n'y a aucun mardi"),
        (GOOD.replace("31/03/2027", "31/03/2072"), "plus de deux ans"),
        (GOOD.replace("mardi", ""), "quel jour de la semaine"),
        (GOOD.replace("mardi", "mardii"), "jour : « mardii »"),
        (GOOD.replace("Bureau 1", ""), "« poste » est vide"),
        (GOOD + ";;x", "plus de cases que de colonnes"),
        (GOOD.replace("Bureau 1", "x" * 201), "dépasse 200 caractères"),
        (GOOD, "chevauche la ligne 2"),
    ],
)
def test_each_faulty_row_has_its_line_and_nothing_is_imported(one_database: Openings, line: str, why: str) -> None:
    shifted = GOOD.replace("9h;12h", "10h;13h")
    content = "\n".join([HEADER, shifted, "", "# une note", line, shifted.replace("mardi", "jeudi")])
    before = one_database.standing()
    with pytest.raises(RowsRefused) as refusal:
        imported(one_database, content.encode())
    (fault,) = refusal.value.faults
    assert fault.line == 5 and why in fault.why
    assert one_database.standing() == before


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("absence;pole-clichy;;;;18/01/2027;;;", "« poste » est vide"),
        ("fermeture;pole-clichy;Bureau 1;;;18/01/2027;;;", "« poste » doit rester vide"),
        ("fermeture;pole-clichy;;premiere_pesee;;18/01/2027;;;", "« motif » doit rester vide"),
        ("fermeture;pole-clichy;;;lundi;18/01/2027;;;", "« jour » doit rester vide"),
        ("fermeture;pole-clichy;;;;18/01/2027;20/01/2027;9h;12h", "une ligne par jour"),
        ("fermeture;pole-clichy;;;;18/01/2027;;9h;", "« fin » est vide"),
        ("fermeture;pole-clichy;;;;18/01/2027;;12h;9h", "la fin doit venir après"),
        ("fermeture;pole-clichy;;;;20/01/2027;18/01/2027;;", "la fin doit venir après"),
        ("fermeture;pole-clichy;;;;10/01/2027;;;", "c'est déjà passé"),
        ("absence;pole-clichy;Bureau 99;;;18/01/2027;;;", "« Bureau 99 » n'existe pas"),
        ("congé;pole-clichy;Bureau 1;;;18/01/2027;;;", "type : « congé »"),
    ],
)
def test_faulty_absences(one_database: Openings, cells: str, why: str) -> None:
    with pytest.raises(RowsRefused) as refusal:
        imported(one_database, f"type;{HEADER}\n{cells}".encode())
    assert [fault.line for fault in refusal.value.faults] == [2]
    assert why in refusal.value.faults[0].why


def test_every_fault_of_a_file_is_told_at_once(openings: Openings, engine: Engine) -> None:
    wrong = GOOD.replace("9h;12h", "12h;9h")
    content = "\n".join([HEADER, GOOD.replace("mardi", "?"), GOOD, wrong, GOOD.replace("9h", "11h")])
    with pytest.raises(RowsRefused, match="3 lignes à corriger") as refusal:
        imported(openings, content.encode())
    assert [fault.line for fault in refusal.value.faults] == [2, 4, 5]
    assert "la ligne 3" in refusal.value.faults[2].why
    assert rows_in(engine)[1:] == [0, 0]


def test_an_overlap_with_what_stands_names_the_standing_plage(openings: Openings) -> None:
    imported(openings, f"{HEADER}\n{GOOD}".encode())
    number = openings.standing().plages[0].number
    with pytest.raises(RowsRefused) as refusal:
        imported(openings, f"{HEADER}\n{GOOD.replace('9h', '11h')}".encode())
    assert f"la plage {number} (chaque mardi du 12/01/2027" in refusal.value.faults[0].why


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "est vide"),
        (b"\n;;;\n# rien\n", "est vide"),
        (b"PK\x03\x04...", "tableur"),
        (f"{HEADER}\n{GOOD}".encode("utf-16"), "UTF-16"),
        (b"\x81\x8d", "ne se lisent pas"),
        (HEADER.replace("fin", "fini").encode(), "colonne inconnue « fini »"),
        (HEADER.replace(";fin", "").encode(), "il manque la colonne « fin »"),
        (f"{HEADER};debut".encode(), "deux colonnes"),
        (f'{HEADER}\n"pole-clichy'.encode(), "ligne 2 : guillemets"),
        (f"{HEADER}\n\x00".encode(), "ligne 2"),
        (b"x" * (MOST_BYTES + 1), "1 Mo"),
        ((HEADER + f"\n{GOOD}" * (MOST_ROWS + 1)).encode(), "5000 lignes"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_in_words(content: bytes, why: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_openings(content, MOTIFS)
    assert why in str(refusal.value)


def test_a_file_written_on_windows_keeps_its_accents() -> None:
    content = f"{HEADER}\n{GOOD.replace('Bureau 1', 'Salle d’été n° 1')}".encode("cp1252")
    rows, _ = read_openings(content, MOTIFS)
    assert isinstance(rows[0][1], Plage) and rows[0][1].poste == "Salle d’été n° 1"


def test_faulty_sessions(clock: SettableClock, motifs: dict[str, MotifEntry], sqlite_url: str) -> None:
    migrate(sqlite_url)
    sessions = GroupSessions(engine_for(sqlite_url), clock, motifs)
    lines = [
        "lieu;poste;motif;jour;debut;fin;places",
        "pole-clichy;Salle;conseil_puericulture;14/01/2027;14h;15h;8",
        "pole-clichy;Salle;conseil_puericulture;14/01/2027;14h30;15h30;8",
        "pole-clichy;Salle;conseil_puericulture;14/01/2027;15h;14h;8",
        "pole-clichy;Salle;conseil_puericulture;15/01/2027;14h;15h;beaucoup",
        "pole-clichy;Salle;conseil_puericulture;15/01/2027;14h;15h;0",
        "pole-clichy;Salle;conseil_puericulture;jeudi;14h;15h;8",
    ]
    with pytest.raises(RowsRefused) as refusal:
        sessions.bring_in(*read_sessions("\n".join(lines).encode(), motifs), trial=False)
    assert [fault.line for fault in refusal.value.faults] == [3, 4, 5, 6, 7]
    assert sessions.coming() == []
    rows, _ = read_sessions("\n".join(lines[:2]).encode(), motifs)
    assert rows == [(2, GroupSession(LIEU, "Salle", "conseil_puericulture", date(2027, 1, 14), 840, 900, 8))]
