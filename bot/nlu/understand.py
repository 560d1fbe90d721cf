"""What is understood of a message: the witnesses of the pipeline weighed into one reading.

`decide` is a pure function of what the components found; the last component of the pipeline applies it, sets the
Rasa intent from it and leaves the whole reading on the message for the actions and for `python -m bot understand`.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.nlu.calm_words import a_thing_wearies, calm_parent, curt, denies_dying, half_denies_dying, wearies, well_again
from bot.nlu.danger_degrees import (
    asks_where_to_sleep,
    bleeds_in_the_heart,
    blows_are_past,
    fever_of_a_newborn,
    flees_tonight,
    holds_by_a_thread,
    jokes_of_death,
    means_to_die,
    out_within_days,
    runs_out_of_treatment,
    weeps_after_birth,
)
from bot.nlu.danger_words import (
    by_a_stranger,
    denies_dark_thoughts,
    ill_long_ago,
    insulted_to_death,
    jests_of_killing,
    moves_away,
    no_night_outside,
    roof_until_later,
    tells_a_story,
    threatens,
    unresponsive,
)
from bot.nlu.details import only_where_the_child_is
from bot.nlu.labels import ACT_PREFIX, KINDS, NEED, SITUATION_INTENT, SOON, URGENCY_PREFIX, VIOLENCES, family
from bot.nlu.language import FRENCH, thanks_only
from bot.nlu.people import names_a_child, names_a_partner, names_a_relative
from bot.nlu.plain_blows import BELIEVED, blows_told
from bot.nlu.plain_needs import no_child_in_danger
from bot.nlu.question_words import fits
from bot.nlu.questions import FACT
from bot.nlu.rulings import asks_about_a_spouse, of_an_insult, ruled, ruled_out, speaks_as_landlord, told_plainly
from bot.nlu.seeming_needs import no_new_need, only_seeming
from bot.nlu.subjects import NAMED_AS_PEOPLE
from bot.nlu.text import clauses, sentences
from bot.orientation.table import Table

UNDERSTANDING = "understanding"
"""Attribute of a message: its reading, as a dictionary."""

SITUATION = "situation"
"""Key of a message's metadata: the needs that the conversation already knows."""

FALLBACK_INTENT = "nlu_fallback"
COMMUNE_INTENT = "dire_commune"
OTHER_LANGUAGE_INTENT = "autre_langue"
GIBBERISH_INTENT = "charabia"
THANKS_INTENT = "remercier"
CANCEL_INTENT = "rdv_annuler"
OUT_OF_SCOPE_INTENT = "hors_sujet"
ABOUT_SOMEBODY_INTENT = "chercher_quelqu_un"
ACT_CODES = {
    "info_horaires": "info_horaires_adresse",
    "info_adresse": "info_horaires_adresse",
    "info_papiers": "info_horaires_adresse",
    "info_accompagnant": "rdv_info",
    "rdv_prendre": "rdv_prendre",
    "rdv_annuler": "rdv_annuler",
    "rdv_deplacer": "rdv_deplacer",
    "rdv_info": "rdv_info",
    "parler_humain": "parler_humain",
}
"""The dialogue acts that needs.md counts among the codes."""

QUESTIONS = frozenset(
    """info_horaires info_adresse info_papiers info_cout info_sans_rdv info_accueil info_duree
    info_signalement info_sans_papiers info_langue info_accompagnant info_definition info_fait
    confidentialite""".split()
)
"""Acts that ask to know something: they are answered beside the needs that the same message tells."""

PRECISE_QUESTION = "info_fait"
"""The act of asking what one verified fact answers."""

_TELLING = frozenset({SITUATION_INTENT, OTHER_LANGUAGE_INTENT, "rdv_prendre", "dire_pour_qui"}) | QUESTIONS
"""What a message may do while it tells a need."""

_NAMED = {
    "effacer_donnees": re.compile(
        r"(?<!\bj )(?<!\bj ai )\befface\w*"
        r"|\b(?:supprim|oubli|enleve|vire|detrui|retire|nettoi|delete|rgpd|jete|enregistr|garde|trace)\w*"
        r"|\bdonnees\b|\bhistorique\b"
    ),
    "recommencer": re.compile(
        r"\b(?:recommen|reprend|reprenons|redemarr|restart|reset|repart|efface|annul|refai)\w*|\bzero\b|\bdebut\b"
        r"|\bnouveau\b"
    ),
    "resumer": re.compile(
        r"\b(?:resum\w*|recap\w*|reten\w*|(?:par|de) (?:quoi|ou)|commenc\w* (?:par|ou)|premier|d abord|ordre|point"
        r"|bref|synthese|redi\w*|reprend\w*|note\w*|liste\w*|imprim\w*|garde\w*|copi\w*|tout|ensemble|etapes?|marche)\b"
    ),
    "secours_prevenus": re.compile(
        r"\b(?:appel\w*|prevenue?s?|arriv\w+|en route|en chemin|vien\w+|ven(?:ue?s?|ir)|sont la|est la|emmene\w*"
        r"|embar[kq]\w*|hopital|hosto|urgences|samu|pompiers?|police|policiers?|gendarmes?|deposition|1[578]|3114)\b"
    ),
}
"""Acts that undo what was said, or count on help that comes: never read in a message that names nothing of the kind."""

