"""What a conversation has understood so far, and how a new message changes it."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from bot.dialogue.replies import NO, YES, spoken
from bot.nlu.danger_degrees import runs_out_of_treatment
from bot.nlu.danger_words import suffers
from bot.nlu.labels import DANGERS, VIOLENCES
from bot.nlu.people import names_a_child, names_a_partner, names_a_relative
from bot.nlu.understand import THREAT
from bot.orientation.plan import NOW, Situation, choose_row
from bot.orientation.table import URGENCIES, EmergencyKind, Table, Urgency

SAFETY = "securite"
"""What the conversation waits for once it has asked whether the person is safe."""

ONESELF = "vous"
"""For whom it is, when a person says that it is for themselves."""

YES_IS_SAFE: frozenset[EmergencyKind] = frozenset({"violence", "child", "shelter"})
"""Kinds whose question a yes answers well; to "are you thinking of dying?" or "is it serious?" a no does."""

_NEED_OF_DANGER: dict[EmergencyKind, str] = {
    "child": "enfance_danger",
    "suicide": "sante_mentale",
    "shelter": "hebergement_urgence",
}
"""What the answer itself tells: of violence it does not say whose, of an illness not which."""

_CALM = re.compile(
    r"(?:\w+ ){0,2}(?:(?:ca|tout|je|elle|il|on) (?:va|vais) (?:tres |plutot |beaucoup )?(?:bien|mieux)\b"
    r"|ca va\b(?! (?:pas|plus|mal|trop|finir|etre|recommencer|exploser|degenerer))"
    r"|(?:je suis|on est|nous sommes|il est|elle est) (?:bien )?(?:en securite|a l abri|hors de danger)\b)"
)
_HOSTED = re.compile(r"\b(?:chez|hotel|foyer|heberge\w*)\b")
_HEDGED = re.compile(
    r"\b(?:mais|sauf|sais? (?:pas|plus|po)|sait pas|sai pa|jsp|chai?s? pas?|chepa|aucune idee|peut etre|ptetre|bof"
    r"|pas (?:sure?s?|certaine?s?|vraiment|trop|tellement|encore|tout a fait|toujours|longtemps|en securite|a l abri)"
    r"|(?:ca|sa) depend|mouais|presque|a peu pres|plus ou moins|un peu|parfois|des fois|souvent|tout le temps)\b"
)
_ALARMING = re.compile(
    r"\b(?:peur|danger(?:eux|euse)?|au secours|aide[zr]? ?(?:moi|nous)|cachee?s?|enfermee?s?|trop tard|j y pense"
    r"|(?:il|elle|ils) (?:est|sont) (?:la|ici|a cote|dans|derriere|devant|rentre|revenu|ivre|saoul|bourre|arme)\w*"
    r"|(?:il|elle|ils) (?:dort|hurle|crie|tape|frappe|boit|casse|revient|rentre|arrive|m attend)"
    r"|(?:encore|toujours) (?:la|ici)|nulle part|dehors|la rue|voiture)\b"
)
_PROTESTS = re.compile(
    r"(?:mais |ah |ben |bah )*(?:non|nn|nan|no) "
    r"(?:mais (?:vous (?:exagerez|vous trompez|croyez)|n ?importe quoi|ca va pas la tete)"
    r"|pas (?:un|une) (?:suivi|rdv|rendez vous|entretien|consultation)|pas (?:le|au|du|de) (?:11\d|foyer"
    r"|hopital|police))\b"
)
"""A no to the question itself, or to what was understood: "non mais vous exagérez", "non, pas un suivi"."""
_JOKES = re.compile(
    r"\b(?:c est|c etait) (?:juste |que |qu )?(?:une (?:expression|facon de parler|blague|image)|pour rire|de l humour"
    r"|du second degre)\b|\bfacon de parler\b|\bje (?:rigole|plaisante|deconne|blague)\b"
)
_SAYS_SAFE = re.compile(r"\b(?:aucun|pas (?:de|en)|hors de) danger\b|\b(?:suis|sommes|est) (?:bien )?en securite\b")
_GONE = re.compile(r"\b(?:(?:est|sont) (?:partie?s?|sortie?s?|en prison|loin)|(?:est|sont) (?:pas|plus) (?:la|ici))\b")
_EXCLAIMED = re.compile(r"^(?:mais |ben |bah |ah |oh |bon )+")
"""At the start it hedges nothing: "mais non voyons", "mais si j'ai un lit"."""
_SOMEONE_ELSE = re.compile(r"\b(?:mon|ma|mes|lui|elle|il|eux)\b")
_NEGATED = re.compile(r"\b(?:pas|plus|jamais|ni)\b")

Safety = Literal["safe", "danger"]


@dataclass(frozen=True)
class Heard:
    """What one message brought: the reading of its words, or the choice behind a pressed button."""

    needs: tuple[str, ...] = ()
    urgency: Urgency = "none"
    emergency_kind: EmergencyKind | None = None
    commune: str | None = None
    signs: frozenset[str] = frozenset()
    candidates: tuple[str, ...] = ()
    french: bool = True
    doubt: EmergencyKind | None = None
    """The danger this may be: to be asked about."""
    safe_from: EmergencyKind | None = None
    """The danger the person has just said not to be in."""
    subjects: tuple[str, ...] = ()
    """Needs that the message names, whether it has them or not."""
    beneficiary: str | None = None
    """For whom it says to be, as the assistant says it back."""
    their_commune: str | None = None
    """Where it says that somebody else lives."""
    work_commune: str | None = None
    """Where it says that the writer works or studies."""
    questions: tuple[str, ...] = ()
    """What it asks to know."""
    apart: bool = False
    """Whether it asks them one after the other, in as many sentences."""
    facts: tuple[tuple[str, float], ...] = ()
    """The facts of the directory that may answer it, each with its margin."""

    @property
    def settled(self) -> bool:
        """Whether the message leaves no doubt about safety: in danger, or out of it."""
        return self.urgency == "emergency" or self.safe_from is not None


def heard_in(message: Mapping[str, Any]) -> Heard:
    """What a Rasa message brought, from the reading of the pipeline or from the entities of a button."""
    reading = message.get("understanding")
    if reading is None:
        return _pressed({entity["entity"]: entity["value"] for entity in message.get("entities", ())})
    return Heard(
        needs=tuple(reading.get("told", reading["needs"])),
        urgency=reading["urgency"],
        emergency_kind=reading["emergency_kind"],
        commune=reading["commune"],
        signs=frozenset(reading["signs"]),
        candidates=tuple(reading["candidates"]),
        french=reading["language"] == "fr",
        doubt=reading.get("doubt"),
        subjects=tuple(reading.get("subjects", ())),
        beneficiary=reading.get("beneficiary"),
        their_commune=reading.get("their_commune"),
        work_commune=reading.get("work_commune"),
        questions=tuple(reading.get("questions", ())),
        apart=reading.get("apart", False),
        facts=tuple((fact, margin) for fact, margin in reading.get("facts", ())),
    )


def _pressed(chosen: Mapping[str, Any]) -> Heard:
    """What a button says; those of the safety question name their danger, so that they mean the same at any time."""
    needs = tuple(filter(None, [chosen.get("besoin")]))
    heard = Heard(needs=needs, subjects=needs, commune=chosen.get("commune"), safe_from=chosen.get("hors_danger"))
    return _in_danger(heard, chosen["danger"]) if "danger" in chosen else heard


def remembered(slots: Mapping[str, Any]) -> Situation:
    """The situation as the slots of the conversation keep it."""
    return Situation(
        needs=tuple(slots.get("besoins") or ()),
        urgency=cast(Urgency, slots.get("urgence") or "none"),
        emergency_kind=cast(EmergencyKind | None, slots.get("type_urgence")),
        commune=slots.get("commune"),
        signs=frozenset(slots.get("signes") or ()),
    )


def words_for(situation: Situation) -> str | None:
    """Whose words fit a known emergency: its kind, or those for someone who threatens and suffers nothing."""
    threat = situation.emergency_kind == "violence" and THREAT in situation.signs and not DANGERS & set(situation.needs)
    return "menace" if threat else situation.emergency_kind


def joined(known: Situation, heard: Heard) -> Situation:
    """The situation once a message is added: new needs first, the higher urgency, the last commune named."""
    urgency = max(known.urgency, heard.urgency, key=URGENCIES.index)
    return replace(
        known,
        needs=tuple(dict.fromkeys((*heard.needs, *known.needs))),
        urgency=urgency,
        emergency_kind=heard.emergency_kind or known.emergency_kind,
        commune=heard.commune or known.commune,
        signs=known.signs | heard.signs,
    )


def taken_back(known: Situation, heard: Heard) -> tuple[str, ...]:
    """The known needs that a message takes back: those it names, or the only one there is; none when in doubt."""
    named = tuple(need for need in known.needs if need in heard.subjects)
    only = known.needs if len(known.needs) == 1 and not heard.subjects and known.needs[0] not in DANGERS else ()
    return named or only


def without(known: Situation, settled: Collection[str], table: Table) -> Situation:
    """The situation once these needs are settled; an emergency that none of the others opens a door for goes too."""
    left = tuple(need for need in known.needs if need not in settled)
    kind = known.emergency_kind
    if kind and any(need in table and _opens_now(need, kind, table) for need in left):
        return replace(known, needs=left)
    return replace(known, needs=left, urgency="none", emergency_kind=None)


def speaking_of_known(known: Situation, heard: Heard, table: Table) -> Heard:
    """The message as also speaking of the needs already known whose row its details change.

    "Je veux partir mais je n'ai pas d'argent", said after violence, is a detail of it: another row opens.
    """
    told = joined(known, heard)
    moved = [
        need
        for need in known.needs
        if need in table and choose_row(need, known, table).signs != choose_row(need, told, table).signs
    ]
    return replace(heard, needs=tuple(dict.fromkeys((*heard.needs, *moved))))


def as_slots(situation: Situation) -> dict[str, Any]:
    """The slots that keep a situation."""
    return {
        "besoins": list(situation.needs),
        "urgence": situation.urgency,
        "type_urgence": situation.emergency_kind,
        "commune": situation.commune,
        "signes": sorted(situation.signs),
    }


def doubt_open(slots: Mapping[str, Any]) -> EmergencyKind | None:
    """The danger that the person was asked about last, while the answer is awaited."""
    asked = slots.get("doutes") or [None]
    return cast(EmergencyKind | None, asked[-1]) if slots.get("attente") == SAFETY else None


def doubt_felt(slots: Mapping[str, Any], heard: Heard) -> EmergencyKind | None:
    """The danger that a message lets fear, unless it is known, denied, or told in a language we cannot ask in."""
    sure = slots.get("urgence") == "emergency" or heard.urgency == "emergency"
    return heard.doubt if heard.french and not sure and heard.doubt != heard.safe_from else None


def doubt_to_ask(slots: Mapping[str, Any], heard: Heard) -> EmergencyKind | None:
    """The danger to ask about after a message: each is asked about once in a conversation."""
    doubt = doubt_felt(slots, heard)
    return None if doubt in (slots.get("doutes") or ()) else doubt


_ABOUT_ANOTHER_THING = frozenset("choisir_creneau autre_creneau changer_lieu remercier reprendre resumer".split())
"""Intents whose "sauf", "mais" and "pas avant" speak of an appointment or a courtesy, not of danger."""

_FEW_WORDS, _WORDS_OF_A_QUESTION, _SURE = 5, 10, 0.7
"""So few words, in a situation already known, tell a new need from that chance on: what they mean is in the others."""

_ANSWER_WORDS = 4
"""A message of no more words is an answer, whatever need the model sees in "je sais pas"."""


def in_situation(known: Situation, heard: Heard, message: Mapping[str, Any]) -> Heard:
    """The message without the new needs that its few words make only likely, once the situation is known."""
    chances = (message.get("understanding") or {}).get("chances")
    heard = without_a_guessed_couple(known, heard, message)
    most = _WORDS_OF_A_QUESTION if heard.questions else _FEW_WORDS
    few = len((message.get("text") or "").split()) <= most
    if not (known.needs and chances and few) or heard.urgency == "emergency":
        return heard
    sure = tuple(need for need in heard.needs if need in {*known.needs, *DANGERS} or chances.get(need, 1.0) >= _SURE)
    return replace(heard, needs=sure)


def without_a_guessed_couple(known: Situation, heard: Heard, message: Mapping[str, Any]) -> Heard:
    """The message without a partner's violence that no word of it tells: "mon conjoint me relaie après son travail"."""
    chances = (message.get("understanding") or {}).get("chances")
    helped = known.emergency_kind == "suicide" and heard.emergency_kind == "violence"
    if "violence_conjugale" not in heard.needs or not known.needs or (heard.urgency == "emergency" and not helped):
        return heard
    told = not helped and chances and chances.get("violence_conjugale", 1.0) >= _SURE_OF_A_COUPLE
    if told or "violence_conjugale" in known.needs or _OF_VIOLENCE.search(_in_words(message).lower()):
        return heard
    heard = replace(heard, needs=_other_needs(heard, "violence_conjugale"))
    # "mon compagnon vient de rentrer, il appelle avec moi"
    return replace(heard, urgency="none", emergency_kind=None) if helped else heard


