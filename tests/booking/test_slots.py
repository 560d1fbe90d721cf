"""Slots: right on both sides of clock changes, and exactly those that can be booked."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.booking.models import Absence, Agent, Lieu, Motif, MotifLieu, PlageOuverture, Rdv, Seance, SlotClaim
from bot.booking.moments import epoch_at, paris_moment
from bot.booking.slots import Asker, Slot, bookable_slots, is_bookable, offered_slots
from bot.booking.workdays import is_public_holiday, working_days
from bot.clock import PARIS
from bot.database import engine_for, migrate

UTC = timezone.utc
DAY = 86400
PLAIN_DAY = date(2027, 2, 3)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
ASCENSION, WHIT_MONDAY = date(2027, 5, 6), date(2027, 5, 17)
HOLIDAYS_SEEN = {
    *(date(2027, 3, 29), ASCENSION, date(2027, 5, 8), date(2027, 11, 1), date(2027, 11, 11)),
    *(date(2026, 11, 1), date(2026, 11, 11)),
}
"""Holidays within reach of the examples, from booking.md 2.7 and the fixed dates; Whit Monday apart."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    url = f"sqlite:///{Path(tmp_path_factory.mktemp('slots')) / 'slots.db'}"
    migrate(url)
    engine = engine_for(url)
    yield engine
    engine.dispose()


@contextmanager
def agenda_of_two(engine: Engine, duration: int = 30, delays: tuple[int, int] = (0, 365 * DAY)) -> Iterator[Session]:
    """A session that is rolled back, with one motif, one lieu and the agents 1 and 2."""
    with Session(engine, future=True) as session:
        other = motif(5, (0, DAY))
        other.code = "other"
        session.add_all([motif(duration, delays), other, Lieu(id="lieu"), Lieu(id="elsewhere")])
        session.flush()
        session.add_all([MotifLieu(motif_code="motif", lieu_id="lieu"), *(agent(number) for number in (1, 2))])
        session.flush()
        yield session
        session.rollback()


def motif(duration: int, delays: tuple[int, int]) -> Motif:
    return Motif(
        code="motif",
        libelle="Motif",
        service="service",
        duration_min=duration,
        min_public_booking_delay=delays[0],
        max_public_booking_delay=delays[1],
    )


def agent(number: int) -> Agent:
    return Agent(id=number, lieu_id="lieu", name=f"Poste {number}")


@dataclass(frozen=True)
class Opening:
    agent: int
    first_day: date
    last_day: date | None
    start: int
    end: int

    def row(self) -> PlageOuverture:
        return PlageOuverture(
            agent_id=self.agent,
            motif_code="motif",
            lieu_id="lieu",
            first_day=self.first_day,
            last_day=self.last_day,
            start_minute=self.start,
            end_minute=self.end,
        )


def listed(session: Session, first: date, days: int, now: datetime | None = None) -> list[Slot]:
    begins = datetime(first.year, first.month, first.day, tzinfo=PARIS)
    return bookable_slots(
        session, "motif", "lieu", begins, begins + timedelta(days=days), now or begins - timedelta(days=1)
    )


def on_day(session: Session, opening: Opening) -> list[str]:
    session.add(opening.row())
    session.flush()
    return [slot.starts_at.strftime("%H:%M%z") for slot in listed(session, opening.first_day, 1)]


# Clock changes


@pytest.mark.parametrize("change", [SPRING, AUTUMN, date(2026, 3, 29), date(2028, 10, 29)])
@pytest.mark.parametrize("hour", [9, 14])
def test_a_weekly_opening_keeps_its_local_hour(engine: Engine, change: date, hour: int) -> None:
    friday = change - timedelta(days=2)
    with agenda_of_two(engine, 60) as session:
        session.add(Opening(1, friday, None, hour * 60, hour * 60 + 120).row())
        session.flush()
        slots = listed(session, friday, 8)
    hours = [(slot.starts_at.date(), slot.starts_at.hour) for slot in slots]
    assert hours == [(friday + timedelta(days=days), hour + add) for days in (0, 7) for add in (0, 1)]
    assert abs(slots[2].start - slots[0].start - 7 * DAY) == 3600


def test_the_skipped_hour_has_no_slot(engine: Engine) -> None:
    with agenda_of_two(engine) as session:
        assert on_day(session, Opening(1, SPRING, SPRING, 60, 240)) == [
            *("01:00+0100", "01:30+0100", "03:00+0200", "03:30+0200")
        ]