_MISTAKEN_FOR = frozenset(
    {OUT_OF_SCOPE_INTENT, "incompris", GIBBERISH_INTENT, "insulter", "recommencer", "secours_prevenus"}
    | {"parler_humain", "dire_pour_qui", "qui_es_tu", "se_plaindre", "avoir_honte"}
)
"""Acts that a question is sometimes read as: "je préviens qui si elle recommence ?" starts nothing again."""

_ERASES = re.compile(
    r"(?:(?:ok|merci|bon|oui|allez|stp|svp|vite|bref|et|maintenant|je veux|il faut|faut|tout de suite) )*"
    r"(?:efface[rz]?|supprime[rz]?)"
    r"(?: (?:moi|tout|toute?s?|ca|la|cette|cet|ce|les|mes|messages?|donnees|conversation|discussion|chat|ici"
    r"|svp|stp|vite|maintenant|merci|tout de suite|s il vous plait))*"
)
"""A sentence that does nothing but erase: "ok merci. effacer"."""

_TOWN_HALL = "info_mairie"
_NO_COMPLAINT = f"{FACT}plainte-obligatoire"
_READ_BY_RULES = QUESTIONS | {"qui_es_tu"}
"""Questions that are intents too; the others are only asked beside, or as a precise question."""

_HOW_TO_ERASE = "confidentialite"
"""The question whether one may erase."""

_A_PERSON = (
    r"(?:un |une |des )?(?:vrai\w* )?(?:humaine?s?|etre humain|personne(?! (?:ne|n|ici|d))|pessoa|person|persona"
    r"|quelqu un (?:de vrai|de reel|en vrai|de vivant)|gens)"
)
_WANTS_A_PERSON = re.compile(
    rf"\bj ai (?:dit|demande|ecrit) (?:\w+ ){{0,2}}?{_A_PERSON}\b"
    rf"|\b(?:veux|voudrais|exige|prefere|souhaite|passez|donnez|parler|causer) (?:\w+ ){{0,3}}?{_A_PERSON}\b"
    r"|\bpas (?:a )?(?:une?|votre|cette) (?:machine|robot|bot|ordinateur|liste)\b.{0,20}"
    r"\b(?:humain|personne|quelqu un)\b"
)
"""Words of somebody who asks for a person, whatever the model hears: "j'ai dit un humain"."""
_TAKEN_FOR_A_WISH = frozenset(
    {FALLBACK_INTENT, OTHER_LANGUAGE_INTENT, OUT_OF_SCOPE_INTENT, "insulter", "refuser", "incompris"}
)

_HALF_FRENCH = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|demain|matin|apres midi|aprem|rdv|rendez vous|s il vous plait|svp)\b"
)
"""In a conversation under way, enough to read the rest as French: "quarta-feira, mercredi"."""
_MEANS = frozenset({"rdv_prendre", "parler_humain"})
"""Acts that are only the means when a need is clear (needs.md)."""

_AT_THE_END = re.compile(
    r"\b(?:je|on|moi) (?:\w+ )?(?:craque|tiens plus|tient plus)\b|\bn en peu[xt] plus\b|\ba bout\b"
)
_AT_THE_END_SHARE = 2 / 3
"""Of the threshold of `soon`, for someone who says to be at the end of their strength."""
_ONESELF = re.compile(r"\b(?:je|j|me|m|moi|mon|ma|mes|nous)\b")

_DAYS_COUNT = {
    "expulsion": {"commandement_payer", "quitter_les_lieux", "force_publique", "serrure"},
    "energie_impayes": {"coupure"},
    "rsa_suivi": {"rsa_coupe"},
    "contraception": {"contraception_urgence"},
    "grossesse_suivi": {"grossesse_avancee"},
}
"""Need → details that make it a matter of days (needs.md, `soon`): a dated act, a cut-off, suspended income."""