_SURE_OF_DANGER = 0.9
"""In so few words, the chance from which a danger is one; somewhat less is asked about."""
_WORDS_OF_A_TOWN = 10
"""Said with the town that was asked for: "clichy, derrière la gare, c'est au fond de la cour"."""


_LIKE_NEEDS = (frozenset({"rsa_demande", "rsa_suivi"}),)
"""Needs that one word names: "le RSA" is the one that is known."""
_SURE_OF_THE_OTHER = 0.85


def of_known_twin(known: Situation, heard: Heard, message: Mapping[str, Any]) -> Heard:
    """The message as about the one of two like needs that is known: "et pour le RSA, jeudi ?" asks for no new one."""
    chances = (message.get("understanding") or {}).get("chances", {})
    for like in _LIKE_NEEDS:
        here = like.intersection(known.needs)
        other = next(iter(like - here))
        if len(here) == 1 and chances.get(other, 1.0) < _SURE_OF_THE_OTHER:
            needs = tuple(dict.fromkeys(next(iter(here)) if need == other else need for need in heard.needs))
            subjects = tuple(need for need in heard.subjects if need != other)
            heard = replace(heard, needs=needs, subjects=subjects)
    return heard


def town_alone(known: Situation, heard: Heard, message: Mapping[str, Any]) -> Heard:
    """The message that answers "which town?" in few words, without the needs and dangers that they make only likely.

    For messages in which no word of an emergency rings (bot/nlu/emergency.py).
    """
    reading = message.get("understanding") or {}
    few = len((message.get("text") or "").split()) <= _WORDS_OF_A_TOWN
    if heard.commune is None or not (known.needs and few):
        return heard
    chances, dangers = reading.get("chances", {}), reading.get("danger_chances", {})
    sure = tuple(need for need in heard.needs if need in known.needs or chances.get(need, 1.0) >= _SURE)
    kind = heard.emergency_kind
    if kind and dangers.get(kind, 1.0) >= _SURE_OF_DANGER:
        return heard
    asked = kind if kind and dangers.get(kind, 0.0) >= _SURE else None
    return replace(heard, needs=sure, urgency="none" if kind else heard.urgency, emergency_kind=None, doubt=asked)


