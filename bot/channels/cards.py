"""A plan put into words: what was understood, one card per door, the numbers first when life is at stake."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.channels.wording import Wording
from bot.directory.hours import ALWAYS, spoken_date
from bot.directory.models import SINGLE_NUMBER_ID, Directory, Fact, Hotline
from bot.orientation.plan import ELSEWHERE_HOTLINE, NOW, Channel, Plan, PlanLine

MAX_NUMBERS = 4
HANDED_OVER = (SINGLE_NUMBER_ID, ELSEWHERE_HOTLINE)
"""Where residents of other communes are sent."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_ACRONYM = re.compile(r"\([^)]+\)")
_WHEN = {3: "now", 2: "today", 1: "week", 0: "later"}
Card = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """One message of the assistant; a button's payload is a Rasa intent with its entities."""

    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)
    card: Card | None = None


@dataclass(frozen=True)
class Renderer:
    """Puts plans into the words of `domain.yml`, with the facts of the directory."""

    wording: Wording
    directory: Directory

    def plan(self, plan: Plan, channel: Channel, alarm: bool) -> list[Reply]:
        """The messages of a plan: on alarm the emergency numbers, then what was understood, then the doors.

        An SMS has no room for what was understood beside doors that name it.
        """
        told: set[str] = set()
        alert = [self._alert(plan, channel, told)] if alarm or _calls_for_alarm(plan) else []
        doors = [self._door(group, channel, told) for group in self._same_door(plan, bool(alert))]
        understood = [] if channel == "sms" and doors else [self._understood(plan, channel)]
        return [*alert, *understood, *doors]

    def short_lines(self, plan: Plan, channel: Channel) -> list[str]:
        """The plan fit to be kept: one line for each door, in order, with the number to call."""
        return [self._short(group, channel, plan.commune) for group in self._same_door(plan, alerted=False)]

    def _short(self, lines: list[PlanLine], channel: Channel, commune: str | None) -> str:
        values = self._values(lines) | {"chez": self._whose_door(lines[0], commune)}
        way = self.wording.say(self._short_template(lines[0]), channel, **values)
        return " ".join(way.split())

    def _short_template(self, line: PlanLine) -> str:
        own = f"utter_resume_{line.need}"
        if own in self.wording.responses:
            return own
        if not line.reopens:
            return f"utter_resume_{line.mode}"
        if line.mode == "appointment":
            return "utter_resume_appointment_ferme"
        return "utter_resume_ferme_sans_relais" if self._shut(line) else "utter_resume_ferme"

    def _whose_door(self, line: PlanLine, commune: str | None) -> str:
        """Who holds a door whose title does not tell: ", Institut des Hauts-de-Seine". Nobody's town is guessed."""
        site = self.directory.structures.get(line.site or "")
        if site is None:
            return ""
        of_its_town = site.kind == "partner" and site.serves == (site.commune,)
        name = site.name.removesuffix(f" de {site.commune}") if of_its_town and commune is None else site.name
        acronym = _ACRONYM.search(name)
        told = acronym is not None and acronym[0] in self._service_name(line.service)
        return "" if told else f", {name}"

    def territory(self, plan: Plan, channel: Channel) -> str:
        """Whose resident the person is, said plainly."""
        name = f"utter_territoire_{plan.territory}"
        return self.wording.say(name, channel, commune=plan.commune or "", **self.general_facts())

    def general_facts(self) -> dict[str, str]:
        """The numbers and names that the texts of `domain.yml` leave blank."""
        hotline, structure = self.directory.hotline, self.directory.structure
        single, victims, public = (
            self.directory.single_number(),
            hotline("victimes-116006"),
            hotline("service-public-3939"),
        )
        return {
            "numero_unique": single.number,
            "horaires": single.hours_text or "",
            "police": hotline("police-17").number,
            "samu": hotline("samu-15").number,
            "urgences": hotline("urgence-112").number,
            "sms_urgence": hotline("urgence-114").number,
            "abri": hotline("hebergement-115").number,
            "ecoute": hotline("suicide-3114").number,
            "enfance": hotline("enfance-119").number,
            "violences": hotline("violences-3919").number,
            "pmi": hotline("pmi-92").number,
            "victimes": victims.number,
            "victimes_nom": _short_name(victims),
            "service_public": public.number,
            "service_public_nom": public.name,
            "loyers": hotline("sos-loyers-impayes").number,
            "caf": hotline("caf-3230").number,
            "assurance_maladie": hotline("assurance-maladie-3646").number,
            "france_travail": hotline("france-travail-3949").number,
            "sexualites": hotline("sexualites-ivg").number,
            "harcelement": hotline("e-enfance-3018").number,
            "fvv": hotline("fvv-92").number,
            "fvv_nom": _short_name(hotline("fvv-92")),
            "mdph": structure("mdph-92").phone or single.number,
            "adavip": structure("adavip-92").phone or single.number,
            "adavip_nom": structure("adavip-92").name,
            "maltraitance": hotline("maltraitance-3977").number,
            "site_contact": structure("departement-92").website or "",
        }

    def fact(self, fact: Fact, channel: Channel) -> str:
        """The answer to a precise question, in the length the channel bears."""
        return (fact.sms if channel == "sms" else fact.text).strip().format_map(self.general_facts())

    def place(self, site_id: str | None) -> str:
        """A site as one reads it: its name, its address when verified, its commune."""
        site = self.directory.structures.get(site_id or "")
        if site is None:
            return ""
        parts = [site.name, site.address, site.commune if site.commune and site.commune not in site.name else None]
        return ", ".join(part for part in parts if part)

    def _understood(self, plan: Plan, channel: Channel) -> Reply:
        return Reply(self.wording.say("utter_compris", channel, besoins=_listed([line.label for line in plan.lines])))

    def _alert(self, plan: Plan, channel: Channel, told: set[str]) -> Reply:
        """The numbers to call now; `told` gathers the explanations already given, so that none is given twice."""
        lines = [line for line in plan.lines if line.level == NOW]
        ids = [line.service for line in lines if self._is_number(line)]
        ids += [number for line in lines for number in line.numbers]
        hotlines = self._always_first(dict.fromkeys(ids), channel)[:MAX_NUMBERS]
        title = lines[0].alert or self.wording.say(f"utter_urgence_{plan.emergency_kind or 'violence'}", channel)
        listed = ", ".join(map(_named, hotlines))
        why = _untold([line.why_on(channel) for line in lines], told)
        text = self.wording.say("utter_urgence_numeros", channel, titre=title, numeros=listed, pourquoi=why)
        phones = [_phone(hotline) for hotline in hotlines]
        return Reply(text, card={"kind": "emergency", "title": title, "why": why, "phones": phones})

    def _always_first(self, ids: Iterable[str], channel: Channel) -> list[Hotline]:
        """Lines that answer day and night; the others after them where there is room to say their hours."""
        hotlines = [self.directory.hotline(one) for one in ids]
        always = [hotline for hotline in hotlines if hotline.opening_hours == ALWAYS]
        return always if channel == "sms" else always + [hotline for hotline in hotlines if hotline not in always]

    def _same_door(self, plan: Plan, alerted: bool) -> Iterator[list[PlanLine]]:
        """Lines of one door are told together: two needs that open the same door make one walk."""
        shown = [line for line in plan.lines if not (alerted and line.level == NOW and self._is_number(line))]
        ordered = sorted(shown, key=lambda line: (-line.level, shown.index(_first_of(line, shown))))
        return (list(group) for _, group in groupby(ordered, key=_door_key))

    def _is_number(self, line: PlanLine) -> bool:
        return line.service in self.directory.hotlines

    def _door(self, lines: list[PlanLine], channel: Channel, told: set[str]) -> Reply:
        line = lines[0]
        whys = [why for one in lines for why in (one.why_on(channel), self._day_and_night(one, channel))]
        values = self._values(lines) | {"pourquoi": _untold(whys, told)}
        text = _without_blank_lines(self.wording.say(self._template(line), channel, **values))
        card = {
            "kind": "door",
            "title": _capital(values["besoins"]),
            "urgency": _WHEN[line.level],
            "needs": [one.label for one in lines],
            "service": values["service"],
            "place": values["lieu"],
            "mode_label": self.wording.say(self._mode_label(line), channel, **values),
            "why": values["pourquoi"],
            "phones": [_phone(hotline) for hotline in self._phones(lines)],
            "site_known": bool(values["adresse"]),
        }
        return Reply(text, card=card)

    def _values(self, lines: list[PlanLine]) -> dict[str, str]:
        line = lines[0]
        site = self.directory.structures.get(line.site or "")
        single = self.directory.single_number()
        return {
            "besoins": _listed([one.label for one in lines]),
            "service": self._service_name(line.service),
            "lieu": self.place(line.site),
            "adresse": (site.address if site else None) or "",
            "telephone": line.phone or single.number,
            "numero_unique": single.number,
            "horaires": single.hours_text or "",
            "heures_ligne": self._hours_of_line(line),
            "reouverture": spoken_date(line.reopens) if line.reopens else "",
        }

    def _hours_of_line(self, line: PlanLine) -> str:
        hotline = self.directory.hotlines.get(line.service)
        return f" ({hotline.hours_text})" if hotline and _keeps_hours(hotline) else ""

    def _day_and_night(self, line: PlanLine, channel: Channel) -> str:
        """What answers at any hour, for a person whose door is not one of the pôle's."""
        if line.service not in HANDED_OVER or not line.numbers:
            return ""
        hotlines = [hotline for hotline in self._always_first(line.numbers, "sms") if hotline.number != line.phone]
        listed = ", ".join(map(_named, hotlines))
        return self.wording.say("utter_jour_et_nuit", channel, numeros=listed) if listed else ""

    def _template(self, line: PlanLine) -> str:
        known = bool(line.site and self.directory.structures[line.site].address)
        return {
            "walk_in": "utter_porte_sur_place" if known else "utter_porte_sur_place_sans_adresse",
            "appointment": "utter_porte_rdv_ferme" if self._shut(line) else "utter_porte_rdv",
            "phone": self._shut_template(line) if line.reopens else "utter_porte_telephone",
            "online": "utter_porte_en_ligne",
            "refer": "utter_porte_partenaire" if line.phone else "utter_porte_partenaire_sans_contact",
        }[line.mode]

    def _shut(self, line: PlanLine) -> bool:
        """Whether the number of the line is the single one, and it does not answer now."""
        return line.reopens is not None and line.phone == self.directory.single_number().number

    def _shut_template(self, line: PlanLine) -> str:
        if self._shut(line):
            return "utter_porte_fermee_sans_relais"
        return "utter_porte_fermee" if line.site else "utter_porte_fermee_sans_lieu"

    def _mode_label(self, line: PlanLine) -> str:
        return "utter_mode_ferme" if line.mode == "phone" and line.reopens else f"utter_mode_{line.mode}"

    def _service_name(self, service: str) -> str:
        hotline = self.directory.hotlines.get(service)
        return _short_name(hotline) if hotline else self.directory.service(service).name

    def _phones(self, lines: list[PlanLine]) -> list[Hotline]:
        """The door's own number, then those of the rows, each once."""
        wanted = {line.phone for line in lines}
        own = [hotline for hotline in self.directory.hotlines.values() if hotline.number in wanted]
        beside = [self.directory.hotline(number) for line in lines for number in line.numbers]
        return list({hotline.id: hotline for hotline in [*own, *beside]}.values())


