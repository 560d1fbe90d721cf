"""Answers to what people ask about places and services: from the directory, which says so where it knows nothing."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.house import House
from actions.safety import what_to_do_now
from actions.speaking import channel_of, need_buttons, plan_for, say, text_of, words_of
from bot.dialogue.memory import Heard, joined, remembered
from bot.dialogue.other_houses import house_named
from bot.dialogue.precise_questions import choose_fact
from bot.dialogue.withheld import withholds_contact
from bot.directory.hours import ALWAYS, is_open, next_opening, spoken_date
from bot.directory.models import Fact, Hotline, Structure, Term, fold
from bot.nlu.subjects import NAMED_AS_PEOPLE
from bot.nlu.understand import PRECISE_QUESTION
from bot.orientation.plan import OWN_POLE, PlanLine

_NUMBER_ASKED = re.compile(
    r"\b(?:quels?|c est quoi|donne[rz]?|donneriez|avoir|avez|auriez|aurais|as|a t on|veux|voudrais|voulais|cherche"
    r"|cherchais|connais\w*|connaitriez|il faut|indiquer|indiquez|passe[rz]?|envoie|envoyez|retrouve|trouve)"
    r" (?:\w+ ){0,3}(?:numero|num|telephone|tel)\b"
    r"|\b(?:a|sur) (?:quel|quoi comme) (?:numero|num)\b"
    r"|\b(?:leur|leurs) (?:numeros?|num|telephone|tel)\b(?=[^?]*\?|$)"
    r"|\b(?:je|on) (?:les|la|le) (?:appelle|joins|joint|contacte) (?:ou|comment|a quel|sur quel)\b"
    r"|\bcomment (?:je |on |puis je |faire pour )?(?:les |la |le |l )(?:join\w+|appele?r?|appelle|contacter?)\b"
    r"|\b(?:juste|c est|et|le) (?:\w+ )?(?:numero|num)\b"
    r"|^(?:\w+ ){0,2}(?:numero|num)\b"
    r"|^(?:le |et le )?(?:tel|telephone) (?:de|du)\b"
)
_OTHER_NUMBER = re.compile(
    r"\b(?:mon|son|ton|pas de|sans|au(?! \w+ c est quel)|bon|encore un|toujours un|que des)"
    r" (?:numeros?|num|tel|telephone)\b"
    r"|\b(?:j ai|voici|avec) (?:le|un|mon) (?:numero|num)\b"
    r"|\b(?:numero|num) (?:\w+ ){0,2}(?:gratuit|payant|surtaxe|cher)"
    r"|\b(?:gratuit|payant|surtaxe|cher) (?:\w+ ){0,2}(?:numero|num)\b"
    r"|\b(?:numero|num) (?:\d|de (?:dossier|secu|rue|allocataire|code))|\d{6,}"
)
"""One's own number, that of a slot or of a file."""
_NUMBERS = re.compile(r"\d[\d ]*\d")
_NAME_PARTS = re.compile(r"\w+")
_A_QUESTION = re.compile(
    r"\b(?:est ce qu|c est quoi|pourquoi|combien|comment (?:je|on|faire|ca|se)|(?:je|on) fais? (?:quoi|comment)"
    r"|dois je|puis je|peut on|ai je|a t on|qui (?:va|peut|est ce)|quand est ce)\b"
)
_MAY_ASK = re.compile(
    r"\b(?:est ce|c est quoi|koi|pourquoi|combien|comment|ou|qui|quand|quoi|quels?|quelles?|lequel|dois|faut|peut|peux"
    r"|puis|pourrai\w*|possible|y a|ya|a t il|droit|savoir|si)\b"
)
"""Words of which a question without its mark holds at least one: a text that has none of them states something."""
_ECHO = re.compile(
    r"(?:^|(?<=[.!?;] ))(?:mon|ma|mes|son|sa|ses|leur|leurs|le|la|les|l')\s*\w+(?: \w+)?\s*\?\s*(?=\w)", re.IGNORECASE
)
_INVERTED = re.compile(r"\w-(?:t-)?(?:ils?|elles?|on|vous|tu|je|ce)\b", re.IGNORECASE)
_OF_MEANING = re.compile(
    r"\b(?:c est|c|ce|se|sa|cest|ce que c est|est ce|ca) (?:quoi|koi)\b|\bqu est ce (?:que|qu)\b"
    r"|\bca veut dire\b|\bsignifie\b"
    r"|\b(?:kesako|definition|explique\w*|comprend\w*|connais\w*|sens)\b|\bqu entendez vous\b"
    r"|\bquoi (?:ca )?(?:la|le|l|un|une)\b"
    r"|\bdifference\b|\bsert a quoi\b|\ba quoi (?:ca )?sert\b"
)
"""Asked of what a word means, or what it is for."""
_OF_PAPERS = "expulsion"
"""The need whose words are the names of papers."""
_OF_SECRECY = ("info_signalement", "confidentialite")
"""Questions about what one came for, whoever is named in them: "ma mère va recevoir un papier de la sécu ?"."""
_SAYS_IT_ALL = (
    ("info_ferme", "info_horaires"),
    ("info_un_seul_rdv", "info_sans_rdv"),
    ("info_a_ma_place", "info_accompagnant"),
    ("info_lui_meme", "info_accompagnant"),
    ("info_gens", "qui_es_tu"),
)
"""A question in plain words, and what the model reads in the same words, which its answer makes needless."""
_OF_THE_VISIT = ("info_papiers", "info_cout", "info_adresse")
"""Questions about the appointment that is booked, where there is one: "j'amène quoi ?"."""
_WORDS_OF_A_QUESTION = 9
"""In more words, what is named is rather the scenery: "c'est combien ? parce que le médecin c'était déjà 60"."""
OF_SLOTS = re.compile(
    r"\b(?:possible|dispo\w*|libres?|creneaux?|rdv|rendez vous|place|autres?|jours?|heures?|plus t(?:ot|ard)|marche"
    r"|lequel|lesquels)\b|\b(?:y a|avez|reste) (?:quelque chose|un truc)\b|\bca existe\b"
    r"|\b(?:y ?a|avez|vous avez) (?:\w+ )?(?:apres|avant|le matin|l aprem\w*|le soir)\b"
    r"|\b(?:auriez|avez|aurais|y ?a|as|reste)(?: vous| tu)? (?:\w+ )?(?:lundi|mardi|mercredi|jeudi|vendredi|demain)\b"
    r"|\b(?:garder|gardez|decaler|deplacer|reporter) (?:\w+ )?(?:lundi|mardi|mercredi|jeudi|vendredi)\b"
    r"|^(?:(?:y a|ya|il y a|vous avez|avez vous|t as|rien|pas|et|ou|sinon|quelque chose|un truc) )*"
    r"(?:apres|avant|mieux|autre chose|plus loin)$"
)
"""Asked of an appointment, whose slots are offered anyway."""
_OF_NOTHING = re.compile(r"^(?:\w+ ){0,3}(?:contente?s?|satisfaite?s?|heureu(?:x|se))$")
"""Asked of nothing: "Bon. 92300, content ?"."""
_OF_A_SLOT = re.compile(
    r"\b(?:premiere?|deuxieme|seconde?|troisieme|derniere?|numero|creneaux?|\d+|rdv|rendez vous|celui|celle|options?)\b"
)
"""Asked of the slots on offer: "c'est quoi le premier ?"."""
DOORS_TOLD = 3
"""How many doors an answer goes through: more would be the plan again."""
TRADES_TOLD = 5
_TOLD_BY_THE_PLAN = ("info_porte",)
"""What the doors of a need just told answer by themselves: "à qui dois-je m'adresser ?"."""
Told = tuple[str, dict[str, Any]]
"""The name of a text, and what fills its blanks."""