_RIVAL_CHANCE = 0.3
"""From which the danger of the situation that is known stands before another, likelier by the words alone."""


def known_kind(known: Situation, heard: Heard, message: Mapping[str, Any], before: str = "") -> Heard:
    """The message of someone known to lose their roof: "il vient de me mettre dehors" speaks of no violent spouse.

    `before`: what was written before it, normalised.
    """
    reading = message.get("understanding") or {}
    heard = _of_an_elder(known, heard, reading.get("words") or "")
    heard = _with_their_kind(known, heard, reading, before)
    chance = reading.get("danger_chances", {}).get("shelter", 0.0)
    roofless = {"hebergement_urgence", "expulsion"} & set(known.needs) and not DANGERS & set(known.needs)
    chances = reading.get("chances", {})
    beaten = max((chances.get(need, 0.0) for need in DANGERS), default=0.0) >= _RIVAL_CHANCE
    if heard.emergency_kind != "violence" or not roofless or beaten or chance < _RIVAL_CHANCE:
        return heard
    calm = tuple(need for need in heard.needs if need not in DANGERS)
    return _in_danger(replace(heard, needs=calm), "shelter")


_OF_VIOLENCE = re.compile(
    r"frapp|\btap|cogn|coup|gifl|etrangl|menac|viol|insult|control|surveill|peur|enferm|\btu(?:e|er|es)\b|\bbat"
    r"|humili|rabaiss|pouss"
    r"|harcel|jalou|gueul|hurl|cri|cass|bleu|fouill|interdi|carte|argent|telephone|oblig|forc|serr|bris|suivi"
)
_A_MINOR = re.compile(r"\b(?:j ai|moi|age de|\.|^) ?1[0-7] ?ans\b|\b1[0-7] ans(?= ?[.,])|\bsuis mineure?\b")
_NAMES_A_CHILD = re.compile(r"\b(?:enfants?|bebe|gamine?s?|gosses?|petite?s?|fils|fille|mineure?s?|eleves?|ados?)\b")
_OF_AN_ELDER = re.compile(
    r"\b(?:[789]\d ans|quatre vingts?|deambulateur|ehpad|maison de retraite|aide a domicile|auxiliaire de vie"
    r"|vieille dame|vieux monsieur|personne agee|dame agee|alzheimer|mamie|papi|grand (?:mere|pere))\b"
)
_SURE_OF_A_COUPLE, _SURE_OF_A_FIRST_TELLING = 0.95, 0.8


