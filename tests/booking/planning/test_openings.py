"""What agents open and close, on both databases: the slots that follow, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.appointments import Agenda
from bot.booking.demo import fill_demo, has_demo
from bot.booking.models import Agent, Lieu, Motif, PlageOuverture, SlotClaim
from bot.booking.moments import epoch_of
from bot.booking.motifs import MotifEntry, load_motifs, store_motifs
from bot.booking.planning import refusals
from bot.booking.planning.absences import Away
from bot.booking.planning.openings import Openings
from bot.booking.planning.plages import Plage
from bot.booking.planning.refusals import AgendaRefusal
from bot.booking.views import RdvView
from bot.clock import PARIS
from bot.database import engine_for, migrate
from tests.booking.conftest import MONDAY_MORNING, SettableClock

MOTIF, LIEU, POSTE = "premiere_pesee", "pole-clichy", "Bureau 1"
MONDAY = date(2027, 1, 11)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def openings(engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> Openings:
    """The openings of an agenda where nothing is open, at eight o'clock on a Monday."""
    return Openings(engine, clock, motifs)


@pytest.fixture
def agenda(engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]) -> Agenda:
    return Agenda(engine, clock, motifs, timer=lambda: clock().timestamp())


def plage(
    first: date = TUESDAY,
    last: date | None = TUESDAY,
    start: int = 540,
    end: int = 600,
    motif: str = MOTIF,
    poste: str = POSTE,
    lieu: str = LIEU,
) -> Plage:
    return Plage(lieu, poste, motif, first, last, start, end)


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=PARIS)


def away(starts_at: datetime, ends_at: datetime, poste: str | None = None) -> Away:
    return Away(LIEU, poste, epoch_of(starts_at), epoch_of(ends_at))


def starts(agenda: Agenda, motif: str = MOTIF, limit: int = 10) -> list[datetime]:
    return [slot.starts_at for slot in agenda.next_slots(motif, LIEU, limit=limit)]


def booked(agenda: Agenda, starts_at: datetime, motif: str = MOTIF) -> RdvView:
    rdv = agenda.book(motif, LIEU, starts_at)
    assert isinstance(rdv, RdvView)
    return rdv


def only_plage(openings: Openings) -> int:
    (standing,) = openings.standing().plages
    return standing.number


# Opening


def test_an_empty_agenda_opens_and_its_slots_are_booked(openings: Openings, agenda: Agenda) -> None:
    openings.add_plage(plage(TUESDAY, TUESDAY + timedelta(days=7)))
    expected = [at(day, 9, minute) for day in (12, 19) for minute in (0, 30)]
    assert starts(agenda) == expected
    assert booked(agenda, expected[1]).lieu == LIEU
    assert starts(agenda) == [expected[0], *expected[2:]]


def test_the_same_plage_twice_is_one_and_its_poste_too(openings: Openings, engine: Engine) -> None:
    for name in (POSTE, " bureau  1 ", "BUREAU 1"):
        openings.add_plage(plage(poste=name))
    assert [(one.plage.poste, one.demo) for one in openings.standing().plages] == [(POSTE, False)]
    assert openings.add_poste(LIEU, "bureau 1") == openings.add_poste(LIEU, POSTE)
    with Session(engine, future=True) as session:
        assert session.scalar(select(func.count()).select_from(Agent)) == 1


def test_two_motifs_share_a_whole_plage_and_whoever_books_first_takes_the_time(
    openings: Openings, agenda: Agenda
) -> None:
    openings.add_plage(plage())
    openings.add_plage(plage(motif="suivi_grossesse"))
    booked(agenda, at(12, 9))
    assert starts(agenda, "suivi_grossesse") == starts(agenda) == [at(12, 9, 30)]


