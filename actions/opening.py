"""What comes before the answer to any message: what it takes back, safety, the town, the booking."""

import re

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advising import advise_minding_safety, advise_on, visit_wished_again
from actions.answers import answer_all, may_ask, own_up, tell_number, which_door
from actions.booking import come_back
from actions.booking_turn import booking_turn, choice_taken_up, only_here
from actions.contact import gives_contact, keep_given
from actions.declining import TO_A_NO, decline, keeps_to_themselves
from actions.follow_up import follow_up
from actions.heard_words import heard_in_passing
from actions.hearing import commune_told, heard_now, says_own_town
from actions.held import CANCELS, asks_when_it_is, held, motifs_held, show
from actions.house import House
from actions.no_appointment import asks_for_one
from actions.offering import Booking, offer, wish_of
from actions.safety import keep_number_at_hand, numbers_first, what_to_do_now
from actions.slot_talk import only_thanked
from actions.speaking import (
    channel_of,
    intent_of,
    plan_for,
    said_ever,
    say,
    send,
    set_slots,
    text_for,
    text_of,
    words_of,
)
from actions.undoing import danger_over, misread, need_changed, pregnancy_kept, pregnancy_lost, taken_back_beside
from bot.channels.cards import Reply
from bot.channels.orientation import as_contract
from bot.clock import PARIS
from bot.dialogue.deadlines import near_deadline
from bot.dialogue.denials import told_so_far
from bot.dialogue.kindness import APOLOGY_TAKEN, kind_word
from bot.dialogue.memory import Heard, age_alone, doubt_to_ask, remembered
from bot.dialogue.professionals import writes_as_professional
from bot.dialogue.remarks import comes_back_to_it, protests_of_sector
from bot.dialogue.repair import said_before
from bot.dialogue.replies import asks_meaning, says_no, says_yes
from bot.dialogue.withheld import withholds_contact
from bot.directory.models import fold
from bot.nlu.danger_degrees import runs_out_of_treatment
from bot.nlu.labels import DANGERS
from bot.orientation.plan import territory_of

_LITTLE_BY_THEMSELVES = frozenset(
    "affirmer refuser remercier saluer incompris charabia taire_commune reprendre autre_langue".split()
)
"""Intents of a message in which a town, when there is one, is what is told: "non pardon, j'habite à Levallois"."""

_SAID_BY_THEMSELVES = frozenset(
    "parler_humain effacer_donnees recommencer resumer au_revoir besoin_regle qui_es_tu se_plaindre".split()
)
"""Intents that are answered before the town that a message tells, even when it was asked for."""

_SHORT = 3
"""Letters of a word that may begin any name: "le", "la"."""
_WORDS_OF_A_TOWN = 4
"""In more, what stands beside the town may ask something: "à Levallois. l'ascenseur est assez large ?"."""

_ANOTHER_ONE = re.compile(r"\ben (?:reprendre|reprends|reprend|remettre|remettez|redonner|redonnez) (?:un|1)\b")
"""Of an appointment, after one that was cancelled: "je peux en reprendre un ?"."""

_ASKS_WHAT_TO_DO = re.compile(
    r"\b(?:1[578]|11[259]|3114|3919)\b[^.]*\bou\b[^.]*\?"
    r"|\b(?:je|on|qu on|que je) (?:dois|doit) (?:\w+ )?(?:y aller|appeler|aller)\b"
    r"|\b(?:dois je|faut il|il faut)(?: \w+)? (?:y aller|appeler|aller)\b|\bc est grave\b[^.]*\?"
    r"|\b(?:vous etes|t es|tu es|etes vous|es tu) (?:vraiment |bien |certaine? |vous )?sure?s?\b[^.]*\?"
    r"|\b(?:veu[xt]|voudrais|voulais|peur de|ose) (?:pas |surtout pas )?(?:les |le |vous |la )?(?:deranger?|embeter?)\b"
    r"|\bderanger? (?:le samu|les pompiers|les secours|la police|pour rien|pour ca|pour si peu)\b|\b(?:pas"
    r"|est) assez grave\b"
    r"|\bose pas (?:les |le )?appeler\b"
)
"""Asked in a danger that is known: "c'est le 15 ou la PMI ?", "vous pensez que je dois y aller ?"."""