def _other_needs(heard: Heard, left_out: str) -> tuple[str, ...]:
    return tuple(need for need in heard.needs if need != left_out)


_NAMES_A_MINOR = re.compile(
    r"\b(?:enfants?|bebe|gamine?s?|gosses?|mineure?s?|eleves?|ados?|nourrisson|petits (?:fils|enfants))\b"
)


def _of_an_elder(known: Situation, heard: Heard, words: str) -> Heard:
    """The message of someone known to speak of an elder: the bruises are the elder's, where no child is named."""
    elder = {"perte_autonomie", "isolement_senior"} & set(known.needs) and "enfance_danger" not in known.needs
    if not elder or "enfance_danger" not in heard.needs or _NAMES_A_MINOR.search(words):
        return heard
    needs = dict.fromkeys("violence_familiale" if need == "enfance_danger" else need for need in heard.needs)
    kind = "violence" if heard.emergency_kind == "child" else heard.emergency_kind
    return replace(
        heard, needs=tuple(needs), emergency_kind=kind, doubt="violence" if heard.doubt == "child" else heard.doubt
    )


def _with_their_kind(known: Situation, heard: Heard, reading: Mapping[str, Any], before: str) -> Heard:
    """A danger that bursts out is that of the persons spoken of: to a child, "il monte l'escalier" tells no spouse.

    Known for an elder, the screams behind the door are the elder's; known for a child, the blows are the child's.
    """
    of_family, of_child = "violence_familiale" in known.needs, "enfance_danger" in known.needs
    words = reading.get("words") or ""
    if "enfance_danger" in heard.needs and not of_child and _OF_AN_ELDER.search(f"{before} {words}"):
        heard = _of_the_elder(known, heard, f"{before} {words}")
    if "enfance_danger" in heard.needs and of_family and not of_child:
        if heard.urgency != "emergency" or _NAMES_A_CHILD.search(words):
            return _of_no_partner(known, heard, words, before, "violence_familiale")
        left = _other_needs(heard, "enfance_danger")
        return replace(heard, needs=left or ("violence_familiale",), emergency_kind="violence")
    sure = reading.get("chances", {}).get("violence_conjugale", 0.0) >= _SURE_OF_A_FIRST_TELLING
    if of_child or ("enfance_danger" in heard.needs and not sure):
        return _of_no_partner(known, heard, words, before, "enfance_danger")
    so_far = f"{before} {words}"
    minor = _A_MINOR.search(so_far) and names_a_relative(so_far)  # a father, perhaps named some messages before
    if known.needs and minor:
        return _of_no_partner(known, heard, words, before, "enfance_danger")
    return _of_no_partner(known, heard, words, before, "violence_familiale") if of_family else heard