def test_the_repeated_hour_has_its_slots_twice(engine: Engine) -> None:
    with agenda_of_two(engine) as session:
        assert on_day(session, Opening(1, AUTUMN, AUTUMN, 120, 210)) == [
            *("02:00+0200", "02:30+0200", "02:00+0100", "02:30+0100", "03:00+0100")
        ]


def test_both_half_past_two_are_different_moments() -> None:
    first, second = epoch_at(AUTUMN, 150), epoch_at(AUTUMN, 150) + 3600
    assert datetime.fromtimestamp(first, UTC) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert paris_moment(first) != paris_moment(second)
    assert paris_moment(second) - paris_moment(first) == timedelta(hours=1)


# Holidays


@pytest.mark.parametrize(("worked", "slots"), [(False, 0), (True, 1)])
def test_whit_monday_is_a_choice_of_the_lieu(engine: Engine, worked: bool, slots: int) -> None:
    with agenda_of_two(engine) as session:
        session.get(Lieu, "lieu").works_whit_monday = worked
        assert len(on_day(session, Opening(1, WHIT_MONDAY, None, 540, 570))) == slots


def test_holidays_are_computed_for_every_year() -> None:
    easter_mondays = [date(2026, 4, 6), date(2027, 3, 29), date(2028, 4, 17)]
    ascensions = [date(2026, 5, 14), date(2027, 5, 6), date(2028, 5, 25)]
    whit_mondays = [date(2026, 5, 25), date(2027, 5, 17), date(2028, 6, 5)]
    fixed = [date(2031, 1, 1), date(2031, 5, 1), date(2031, 7, 14), date(2031, 12, 25)]
    assert all(is_public_holiday(day, True) for day in easter_mondays + ascensions + fixed)
    assert [is_public_holiday(day, worked) for day in whit_mondays for worked in (False, True)] == [
        True,
        False,
    ] * 3


def test_holidays_do_not_depend_on_the_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")
    assert not is_public_holiday(date(2035, 5, 14), works_whit_monday=True)


def test_working_days_skip_weekends_and_holidays() -> None:
    days = working_days(date(2027, 4, 30), 6, works_whit_monday=False)
    assert [day.isoformat()[5:] for day in days] == ["04-30", "05-03", "05-04", "05-05", "05-07", "05-10"]


# Edges, where a wrong comparison hides


def around_nine(session: Session) -> list[str]:
    """What is listed of an opening from 9:00 to 10:30 by half-hours, on a plain Wednesday."""
    return on_day(session, Opening(1, PLAIN_DAY, PLAIN_DAY, 540, 630))


@pytest.mark.parametrize(
    ("who", "away", "left"),
    [
        (None, (570, 600), ["09:00+0100", "10:00+0100"]),
        (1, (570, 600), ["09:00+0100", "10:00+0100"]),
        (2, (570, 600), ["09:00+0100", "09:30+0100", "10:00+0100"]),
        (None, (599, 601), ["09:00+0100"]),
        (None, (0, 1440), []),
    ],
)
def test_an_absence_takes_the_slots_it_touches(
    engine: Engine, who: int | None, away: tuple[int, int], left: list[str]
) -> None:
    with agenda_of_two(engine) as session:
        starts, ends = (epoch_at(PLAIN_DAY, minute) for minute in away)
        session.add(Absence(lieu_id="lieu", agent_id=who, starts_at=starts, ends_at=ends))
        assert around_nine(session) == left


def test_an_absence_that_begins_after_the_window_still_prevents_its_last_slot(engine: Engine) -> None:
    with agenda_of_two(engine) as session:
        ten = epoch_at(PLAIN_DAY, 600)
        session.add(Absence(lieu_id="lieu", starts_at=ten + 900, ends_at=ten + 1000))
        session.add(Opening(1, PLAIN_DAY, PLAIN_DAY, 540, 630).row())
        session.flush()
        window = paris_moment(ten - 1800), paris_moment(ten + 60)
        found = bookable_slots(session, "motif", "lieu", *window, paris_moment(ten - DAY))
        assert [slot.start for slot in found] == [ten - 1800]