_MORE_THAN_A_GUESS = 0.65
"""The chance from which a need that no word tells or names is believed beside others that words tell.

Below it, on the development set, two in three were invented.
"""
_MORE_THAN_LONELY = 0.95
"""That of suffering, untold, beside the loneliness of old age, which is none of the mind (needs.md)."""
_HEARD_BADLY = (FALLBACK_INTENT, OUT_OF_SCOPE_INTENT)
"""Intents of a question that may still be about what is known."""
_CLAUSES_OF_A_QUESTION = 2
"""In more, a message that asks may also tell."""
_SURE_OF_A_QUESTION = 0.8
"""The chance from which a usual question is believed whatever its words."""
_NO_DOUBT = 1.0
"""The margin of a fact that plain words ask for."""
SIGNS_READ = frozenset({"mineur_seul", "enfants_temoins", "maltraitance_age"}.union(*_DAYS_COUNT.values()))
"""Signs that change the reading itself, beside those that choose a row."""
_OF_A_RELATIVE = "proche_en_souffrance"
"""Sign that chooses whose words fit a danger, and speaks for none by itself: "mon neveu, tout le monde le dit"."""
THREAT = "menace_autrui"
"""Sign of who threatens somebody, whom nobody advises to find shelter (bot/nlu/rulings.py)."""
STRANGER = "agresseur_inconnu"
"""Sign of who is attacked by a neighbour or an unknown person, and by nobody of their family."""
_KEPT_DIGITS = 4
"""Of the chances: they are stored with each message of a conversation."""
_NEEDS_OF_KIND = {
    "violence": ("violence_conjugale", "violence_familiale", "enfance_danger"),
    "child": ("enfance_danger", "violence_familiale"),
    "suicide": ("sante_mentale", "post_natal"),
    "shelter": ("hebergement_urgence", "expulsion"),
}
_DANGERS = _NEEDS_OF_KIND["violence"]
_SURE_BY_ITSELF = {"suicide": 0.8, "violence": 0.6}
"""The chance from which such a danger is believed of a first message though nothing else in it speaks for it."""
_OF_THE_CHILD = 0.3
"""The chance from which a child is the one in danger, when no other victim is told of."""
_LIKELY_CHILD = 0.5
"""The chance from which a child is in danger though its parent seems only alone or afraid to lose it."""
_OF_A_CHILD = "consultation_enfant"
"""A need that the child itself names: "ma fille de 5 mois, la nuit dormir pas"."""
_OF_A_BABY = ("consultation_enfant", "premiere_pesee", "post_natal")
_LIKELY_SUFFERING = 0.45
"""The chance of suffering from which a guess that somebody may think of dying is worth a question."""
_LIKELY_DEATH_WISH = 0.6
"""The chance from which a death wish is asked about though nothing else speaks of it."""
_HALF_BELIEVED = 0.1
"""The chance from which a danger that plain words tell is believed."""
_FOUNDS = 0.35
"""The chance of a need from which it speaks for the danger of its kind; under it, it is not added to that danger."""
_AKIN = _NEEDS_OF_KIND | {
    "medical": ("grossesse_suivi", "ivg", "post_natal", "premiere_pesee", "consultation_enfant", "acces_soins"),
}
"""Kind of emergency → the needs in whose conversation it is told in any words."""
_TOLD_PLAINLY = frozenset({"violence", "child", "suicide", "shelter"})
"""Kinds that a person speaking calmly of another thing tells in plain words: of an illness, a detail is enough."""


@dataclass(frozen=True)
class Thresholds:
    """The probability from which each label is believed; chosen on the development set only (docs/understanding.md)."""

    need: float
    needs: Mapping[str, float]
    """For some codes, instead of `need`."""
    act: float
    soon: float
    emergency: float
    alarm: float
    """For an emergency that a rule rings too."""
    doubt: float
    """For an emergency to be asked about: "are you safe?"."""
    question: float
    """For a question asked beside the needs of the same message."""
    second_question: float
    """For a question beside another that is put in plain words."""
    fact: float
    """The margin from which a fact may be the one asked for."""
    alone: float
    """For the likeliest need, when nothing else is believed of the message."""
    candidate: float
    corroborated: float
    untold: float
    """For a need or a danger that no word of the message tells by itself, in a conversation about something else."""
    named: float
    """For such a need that the message names."""
    later_emergency: float
    """For a danger that no rule rings, in a conversation about something else."""
    later_doubt: float
    """For such a danger to be asked about."""

    def of(self, code: str) -> float:
        """The probability from which a need is believed."""
        return self.needs.get(code, self.need)


@dataclass(frozen=True)
class Witnesses:
    """What the components found in one message."""

    probabilities: Mapping[str, float]
    alarms: Sequence[str] = ()
    doubts: Sequence[str] = ()
    facts: Sequence[tuple[str, float]] = ()
    asked: Sequence[str] = ()
    """The acts of its questions, when it puts several in as many sentences."""
    worded: Sequence[str] = ()
    """The questions that it puts in the plain words everybody uses."""
    asks_beside: bool = False
    """Whether another sentence asks something else than these words."""
    beside: Sequence[str] = ()
    """The needs that a sentence of it tells, where the whole is out of scope."""
    known: bool = True
    """Whether any of its words stands in the messages that were learned from."""
    telling: Sequence[str] = ()
    """The needs and degrees of urgency that some word of it tells by itself."""
    signs: Sequence[str] = ()
    subjects: Sequence[str] = ()
    slips: Sequence[str] = ()
    """The needs that it names by a slip, and puts right at once."""
    beneficiary: str | None = None
    commune: str | None = None
    their_commune: str | None = None
    work_commune: str | None = None
    language: str = FRENCH
    words: str = ""
    situation: Sequence[str] = ()
    """The needs that the conversation already knows."""


@dataclass(frozen=True)
class Understanding:
    """The reading of a message (contract.md, `understand`), with what only the conversation and the reports need."""

    intent: str
    confidence: float
    needs: list[str]
    urgency: str
    emergency_kind: str | None
    commune: str | None
    out_of_scope: bool
    language: str
    told: list[str] = field(default_factory=list)
    """The needs alone, without the acts that the contract counts among them."""
    signs: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    """Needs that the message names, whether it has them or not."""
    beneficiary: str | None = None
    """For whom it says to be."""
    their_commune: str | None = None
    """Where it says that somebody else lives."""
    work_commune: str | None = None
    """Where it says that the writer works or studies."""
    words: str = ""
    """The normalised text."""
    questions: list[str] = field(default_factory=list)
    """What the message asks to know, beside the needs it may tell; the likeliest first."""
    apart: bool = False
    """Whether each of the questions has its own sentence."""
    facts: list[tuple[str, float]] = field(default_factory=list)
    """The facts of the directory that may answer it, when it asks a precise question, each with its margin."""
    candidates: list[str] = field(default_factory=list)
    """Needs to ask about when unsure, the likeliest first."""
    doubt: str | None = None
    """The kind of emergency this may be, when neither model nor rule is sure enough."""
    chances: dict[str, float] = field(default_factory=dict)
    """The probability of each need."""
    danger_chances: dict[str, float] = field(default_factory=dict)
    """The probability of each kind of emergency."""