def answer_all(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard, intent: str | None = None
) -> None:
    """Answer everything that a message asks, and first its intent.

    One sentence that reads as a precise question has one precise answer; of several, each has its own.
    """
    about = _spoken_of(tracker, heard)
    asked = dict.fromkeys(heard.questions) if heard.apart else dict.fromkeys(filter(None, (intent, *heard.questions)))
    if set(heard.needs) - set(remembered(tracker.slots).needs):
        asked = {question: None for question in asked if question not in _TOLD_BY_THE_PLAN}
    if set(_OF_SECRECY) <= set(asked) and text_of(tracker).count("?") <= 1:
        del asked["confidentialite"]  # "mon employeur peut l'apprendre ?" is one question: its no is the answer
    passed = {less for more, less in _SAYS_IT_ALL if more in asked}
    asked = {question: None for question in asked if question not in passed}
    usual = [question for question in asked if question != PRECISE_QUESTION]
    second = not heard.apart and next(iter(asked), PRECISE_QUESTION) != PRECISE_QUESTION
    fact = None if passed else choose_fact(heard.facts, rooms.directory.facts, about, second, words_of(tracker))
    if fact:
        _tell_fact(dispatcher, rooms, tracker, fact, heard)
    if fact and not heard.apart:
        return
    for question in usual if usual or fact else asked:
        _answer(dispatcher, rooms, tracker, question, heard)


