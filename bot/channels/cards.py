"""A plan put into words: what was understood, one card per door, the numbers first when life is at stake."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.channels.wording import Wording
from bot.directory.hours import spoken_date
from bot.directory.models import Directory, Hotline
from bot.orientation.plan import NOW, Channel, Plan, PlanLine
from bot.orientation.table import Table

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
    table: Table

    def plan(self, plan: Plan, channel: Channel) -> list[Reply]:
        """The messages of a plan: the emergency numbers, what was understood, then the doors."""
        told: set[str] = set()
        alert = [self._alert(plan, channel, told)] if any(line.level == NOW for line in plan.lines) else []
        doors = [self._door(group, channel, told) for group in self._same_door(plan)]
        return [*alert, self._understood(plan, channel), *doors]

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
            "pmi": hotline("pmi-92").number,
            "victimes": victims.number,
            "victimes_nom": victims.name,
            "service_public": public.number,
            "service_public_nom": public.name,
            "adavip": structure("adavip-92").phone or single.number,
            "adavip_nom": structure("adavip-92").name,
            "site_contact": structure("departement-92").website or "",
        }

    def place(self, site_id: str | None) -> str:
        """A site as one reads it: its name, its address when verified, its commune."""
        site = self.directory.structures.get(site_id or "")
        if site is None:
            return ""
        parts = [site.name, site.address, site.commune if site.commune and site.commune not in site.name else None]
        return ", ".join(part for part in parts if part)

    def label(self, need: str) -> str:
        """How a need is named to the person."""
        return self.table[need].label

    def _understood(self, plan: Plan, channel: Channel) -> Reply:
        needs = list(dict.fromkeys(line.need for line in plan.lines))
        return Reply(self.wording.say("utter_compris", channel, besoins=_listed([self.label(need) for need in needs])))

    def _alert(self, plan: Plan, channel: Channel, told: set[str]) -> Reply:
        """The numbers to call now; `told` gathers the explanations already given, so that none is given twice."""
        lines = [line for line in plan.lines if line.level == NOW]
        ids = [line.service for line in lines if line.service in self.directory.hotlines]
        ids += [number for line in lines for number in line.numbers]
        hotlines = [self.directory.hotline(number) for number in dict.fromkeys(ids)][:4]
        title = self.wording.say(f"utter_urgence_{plan.emergency_kind or 'violence'}", channel)
        listed = ", ".join(f"{hotline.number} ({hotline.name})" for hotline in hotlines)
        why = _untold([line.why_on(channel) for line in lines], told)
        text = self.wording.say("utter_urgence_numeros", channel, titre=title, numeros=listed, pourquoi=why)
        phones = [_phone(hotline) for hotline in hotlines]
        return Reply(text, card={"kind": "emergency", "title": title, "why": why, "phones": phones})

    def _same_door(self, plan: Plan) -> Iterator[list[PlanLine]]:
        """Lines of one door are told together: two needs that open the same door make one walk."""
        shown = [line for line in plan.lines if not (line.level == NOW and line.service in self.directory.hotlines)]
        ordered = sorted(shown, key=lambda line: (-line.level, shown.index(_first_of(line, shown))))
        return (list(group) for _, group in groupby(ordered, key=_door_key))

    def _door(self, lines: list[PlanLine], channel: Channel, told: set[str]) -> Reply:
        line = lines[0]
        values = self._values(lines) | {"pourquoi": _untold([one.why_on(channel) for one in lines], told)}
        text = self.wording.say(self._template(line), channel, **values)
        card = {
            "kind": "door",
            "title": _capital(values["besoins"]),
            "urgency": _WHEN[line.level],
            "needs": [self.label(one.need) for one in lines],
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
            "besoins": _listed([self.label(one.need) for one in lines]),
            "service": self._service_name(line.service),
            "lieu": self.place(line.site),
            "adresse": (site.address if site else None) or "",
            "telephone": line.phone or single.number,
            "numero_unique": single.number,
            "horaires": single.hours_text or "",
            "reouverture": spoken_date(line.reopens) if line.reopens else "",
        }

    def _template(self, line: PlanLine) -> str:
        known = bool(line.site and self.directory.structures[line.site].address)
        return {
            "walk_in": "utter_porte_sur_place" if known else "utter_porte_sur_place_sans_adresse",
            "appointment": "utter_porte_rdv",
            "phone": "utter_porte_fermee" if line.reopens and line.site else "utter_porte_telephone",
            "online": "utter_porte_en_ligne",
            "refer": "utter_porte_partenaire" if line.phone else "utter_porte_partenaire_sans_contact",
        }[line.mode]

    def _mode_label(self, line: PlanLine) -> str:
        closed = line.mode == "phone" and line.reopens and line.site
        return "utter_mode_ferme" if closed else f"utter_mode_{line.mode}"

    def _service_name(self, service: str) -> str:
        hotline = self.directory.hotlines.get(service)
        return hotline.name if hotline else self.directory.service(service).name

    def _phones(self, lines: list[PlanLine]) -> list[Hotline]:
        """The door's own number, then those of the rows, each once."""
        wanted = {line.phone for line in lines}
        own = [hotline for hotline in self.directory.hotlines.values() if hotline.number in wanted]
        beside = [self.directory.hotline(number) for line in lines for number in line.numbers]
        return list({hotline.id: hotline for hotline in [*own, *beside]}.values())


def slot_buttons(starts: list[datetime]) -> list[dict[str, str]]:
    """One button per slot, numbered as in the text."""
    return [
        {
            "title": f"{rank}. {_capital(spoken_date(start))}",
            "payload": f'/choisir_creneau{{"creneau":"{start.isoformat()}"}}',
        }
        for rank, start in enumerate(starts, start=1)
    ]


def numbered(starts: list[datetime]) -> str:
    """The slots as a numbered list, one per line."""
    return "\n".join(f"{rank}. {spoken_date(start)}" for rank, start in enumerate(starts, start=1))


def _untold(whys: list[str], told: set[str]) -> str:
    fresh = [why for why in dict.fromkeys(whys) if why not in told]
    told.update(fresh)
    return " ".join(fresh)


def _door_key(line: PlanLine) -> tuple[object, ...]:
    return (line.service, line.site, line.mode, line.phone, line.level)


def _first_of(line: PlanLine, lines: list[PlanLine]) -> PlanLine:
    return next(other for other in lines if _door_key(other) == _door_key(line))


def _phone(hotline: Hotline) -> dict[str, str]:
    return {
        "number": hotline.number,
        "dial": hotline.dial,
        "name": hotline.name,
        "hours": hotline.hours_text or "",
    }


def _listed(parts: list[str]) -> str:
    unique = list(dict.fromkeys(parts))
    return unique[0] if len(unique) == 1 else ", ".join(unique[:-1]) + " et " + unique[-1]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