def test_midnight_is_an_end(openings: Openings, agenda: Agenda) -> None:
    openings.add_plage(plage(start=1380, end=1440))
    assert starts(agenda) == [at(12, 23), at(12, 23, 30)]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (plage(lieu="pole-issy"), "NoSuchLieu"),
        (plage(motif="coiffeur"), "NoSuchMotif"),
        (plage(motif="sante_sexuelle"), "NotOfferedThere"),
        (plage(start=600, end=540), "EndsBeforeItStarts"),
        (plage(start=600, end=600), "EndsBeforeItStarts"),
        (plage(start=1400, end=1445), "OutOfTheDay"),
        (plage(start=-5, end=60), "OutOfTheDay"),
        (plage(start=542), "OffTheGrid"),
        (plage(end=601), "OffTheGrid"),
        (plage(end=565), "ShorterThanMotif"),
        (plage(MONDAY - timedelta(days=1), None), "InThePast"),
        (plage(TUESDAY, MONDAY), "LastDayBeforeFirst"),
        (plage(date(2029, 1, 12), date(2029, 1, 12)), "TooFarAhead"),
        (plage(TUESDAY, date(2072, 6, 30)), "TooFarAhead"),
        (plage(date(2027, 5, 6), date(2027, 5, 6)), "PublicHoliday"),
        (plage(poste=" \x00\u202e "), "BadPosteName"),
        (plage(poste="x" * 61), "BadPosteName"),
    ],
)
def test_what_cannot_be_opened(sqlite_openings: Openings, asked: Plage, reason: str) -> None:
    with pytest.raises(AgendaRefusal) as refusal:
        sqlite_openings.add_plage(asked)
    assert type(refusal.value) is getattr(refusals, reason)
    assert sqlite_openings.standing().plages == ()


@pytest.fixture(scope="module")
def sqlite_openings(tmp_path_factory: pytest.TempPathFactory) -> Openings:
    """Openings that refuse everything: one database is enough."""
    url = f"sqlite:///{tmp_path_factory.mktemp('refused') / 'agenda.db'}"
    migrate(url)
    return Openings(engine_for(url), lambda: MONDAY_MORNING, load_motifs())


def test_a_motif_kept_elsewhere_is_opened_there(
    engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]
) -> None:
    elsewhere = Openings(engine, clock, load_motifs(backend="rdv_service_public"))
    with pytest.raises(refusals.KeptElsewhere):
        elsewhere.add_plage(plage())


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        (plage(start=570, end=630), True),
        (plage(start=480, end=1440), True),
        (plage(TUESDAY, None), True),
        (plage(motif="suivi_grossesse", start=545), True),
        (plage(start=600, end=660), False),
        (plage(start=480, end=540), False),
        (plage(TUESDAY + timedelta(days=7), None), False),
        (plage(TUESDAY + timedelta(days=1), None), False),
        (plage(poste="Bureau 2"), False),
    ],
)
def test_two_plages_of_a_poste_never_overlap_and_the_refusal_names_the_other(
    sqlite_openings: Openings, asked: Plage, refused: bool
) -> None:
    sqlite_openings.add_plage(plage())
    number = only_plage(sqlite_openings)
    if refused:
        with pytest.raises(refusals.Overlapping, match=rf"plage {number} \(mardi 12/01/2027, 9h00–10h00, {MOTIF}\)"):
            sqlite_openings.add_plage(asked)
    else:
        sqlite_openings.add_plage(asked)
    standing = sqlite_openings.standing().plages
    assert len(standing) == (1 if refused else 2)
    for one in standing:
        sqlite_openings.remove_plage(one.number)


minutes = st.integers(0, 47).map(lambda halves: halves * 30)
some_plages = st.builds(
    lambda first, weeks, start, length: plage(
        MONDAY + timedelta(days=first),
        None if weeks is None else MONDAY + timedelta(days=first + weeks * 7),
        start,
        min(1440, start + length),
    ),
    st.integers(0, 15),
    st.sampled_from([None, 0, 1, 2]),
    minutes,
    st.sampled_from([30, 60, 600]),
)


def minutes_given(asked: Plage) -> set[tuple[date, int]]:
    """Every five minutes that a plage gives in six weeks, one by one."""
    days = (MONDAY + timedelta(days=number) for number in range(42))
    return {
        (day, minute)
        for day in days
        if (day - asked.first_day).days % 7 == 0 and asked.first_day <= day <= (asked.last_day or date.max)
        for minute in range(asked.start_minute, asked.end_minute, 5)
    }


@settings(max_examples=400, deadline=None)
@given(some_plages, some_plages)
@example(plage(TUESDAY, None), plage(TUESDAY + timedelta(days=14), None, 570, 630))
def test_an_overlap_is_found_exactly_when_a_minute_is_given_twice(one: Plage, other: Plage) -> None:
    assert one.overlaps(other) == other.overlaps(one) == bool(minutes_given(one) & minutes_given(other))