def answerable(rooms: House, tracker: Tracker, heard: Heard) -> Heard:
    """What was heard, without a precise question that no fact answers and that nothing else shows to be asked."""
    if choose_fact(heard.facts, rooms.directory.facts, _spoken_of(tracker, heard), words=words_of(tracker)):
        return heard
    return replace(heard, questions=tuple(one for one in heard.questions if one != PRECISE_QUESTION))


def _spoken_of(tracker: Tracker, heard: Heard) -> tuple[str, ...]:
    """The needs that a question may be about: those of its message first."""
    return tuple(dict.fromkeys((*heard.needs, *heard.subjects, *remembered(tracker.slots).needs)))


def asks_something(text: str) -> bool:
    """Whether a text asks something, by its words or its question mark."""
    text = _without_echoes(text)
    return bool(_A_QUESTION.search(fold(text)) or "?" in text)


def _without_echoes(text: str) -> str:
    """The text without what it takes up only to answer it: "Son père ? Il est parti"."""
    return _ECHO.sub(" ", text)


def may_ask(text: str) -> bool:
    """Whether a text could be a question, with or without its mark: "je rappellerai lundi" is none."""
    text = _without_echoes(text)
    return "?" in text or bool(_MAY_ASK.search(fold(text)) or _INVERTED.search(text))


def which_door(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, need: str) -> None:
    """The doors of one need in short, with what it says of itself."""
    _answer(dispatcher, rooms, tracker, "info_porte", Heard(needs=(need,)))


