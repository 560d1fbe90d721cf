"""The plan: which door for each need, in which order, at this hour, for a resident of this commune.

A pure function of its arguments: no clock, no database, no dialogue engine. The rules are the rows of the
orientation table; what stands here is how rows are chosen, moved to the person's own territory, and kept true
while the doors are shut.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.directory.hours import is_open, next_opening
from bot.directory.models import Directory, Hotline, Service, Structure
from bot.orientation.table import URGENCIES, Door, EmergencyKind, Mode, Row, Table, Urgency

Channel = Literal["web", "sms", "agent"]
Territory = Literal["own", "issy", "department", "elsewhere"]

NOW = 3
"""The level of what cannot wait a minute."""

OWN_POLE = "pole-clichy"
ISSY_POLE = "pole-issy"
DEPARTMENT = "92"
_NEED_OF_KIND: dict[str, str] = {
    "violence": "violence_familiale",
    "child": "enfance_danger",
    "suicide": "sante_mentale",
    "medical": "acces_soins",
    "shelter": "hebergement_urgence",
}
ELSEWHERE_HOTLINE = "service-public-3939"
SAMU = "samu-15"
RECEPTION = "accueil"
WALK_IN = "permanence-unique"
"""The service for what cannot wait, without an appointment."""


@dataclass(frozen=True)
class Situation:
    """What is understood of a person's situation. `needs` stand most pressing first."""

    needs: tuple[str, ...]
    urgency: Urgency = "none"
    emergency_kind: EmergencyKind | None = None
    commune: str | None = None
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PlanLine:
    """One door for one need, named to the person by `label`.

    `service` is a service or hotline of the directory, `site` one of its structures.

    `level` is the row's (3 now, 2 today, 1 this week, 0 can wait). `motif` names the appointment that can be booked
    here, `alert` the words before the numbers when the kind's own do not fit, `reopens` the moment a
    shut door opens again (None while open, or where no hours are known).
    """

    need: str
    label: str
    service: str
    site: str | None
    mode: Mode
    phone: str | None
    why: str
    why_sms: str
    level: int
    motif: str | None = None
    numbers: tuple[str, ...] = ()
    alert: str | None = None
    reopens: datetime | None = None

    def why_on(self, channel: Channel) -> str:
        """What to do and why, in the length the channel bears."""
        return self.why_sms if channel == "sms" else self.why


@dataclass(frozen=True)
class Plan:
    """The doors in the order they are to be taken, the emergency numbers before all of them."""

    urgency: Urgency
    emergency_kind: EmergencyKind | None
    territory: Territory
    commune: str | None
    needs: tuple[str, ...]
    lines: tuple[PlanLine, ...]

    def about(self, needs: Iterable[str]) -> "Plan":
        """The same plan, told of these needs only."""
        wanted = set(needs)
        return replace(self, lines=tuple(line for line in self.lines if line.need in wanted))

    def bookable_line(self, commune_withheld: bool = False, held: Collection[str] = ()) -> PlanLine | None:
        """The first line whose appointment can be booked here: once the commune is known, or will not be.

        `held` are the motifs of appointments already taken.
        """
        known = self.commune or commune_withheld
        bookable = (line for line in self.lines if line.motif and line.site and line.motif not in held)
        return next(bookable, None) if known else None


def make_plan(situation: Situation, moment: datetime, channel: Channel, directory: Directory, table: Table) -> Plan:
    """The plan of a situation at a moment. Needs without a record in the table are left out."""
    territory = territory_of(situation.commune, directory)
    told = _with_way_out(situation, table)
    lines = sorted(
        _Guide(told, moment, territory, directory, table).lines(),
        key=lambda line: _order(line, told, channel, directory),
    )
    floor: Urgency = "soon" if any(line.level >= 2 for line in lines) else "none"
    urgency = max(situation.urgency, floor, key=URGENCIES.index)
    return Plan(urgency, situation.emergency_kind, territory, situation.commune, situation.needs, tuple(lines))