def slot_buttons(starts: list[datetime], first: int = 1) -> list[dict[str, str]]:
    """One button per slot, numbered as in the text, from `first` on."""
    return [
        {
            "title": f"{rank}. {_capital(spoken_date(start))}",
            "payload": f'/choisir_creneau{{"creneau":"{start.isoformat()}"}}',
        }
        for rank, start in enumerate(starts, start=first)
    ]


def numbered(starts: list[datetime], first: int = 1) -> str:
    """The slots as a numbered list, one per line, from `first` on."""
    return "\n".join(f"{rank}. {spoken_date(start)}" for rank, start in enumerate(starts, start=first))


def _calls_for_alarm(plan: Plan) -> bool:
    """Whether a row sees life or safety at stake where the reading of the message did not."""
    return plan.urgency != "emergency" and any(line.level == NOW for line in plan.lines)


def _untold(whys: list[str], told: set[str]) -> str:
    """The sentences that were not told yet, in their order; `told` gathers them."""
    sentences = [sentence for why in whys for sentence in _SENTENCE_END.split(why) if sentence]
    fresh = [sentence for sentence in dict.fromkeys(sentences) if sentence not in told]
    told.update(fresh)
    return " ".join(fresh)


def _without_blank_lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _door_key(line: PlanLine) -> tuple[object, ...]:
    return (line.service, line.site, line.mode, line.phone, line.level)


def _first_of(line: PlanLine, lines: list[PlanLine]) -> PlanLine:
    return next(other for other in lines if _door_key(other) == _door_key(line))


def _phone(hotline: Hotline) -> dict[str, str]:
    return {
        "number": hotline.number,
        "dial": hotline.dial,
        "name": _short_name(hotline),
        "hours": hotline.hours_text or "",
    }


def _named(hotline: Hotline) -> str:
    hours = f", {hotline.hours_text}" if _keeps_hours(hotline) else ""
    return f"{hotline.number} ({_short_name(hotline)}{hours})"


def _keeps_hours(hotline: Hotline) -> bool:
    """Whether the line has known hours at which it does not answer."""
    return hotline.opening_hours not in (None, ALWAYS)


def _short_name(hotline: Hotline) -> str:
    """The name of a line without its number, which stands beside it."""
    return hotline.name.removesuffix(f" ({hotline.number})")


def _listed(parts: list[str]) -> str:
    unique = list(dict.fromkeys(parts))
    return unique[0] if len(unique) == 1 else ", ".join(unique[:-1]) + " et " + unique[-1]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