def asked_apart(
    normalized: str, probabilities: Callable[[Sequence[str]], Sequence[Mapping[str, float]]], least: float
) -> dict[str, str]:
    """Act → sentence, of the questions that a normalised text puts one after the other; empty for fewer than two.

    `least`: the chance from which a sentence alone is believed to ask something.
    """
    parts = sentences(normalized)
    read = [(part, *best_act(chances)) for part, chances in zip(parts, probabilities(parts), strict=True)]
    asked = {act: part for part, act, chance in read if act in QUESTIONS and chance >= least}
    return asked if len(asked) > 1 else {}


def told_beside(
    normalized: str,
    whole: Mapping[str, float],
    probabilities: Callable[[Sequence[str]], Sequence[Mapping[str, float]]],
    least: float,
) -> list[str]:
    """The needs that sentences of a text tell by themselves, where the whole is read as out of scope.

    A real need beside an attack or a joke is served (needs.md). `least`: the chance from which a sentence tells a need.
    """
    parts = sentences(normalized)
    if best_act(whole)[0] != OUT_OF_SCOPE_INTENT or len(parts) < 2:
        return []
    read = probabilities(parts)
    needs = (label for label in read[0] if family(label) == NEED)
    return [need for need in needs if max(one[need] for one in read) >= least]


def decide(witnesses: Witnesses, thresholds: Thresholds, table: Table) -> Understanding:
    """Weigh what was found into one reading."""
    chances = {code: witnesses.probabilities.get(code, 0.0) for code in table if code not in ACT_CODES.values()}
    chances |= dict.fromkeys(told_plainly(witnesses.words), 1.0)
    untrue = ruled_out(witnesses.words) | set(witnesses.slips)
    if witnesses.situation and only_where_the_child_is(witnesses.words):
        untrue |= {"mode_garde"}
    if _asks_only_a_known_fact(witnesses):
        untrue |= set(chances) - set(witnesses.situation) - set(told_plainly(witnesses.words))
    untrue |= no_new_need(witnesses.words, witnesses.situation)
    chances |= dict.fromkeys(untrue, 0.0)
    chances |= dict.fromkeys(blows_told(witnesses.words, witnesses.signs) - untrue, BELIEVED)
    if _half_french(witnesses):
        witnesses = replace(witnesses, language=FRENCH)
    if denies_dark_thoughts(witnesses.words):
        witnesses = _without_dark_thoughts(witnesses)
    kind = _kind(witnesses, thresholds)
    needs = [code for code, chance in chances.items() if chance >= thresholds.of(code)]
    if kind == "violence" and set(needs) & set(_DANGERS) == {"enfance_danger"}:
        kind = "child" if _chance_of("child", witnesses) >= _OF_THE_CHILD else kind
    needs = needs or _corroborated(chances, witnesses, thresholds, table)
    needs = needs if kind else _without_guesses(needs, chances, witnesses)
    needs = _with_need_of(kind, _backed_by_words(needs, chances, witnesses, thresholds), chances, witnesses)
    needs = of_an_insult(needs, chances, witnesses.words)
    intent, confidence = _intent(needs, kind, chances, witnesses, thresholds)
    if intent in _TAKEN_FOR_A_WISH and not kind and _WANTS_A_PERSON.search(witnesses.words):
        intent = "parler_humain"
    if kind is None and erases(witnesses.words):
        intent = "effacer_donnees"
    if intent == "effacer_donnees" and _HOW_TO_ERASE in witnesses.worded:
        intent = _HOW_TO_ERASE  # "je pourrai effacer ce que j'ai écrit ?" erases nothing yet
    beside = [need for need in witnesses.beside if need not in untrue]
    if intent == OUT_OF_SCOPE_INTENT and beside:
        needs, intent = beside, SITUATION_INTENT
    intent = _asked_after_all(intent, witnesses.worded)
    if intent in QUESTIONS and (_unlearned(witnesses) or _misheard(intent, witnesses)):
        intent = PRECISE_QUESTION
    alone = _backed_by_words(_alone(chances, thresholds), chances, witnesses, thresholds)
    if intent == FALLBACK_INTENT and alone:
        needs, intent, confidence = alone, SITUATION_INTENT, chances[alone[0]]
    if witnesses.language == FRENCH:
        needs = ruled(needs, chances, witnesses.words, witnesses.signs)
        needs = needs if kind else _without_seeming(needs, witnesses)
        if needs and intent == FALLBACK_INTENT:
            intent = SITUATION_INTENT  # told in plain words only: "sobre, mais je tiens à un fil"
    if kind == "child" and "child" in witnesses.alarms:
        needs = [need for need in needs if need != "sante_mentale"]
    if speaks_as_landlord(witnesses.words) and needs and not set(needs) - {"expulsion", "impaye_loyer"}:
        needs, intent = [], OUT_OF_SCOPE_INTENT  # a landlord who wants to evict (needs.md)
    if kind is None and asks_about_a_spouse(witnesses.words):
        needs, intent = [], ABOUT_SOMEBODY_INTENT
    urgency = "emergency" if kind else _calm_urgency(needs, witnesses, thresholds)
    told = needs if intent in _TELLING else []
    if intent not in (SITUATION_INTENT, OTHER_LANGUAGE_INTENT):
        urgency = urgency if told else "none"
    needs = [ACT_CODES[intent]] if intent in ACT_CODES else told
    questions = _questions(witnesses, thresholds)
    questions += [PRECISE_QUESTION] * bool(_named_facts(witnesses))
    return Understanding(
        intent=intent,
        confidence=confidence,
        needs=_most_pressing_first(needs, kind, table),
        urgency=urgency,
        emergency_kind=kind,
        commune=witnesses.commune,
        out_of_scope=intent == OUT_OF_SCOPE_INTENT,
        language=witnesses.language,
        told=_most_pressing_first(told, kind, table),
        signs=[*witnesses.signs, *_ruled_signs(witnesses.words)],
        subjects=list(witnesses.subjects),
        beneficiary=witnesses.beneficiary,
        their_commune=witnesses.their_commune,
        work_commune=witnesses.work_commune,
        words=witnesses.words,
        questions=[act for act in questions if not act.startswith(FACT)],
        apart=bool(witnesses.asked) or witnesses.asks_beside or _several(witnesses.worded),
        facts=[*_named_facts(witnesses), *_facts(questions, intent, witnesses, thresholds)],
        candidates=_candidates(chances, thresholds),
        doubt=None if kind else _doubt(witnesses, thresholds),
        chances={code: round(chance, _KEPT_DIGITS) for code, chance in chances.items()},
        danger_chances={kind: round(_chance_of(kind, witnesses), _KEPT_DIGITS) for kind in KINDS},
    )