def territory_of(commune: str | None, directory: Directory) -> Territory:
    """Whose residents we speak to; a commune nobody named is taken for one of the pôle's own."""
    if commune is None:
        return "own"
    known = directory.commune(commune)
    if known is None or known.department != DEPARTMENT:
        return "elsewhere"
    if known.pole is None:
        return "department"
    return "own" if known.pole == OWN_POLE else "issy"


def choose_row(need: str, situation: Situation, table: Table) -> Row:
    """The first row of a need whose every condition holds in this situation."""
    return next(row for row in table[need].rows if _holds(row, situation))


def _holds(row: Row, situation: Situation) -> bool:
    return (
        (not row.urgencies or situation.urgency in row.urgencies)
        and (not row.kinds or situation.emergency_kind in row.kinds)
        and (not row.signs or bool(row.signs & situation.signs))
        and (not row.with_needs or bool(row.with_needs & set(situation.needs)))
    )


def _with_way_out(situation: Situation, table: Table) -> Situation:
    """An emergency whose needs open no immediate door gets the need that does: its numbers must be shown."""
    if situation.emergency_kind is None or situation.urgency != "emergency":
        return situation
    known = [need for need in situation.needs if need in table]
    saving = [need for need in known if _saves(choose_row(need, situation, table), situation.emergency_kind)]
    first = saving or [_NEED_OF_KIND[situation.emergency_kind]]
    if saving and situation.emergency_kind != "medical":
        return situation
    return replace(situation, needs=(*first, *(need for need in situation.needs if need not in first)))


def _saves(row: Row, kind: EmergencyKind) -> bool:
    """Whether a row opens an immediate door in an emergency; of an illness, the doctor is the first door."""
    return row.level == NOW and (kind != "medical" or row.doors[0].hotline == SAMU)


def _order(line: PlanLine, situation: Situation, channel: Channel, directory: Directory) -> tuple[int, int, int]:
    """Most pressing first; by SMS, among doors of one need, a number that answers texts before one that does not."""
    hotline = directory.hotlines.get(line.service)
    answers_texts = channel == "sms" and hotline is not None and bool(hotline.sms)
    return (-line.level, situation.needs.index(line.need), 0 if answers_texts else 1)