@settings(max_examples=15, deadline=None)
@given(asked=st.lists(some_plages, min_size=2, max_size=6))
def test_whatever_is_asked_no_minute_of_a_poste_is_given_twice(sqlite_openings: Openings, asked: list[Plage]) -> None:
    given_so_far: set[tuple[date, int]] = set()
    kept: list[Plage] = []
    for one in asked:
        clashes = bool(minutes_given(one) & given_so_far) and one not in kept
        try:
            sqlite_openings.add_plage(one)
        except refusals.Overlapping:
            assert clashes
            continue
        assert not clashes
        kept.append(one)
        given_so_far |= minutes_given(one)
    for standing in sqlite_openings.standing().plages:
        sqlite_openings.remove_plage(standing.number)


def test_of_plages_asked_at_the_same_moment_one_stands(openings: Openings) -> None:
    def ask(start: int) -> bool:
        try:
            openings.add_plage(plage(start=start, end=start + 60))
        except refusals.Overlapping:
            return False
        return True

    with ThreadPoolExecutor(6) as agents:
        answers = list(agents.map(ask, [540, 545, 550, 555, 560, 565]))
    assert (answers.count(True), len(openings.standing().plages)) == (1, 1)


# Closing, and what is left to place again (attack 43)


def test_an_absence_cancels_nothing_and_tells_whom_to_place_again(openings: Openings, agenda: Agenda) -> None:
    openings.add_plage(plage(end=660))
    openings.add_plage(plage(end=660, poste="Bureau 2"))
    first, second, later = booked(agenda, at(12, 9)), booked(agenda, at(12, 9)), booked(agenda, at(12, 10))
    left = openings.add_away(away(at(12, 8), at(12, 10), POSTE))
    assert [(one.poste, one.why) for one in left] == [(POSTE, "poste_away")]
    assert left[0].rdv in (first, second)
    assert all(agenda.find(rdv.code) == rdv for rdv in (first, second, later))
    closed = openings.add_away(away(at(12, 0), at(13, 0)))
    assert [(one.rdv.code, one.why) for one in closed][2:] == [(later.code, "lieu_closed")]
    assert openings.unplaced(LIEU) == openings.unplaced() == closed
    assert openings.unplaced("levallois-pmi-sante-sexuelle") == []
    assert starts(agenda) == []


def test_an_appointment_placed_again_leaves_the_list(openings: Openings, agenda: Agenda) -> None:
    openings.add_plage(plage(end=660))
    rdv = booked(agenda, at(12, 9))
    openings.add_away(away(at(12, 9), at(12, 9, 30)))
    assert isinstance(agenda.move(rdv.code, LIEU, at(12, 10), by="agent"), RdvView)
    assert openings.unplaced() == []


def test_what_was_closed_opens_again(openings: Openings, agenda: Agenda) -> None:
    openings.add_plage(plage())
    for _ in range(2):
        openings.add_away(away(at(12, 9), at(12, 9, 30), POSTE))
    (standing,) = openings.standing().aways
    assert standing.away.poste == POSTE
    openings.remove_away(standing.number)
    assert starts(agenda) == [at(12, 9), at(12, 9, 30)]
    with pytest.raises(refusals.NoSuchAbsence):
        openings.remove_away(standing.number)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (away(at(12, 9), at(12, 9)), refusals.EndsBeforeItStarts),
        (away(at(10, 9), at(11, 8)), refusals.InThePast),
        (away(at(12, 9), datetime(2029, 2, 1, tzinfo=PARIS)), refusals.TooFarAhead),
        (away(at(12, 9), at(12, 10), "Bureau 9"), refusals.NoSuchPoste),
        (Away("pole-issy", None, epoch_of(at(12, 9)), epoch_of(at(12, 10))), refusals.NoSuchLieu),
        (Away("pole-issy", POSTE, epoch_of(at(12, 9)), epoch_of(at(12, 10))), refusals.NoSuchLieu),
    ],
)
def test_what_cannot_be_closed(sqlite_openings: Openings, asked: Away, reason: type[AgendaRefusal]) -> None:
    with pytest.raises(reason):
        sqlite_openings.add_away(asked)