def _of_the_elder(known: Situation, heard: Heard, so_far: str) -> Heard:
    """The message about an old person, as no child was ever named: the family's violence, with its own numbers."""
    if names_a_child(so_far):
        return heard
    left = _other_needs(heard, "enfance_danger")
    kind = "violence" if heard.emergency_kind == "child" else heard.emergency_kind
    needs = left if "violence_familiale" in left else ("violence_familiale", *left)
    signs = heard.signs | {"maltraitance_age"}
    return replace(heard, needs=needs, emergency_kind=kind, signs=signs)


def _of_no_partner(known: Situation, heard: Heard, words: str, before: str, theirs: str) -> Heard:
    """The message without a partner's violence, where nobody's partner was ever named; `theirs`: what it is instead."""
    child = theirs == "enfance_danger"
    new = "violence_conjugale" in heard.needs and "violence_conjugale" not in known.needs
    of_child = child and heard.emergency_kind == "violence" and theirs in known.needs
    someone_elses = child and known.needs and theirs in known.needs and not suffers(words)
    partner = names_a_partner(words if someone_elses else f"{before} {words}")
    couple = "violence_conjugale" in known.needs or partner
    if couple or not (new or of_child):
        return heard
    left = _other_needs(heard, "violence_conjugale")
    kind = "child" if child and heard.emergency_kind == "violence" else heard.emergency_kind
    doubt = "child" if child and heard.doubt == "violence" else heard.doubt
    return replace(heard, needs=left or (theirs,), emergency_kind=kind, doubt=doubt)


def for_another(whose: Iterable[str | None], heard: Heard) -> Heard:
    """The message with the commune of the person it is for, when it names that one and the writer's own.

    `whose`: for whom it was, and for whom the message says it is.
    """
    other = heard.their_commune and set(whose) - {None, ONESELF}
    return replace(heard, commune=heard.their_commune, beneficiary=None) if other else heard


def linked_by_work(known: Situation, heard: Heard) -> Heard:
    """The message with the commune where its writer works, for an address: work is a link with a commune."""
    asked_for = "domiciliation" in (*known.needs, *heard.needs) and known.commune is None and heard.commune is None
    return replace(heard, commune=heard.work_commune) if asked_for and heard.work_commune else heard


_OF_THE_ONE_SPOKEN_OF = re.compile(r"\W*(?:(?:alors|ben|bah|euh|oui|non|mais) ,? ?)*(?:elle|il|lui|eux|ils|elles)\b")
"""At the start of an answer: "elle est à Clichy, moi à Asnières"."""


def town_of_the_one_spoken_of(known: Situation, heard: Heard, folded: str) -> Heard:
    """The answer to "which town?" that begins with another's: the need is that one's, unless they are dangerous."""
    theirs = heard.their_commune and not DANGERS & {*known.needs, *heard.needs}
    return replace(heard, commune=heard.their_commune) if theirs and _OF_THE_ONE_SPOKEN_OF.match(folded) else heard


_MINE_APART = re.compile(
    r"\b(?:moi|perso|quant a moi|pour ma part|de mon cote) ?,? ?(?:je |j ?)(?:suis|habite|vis|loge|reside|demeure)\b"
)
"""Of the writer's own home, set against that of whom they write for: "j'écris pour ma mère, moi je suis à Paris"."""
_NEEDS_OF_A_CHILD = frozenset(
    {"vaccination", "consultation_enfant", "premiere_pesee", "bilan_maternelle", "mode_garde"}
)
_WHERE_THE_CHILD_LIVES = re.compile(
    r"\b(?:petite?s?|enfants?|gamine?s?|gosses?|bebe|jumeaux|fils|fille) (?:habit\w*|vit|vivent|loge\w*|est|sont)\b"
)