@dataclass(frozen=True)
class _Guide:
    situation: Situation
    moment: datetime
    territory: Territory
    directory: Directory
    table: Table

    def lines(self) -> Iterator[PlanLine]:
        for need in self.situation.needs:
            if need in self.table:
                yield from self._lines_of(need, choose_row(need, self.situation, self.table))

    def _lines_of(self, need: str, row: Row) -> Iterable[PlanLine]:
        """One line per door; two doors that are one and the same in the person's own town make one line."""
        lines = [self._line(need, row, door, first=not i) for i, door in enumerate(row.doors)]
        return {(line.service, line.phone): line for line in lines}.values()

    def _line(self, need: str, row: Row, door: Door, first: bool) -> PlanLine:
        level = row.level if first or door.hotline or row.level < NOW else NOW - 1
        why, why_sms = self._with_numbers(row.why), self._with_numbers(row.why_sms)
        label = row.label or self.table[need].label
        line = PlanLine(
            need, label, "", None, door.mode, None, why, why_sms, level, numbers=self._numbers(row), alert=row.alert
        )
        if door.hotline:
            return replace(line, service=door.hotline, phone=self.directory.hotline(door.hotline).number)
        return self._while_shut(self._at_home(line, door), door, row)

    def _with_numbers(self, text: str) -> str:
        """The row's words name a hotline by its id ("{hebergement-115}"): the number stands in the directory only."""
        return text.format_map({hotline.id: hotline.number for hotline in self.directory.hotlines.values()})

    def _numbers(self, row: Row) -> tuple[str, ...]:
        """The row's numbers; whoever is sent to other doors than the pôle's also gets the one that holds meanwhile."""
        holding = row.closed if self.territory in ("department", "elsewhere") else None
        return tuple(filter(None, dict.fromkeys((*row.numbers, holding))))

    def _at_home(self, line: PlanLine, door: Door) -> PlanLine:
        """The same door in the person's own territory."""
        assert door.service is not None  # a door has a hotline or a service
        service = self.directory.service(door.service)
        if not self._reaches(service):
            return self._elsewhere(line) if self.territory == "elsewhere" else self._near_home(line, service)
        if self._ours(service) and self.territory == "issy":
            return self._at_issy(line, service)
        site = self._site(service)
        phone = service.phone or (site.phone if site else None)
        if phone is None and self._ours(service):
            phone = self.directory.single_number().number
        motif = door.motif if self._ours(service) else None
        return replace(line, service=service.id, site=site.id if site else None, phone=phone, motif=motif)

    def _ours(self, service: Service) -> bool:
        """Whether the Département's own teams give the service, and not a partner."""
        return self.directory.structure(service.structure_id).kind != "partner"

    def _reaches(self, service: Service) -> bool:
        """Whether residents of the person's commune are served."""
        if self._ours(service):
            return self.territory in ("own", "issy")
        if self.situation.commune is None:
            return True
        if self.territory == "elsewhere":
            return not self.directory.structure(service.structure_id).serves
        return bool(self.directory.sites_of(service.id, self.situation.commune))

    def _elsewhere(self, line: PlanLine) -> PlanLine:
        """Out of the département: the public service that names the right door there."""
        public = self.directory.hotline(ELSEWHERE_HOTLINE)
        return replace(_of(line, public), mode="refer")

    def _near_home(self, line: PlanLine, service: Service) -> PlanLine:
        """In the département, out of the pôle's territory: the single number, or the partner of one's own town."""
        if self._ours(service):
            return _of(line, self.directory.single_number())
        return replace(line, service=service.id, site=None, phone=None)

    def _at_issy(self, line: PlanLine, service: Service) -> PlanLine:
        """The Issy pôle receives without appointment; what is booked elsewhere is asked for there by telephone.

        Its reception stands for what no source says it offers under the same name.
        """
        mode: Mode = "phone" if line.mode == "appointment" else line.mode
        offered = service.id if ISSY_POLE in service.sites else RECEPTION
        phone = self.directory.single_number().number
        return replace(line, service=offered, site=ISSY_POLE, mode=mode, phone=phone)

    def _site(self, service: Service) -> Structure | None:
        """The nearest site that offers the service: one of the pôle's for its own services, a partner's otherwise."""
        commune = self.situation.commune
        if commune and self.territory != "elsewhere":
            sites = self.directory.sites_of(service.id, commune)
            near = [site for site in sites if site.kind != "partner" or not self._ours(service)]
            if near:
                return near[0]
        structure = self.directory.structure(service.structure_id)
        return structure if structure.kind != "mobile" else None

    def _while_shut(self, line: PlanLine, door: Door, row: Row) -> PlanLine:
        """Nobody is sent to a closed door: until it opens, the line that answers, and when it opens."""
        hours = self._hours(line)
        if hours is None or is_open(hours, self.moment):
            return line
        reopens = next_opening(hours, self.moment)
        if door.mode != "walk_in":
            return replace(line, reopens=reopens) if line.phone == self.directory.single_number().number else line
        holding = self.directory.hotline(row.closed) if row.closed else self.directory.single_number()
        return replace(line, mode="phone", phone=holding.number, reopens=reopens)

    def _hours(self, line: PlanLine) -> str | None:
        """Opening hours of the door: its own when verified, else those of the single number."""
        if line.service in self.directory.hotlines:
            return self.directory.hotline(line.service).opening_hours
        own = self.directory.structures[line.site].opening_hours if line.site else None
        partner = line.site is not None and self.directory.structures[line.site].kind == "partner"
        return own if own or partner else self.directory.single_number().opening_hours


def _of(line: PlanLine, hotline: Hotline) -> PlanLine:
    """The line handed over to a hotline, in the hotline's own words: those of the row speak of the pôle.

    The numbers of the row stand: they answer in the whole country.
    """
    purpose = hotline.purpose
    return replace(line, service=hotline.id, mode="phone", phone=hotline.number, why=purpose, why_sms=purpose)