_OF_ANOTHER_S_APPOINTMENT = re.compile(
    r"\b(?:dire|savoir|dites|donner|donnez|connaitre|regarder|verifier|confirmer)\b(?: \w+){0,4}?"
    r" (?:si|quand|quel jour|a quelle heure|l heure|le jour)(?: \w+){0,4}?"
    r" (?:a|avait|aurait|ont|du|de son|de sa|de leur)(?: \w+){0,2}? (?:rdv|rendez vous)\b"
    r"|\b(?:(?:a|avait|aurait|ont|son|sa|leur) (?:\w+ ){0,3}?(?:rdv|rendez vous)"
    r"|(?:rdv|rendez vous) (?:de|d) (?:ma|mon|la|une) \w+)\b.{0,60}"
    r"\b(?:quelle heure|quel jour|c est quand|quand (?:exactement|deja)|c est ou|l heure)\b"
    r"|\b(?:annule[rz]?|deplace[rz]?|decale[rz]?|reporte[rz]?|supprime[rz]?|change[rz]?) (?:\w+ ){0,3}?"
    r"(?:rdv|rendez vous|celui) (?:de|d|a) (?:ma|mon|la|une) "
)
_THEIRS = re.compile(
    r"\b(?:son|sa|leur|mon|ma|la|une) (?:mari|femme|ex|conjointe?|compagne|copain|copine|mec|meuf|voisine?|soeur|frere"
    r"|belle (?:soeur|mere|fille)|beau (?:frere|pere|fils)|cousine?|amie?|collegue|patronne?|locataire|coloc\w*)\b"
)
"""Asked of somebody who is not the one who comes: "vous pouvez me dire si son mari a rendez-vous ?"."""
_CAME_TO_YOU = re.compile(
    r"\b(?:elle|il|madame|monsieur|mme|mr?|mlle|cette (?:dame|personne)|ce monsieur|l interesse\w*)(?: [a-z])?"
    r" (?:est|serait|etait|a(?: ete)?|aurait(?: ete)?) (?:\w+ ){0,2}?"
    r"(?:passee?|venue?|recue?|vue?|presentee?)\b(?: \w+){0,2}?"
    r" (?:chez vous|par vous|ici|vos services|au pole|a l accueil|dans vos \w+|cette semaine)\b"
)
"""Asked of somebody who may have come: "elle est déjà passée chez vous cette semaine ?"."""
_HAS_AN_APPOINTMENT = re.compile(
    r"\b(?:elle|il|madame|monsieur|mme|mr|mlle)(?: [a-z])? (?:a|avait|aurait|a t elle|a t il) (?:\w+ ){0,3}?"
    r"(?:rdv|rendez vous)\b|\ba t (?:elle|il) (?:\w+ ){0,3}?(?:rdv|rendez vous)\b"
    r"|\b(?:l avez vous|vous l avez) (?:\w+ )?(?:vue?|recue?|rencontree?)\b"
    r"|\b(?:est|etait) (?:\w+ )?(?:connue?|suivie?|inscrite?)\b(?: \w+){0,2}? (?:chez|par|de|dans|au|a)\b"
)
"""Asked by a professional of the person whom the note is about."""
_A_STRANGER = re.compile(
    r"\b(?:de|d|a) (?:un |une |mon |ma |mes |la |le )?"
    r"(?:voisine?|collegue|patronne?|locataire|proprietaire|gardienne?|coloc\w*)\b"
)
_PRESSES = re.compile(
    r"\b(?:c est|suis|etait|reste) (?:quand meme |bien |aussi )?(?:son|sa|ma|mon|leur|le|la) (?:\w+ )?(?:mari|femme"
    r"|epou\w+|conjointe?|mere|pere|fille|fils|soeur|frere|copine?|copain|famille|tuteur|compagne|compagnon)\b"
    r"|\b(?:suis|fais partie) de la famille\b"
    r"|\blivret de famille\b|\b(?:droit de|besoin de|veux|exige de|dois) (?:le |la )?savoir\b|\bmaries?\b"
    r"|\b(?:son|sa|leur) (?:rdv|rendez vous|adresse|foyer|heure|numero)\b"
    r"|\b(?:elle|il) (?:est|va|vient|a) (?:ou|quand|rdv|rendez vous)\b"
    r"|\bou (?:est|dort|vit) (?:elle|il)\b|\b(?:lequel|laquelle|juste (?:l heure|le jour|oui ou non))\b"
)
"""Of whoever was just refused it: "c'est ma femme quand même, sur le livret de famille"."""
_SENTENCES = re.compile(r"[.!?]\s+\w")
_ASKED = re.compile(r"[^.!?;]*\?")