@pytest.mark.parametrize("cell", range(6))
def test_any_claimed_cell_takes_the_last_slot(engine: Engine, cell: int) -> None:
    with agenda_of_two(engine) as session:
        last = epoch_at(PLAIN_DAY, 600) // 300
        session.add(SlotClaim(agent_id=1, cell=last + cell, hold_id="h", expires_at=2**40))
        assert around_nine(session) == ["09:00+0100", "09:30+0100"]


def test_both_ends_of_the_horizon_can_be_booked(engine: Engine) -> None:
    nine = epoch_at(PLAIN_DAY, 540)
    with agenda_of_two(engine, delays=(1800, DAY)) as session:
        session.add(Opening(1, PLAIN_DAY, PLAIN_DAY, 540, 570).row())
        session.flush()
        listings = [
            len(listed(session, PLAIN_DAY, 1, paris_moment(nine - ahead))) for ahead in (1799, 1800, DAY, DAY + 1)
        ]
    assert listings == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("opening", "shown"),
    [
        (Opening(1, AUTUMN, AUTUMN, 150, 180), ["02:30+0200", "02:00+0100", "02:30+0100"]),
        (Opening(1, AUTUMN, AUTUMN, 90, 150), ["01:30+0200", "02:00+0200"]),
        (Opening(1, SPRING, SPRING, 150, 270), ["03:30+0200", "04:00+0200"]),
    ],
)
def test_an_opening_that_begins_or_ends_in_the_changed_hour(engine: Engine, opening: Opening, shown: list[str]) -> None:
    """RFC 5545, 3.3.5: the first of two occurrences; a skipped time is read with the offset before."""
    with agenda_of_two(engine) as session:
        assert on_day(session, opening) == shown


# A group session beside openings


def test_a_session_and_an_opening_of_one_agent_at_one_time_are_both_listed(engine: Engine) -> None:
    """They differ by their session only, which must not be compared with none."""
    with agenda_of_two(engine) as session:
        nine = epoch_at(PLAIN_DAY, 540)
        session.add(seance(100, Group(1, nine, 1800, 2, 0, False)))
        session.add(Opening(1, PLAIN_DAY, PLAIN_DAY, 540, 570).row())
        session.flush()
        assert [(slot.start, slot.seance_id) for slot in listed(session, PLAIN_DAY, 1)] == [(nine, None), (nine, 100)]


# Queries


def test_a_window_costs_one_query_for_openings_sessions_claims_and_absences(engine: Engine) -> None:
    with agenda_of_two(engine) as session:
        session.add_all(Opening(number, SPRING, None, 0, 1440).row() for number in (1, 2))
        session.flush()
        statements: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
        assert len(listed(session, SPRING, 30)) > 200
    tables = [re.findall(r"FROM (\w+)", statement)[0] for statement in statements if "SELECT" in statement]
    assert sorted(tables) == ["absence", "motif_lieu", "seance", "slot_claim"]


# Exactly the bookable slots


@dataclass(frozen=True)
class Run:
    """Cells of an agent that follow each other and have one owner."""

    agent: int
    first: int
    length: int
    kind: str

    @property
    def cells(self) -> set[tuple[int, int]]:
        return {(self.agent, self.first + more) for more in range(self.length)}


@dataclass(frozen=True)
class Group:
    """A group session."""

    agent: int
    start: int
    duration: int
    capacity: int
    taken: int
    cancelled: bool


@dataclass(frozen=True)
class World:
    """One random agenda around a day that matters, and a question asked of it."""

    duration: int
    delays: tuple[int, int]
    works_whit_monday: bool
    openings: list[Opening]
    absences: list[tuple[int | None, int, int]]
    claims: list[Run]
    seances: list[Group]
    window: tuple[int, int]
    now: int