def _ruled_signs(words: str) -> list[str]:
    """The details of a danger that rulings read, and no pattern by itself."""
    read = ((THREAT, threatens(words)), (STRANGER, by_a_stranger(words)))
    return [sign for sign, shown in read if shown]


def _backed_by_words(
    needs: list[str], chances: Mapping[str, float], witnesses: Witnesses, thresholds: Thresholds
) -> list[str]:
    """Once a situation is known, the needs without the new ones that no word tells: "Clichy, il dit" tells nothing."""
    if not witnesses.situation or witnesses.language != FRENCH:
        return needs
    believed = {*witnesses.situation, *witnesses.telling}
    subjects = {*witnesses.subjects, *([_OF_A_CHILD] if names_a_child(witnesses.words) else [])}
    named = {code for code in subjects if chances[code] >= thresholds.named} - NAMED_AS_PEOPLE
    return [code for code in needs if code in believed | named or chances[code] >= thresholds.untold]


def _without_guesses(needs: list[str], chances: Mapping[str, float], witnesses: Witnesses) -> list[str]:
    """The needs without those that no word tells or names, beside others that are told: mostly invented."""
    said = {*witnesses.telling, *witnesses.subjects, *witnesses.situation}
    if VIOLENCES <= set(needs):
        said |= VIOLENCES  # whose violence it is, rulings tell
    if witnesses.language != FRENCH or not said.intersection(needs):
        return needs
    least = {"sante_mentale": _MORE_THAN_LONELY} if "isolement_senior" in said.intersection(needs) else {}
    return [code for code in needs if code in said or chances[code] >= least.get(code, _MORE_THAN_A_GUESS)]


def _without_seeming(needs: list[str], witnesses: Witnesses) -> list[str]:
    """The needs without those that another one told beside only makes likely."""
    seeming = only_seeming(needs, witnesses.words, witnesses.telling, witnesses.situation)
    return [need for need in needs if need not in seeming]


def _alone(chances: Mapping[str, float], thresholds: Thresholds) -> list[str]:
    """The likeliest need of a message of which nothing else is believed: a guess worth more than a question."""
    likeliest = max(chances, key=lambda code: chances[code])
    return [likeliest] if chances[likeliest] >= thresholds.alone else []


def _corroborated(
    chances: Mapping[str, float], witnesses: Witnesses, thresholds: Thresholds, table: Table
) -> list[str]:
    """The likeliest of the needs that a detail speaks for: "15 heures" for someone who may mean the RSA.

    The details of a question are those of a situation only when it is one's own: not in "l'hiver, ils ont le droit ?"
    """
    act, chance = best_act(witnesses.probabilities, witnesses.words)
    if act in QUESTIONS and chance >= thresholds.act and not _ONESELF.search(witnesses.words):
        return []
    shown = set(witnesses.signs) - {_OF_A_RELATIVE}
    spoken_for = [code for code in chances if any(shown & row.signs for row in table[code].rows)]
    likeliest = max(spoken_for, key=lambda code: chances[code], default=None)
    return [likeliest] if likeliest and chances[likeliest] >= thresholds.corroborated else []


def _without_dark_thoughts(witnesses: Witnesses) -> Witnesses:
    """What was found but for the danger of suicide: a professional notes that there is none."""
    return replace(
        witnesses,
        probabilities={**witnesses.probabilities, f"{URGENCY_PREFIX}suicide": 0.0},
        alarms=[kind for kind in witnesses.alarms if kind != "suicide"],
        doubts=[kind for kind in witnesses.doubts if kind != "suicide"],
    )