_HAS_TO_STOP = re.compile(
    r"\b(?:il|elle|mari|copain|mec|conjoint|pere|mere|frere) (?:\w+ )?(?:rentre|arrive|revient|monte|descend"
    r"|est (?:la|rentre|revenu)"
    r"|se reveille|sort de)\b.{0,40}\b(?:coupe|ferme|raccroche|quitte|file|stop|laisse|couper|fermer|filer|y aller)\b"
    r"|\bje (?:coupe|ferme|raccroche)\b(?! (?:pas|jamais|la porte|le gaz))"
)
"""Said of whoever does the harm, by someone who must hide that they write: "il rentre. je coupe"."""

_NO_VOICE = re.compile(
    r"\bj?(?:peu[xt]?|arrive|veu[xt]?|sais?|ose) (?:pas?|pa) (?:a |leur |les |lui )?(?:parler?|parle|telephoner"
    r"|appeler|appele)\b"
    r"|\b(?:appeler?ai|appelle|telephone(?:rai)?) (?:pas|jamais)\b|\b(?:plus|pas) de (?:credit|forfait)\b"
    r"|\b(?:il|elle|ils|on) (?:va|vont|peut|peuvent|risque de|pourrait|allait) (?:tout )?(?:m |me |nous |m)?entendre\b"
    r"|\b(?:il|elle|ils|elles) m ?entend(?:rait|raient|ra|ront)\b(?! pas)"
    r"|\b(?:il|elle|ils) (?:m |nous )?(?:entend|entendrait|entendent|ecoute|entendra)\b.{0,40}"
    r"\b(?:si j\w*|j?appel\w*|parl\w*|bruit|porte)\b"
    r"|\b(?:peux pas|faut pas|dois pas|sans) (?:que je fasse |faire |qu il entende )?(?:de |du |le moindre )?bruit\b"
    r"|\b(?:faut|faudrait) pas qu (?:il|elle|ils) (?:m |nous |m)?entend\w*\b|\bparler? (?:tout )?(?:doucement|bas)\b"
    r"|\b(?:entend\w*|ecoute\w*) tout\b|\btout entend\w*\b|\ba voix basse\b|\bje chuchote\b"
    r"|\bmurs? (?:\w+ )?(?:fins?|minces?|en (?:carton|papier))\b"
)

_WAS_HERE = re.compile(
    r"\b(?:dire|savoir|dites|dis|confirmer|verifier|regarder)\b.{0,30}\bsi"
    r" (?:elle|il|mme|madame|monsieur|ce monsieur|cette dame|la dame) (?:\w+ )?(?:est|a|s est|avait|etait)"
    r" (?:deja |bien |ete )*(?:passe\w*|venue?s?|connue?|suivie?|inscrite?|recue?|presentee?|un (?:rdv|rendez vous)"
    r"|pris (?:rdv|rendez vous)|rdv|rendez vous)\b"
)
"""Of somebody else's visits: "vous pouvez me dire si elle est déjà passée chez vous ?"."""