def test_someone_fallen_ill_this_morning_is_absent(openings: Openings) -> None:
    openings.add_plage(plage())
    openings.add_away(away(at(11, 7), at(11, 18), POSTE))
    assert len(openings.standing(LIEU).aways) == 1


# Taking back


def test_a_plage_ends_earlier_and_its_appointments_stand(openings: Openings, agenda: Agenda) -> None:
    openings.add_plage(plage(TUESDAY, None))
    kept, left = booked(agenda, at(12, 9)), booked(agenda, at(19, 9))
    number = only_plage(openings)
    assert [(one.rdv, one.why) for one in openings.end_plage(number, date(2027, 1, 13))] == [(left, "no_opening")]
    assert starts(agenda) == [at(12, 9, 30)]
    assert (agenda.find(kept.code), agenda.find(left.code)) == (kept, left)
    with pytest.raises(refusals.PlageIsOver):
        openings.end_plage(number, date(2027, 1, 20))
    with pytest.raises(refusals.InThePast):
        openings.end_plage(number, date(2027, 1, 10))
    with pytest.raises(refusals.NoSuchPlage):
        openings.end_plage(number + 1, date(2027, 1, 20))


def test_a_plage_taken_back_keeps_its_past(
    openings: Openings, agenda: Agenda, clock: SettableClock, engine: Engine
) -> None:
    openings.add_plage(plage(TUESDAY, None))
    number = only_plage(openings)
    clock.advance(timedelta(days=8))
    assert openings.remove_plage(number) == []
    assert openings.standing().plages == () and starts(agenda) == []
    with Session(engine, future=True) as session:
        assert session.get(PlageOuverture, number).last_day == date(2027, 1, 18)
    with pytest.raises(refusals.PlageIsOver):
        openings.remove_plage(number)


def test_a_plage_to_come_is_taken_back_whole(openings: Openings, engine: Engine) -> None:
    openings.add_plage(plage())
    openings.remove_plage(only_plage(openings))
    with Session(engine, future=True) as session:
        assert session.scalar(select(func.count()).select_from(PlageOuverture)) == 0


def test_the_demonstration_is_taken_back_and_the_rest_stays(
    openings: Openings, engine: Engine, clock: SettableClock, motifs: dict[str, MotifEntry]
) -> None:
    fill_demo(engine, clock, motifs)
    openings.add_plage(plage())
    assert openings.remove_demo() > 100
    assert not has_demo(engine)
    assert [one.plage.poste for one in openings.standing().plages] == [POSTE]


# Whit Monday


def test_whit_monday_is_worked_where_one_says_so(
    openings: Openings, agenda: Agenda, clock: SettableClock, engine: Engine
) -> None:
    clock.moment = at(10, 8, month=5)
    whit_monday = date(2027, 5, 17)
    with pytest.raises(refusals.PublicHoliday):
        openings.add_plage(plage(whit_monday, whit_monday))
    assert openings.set_whit_monday(LIEU, True) == []
    openings.add_plage(plage(whit_monday, whit_monday))
    rdv = booked(agenda, at(17, 9, month=5))
    store_motifs(engine, load_motifs())
    with Session(engine, future=True) as session:
        assert session.get(Lieu, LIEU).works_whit_monday
    assert [(one.rdv, one.why) for one in openings.set_whit_monday(LIEU, False)] == [(rdv, "public_holiday")]
    with pytest.raises(refusals.NoSuchLieu):
        openings.set_whit_monday("pole-issy", True)


# A motif that gets longer (attack 44)


def test_standing_appointments_keep_their_end_when_the_motif_gets_longer(
    openings: Openings, agenda: Agenda, engine: Engine
) -> None:
    openings.add_plage(plage(end=660))
    rdv = booked(agenda, at(12, 9, 30))
    with Session(engine, future=True) as session, session.begin():
        session.get(Motif, MOTIF).duration_min = 45
    assert agenda.find(rdv.code) == rdv and rdv.duration_min == 30
    assert openings.unplaced() == []
    assert starts(agenda) == []  # 9:00–9:45 and 9:45–10:30 both meet 9:30–10:00
    with Session(engine, future=True) as session:
        assert session.scalar(select(func.count()).select_from(SlotClaim)) == 6