def _kind(witnesses: Witnesses, thresholds: Thresholds) -> str | None:
    """The kind of emergency that the model reports, or a rule that the model does not all but exclude.

    The model has read no rule's words in another language often enough to gainsay it: there a rule alone is enough.
    """
    figurative = "violence" in witnesses.alarms and _chance_of("violence", witnesses) < thresholds.alarm
    if threatens(witnesses.words) and not figurative:
        return "violence"
    if plain := _told_in_plain_words(witnesses):
        return plain
    likeliest = _likeliest_kind(witnesses, thresholds.emergency, thresholds.later_emergency, thresholds.untold)
    if likeliest == "child" and unresponsive(witnesses.words):
        return "medical"  # "maman ne se réveille plus, j'ai 10 ans": the doctor first
    if likeliest == "suicide" and "child" in witnesses.alarms and "suicide" not in witnesses.alarms:
        return "child"  # a child astride a balcony: whoever writes is not the one in danger
    if likeliest and (_gainsaid(likeliest, witnesses) or _unfounded(likeliest, witnesses, thresholds)):
        likeliest = None
    least = thresholds.alarm if witnesses.language == FRENCH else 0.0
    rung = [kind for kind in witnesses.alarms if _chance_of(kind, witnesses) >= least]
    rung = [kind for kind in rung if not _gainsaid(kind, witnesses)]
    return likeliest or max(rung, key=lambda kind: _chance_of(kind, witnesses), default=None)


def _told_in_plain_words(witnesses: Witnesses) -> str | None:
    """The kind of emergency that plain words tell, where the model only half believes it."""
    words = witnesses.words
    if witnesses.language != FRENCH:
        return None
    of_care = max(witnesses.probabilities.get(need, 0.0) for need in _OF_A_BABY)
    if fever_of_a_newborn(words) and max(of_care, _chance_of("medical", witnesses)) >= _FOUNDS:
        return "medical"
    if means_to_die(words) and _chance_of("suicide", witnesses) >= _HALF_BELIEVED:
        return "suicide"
    of_a_home = max(witnesses.probabilities.get(need, 0.0) for need in VIOLENCES)
    return "violence" if flees_tonight(words, of_a_home) else None


def _gainsaid(kind: str, witnesses: Witnesses) -> bool:
    """Whether plain words say that the danger which was read is none, or not that one."""
    words, rung = witnesses.words, kind in witnesses.alarms
    if kind == "shelter":
        return no_night_outside(words) and (not rung or not roof_until_later(words))
    if kind == "suicide":
        none = insulted_to_death(words) or moves_away(words) or jokes_of_death(words) or a_thing_wearies(words)
        return (none or denies_dying(words) or curt(words)) and not rung
    if kind == "medical":
        return ill_long_ago(words) or bleeds_in_the_heart(words) or well_again(words)
    if kind == "child" and calm_parent(words) and not rung and _chance_of(kind, witnesses) < _LIKELY_CHILD:
        return True
    if kind == "child" and no_child_in_danger(words):
        return True
    if kind == "violence" and (wearies(words) or a_thing_wearies(words)):
        return True
    return tells_a_story(words) or blows_are_past(words) or (kind == "violence" and jests_of_killing(words))


def _unfounded(kind: str, witnesses: Witnesses, thresholds: Thresholds) -> bool:
    """Whether a danger of a first message has only a middling chance for it: no word, no rule, no need of its kind.

    Of suicide, told calm needs of another kind count as well: "j'ai ri. après j'ai plus ri" beside a job that was lost.
    """
    told = kind in witnesses.alarms or URGENCY_PREFIX + kind in witnesses.telling or witnesses.language != FRENCH
    if told or witnesses.situation or _chance_of(kind, witnesses) >= _SURE_BY_ITSELF.get(kind, 0.0):
        return False
    chances = witnesses.probabilities
    likely = any(chances.get(need, 0.0) >= _FOUNDS for need in _NEEDS_OF_KIND[kind])
    calm = {label for label in chances if family(label) == NEED} - set(_NEEDS_OF_KIND[kind]) - set(_DANGERS)
    other = kind == "suicide" and any(chances[need] >= thresholds.of(need) for need in calm)
    return other or not likely


def _likeliest_kind(
    witnesses: Witnesses, opening: float, later: float, untold: float, plain: Collection[str] = _TOLD_PLAINLY
) -> str | None:
    """The likeliest kind that reaches its threshold: `later` for a danger foreign to the needs already known.

    Most messages that follow tell no danger at all: "travail fini" or "je dors mal" means less there than at first, and
    where no word tells the danger by itself, it is believed from `untold` on. `plain`: the kinds told in plain words.
    """

    def least(kind: str) -> float:
        if kind not in plain or not _is_foreign(kind, witnesses.situation):
            return opening
        return later if URGENCY_PREFIX + kind in witnesses.telling else max(later, untold)

    believed = [kind for kind in KINDS if _chance_of(kind, witnesses) >= least(kind)]
    return max(believed, key=lambda kind: _chance_of(kind, witnesses), default=None)


def _is_foreign(kind: str, situation: Sequence[str]) -> bool:
    return bool(situation) and not set(_AKIN[kind]) & set(situation)