def opening(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker) -> list[EventType] | None:
    """What comes before the answer to any message; None when the message is still to be answered.

    A message that settles the safety question is the whole turn. The numbers of a danger in doubt are said first. Then
    what it does with the slots on offer, and what it asks or tells beside.
    """
    heard, known = heard_now(rooms, tracker), remembered(tracker.slots)
    _kind_word(dispatcher, rooms, tracker, heard)
    if denied := misread(dispatcher, rooms, tracker, heard):
        return denied
    if over := danger_over(dispatcher, rooms, tracker, heard):
        return over
    if (in_passing := heard_in_passing(dispatcher, rooms, tracker, heard)) is not None:
        return in_passing
    if heard.settled:
        return advise_minding_safety(dispatcher, rooms, tracker, heard)
    for changed in (pregnancy_kept, pregnancy_lost, need_changed):
        if told := changed(dispatcher, rooms, tracker, heard):
            return told
    if intent_of(tracker) != "besoin_regle" and (taken_back := taken_back_beside(dispatcher, rooms, tracker)):
        return taken_back
    if keeps_to_themselves(tracker) and heard.urgency != "emergency" and not CANCELS.search(words_of(tracker)):
        if _tells_more(tracker, heard):
            say(dispatcher, rooms, tracker, TO_A_NO["contact"])
            return [*set_slots(attente="rien"), *advise_on(dispatcher, rooms, tracker, heard)]
        kept = keep_given(dispatcher, rooms, tracker)  # "Sandrine. Pour le téléphone, plus tard."
        return decline(dispatcher, rooms, tracker) if kept is None else kept
    if gives_contact(tracker, heard):
        kept = keep_given(dispatcher, rooms, tracker)
        if kept is not None:
            return kept
    if _withholds_unasked(rooms, tracker):
        say(dispatcher, rooms, tracker, TO_A_NO["contact"])
        if intent_of(tracker) in _LITTLE_BY_THEMSELVES | {"nlu_fallback"}:
            return come_back(dispatcher, rooms, tracker)
    if known.urgency == "none" and heard.urgency == "soon" and runs_out_of_treatment(words_of(tracker)):
        return advise_on(dispatcher, rooms, tracker, heard)  # before any slot: days count
    if known.needs and age_alone(words_of(tracker)) is not None:
        return advise_on(dispatcher, rooms, tracker, heard)
    if not _told_with_the_plan(tracker):
        numbers_first(dispatcher, rooms, tracker, heard)
    if doubt_to_ask(tracker.slots, heard):
        return None
    if heard.urgency != "emergency" and tell_number(dispatcher, rooms, tracker, heard):
        return come_back(dispatcher, rooms, tracker)
    if _asks_of_another(rooms, tracker):
        again = _just_refused(rooms, tracker)
        say(dispatcher, rooms, tracker, "utter_chercher_encore" if again else "utter_chercher_quelqu_un")
        return []
    if heard.urgency != "emergency" and asks_when_it_is(rooms, tracker):
        show(dispatcher, rooms, tracker)
        return []
    if asks_meaning(text_of(tracker)) and rooms.directory.terms_in(text_of(tracker)):
        answer_all(dispatcher, rooms, tracker, Heard(), "info_definition")
        return come_back(dispatcher, rooms, tracker)
    if known.emergency_kind and _ASKS_WHAT_TO_DO.search(words_of(tracker)) and not heard.facts:
        what_to_do_now(dispatcher, rooms, tracker)
        return []
    if _without_voice(tracker):
        say(dispatcher, rooms, tracker, f"utter_sans_telephone_{known.emergency_kind}")
        return []
    if DANGERS & set(known.needs) and heard.urgency != "emergency" and _HAS_TO_STOP.search(words_of(tracker)):
        keep_number_at_hand(dispatcher, rooms, tracker)
        return set_slots(attente="rien")
    waited = tracker.get_slot("attente") == "commune" and not (heard.questions or heard.needs)
    asked = (waited and intent_of(tracker) not in _SAID_BY_THEMSELVES) or _answers_with_town(tracker, heard)
    puts_right = known.needs and _nothing_to_move(rooms, tracker)
    foreign = intent_of(tracker) == "autre_langue" and heard.french
    by_itself = foreign or intent_of(tracker) in _LITTLE_BY_THEMSELVES or says_own_town(words_of(tracker))
    if commune_told(tracker, heard) and (
        asked
        or puts_right
        or by_itself
        or only_here(rooms, tracker, heard)
        or (Booking.of(tracker) and _is_outside(rooms, heard.commune))
    ):
        if may_ask(text_of(tracker)) and (heard.questions or len(text_of(tracker).split()) > _WORDS_OF_A_TOWN):
            answer_all(dispatcher, rooms, tracker, heard)
            own_up(dispatcher, rooms, tracker, heard)
        return advise_on(dispatcher, rooms, tracker, heard)
    if unfair := _finds_the_sector_unfair(dispatcher, rooms, tracker, heard):
        return unfair
    if back := _back_to_a_need(dispatcher, rooms, tracker, heard):
        return back
    if known.needs and heard.urgency != "emergency" and _is_outside(rooms, known.commune) and asks_for_one(tracker):
        plan = plan_for(rooms, tracker, known)
        send(dispatcher, Reply(rooms.renderer.territory(plan, channel_of(tracker))), orientation=as_contract(plan))
        return []
    if _reads_a_near_date(rooms, tracker):
        return advise_on(dispatcher, rooms, tracker, Heard(needs=("expulsion",), signs=frozenset({"delai_court"})))
    if tracker.get_slot("attente") in ("evaluation", "contact") and only_thanked(tracker, heard):
        say(dispatcher, rooms, tracker, "utter_remercier")
        return set_slots(attente="rien")
    if _answers_evaluation(tracker, heard):
        answer_all(dispatcher, rooms, tracker, heard)
        own_up(dispatcher, rooms, tracker, heard)
        return evaluated(dispatcher, rooms, tracker, says_yes(text_of(tracker)))
    if _ANOTHER_ONE.search(words_of(tracker)) and (former := rooms.agenda.of_conversation(tracker.sender_id)):
        booking = Booking(former[-1].motif, former[-1].lieu)
        return offer(dispatcher, rooms, tracker, booking, wish_of(rooms, tracker))
    return (
        choice_taken_up(dispatcher, rooms, tracker)
        or visit_wished_again(dispatcher, rooms, tracker, heard)
        or booking_turn(dispatcher, rooms, tracker, heard)
    )