def town_left_open(heard: Heard, folded: str) -> Heard:
    """The message without the town of its writer, set apart from that of whom it is for, which it does not tell."""
    for_somebody = heard.beneficiary not in (None, ONESELF) and heard.their_commune is None
    return replace(heard, commune=None) if for_somebody and _MINE_APART.search(folded) else heard


def town_of_the_child(known: Situation, heard: Heard, folded: str) -> Heard:
    """The message with the town where the child lives, whose vaccines or childcare it is about."""
    of_a_child = _NEEDS_OF_A_CHILD & {*known.needs, *heard.needs} and heard.their_commune
    return (
        replace(heard, commune=heard.their_commune) if of_a_child and _WHERE_THE_CHILD_LIVES.search(folded) else heard
    )


_ROOM_FOUND = re.compile(
    r"\b(?:115|samu social|assistante sociale|association|on|ils|elle|il) (?:\w+ ){0,2}?(?:trouve|donnee?|placee?s?"
    r"|mis|loge|envoye|attribue|propose)\w*\b.{0,30}\b(?:hotel|chambre|foyer|place|centre)\b"
)


def room_found_elsewhere(known: Situation, heard: Heard, words: str) -> Heard:
    """The message without the town of a hotel found for some nights: one still belongs where one lived."""
    moved = known.commune is not None and heard.commune not in (None, known.commune)
    return replace(heard, commune=None) if moved and _ROOM_FOUND.search(words) else heard


def children_saw(known: Situation, heard: Heard) -> Heard:
    """The message of someone known to suffer violence who says that the children saw or heard it (needs.md)."""
    if "enfants_temoins" not in heard.signs or not VIOLENCES & set(known.needs):
        return heard
    return replace(heard, needs=tuple(dict.fromkeys((*heard.needs, "enfance_danger"))))


_WISHED = re.compile(
    r"^(?!.*\b(?:plus|pas) besoin\b).*\b(?:veu[xt]|voudrai\w*|rdv|rendez vous|creneaux?|voir|besoin)\b"
)
_A_MIDWIFE = re.compile(
    r"\bsages? femmes?\b(?! (?:(?:de |du |d )\w+ )?(?:qui |elle |m |me |nous |lui |l |la |le )*(?:a |ont |avait )?"
    r"(?:veut|veu|dit|demande\w*|conseille\w*|envoie|envoye\w*|trouve\w*|insiste|pense|pese\w*|voulait|explique\w*)\b)"
)
"""Asked for, and not the one who speaks: "la sage-femme veut qu'on le pèse"."""


def asks_for_a_midwife(known: Situation, heard: Heard, words: str) -> Heard:
    """The message of someone known to have a baby who asks for a midwife: it is for the mother (needs.md)."""
    pregnant = {"grossesse_suivi", "ivg"} & {*known.needs, *heard.needs}
    wished = _WISHED.search(words) and {"post_natal", "premiere_pesee"} & set(known.needs)
    born = "bebe" in known.signs or wished
    if not born or pregnant or not _A_MIDWIFE.search(words):
        return heard
    subjects = tuple("post_natal" if need == "grossesse_suivi" else need for need in heard.subjects)
    return replace(heard, needs=tuple(dict.fromkeys((*heard.needs, "post_natal"))), subjects=subjects)


_A_BRUISE = re.compile(r"\b(?:bleus?|hematomes?|ecchymoses?|marques?|coquards?|oeil au beurre noir|traces? de coups)\b")


def bruise_seen(known: Situation, heard: Heard, words: str) -> Heard:
    """The message of someone known to tell of violence who has seen a bruise: it speaks of that violence."""
    theirs = tuple(need for need in known.needs if need in DANGERS)
    if heard.needs or heard.questions or not theirs or not _A_BRUISE.search(words):
        return heard
    return replace(heard, needs=theirs, candidates=())


def after_birth(known: Situation, heard: Heard) -> Heard:
    """The message of a new mother: of her low spirits, the midwives are the ones to speak to."""
    low = "sante_mentale" in (*heard.needs, *heard.candidates[:1])
    if not low or "premiere_pesee" not in known.needs or "emergency" in (known.urgency, heard.urgency):
        return heard
    return replace(heard, needs=tuple(dict.fromkeys(("post_natal", *heard.needs))))


_IS_THE_VICTIM = re.compile(
    r"\b(?:copine|pote|amie?|collegue|voisine?|cousine?|soeur|fille|dame|femme|gamine?|eleve|personne)s? ?,? ?"
    r"(?:c|c est|en fait c est|c etait) moi\b"
    r"|\bc(?: est)? moi ,? ?(?:la|le|l|cette|ton) ?(?:copine|pote|amie?|collegue|voisine?|cousine?|soeur|fille"
    r"|dame|femme"
    r"|gamine?|victime)\b|\b(?:en fait|en vrai|bon) (?:c est|c) (?:de )?moi\b"
)
"""Owned up to: "la copine, c'est moi"."""