def _doubt(witnesses: Witnesses, thresholds: Thresholds) -> str | None:
    """The kind of emergency to ask about: by its words, those of a rule not believed among them, or by the chances."""
    said = (*witnesses.doubts, *witnesses.alarms)
    likeliest = _likeliest_kind(witnesses, thresholds.doubt, thresholds.later_doubt, thresholds.untold, KINDS)
    if likeliest == "suicide" and _unheard(witnesses):
        likeliest = None
    if likeliest == "violence" and _of_nobody(witnesses, thresholds):
        likeliest = None
    words = witnesses.words
    if holds_by_a_thread(words) or weeps_after_birth(words) or half_denies_dying(words):
        said = (*said, "suicide")
    later = roof_until_later(witnesses.words)  # a roof that ends one of these days is asked about
    feared = (
        kind
        for kind in (*said, likeliest)
        if kind and (not _gainsaid(kind, witnesses) or (kind == "shelter" and later))
    )
    return next(feared, None)


def _unheard(witnesses: Witnesses) -> bool:
    """Whether no word and no need of a message speaks of a death wish that is hardly likely, most often wrongly."""
    likely = _chance_of("suicide", witnesses) >= _LIKELY_DEATH_WISH
    told = likely or f"{URGENCY_PREFIX}suicide" in witnesses.telling or witnesses.language != FRENCH
    needs = _NEEDS_OF_KIND["suicide"]
    return not told and all(witnesses.probabilities.get(need, 0.0) < _LIKELY_SUFFERING for need in needs)


def _of_nobody(witnesses: Witnesses, thresholds: Thresholds) -> bool:
    """Whether a violence hardly likely stands beside a need that is told, and no need of its own is at all likely."""
    chances = witnesses.probabilities
    unlikely = _chance_of("violence", witnesses) < _FOUNDS and witnesses.language == FRENCH
    none = all(chances.get(need, 0.0) < _HALF_BELIEVED for need in _DANGERS)
    calm = {label for label in witnesses.telling if family(label) == NEED}
    return unlikely and none and any(chances.get(need, 0.0) >= thresholds.of(need) for need in calm)


def _chance_of(kind: str, witnesses: Witnesses) -> float:
    return witnesses.probabilities.get(URGENCY_PREFIX + kind, 0.0)


def _questions(witnesses: Witnesses, thresholds: Thresholds) -> list[str]:
    """The questions asked, the likeliest first or as they come in as many sentences, whatever else is told."""
    if witnesses.asked:
        return list(dict.fromkeys((*witnesses.asked, *witnesses.worded)))
    if _unlearned(witnesses):
        return list(dict.fromkeys(witnesses.worded))
    chances = {act: witnesses.probabilities.get(ACT_PREFIX + act, 0.0) for act in QUESTIONS}
    likeliest = sorted(chances, key=lambda act: -chances[act])
    least = thresholds.second_question if witnesses.worded else thresholds.question
    heard = [act for act in likeliest if chances[act] >= least]
    fitting = [PRECISE_QUESTION if _misheard(act, witnesses) else act for act in heard]
    return list(dict.fromkeys((*witnesses.worded, *fitting)))


def _several(worded: Sequence[str]) -> bool:
    """Whether plain words ask for a fact and for something else: "c'est cher ? et ma mère le saura ?"."""
    facts = [asked for asked in worded if asked.startswith(FACT)]
    return bool(facts) and len(facts) < len(worded)


def _asked_after_all(intent: str, worded: Sequence[str]) -> str:
    """The intent, or the question put in plain words by a message of which nothing better is understood."""
    if worded and intent == FALLBACK_INTENT:
        return worded[0] if worded[0] in _READ_BY_RULES else PRECISE_QUESTION
    named = any(asked not in _READ_BY_RULES and asked != _TOWN_HALL for asked in worded)
    if intent == CANCEL_INTENT and _NO_COMPLAINT in worded:
        return PRECISE_QUESTION  # "je n'irai pas porter plainte" cancels nothing
    return PRECISE_QUESTION if named and intent in _MISTAKEN_FOR else intent


def _unlearned(witnesses: Witnesses) -> bool:
    """Whether the one question is put in plain words of an act the model has not learned: what it reads is a guess."""
    unknown = any(asked not in _READ_BY_RULES and not asked.startswith(FACT) for asked in witnesses.worded)
    return unknown and not witnesses.asked


def _asks_only_a_known_fact(witnesses: Witnesses) -> bool:
    """Whether a short message does nothing but ask a fact of what is known: its words tell no other need.

    "Sommes-nous écartés de cette allocation ?" asks about the APA, and tells nothing about the Caf.
    """
    only_facts = bool(witnesses.worded) and all(asked.startswith(FACT) for asked in witnesses.worded)
    if not (witnesses.situation and only_facts) or witnesses.alarms or witnesses.doubts:
        return False
    return witnesses.words.rstrip().endswith("?") and len(clauses(witnesses.words)) <= _CLAUSES_OF_A_QUESTION


def _misheard(question: str, witnesses: Witnesses) -> bool:
    """Whether a usual question is read with little certainty in words that do not ask it, where needs are known."""
    sure = witnesses.probabilities.get(ACT_PREFIX + question, 0.0) >= _SURE_OF_A_QUESTION
    unsure = bool(witnesses.situation) and not sure and question not in witnesses.worded
    return unsure and not fits(question, witnesses.words)