def _kind_word(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard) -> None:
    """A word for a death, a shame or an apology told in passing, once, before what follows; none in a danger."""
    name = kind_word(words_of(tracker))
    in_danger = heard.urgency == "emergency" or (name != APOLOGY_TAKEN and remembered(tracker.slots).emergency_kind)
    by_itself = intent_of(tracker) == "avoir_honte" or dispatcher.messages
    if name and not (in_danger or by_itself) and not said_ever(tracker, rooms, name):
        say(dispatcher, rooms, tracker, name)


def _answers_with_town(tracker: Tracker, heard: Heard) -> bool:
    """Whether a message begins with the town not told before, and asks of a visit: "clichy lundi, faut un rdv ?"."""
    first = (words_of(tracker).split() or [""])[0]
    untold = remembered(tracker.slots).commune is None and remembered(tracker.slots).needs and not heard.needs
    of_a_visit = intent_of(tracker) in ("rdv_info", "rdv_prendre", "info_sans_rdv", "info_horaires")
    return bool(
        untold and of_a_visit and heard.commune and len(first) > _SHORT and fold(heard.commune).startswith(first)
    )


def _finds_the_sector_unfair(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard
) -> list[EventType] | None:
    """A protest of who lives in another town: heard, and who receives them in short; never the whole plan again."""
    known = remembered(tracker.slots)
    new = set(heard.needs) - set(known.needs)
    elsewhere = heard.commune not in (None, known.commune)
    if new or elsewhere or heard.urgency == "emergency" or not _is_outside(rooms, known.commune):
        return None
    if not protests_of_sector(words_of(tracker)):
        return None
    far = territory_of(known.commune, rooms.directory) == "elsewhere"
    where = text_for(tracker, rooms, "utter_secteur_elsewhere" if far else "utter_secteur_department")
    say(dispatcher, rooms, tracker, "utter_secteur", ou_aller=where)
    return set_slots(attente="rien")


def _back_to_a_need(
    dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, heard: Heard
) -> list[EventType] | None:
    """The doors of the one known need that a question comes back to: "et mes visites alors ?"."""
    known, text = remembered(tracker.slots), text_of(tracker)
    named = [need for need in known.needs if need in heard.subjects]
    told_new = set(heard.needs) - set(known.needs)
    if len(named) != 1 or told_new or heard.urgency == "emergency" or len(known.needs) == 1:
        return None
    if "?" not in text or not comes_back_to_it(words_of(tracker)) or any(margin >= 1 for _, margin in heard.facts):
        return None
    which_door(dispatcher, rooms, tracker, named[0])
    if again := come_back(dispatcher, rooms, tracker):
        return again
    plan = plan_for(rooms, tracker, known).about(named)
    line = plan.bookable_line(bool(tracker.get_slot("ville_tue")), motifs_held(rooms, tracker))
    if line is None or line.motif is None or line.site is None or known.urgency == "emergency":
        return set_slots(attente="rien")
    return offer(dispatcher, rooms, tracker, Booking(line.motif, line.site), wish_of(rooms, tracker))


def _is_outside(rooms: House, commune: str | None) -> bool:
    """Whether a town is not of the pôle: its people have their own services, and no appointment is taken here."""
    return commune is not None and territory_of(commune, rooms.directory) != "own"