def cell_numbers(first: int, last: int) -> st.SearchStrategy[int]:
    """Numbers of cells, on the half-hour more often than not, so that edges meet."""
    return st.integers(first // 6, last // 6).map(lambda halves: halves * 6) | st.integers(first, last)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Everything crowds on one day that matters and its neighbours."""
    centre = draw(st.sampled_from([SPRING, AUTUMN, date(2026, 10, 25), ASCENSION, WHIT_MONDAY]))
    begins, busy_day = epoch_at(centre - timedelta(days=3), 0), epoch_at(centre, 0)
    edges = cell_numbers(-12, 300).map(lambda cell: busy_day + cell * 300)
    delays = draw(st.sampled_from([(0, 365 * DAY), (1800, 365 * DAY), (DAY, 4 * DAY), (0, 3 * DAY)]))
    return World(
        duration=draw(st.sampled_from([5, 15, 30, 45, 60, 90])),
        delays=delays,
        works_whit_monday=draw(st.booleans()),
        openings=draw(st.lists(openings_near(centre), min_size=1, max_size=4)),
        absences=draw(st.lists(st.tuples(agents_or_none, edges, cell_numbers(1, 36).map(in_seconds)), max_size=2)),
        claims=draw(claims_from(busy_day)),
        seances=draw(st.lists(groups_from(edges), max_size=2)),
        window=draw(st.just((begins, begins + 7 * DAY)) | edges.map(lambda edge: (edge - 1, edge + DAY))),
        now=draw(st.just(busy_day - 2 * DAY) | edges.map(lambda edge: edge - delays[0])),
    )


def in_seconds(cells: int) -> int:
    return max(cells, 1) * 300  # a half-hour rounded down may be no cell at all


agents = st.sampled_from([1, 2])
agents_or_none = st.sampled_from([1, 2, None])


@st.composite
def openings_near(draw: st.DrawFn, centre: date) -> Opening:
    first_day = centre + timedelta(days=draw(st.sampled_from([0, 0, 0, -7, -14, -1, -8, 1, 2, -3])))
    weeks = draw(st.sampled_from([None, 2, 1, 0]))
    start = draw(cell_numbers(12, 40) | cell_numbers(0, 276)) * 5
    end = min(1440, start + draw(cell_numbers(6, 144)) * 5)
    return Opening(draw(agents), first_day, None if weeks is None else first_day + timedelta(weeks=weeks), start, end)


@st.composite
def claims_from(draw: st.DrawFn, begins: int) -> list[Run]:
    kinds = st.sampled_from(["rdv", "seance", "held", "mine", "lapsed"])
    drawn = st.builds(
        Run, agents, cell_numbers(-12, 300).map(lambda cell: begins // 300 + cell), st.integers(1, 12), kinds
    )
    runs: list[Run] = []
    for run in draw(st.lists(drawn, max_size=6)):
        if not any(run.cells & other.cells for other in runs):
            runs.append(run)
    return runs


@st.composite
def groups_from(draw: st.DrawFn, edges: st.SearchStrategy[int]) -> Group:
    capacity = draw(st.integers(1, 3))
    taken = draw(st.integers(0, capacity))
    return Group(draw(agents), draw(edges), draw(st.sampled_from([300, 3600])), capacity, taken, draw(st.booleans()))


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds())
def test_listed_slots_are_exactly_the_bookable_ones(engine: Engine, world: World) -> None:
    with agenda_of_two(engine, world.duration, world.delays) as session:
        write(session, world)
        question = (*(datetime.fromtimestamp(instant, UTC) for instant in (*world.window, world.now)),)
        found = bookable_slots(session, "motif", "lieu", *question, ME)
        alone = [(slot.start, slot.agent_id) for slot in found if slot.seance_id is None]
        together = [(slot.start, slot.agent_id) for slot in found if slot.seance_id is not None]
        assert alone == sorted(expected(world))
        assert together == sorted(expected_together(world))
        assert all(slot.end - slot.start == world.duration * 60 for slot in found if slot.seance_id is None)
        for slot in offered_slots(session, "motif", "lieu", *question)[:20]:
            assert is_bookable(session, slot, question[2], ME) == (slot in found)


def write(session: Session, world: World) -> None:
    session.get(Lieu, "lieu").works_whit_monday = world.works_whit_monday
    session.add_all(opening.row() for opening in world.openings)
    for agent_id, start, length in world.absences:
        session.add(Absence(lieu_id="lieu", agent_id=agent_id, starts_at=start, ends_at=start + length))
    session.add(Absence(lieu_id="elsewhere", starts_at=0, ends_at=2**40))
    session.add_all(seance(number, one) for number, one in enumerate(world.seances, start=100))
    session.add_all(owner(number, run) for number, run in enumerate(world.claims, start=1) if run.kind in OWNERS)
    session.flush()
    session.add_all(claim for number, run in enumerate(world.claims, start=1) for claim in claims(world, number, run))
    session.flush()


def seance(number: int, group: Group) -> Seance:
    return Seance(
        id=number,
        motif_code="motif",
        lieu_id="lieu",
        agent_id=group.agent,
        starts_at=group.start,
        ends_at=group.start + group.duration,
        capacity=group.capacity,
        taken=group.taken,
        cancelled_at=0 if group.cancelled else None,
    )


OWNERS = {"rdv": Rdv, "seance": Seance}
ME = Asker("me")


def owner(number: int, run: Run) -> Rdv | Seance:
    """The appointment, or the session of another motif, that a run of cells belongs to."""
    times = {"starts_at": run.first * 300, "ends_at": (run.first + run.length) * 300}
    where = {"motif_code": "other", "lieu_id": "lieu", "agent_id": run.agent}
    if run.kind == "rdv":
        return Rdv(id=number, code=str(number), created_at=0, **where, **times)
    return Seance(id=number, capacity=1, **where, **times)


def claims(world: World, number: int, run: Run) -> Iterator[SlotClaim]:
    for agent_id, cell in sorted(run.cells):
        if run.kind in OWNERS:
            yield SlotClaim(agent_id=agent_id, cell=cell, **{f"{run.kind}_id": number})
        else:
            expiry = world.now + (-600 if run.kind == "lapsed" else 600)
            hold_id = "me" if run.kind == "mine" else f"hold {number}"
            yield SlotClaim(agent_id=agent_id, cell=cell, hold_id=hold_id, expires_at=expiry)


def expected(world: World) -> set[tuple[int, int]]:
    """(start, agent) of what can be booked, found by trying every five minutes of the window."""
    first = -(-world.window[0] // 300) * 300
    taken = {cell for run in world.claims if run.kind in ("rdv", "seance", "held") for cell in run.cells}
    return {
        (start, opening.agent)
        for start in range(first, world.window[1], 300)
        for opening in world.openings
        if fits(world, opening, start) and is_free(world, taken, opening.agent, start)
    }


def expected_together(world: World) -> list[tuple[int, int]]:
    """(start, agent) of the group sessions that have a seat left."""
    return [
        (group.start, group.agent)
        for group in world.seances
        if group.taken < group.capacity
        and not group.cancelled
        and world.window[0] <= group.start < world.window[1]
        and world.delays[0] <= group.start - world.now <= world.delays[1]
        and is_there(world, group.agent, group.start, group.start + group.duration)
    ]


def fits(world: World, opening: Opening, start: int) -> bool:
    day = datetime.fromtimestamp(start, UTC).astimezone(PARIS).date()
    weeks, odd_days = divmod((day - opening.first_day).days, 7)
    if weeks < 0 or odd_days or (opening.last_day is not None and day > opening.last_day):
        return False
    if day in HOLIDAYS_SEEN or (day == WHIT_MONDAY and not world.works_whit_monday):
        return False
    if not world.delays[0] <= start - world.now <= world.delays[1]:
        return False
    elapsed = start - shown_at(day, opening.start)
    closing = shown_at(day, opening.end)
    return elapsed >= 0 and elapsed % (world.duration * 60) == 0 and start + world.duration * 60 <= closing


def is_free(world: World, taken: set[tuple[int, int]], agent: int, start: int) -> bool:
    end = start + world.duration * 60
    cells = {(agent, cell) for cell in range(start // 300, end // 300)}
    return is_there(world, agent, start, end) and not cells & taken


def is_there(world: World, agent: int, start: int, end: int) -> bool:
    return not any(who in (None, agent) and begin < end and start < begin + long for who, begin, long in world.absences)


def shown_at(day: date, minute: int) -> int:
    """First instant at which clocks show this time; an hour later on the clock when they skip it."""
    wanted = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    shown = clock_readings(day)
    return shown[wanted] if wanted in shown else shown[wanted + timedelta(hours=1)]


@lru_cache(maxsize=64)
def clock_readings(day: date) -> dict[datetime, int]:
    """What clocks show, every five minutes of this day and a little around, and when they show it first."""
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    readings: dict[datetime, int] = {}
    for instant in range(noon - DAY, noon + DAY, 300):
        shown = datetime.fromtimestamp(instant, UTC).astimezone(PARIS).replace(tzinfo=None, fold=0)
        readings.setdefault(shown, instant)
    return readings