def _half_french(witnesses: Witnesses) -> bool:
    """Whether a message of another language, in a calm conversation under way, says in French what it asks."""
    foreign = witnesses.language != FRENCH and bool(witnesses.situation) and not (witnesses.alarms or witnesses.doubts)
    return foreign and bool(_HALF_FRENCH.search(witnesses.words))


def erases(words: str) -> bool:
    """Whether one sentence of normalised words does nothing but erase what was written."""
    return any(_ERASES.fullmatch(part.strip(" .!?,;")) for part in clauses(words))


def _named_facts(witnesses: Witnesses) -> list[tuple[str, float]]:
    """The facts that its plain words ask for, before any that the model ranks."""
    return [(asked.removeprefix(FACT), _NO_DOUBT) for asked in witnesses.worded if asked.startswith(FACT)]


def _facts(questions: list[str], intent: str, witnesses: Witnesses, thresholds: Thresholds) -> list[tuple[str, float]]:
    unheard = intent in _HEARD_BADLY and bool(witnesses.situation) and "?" in witnesses.words
    if _unlearned(witnesses) or not (PRECISE_QUESTION in (intent, *questions) or unheard):
        return []
    return [(fact, round(margin, _KEPT_DIGITS)) for fact, margin in witnesses.facts if margin >= thresholds.fact]


def _with_need_of(kind: str | None, needs: list[str], chances: Mapping[str, float], witnesses: Witnesses) -> list[str]:
    """An emergency never stands without a need that opens its door; whose violence it is, is not made up."""
    expected = _NEEDS_OF_KIND.get(kind or "", ())
    if not expected or any(code in needs for code in expected):
        return needs
    likeliest = max(expected, key=lambda code: chances.get(code, 0.0))
    if kind == "violence" and names_a_relative(witnesses.words) and not names_a_partner(witnesses.words):
        likeliest = "violence_familiale"  # whose violence it is, the words tell better than a guess
    unsaid = chances.get(likeliest, 0.0) < _FOUNDS and kind not in witnesses.alarms and witnesses.language == FRENCH
    if kind == "violence" and (unsaid or threatens(witnesses.words) or by_a_stranger(witnesses.words)):
        return needs
    return [*needs, likeliest]


def best_act(probabilities: Mapping[str, float], words: str = "") -> tuple[str, float]:
    """The likeliest dialogue act, and its probability; those that undo must be named in the words, when given."""
    acts = {label: chance for label, chance in probabilities.items() if label.startswith(ACT_PREFIX)}
    unnamed = {ACT_PREFIX + act for act, names in _NAMED.items() if words and not names.search(words)}
    acts = {label: chance for label, chance in acts.items() if label not in unnamed} or acts
    best = max(acts, key=lambda label: acts[label])
    return best.removeprefix(ACT_PREFIX), acts[best]


def _intent(
    needs: list[str],
    kind: str | None,
    chances: Mapping[str, float],
    witnesses: Witnesses,
    thresholds: Thresholds,
) -> tuple[str, float]:
    act, act_chance = best_act(witnesses.probabilities, witnesses.words)
    strongest = max(chances.values())
    if kind:
        return SITUATION_INTENT, 1.0
    if witnesses.language != FRENCH:
        thanks = witnesses.situation and not needs and thanks_only(witnesses.words)
        return (THANKS_INTENT if thanks else OTHER_LANGUAGE_INTENT), 1.0
    if not witnesses.known and not needs:
        return GIBBERISH_INTENT, 1.0
    if needs and (act in _MEANS or act_chance <= strongest):
        return SITUATION_INTENT, strongest
    if act_chance >= thresholds.act:
        return act, act_chance
    if needs:
        return SITUATION_INTENT, strongest
    nothing_told = 1.0 - max(strongest, act_chance)
    only_a_town = witnesses.commune and not _candidates(chances, thresholds)
    return COMMUNE_INTENT if only_a_town else FALLBACK_INTENT, nothing_told


def _calm_urgency(needs: list[str], witnesses: Witnesses, thresholds: Thresholds) -> str:
    chance = witnesses.probabilities.get(SOON, 0.0)
    least = thresholds.soon * _AT_THE_END_SHARE if _AT_THE_END.search(witnesses.words) else thresholds.soon
    pressing = any(_DAYS_COUNT.get(need, set()) & set(witnesses.signs) for need in needs)
    pressing |= "hebergement_urgence" in needs and (
        out_within_days(witnesses.words) or asks_where_to_sleep(witnesses.words)
    )
    pressing |= bool({"acces_soins", "css_sante"} & set(needs)) and runs_out_of_treatment(witnesses.words)
    pressing |= "sante_mentale" in needs and holds_by_a_thread(witnesses.words)
    return "soon" if needs and (pressing or chance >= least) else "none"


def _most_pressing_first(needs: list[str], kind: str | None, table: Table) -> list[str]:
    saving = _NEEDS_OF_KIND.get(kind or "", ())
    return sorted(needs, key=lambda code: (code not in saving, table[code].rank if code in table else 0))


def _candidates(chances: Mapping[str, float], thresholds: Thresholds) -> list[str]:
    likeliest = sorted(chances, key=lambda code: -chances[code])[:3]
    return [code for code in likeliest if chances[code] >= thresholds.candidate]