def _asks_of_another(rooms: House, tracker: Tracker) -> bool:
    """Whether a message asks for the appointment of somebody else, which nobody is told."""
    words = words_of(tracker)
    asked = fold(" ; ".join(_ASKED.findall(text_of(tracker))))
    whereabouts = _CAME_TO_YOU.search(asked)
    of_a_file = _HAS_AN_APPOINTMENT.search(asked) and _noted_by_professional(tracker)
    asks = (_OF_ANOTHER_S_APPOINTMENT.search(words) and _THEIRS.search(words)) or whereabouts or of_a_file
    presses = _just_refused(rooms, tracker) and _PRESSES.search(words)
    of_a_stranger = _OF_ANOTHER_S_APPOINTMENT.search(words) and _A_STRANGER.search(words)
    if of_a_stranger or not (asks or presses or _WAS_HERE.search(words)):
        return bool(of_a_stranger)  # before the agenda is read: no danger waits for it
    return held(rooms, tracker) is None  # taken perhaps for one's wife, never for a neighbour


def _noted_by_professional(tracker: Tracker) -> bool:
    """Whether what was told so far is the note of a professional about somebody."""
    return writes_as_professional(f"{told_so_far(tracker.events)} {words_of(tracker)}")


def _just_refused(rooms: House, tracker: Tracker) -> bool:
    """Whether the answer before refused to speak of another person."""
    refusals = {text_for(tracker, rooms, name) for name in ("utter_chercher_quelqu_un", "utter_chercher_encore")}
    return any(part["text"] in refusals for part in said_before(tracker.events))


def _withholds_unasked(rooms: House, tracker: Tracker) -> bool:
    """Whether a no refuses a number that nobody asked for, once an appointment stands: "pas de téléphone"."""
    refused = says_no(text_of(tracker)) and withholds_contact(fold(text_of(tracker)))
    return refused and tracker.get_slot("attente") != "contact" and held(rooms, tracker) is not None


def _tells_more(tracker: Tracker, heard: Heard) -> bool:
    """Whether a refusal to give one's name tells a need after it: "pas de téléphone. Entre nous, je pleure le soir"."""
    new = set(heard.needs) - set(remembered(tracker.slots).needs)
    return bool(new) and bool(_SENTENCES.search(text_of(tracker)))


def _nothing_to_move(rooms: House, tracker: Tracker) -> bool:
    """Whether a message that names a town asks nothing clear, nor another place for an appointment there is none of."""
    elsewhere = intent_of(tracker) == "changer_lieu" and Booking.of(tracker) is None and held(rooms, tracker) is None
    return elsewhere or intent_of(tracker) == "nlu_fallback"


def _answers_evaluation(tracker: Tracker, heard: Heard) -> bool:
    """Whether a message read otherwise begins with a yes or a no to the question of the évaluation."""
    asked = tracker.get_slot("attente") == "evaluation" and intent_of(tracker) not in ("affirmer", "refuser")
    new = set(heard.needs) - set(remembered(tracker.slots).needs)
    text = text_of(tracker)
    elsewhere = new or heard.commune or heard.urgency == "emergency"
    return bool(asked and not elsewhere and (says_yes(text) or says_no(text)))


def evaluated(dispatcher: CollectingDispatcher, rooms: House, tracker: Tracker, yes: bool) -> list[EventType]:
    """Take the answer to the question asked: the plan is told anew when it changes, else the open offer is made."""
    known, asked = remembered(tracker.slots), (tracker.get_slot("evaluations") or [None])[-1]
    question = next((one for one in rooms.questions if one.id == asked), None)
    if question is None or question.telling != yes:
        return follow_up(dispatcher, rooms, tracker, known)
    about = tuple(need for need in known.needs if need in question.about)
    told = Heard(
        needs=question.needs or about,
        urgency=question.urgency or "none",
        emergency_kind=question.kind,
        signs=question.signs,
    )
    return advise_on(dispatcher, rooms, tracker, told)


def _without_voice(tracker: Tracker) -> bool:
    """Whether someone in a known danger says that they cannot speak: a telephone number alone would be no answer."""
    in_danger = remembered(tracker.slots).emergency_kind in ("violence", "child", "suicide")
    return in_danger and bool(_NO_VOICE.search(fold(text_of(tracker))))


def _reads_a_near_date(rooms: House, tracker: Tracker) -> bool:
    """Whether someone threatened with eviction reads a near date on the paper: it changes the door."""
    threatened = "expulsion" in remembered(tracker.slots).needs
    return threatened and near_deadline(text_of(tracker), rooms.clock().astimezone(PARIS))


def _told_with_the_plan(tracker: Tracker) -> bool:
    """Whether the numbers come with the plan itself."""
    return intent_of(tracker) in ("decrire_situation", "dire_commune")
