"""What the directory knows, as values that never change once loaded.

A field is None (or empty) when nobody could verify it: the answer then says so and gives the single number.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

Confidence = Literal["high", "medium"]
Kind = Literal["pole", "antenna", "mobile", "partner", "other-sst"]
Urgency = Literal[0, 1, 2, 3]

DEPARTMENT = "92"
DEPARTMENT_NAME = "Hauts-de-Seine"
SINGLE_NUMBER_ID = "numero-unique"


class DirectoryError(ValueError):
    """The directory's files cannot be trusted; the message is one French line naming file and record."""


@dataclass(frozen=True)
class Source:
    """A document facts were read in; `dated` is the day it gives itself, None when it gives none.

    A source dated to the month or the year carries the first day of it.
    """

    key: str
    title: str
    url: str | None
    dated: date | None


@dataclass(frozen=True)
class Provenance:
    """Where one field comes from: a source key, that source's own date, and the day the copy was read."""

    source: str
    source_date: date | None
    verified_on: date
    confidence: Confidence
    note: str | None = None


@dataclass(frozen=True)
class Structure:
    """A place or body: a pôle, an antenna, the caravane, a partner.

    `phone` is written as residents read it ("06 12 34 56 78"), `phone_dial` as a telephone dials it.
    `opening_hours` follows the OpenStreetMap syntax, `hours_text` says the same in French. `serves` names the
    communes (or the whole department) it serves; empty when no source limits it.
    """

    id: str
    name: str
    kind: Kind
    description: str | None
    updated_on: date
    commune: str | None
    postcode: str | None
    insee_code: str | None
    address: str | None
    address_details: str | None
    phone: str | None
    phone_dial: str | None
    email: str | None
    website: str | None
    opening_hours: str | None
    hours_text: str | None
    accessibility: str | None
    transport: str | None
    languages: tuple[str, ...]
    serves: tuple[str, ...]
    provenance: Mapping[str, Provenance]

    def is_open_to(self, commune: "Commune") -> bool:
        """Whether residents of this commune of the department are served."""
        return not self.serves or commune.name in self.serves or DEPARTMENT_NAME in self.serves


@dataclass(frozen=True)
class Service:
    """What a structure does for residents, and at which sites.

    `walk_in` and `by_appointment` are None when no source says. `urgency` runs from 0 (routine) to 3 (life or
    safety now). `part_of` names the wider service this one is a part of. `booking_url` and `phone` are the
    service's own channels, before those of its site.
    """

    id: str
    structure_id: str
    name: str
    description: str
    updated_on: date
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    audience_details: str | None
    access_conditions: str | None
    access_details: str | None
    access_modes: tuple[str, ...]
    cost: str | None
    phone: str | None
    phone_dial: str | None
    email: str | None
    booking_url: str | None
    address: str | None
    opening_hours: str | None
    sites: tuple[str, ...]
    walk_in: bool | None
    by_appointment: bool | None
    urgency: Urgency
    part_of: str | None
    provenance: Mapping[str, Provenance]


@dataclass(frozen=True)
class Hotline:
    """A telephone line. `number` is what residents read, `dial` what a telephone dials.

    `emergency` marks the numbers given first when life or safety is at stake, or for a night without a roof.
    `sms`, `free` and `on_bill` (does the call show on the bill?) are None when no source says.
    """

    id: str
    number: str
    dial: str
    name: str
    purpose: str
    hours_text: str | None
    opening_hours: str | None
    sms: bool | None
    free: bool | None
    on_bill: bool | None
    online: str | None
    emergency: bool
    provenance: Mapping[str, Provenance]


@dataclass(frozen=True)
class Commune:
    """A commune or place residents name. `pole` is None when the split of the territory is not verified.

    `sst` is the number of its service des solidarités territoriales. Places outside the Hauts-de-Seine that
    look like one of its communes are kept too, with their `department`.
    """

    name: str
    department: str
    aliases: tuple[str, ...]
    insee_code: str | None
    postcodes: tuple[str, ...]
    pole: str | None
    sst: str | None
    provenance: Mapping[str, Provenance]

    @property
    def names(self) -> tuple[str, ...]:
        """Everything residents call it: its name, its aliases, its postcodes."""
        return (self.name, *self.aliases, *self.postcodes)