def own_up(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> bool:
    """Answer by a fact that no act asked for, or say who knows: no question is passed over. Whether it was said."""
    unanswered = leaves_unanswered(tracker, heard)
    fact = choose_fact(heard.facts, rooms.directory.facts, _spoken_of(tracker, heard), words=words_of(tracker))
    if unanswered and fact:
        _tell_fact(dispatcher, rooms, tracker, fact, heard)
    elif unanswered:
        _answer(dispatcher, rooms, tracker, PRECISE_QUESTION, replace(heard, needs=(), subjects=()))
    return unanswered


def leaves_unanswered(tracker: Tracker, heard: Heard) -> bool:
    """Whether the latest message asks something that no question of the house was read in."""
    text = text_of(tracker)
    asks = asks_something(text) and not _OF_NOTHING.search(fold(text))
    return asks and not heard.questions and not OF_SLOTS.search(fold(text))


def tell_number(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> bool:
    """Say the telephone number asked for, of the service named or of those the situation leads to; whether it is."""
    words = words_of(tracker)
    if not _NUMBER_ASKED.search(words) or _OTHER_NUMBER.search(words) or withholds_contact(words):
        return False
    if tracker.get_slot("attente") == "contact":
        return False
    if set(heard.needs) - set(remembered(tracker.slots).needs):
        return False
    named = {term.name for term in rooms.directory.terms_in(text_of(tracker))}
    lines = [line for line in rooms.directory.hotlines.values() if named & set(line.name.split())]
    numbers = {line.name: line.number for line in lines} or _numbers_of_places(rooms, named)
    if not numbers:
        doors = _doors(rooms, tracker, _about(tracker, heard))
        numbers = {line.label: line.phone for line in reversed(doors[:DOORS_TOLD]) if line.phone}  # the first door's
    for name, number in numbers.items():
        whose = name[:1].upper() + name[1:]
        say(dispatcher, rooms, tracker, "utter_info_telephone", nom=whose, telephone=number)
    return bool(numbers)


def _numbers_of_places(rooms: House, named: Collection[str]) -> dict[str, str]:
    """The telephone of each place that bears one of these names: "la MDPH"."""
    places = rooms.directory.structures.values()
    return {one.name: one.phone for one in places if one.phone and {*named} & {*_NAME_PARTS.findall(one.name)}}


def _answer(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, question: str, heard: Heard) -> None:
    """Say what is known of a question: about the needs it names, else about those of the conversation."""
    if question == "info_definition":
        _define(dispatcher, rooms, tracker)
        return
    if question == PRECISE_QUESTION and _asks_of_a_word(rooms, tracker):
        _define(dispatcher, rooms, tracker)
        return
    if question == PRECISE_QUESTION:
        if what_to_do_now(dispatcher, rooms, tracker):
            return
        question = "info_fait_inconnu"
    about = _about(tracker, heard)
    if question in _OF_SECRECY:
        about = remembered(tracker.slots).needs or about
    if question in _OF_THE_VISIT and not (heard.needs or heard.subjects):
        about = _needs_of_the_visit(rooms, tracker, about)
    by_need = [f"utter_{question}_{need}" for need in about]
    own = next((name for name in by_need if name in rooms.renderer.wording.responses), None)
    if own:
        say(dispatcher, rooms, tracker, own)
        return
    name, values = ANSWERS.get(question, _plainly)(rooms, tracker, about, question)
    say(dispatcher, rooms, tracker, name, **values)


def _asks_of_a_word(rooms: House, tracker: Tracker) -> bool:
    """Whether a word of the field may be what is asked; a paper received is only named: "pour le CQL, un horaire ?"."""
    terms = rooms.directory.terms_in(text_of(tracker))
    meant = bool(_OF_MEANING.search(fold(text_of(tracker))))
    return any(meant or term.need != _OF_PAPERS for term in terms)


def _about(tracker: Tracker, heard: Heard) -> tuple[str, ...]:
    few = len(text_of(tracker).split()) <= _WORDS_OF_A_QUESTION
    named = tuple(need for need in heard.subjects if few and need not in NAMED_AS_PEOPLE)
    return heard.needs or named or remembered(tracker.slots).needs


def _needs_of_the_visit(rooms: House, tracker: Tracker, about: tuple[str, ...]) -> tuple[str, ...]:
    """Of these needs, those of the appointment taken last, if one is."""
    taken = rooms.agenda.of_conversation(tracker.sender_id)
    motif = taken[-1].motif if taken else None
    seen = tuple(line.need for line in _doors(rooms, tracker, about) if motif and line.motif == motif)
    return tuple(dict.fromkeys(seen)) or about


def _plainly(rooms: House, tracker: Tracker, about: tuple[str, ...], question: str) -> Told:
    return f"utter_{question}", {}


def _hours(rooms: House, tracker: Tracker, about: tuple[str, ...], question: str) -> Told:
    place, line = _pole_of(rooms, tracker), _line_named(rooms, text_of(tracker))
    if line:
        values = {"nom": line.name, "telephone": line.number, "quand": line.hours_text or ""}
        return "utter_info_horaires_ligne", values
    hours, now = rooms.directory.single_number().opening_hours or "", rooms.clock()
    if place and place.address:
        return "utter_info_horaires_lieu", {"lieu": place.name, "horaires_lieu": place.hours_text or ""}
    if is_open(hours, now):
        return "utter_info_horaires", {}
    reopens = next_opening(hours, now)
    return "utter_info_horaires_ferme", {"reouverture": spoken_date(reopens) if reopens else ""}


def _line_named(rooms: House, text: str) -> Hotline | None:
    """The help line whose number a text names, its hours known."""
    digits = {"".join(found.split()) for found in _NUMBERS.findall(text)}
    lines = rooms.directory.hotlines.values()
    return next((one for one in lines if one.hours_text and one.number.replace(" ", "") in digits), None)


def _elsewhere(rooms: House, tracker: Tracker, about: tuple[str, ...], question: str) -> Told:
    """That the appointments of another house are not taken here, with its name and its telephone where it is known."""
    house = house_named(words_of(tracker))
    if house is None:
        return "utter_info_rdv_ailleurs", {}
    phone = rooms.directory.phone_of(house.contact) if house.contact else None
    how = rooms.renderer.wording.say("utter_info_joindre", channel_of(tracker), telephone=phone) if phone else ""
    return "utter_info_rdv_ailleurs_nomme", {"chez": house.at, "joindre": how.rstrip()}


def _address(rooms: House, tracker: Tracker, about: tuple[str, ...], question: str) -> Told:
    place = _pole_of(rooms, tracker)
    if place and place.address:
        return "utter_info_adresse_lieu", {"lieu": place.name, "adresse": f"{place.address}, {place.commune}"}
    other = next((line for line in _doors(rooms, tracker, about) if line.site not in (None, OWN_POLE)), None)
    if other:
        return "utter_info_adresse_autre", {"lieu": rooms.renderer.place(other.site), "besoin": other.label}
    return "utter_info_adresse", {}


def _cost(rooms: House, tracker: Tracker, about: tuple[str, ...], question: str) -> Told:
    doors, visited = _doors(rooms, tracker, about), tracker.get_slot("rdv_motif")
    doors = [line for line in doors if visited and line.motif == visited] or doors
    services = {line.service for line in doors} & rooms.directory.services.keys()
    known = [rooms.directory.service(one) for one in sorted(services)]
    free = [service.name for service in known if service.cost == "gratuit"]
    if free and len(free) == len(services):
        return "utter_info_cout_gratuit", {"services": ", ".join(free)}
    return "utter_info_cout" if "pmi" in services or not services else "utter_info_cout_inconnu", {}


def _booking_or_not(rooms: House, tracker: Tracker, about: tuple[str, ...], question: str) -> Told:
    doors = _doors(rooms, tracker, about)
    if not doors:
        return "utter_info_sans_rdv", {}
    doors = [line for line in doors if line.service not in rooms.directory.hotlines] or doors
    channel, wording = channel_of(tracker), rooms.renderer.wording
    ways = [(f"utter_info_sans_rdv_{_once_open(line)}", line) for line in doors[:DOORS_TOLD]]
    told = [
        wording.say(way, channel, besoin=line.label, telephone=line.phone or "")
        for way, line in ways
        if way in wording.responses
    ]
    return "utter_info_sans_rdv_portes", {"portes": "\n".join(dict.fromkeys(told))}


def _once_open(line: PlanLine) -> str:
    """How a door is entered once it opens again: a walk-in that is shut is given with a telephone."""
    shut_walk_in = line.mode == "phone" and line.reopens is not None and line.site is not None
    return "walk_in" if shut_walk_in else line.mode


def _who(rooms: House, tracker: Tracker, about: tuple[str, ...], question: str) -> Told:
    here = [
        trade.name[:1].lower() + trade.name[1:] for trade in rooms.directory.trades.values() if OWN_POLE in trade.sites
    ]
    return "utter_info_accueil", {"metiers": ", ".join(here[:TRADES_TOLD])}


def _which_door(rooms: House, tracker: Tracker, about: tuple[str, ...], question: str) -> Told:
    plan = plan_for(rooms, tracker, joined(remembered(tracker.slots), Heard(needs=about))).about(about)
    lines = rooms.renderer.short_lines(plan, channel_of(tracker))[:DOORS_TOLD]
    return ("utter_info_porte", {"lignes": "\n".join(lines)}) if lines else ("utter_info_porte_inconnue", {})


def _one_for_all(rooms: House, tracker: Tracker, about: tuple[str, ...], question: str) -> Told:
    doors = _doors(rooms, tracker, remembered(tracker.slots).needs or about)
    bookable = {line.need: rooms.motifs[line.motif].libelle for line in reversed(doors) if line.motif}
    motifs = list(dict.fromkeys(reversed(bookable.values())))
    if len(bookable) < len({line.need for line in doors}) or not motifs:
        return "utter_info_un_seul_rdv_inconnu", {}
    if len(motifs) == 1:
        return "utter_info_un_seul_rdv", {"motif": motifs[0]}
    return "utter_info_un_seul_rdv_non", {"motifs": ", ".join(motifs)}


def _until_it_opens(rooms: House, tracker: Tracker, about: tuple[str, ...], question: str) -> Told:
    hours, now = rooms.directory.single_number().opening_hours or "", rooms.clock()
    if is_open(hours, now):
        return "utter_info_en_attendant_ouvert", {}
    reopens = next_opening(hours, now)
    opening = {"reouverture": spoken_date(reopens) if reopens else ""}
    lines = _doors(rooms, tracker, remembered(tracker.slots).needs or about)
    named = [name for line in lines for name in (line.service, *line.numbers) if name in rooms.directory.hotlines]
    always = [rooms.directory.hotline(one) for one in dict.fromkeys(named)]
    numbers = [line.name for line in always if line.opening_hours == ALWAYS]
    if not numbers:
        return "utter_info_en_attendant_rien", opening
    return "utter_info_en_attendant", opening | {"numeros": ", ".join(numbers)}


ANSWERS: dict[str, Callable[[House, Tracker, tuple[str, ...], str], Told]] = {
    "info_horaires": _hours,
    "info_rdv_ailleurs": _elsewhere,
    "info_adresse": _address,
    "info_cout": _cost,
    "info_sans_rdv": _booking_or_not,
    "info_accueil": _who,
    "info_porte": _which_door,
    "info_un_seul_rdv": _one_for_all,
    "info_en_attendant": _until_it_opens,
}
"""Questions whose answer depends on more than their own text."""


def _tell_fact(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, fact: Fact, heard: Heard) -> None:
    """The fact that answers; what it is about is offered where nothing is known yet."""
    known = (*remembered(tracker.slots).needs, *heard.needs)
    buttons = [] if known else need_buttons(rooms, fact.needs[:1])
    told = rooms.renderer.fact(fact, channel_of(tracker))
    say(dispatcher, rooms, tracker, "utter_info_fait", buttons=buttons, reponse=told)


def _define(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> None:
    """What the words of the field mean; one button leads to what they are for."""
    terms = rooms.directory.terms_in(tracker.latest_message.get("text") or "")
    known = remembered(tracker.slots).needs
    for term in terms[:DOORS_TOLD]:
        leads_to = tuple(need for need in [term.need] if need and need not in known)
        buttons = need_buttons(rooms, leads_to) if len(terms) == 1 else []
        say(dispatcher, rooms, tracker, "utter_info_definition", buttons=buttons, **_meaning(term))
    if terms or (tracker.get_slot("rdv_motif") and _OF_A_SLOT.search(words_of(tracker))):
        return
    if tracker.get_slot("rdv_motif"):
        _answer(dispatcher, rooms, tracker, PRECISE_QUESTION, Heard())
    else:
        say(dispatcher, rooms, tracker, "utter_info_definition_inconnue")


def _meaning(term: Term) -> dict[str, Any]:
    return {"terme": term.name, "sens": term.meaning}


def _doors(rooms: House, tracker: Tracker, about: tuple[str, ...]) -> list[PlanLine]:
    """The doors of these needs for this person, now."""
    situation = joined(remembered(tracker.slots), Heard(needs=about))
    plan = plan_for(rooms, tracker, situation)
    return list(plan.about(about).lines)


def _pole_of(rooms: House, tracker: Tracker) -> Structure | None:
    reading: dict[str, Any] = tracker.latest_message.get("understanding") or {}
    commune = reading.get("commune") or tracker.get_slot("commune")
    return rooms.directory.pole_of(commune) if commune else None