def owned_up(known: Situation, heard: Heard, words: str) -> Heard:
    """The message of someone who says that the victim they spoke of is themselves: their safety is asked about."""
    if not DANGERS & set(known.needs) or heard.urgency == "emergency" or not _IS_THE_VICTIM.search(words):
        return heard
    return replace(heard, beneficiary=ONESELF, doubt=heard.doubt or _known_danger(known))


def _known_danger(known: Situation) -> EmergencyKind:
    """The kind of a known danger: a child's when it is the only one."""
    return "child" if DANGERS & set(known.needs) == {"enfance_danger"} else "violence"


_ONLY_AN_AGE = re.compile(
    r"(?:(?:non|oui|euh|bah|ben|mais|et|moi|j|g|je|ai|elle|il|on|a|mon|ma|fils|fille|soeur|frere|copine|amie?) ,?){0,5}"
    r" ?(\d\d?) ?(?:ans?|an)(?: (?:et demi|moi|aussi|deja|seulement))?[ .!]*"
)
_OF_AGE = 18


def age_alone(words: str) -> int | None:
    """The age that is all a normalised message tells: "j'ai 16 ans", "17 ans"; None when it tells another thing."""
    told = _ONLY_AN_AGE.fullmatch(words.strip())
    return int(told[1]) if told else None


def aged(known: Situation, heard: Heard, age: int) -> Heard:
    """The message that tells only an age: of a minor who suffers violence, a child is in danger (needs.md)."""
    violence = {"violence_familiale", "violence_conjugale"} & set(known.needs)
    needs = ("enfance_danger",) if age < _OF_AGE and violence and "enfance_danger" not in known.needs else ()
    return replace(heard, needs=needs, urgency="none", emergency_kind=None, doubt=None, candidates=())


_BURSTS_OUT = re.compile(
    r"\b(?:mon dieu|la maintenant|en ce moment|a l instant|(?:il|elle) est la|ca recommence|au secours"
    r"|vite|il arrive)\b"
)


def bursts_out(known: Situation, heard: Heard, words: str) -> Heard:
    """The message of someone known to tell of violence or of a child, in whose words it happens now."""
    if not DANGERS & set(known.needs) or heard.doubt not in ("violence", "child") or not _BURSTS_OUT.search(words):
        return heard
    return _in_danger(replace(heard, doubt=None), _known_danger(known))


_NOBODY = re.compile(r"\b(?:nulle part|personne|sais pas|dehors|la rue|aucun endroit|voiture|palier|cage d escalier)\b")


def no_roof_either(known: Situation, heard: Heard, words: str) -> Heard:
    """The message of someone put out of their home who has nobody for tonight: a roof is needed too (needs.md)."""
    out = known.emergency_kind == "shelter" and "expulsion" in known.needs and "hebergement_urgence" not in known.needs
    return _in_danger(heard, "shelter") if out and _NOBODY.search(words) else heard


_OF_CARE = frozenset({"acces_soins", "css_sante"})


def without_treatment(known: Situation, heard: Heard, words: str) -> Heard:
    """The message of someone known to lack care, whose treatment lasts a few days more: days count."""
    if heard.urgency == "emergency" or not _OF_CARE & set(known.needs) or not runs_out_of_treatment(words):
        return heard
    return replace(heard, needs=tuple(dict.fromkeys((*heard.needs, "acces_soins"))), urgency="soon")


_CALM_CHILD = re.compile(
    r"\b(?:il|elle|ils|elles|petite?s?|fils|filles?|enfants?|garcons?|gamine?s?) (?:\w+ ){0,2}?(?:joue\w*"
    r"|n a rien|a rien"
    r"|ont rien|dort|dorment|rigole\w*|dessine\w*|regarde\w* (?:la tele|un dessin)|fait ses devoirs|mange\w*|va bien"
    r"|vont bien|est calme|sont calmes|est a l ecole|sont a l ecole)\b"
)
_TROUBLED_CHILD = re.compile(
    r"\b(?:mais|saigne\w*|peur|pleure\w*|bleus?|mal|marques?|crie\w*|hurle\w*|seule?s?|reveille\w*|bouge\w*|respire\w*"
    r"|pas|plus|jamais|rien (?:mange|bu|dit|a manger))\b"
)


def child_is_calm(words: str) -> bool:
    """Whether the child who was asked about plays, sleeps or has nothing, and nothing else troubles."""
    return bool(_CALM_CHILD.search(words)) and not _TROUBLED_CHILD.search(words)


_OLD_AGE = 60
_TELLS_AN_AGE = re.compile(
    r"\b(?:a|as|ai|ont|de|age de) (?:deja |seulement |que |tout juste |plutot )?(\d\d) (?:ans|a)\b"
)
_DISABILITY_RIGHTS = re.compile(r"\b(?:mdph|aah|pch|aeeh|rqth|invalidite|carte (?:d invalidite|mobilite)|esat|ime)\b")