@dataclass(frozen=True)
class Trade:
    """A trade (métier) a resident may meet, and the sites where a source names it."""

    id: str
    name: str
    description: str
    sites: tuple[str, ...]
    provenance: Mapping[str, Provenance]


@dataclass(frozen=True)
class Programme:
    """A campaign, a forum, a cultural or experimental programme; `current` is None when not verified."""

    id: str
    name: str
    description: str
    structure_id: str
    audience: str | None
    current: bool | None
    provenance: Mapping[str, Provenance]


@dataclass(frozen=True, eq=False)
class Term:
    """A word of the field and what it means; `need` is the code of the need it leads to, None when to none.

    Two are the same when they are one record: they can stand in sets though their provenance can not.
    """

    id: str
    name: str
    spellings: tuple[str, ...]
    meaning: str
    need: str | None
    provenance: Mapping[str, Provenance]


@dataclass(frozen=True)
class Fact:
    """The verified answer to one precise question: `text`, and `sms` in fewer words.

    `needs` are the codes of what it is about, `words` the beginnings of words of which a question about it holds one.
    Numbers are blanks in braces, filled from the hotlines.
    """

    id: str
    name: str
    needs: tuple[str, ...]
    words: tuple[str, ...]
    text: str
    sms: str
    provenance: Mapping[str, Provenance]


def fold(text: str) -> str:
    """The text without accents, case, hyphens, apostrophes or doubled spaces, for comparing names."""
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


@dataclass(frozen=True)
class Directory:
    """Every verified fact, by id. Look-ups by id raise KeyError for an id that no record bears."""

    structures: Mapping[str, Structure]
    services: Mapping[str, Service]
    hotlines: Mapping[str, Hotline]
    communes: Mapping[str, Commune]
    elsewhere: Mapping[str, Commune]
    trades: Mapping[str, Trade]
    programmes: Mapping[str, Programme]
    terms: Mapping[str, Term]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]

    def structure(self, structure_id: str) -> Structure:
        """The structure bearing this id."""
        return self.structures[structure_id]

    def service(self, service_id: str) -> Service:
        """The service bearing this id."""
        return self.services[service_id]

    def hotline(self, hotline_id: str) -> Hotline:
        """The hotline bearing this id."""
        return self.hotlines[hotline_id]

    def phone_of(self, one_id: str) -> str | None:
        """The telephone, as displayed, of the hotline or structure bearing this id."""
        line = self.hotlines.get(one_id)
        return line.number if line else self.structures[one_id].phone

    def single_number(self) -> Hotline:
        """The Département's single number for all its social services."""
        return self.hotlines[SINGLE_NUMBER_ID]

    def commune(self, name: str) -> Commune | None:
        """The commune or look-alike place with this name, alias or postcode, however accented; else None."""
        return self._places_by_name.get(fold(name))

    def pole_of(self, commune_name: str) -> Structure | None:
        """The pôle of a commune, None when the place is unknown, elsewhere, or its pôle is not verified."""
        commune = self.commune(commune_name)
        return self.structures[commune.pole] if commune and commune.pole else None

    def sites_of(self, service_id: str, commune_name: str) -> tuple[Structure, ...]:
        """The sites offering a service to residents of a commune: the Département's own, then the nearest.

        Empty when the commune is unknown or outside the department.
        """
        commune = self.commune(commune_name)
        if commune is None or commune.department != DEPARTMENT:
            return ()
        sites = (self.structures[site] for site in self.services[service_id].sites)
        reachable = [site for site in sites if site.is_open_to(commune)]
        return tuple(sorted(reachable, key=lambda site: (site.kind == "partner", site.commune != commune.name)))

    def terms_in(self, text: str) -> tuple[Term, ...]:
        """The words of the field that a text names, in its order; the longest where one holds another."""
        named = [self._terms_by_spelling[found[0]] for found in self._spellings.finditer(fold(text))]
        return tuple(dict.fromkeys(named))

    @cached_property
    def _terms_by_spelling(self) -> Mapping[str, Term]:
        return {fold(spelling): term for term in self.terms.values() for spelling in term.spellings}

    @cached_property
    def _spellings(self) -> re.Pattern[str]:
        longest_first = sorted(self._terms_by_spelling, key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    @cached_property
    def _places_by_name(self) -> Mapping[str, Commune]:
        places = (*self.elsewhere.values(), *self.communes.values())
        return {fold(name): place for place in places for name in place.names}