def of_that_age(known: Situation, heard: Heard, words: str, before: str) -> tuple[str, str] | None:
    """The need to leave and the one to put in its place, once an age is told: disability before sixty, then old age.

    Unless disability rights were named (needs.md). `before`: what was written before, normalised.
    """
    age = _TELLS_AN_AGE.search(words)
    if age is None or "handicap_mdph" in heard.needs or "perte_autonomie" in heard.needs:
        return None
    old = int(age[1]) >= _OLD_AGE
    if not old and "perte_autonomie" in known.needs and "handicap_mdph" not in known.needs:
        return "perte_autonomie", "handicap_mdph"
    named = _DISABILITY_RIGHTS.search(f"{before} {words}")
    if old and "handicap_mdph" in known.needs and "perte_autonomie" not in known.needs and not named:
        return "handicap_mdph", "perte_autonomie"
    return None


def in_pregnancy(known: Situation, heard: Heard) -> Heard:
    """The message of someone known to be pregnant: a danger in doubt for her health is an emergency (facts.md 4.4)."""
    if "ivg" in known.needs and "grossesse_suivi" in heard.needs:
        heard = replace(heard, needs=_other_needs(heard, "grossesse_suivi"))
    if heard.doubt != "medical" or "grossesse_suivi" not in known.needs:
        return heard
    return _in_danger(replace(heard, doubt=None), "medical")


def answering(heard: Heard, message: Mapping[str, Any], asked: EmergencyKind, table: Table) -> Heard:
    """The message as an answer to the safety question: danger, no danger, or as it was when it speaks of another thing.

    What is not clear counts as danger: "je ne sais pas", a yes or a no said otherwise, a second doubt.
    """
    if heard.settled:
        return heard
    text = _in_words(message)
    told = len(text.split()) > _ANSWER_WORDS and bool(heard.needs)
    other = told and not any(_opens_now(need, asked, table) for need in heard.needs)
    calm = not _ALARMING.search(spoken(text))
    visit = message["intent"]["name"] in _ABOUT_ANOTHER_THING and calm
    elsewhere = other or visit or bool(heard.questions) or (heard.commune is not None and calm)
    said = read_safety(text, asked, elsewhere)
    if said is None and message["intent"]["name"] == "rassurer" and heard.doubt != asked:
        said = "safe"
    if said is None and (heard.doubt == asked or message["intent"]["name"] in ("affirmer", "refuser")):
        said = "danger"
    if said == "danger":
        return _in_danger(heard, asked)
    return replace(heard, safe_from=asked) if said == "safe" else heard


def _in_words(message: Mapping[str, Any]) -> str:
    """The text of a message, its SMS spellings written out; a thumb is left as it is."""
    text = str(message.get("text") or "")
    written = str((message.get("understanding") or {}).get("words") or "")
    return written if written and spoken(text).split() else text


def read_safety(text: str, asked: EmergencyKind, elsewhere: bool = False) -> Safety | None:
    """What a text answers to the safety question of a kind; None when it answers nothing.

    Of a message that also tells another need (`elsewhere`), only a yes or a no at its start is an answer: its "mais"
    and its "je ne sais pas" belong to that need.
    """
    words = spoken(text)
    good, bad = (YES, NO) if asked in YES_IS_SAFE else (NO, YES)
    if _JOKES.search(words) and not _ALARMING.search(words):
        return "safe"
    if asked != "suicide" and _SAYS_SAFE.search(words) and not worries(_SAYS_SAFE.sub(" ", words), asked):
        return "safe"
    if _PROTESTS.match(words) and not _ALARMING.search(_GONE.sub(" ", words)):
        return None
    if not elsewhere and worries(words, asked):
        return "danger"
    if bad.match(words):
        return "danger"
    if good.match(words) or _CALM.match(words):
        return "safe"
    hosted = asked == "shelter" and _HOSTED.search(words) and not _NEGATED.search(words)
    return "safe" if hosted else None


def worries(words: str, asked: EmergencyKind) -> bool:
    """Whether the words hedge or alarm; of a suicide, whether a no speaks of somebody else: "non, mon fils"."""
    told = _EXCLAIMED.sub("", _GONE.sub(" ", words))
    calm = _CALM.match(words)
    other = asked == "suicide" and not calm and bool(NO.match(words)) and bool(_SOMEONE_ELSE.search(words))
    return other or bool(_HEDGED.search(told)) or (not calm and bool(_ALARMING.search(told)))


def _in_danger(heard: Heard, kind: EmergencyKind) -> Heard:
    """The message as an emergency of a kind."""
    told = filter(None, [_NEED_OF_DANGER.get(kind)])
    needs = tuple(dict.fromkeys((*told, *heard.needs)))
    return replace(heard, needs=needs, urgency="emergency", emergency_kind=kind)


def _opens_now(need: str, kind: EmergencyKind, table: Table) -> bool:
    """Whether a need has an immediate door in an emergency of a kind: speaking of it is speaking of that danger."""
    return need in table and choose_row(need, Situation((need,), "emergency", kind), table).level == NOW
