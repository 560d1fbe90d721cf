"""A moment as it is said, put in the words that are read: "pas trop tôt", "à l'ouverture", "avant Noël"."""

import re

from bot.booking.wishes.hindrances import with_what_is_taken
from bot.booking.wishes.moment_words import A_DATE, COUNTS, HOURS, MONTH_NUMBERS, WEEKDAY
from bot.booking.wishes.spelling import Rewriting, rewritten
from bot.directory.hours import DAYS
from bot.directory.models import fold


def _every_day_between(said: re.Match[str]) -> str:
    first, last = DAYS.index(said[1]), DAYS.index(said[2])
    return " ".join(DAYS[first : last + 1] or said.groups())


_A_DAY = (
    rf"(?:(?:le|la|les|au|du|en|ce|cette|fin|debut|mi|de) )*"
    rf"(?:{A_DATE}|(?:{WEEKDAY})\b|(?:{'|'.join(MONTH_NUMBERS)})\b|1er\b)(?: dernier| passe)?"
)
SINCE = re.compile(rf"\bdepuis {_A_DAY}(?: (?:matin|midi|soir))?")
"""Of what has happened: "frigo vide depuis mardi", "au chômage depuis le 1er"."""
_AN_HOUR = r"\d{1,2} ?(?:h|heures?)(?: ?\d{2})?"
_LEAVES_WORK = (
    r"(?:finis|finit|fini|sors|sort|termine|debauche)\b"
    r"(?: (?:le|la|du|de|mon|ma) (?:travail|boulot|taf|service|menage))?"
)
"""Said with an hour: "après 16 h je finis le travail"."""
_OPENING = re.compile(
    rf"\b(?:ouverte?s?|ouvrez|ferme[rz]?|fermee?s?)\b(?: \w+){{0,4}}? (?:{WEEKDAY})s?\b(?: (?:matin|apres midi|soir))?"
    rf"|\b(?:{WEEKDAY})s?\b(?: (?:matin|apres midi|soir))?(?: (?!je|j|on)\w+){{0,3}}? (?:ouverte?s?|ouvrez)\b"
)
"""Asked of the doors: "vous êtes ouverts le samedi ?"."""
_OF_A_STORY: tuple[Rewriting, ...] = (
    (SINCE, ""),
    (_OPENING, ""),
    (
        re.compile(
            r"\b(?:expire\w*|perime\w*|echeances?|se termine|termine|finit?|prend fin|arrete|coupe\w*|valable"
            r"|valide jusqu|datee?s?|datent|recue?s?|signee?s?|notifiee?s?|signifiee?s?|resiliee?s?"
            r"|suspendue?s?|licenciee?s?|viree?s?|separee?s?|demenage\w*|embauchee?s?"
            r"|reprends? le (?:taf|travail|boulot)|rentree?s?|regles|terme|mort\w*|decede\w*|cql|commandement"
            r"|assignation|jugement|courriers?|lettres?|mails?|factures?|loyers?|titre|recepisse)"
            r"(?: (?!rdv|rendez|creneau|dispo|libre)\w+){0,4}?"
            rf" (?:(?:(?:le|du|au|en|fin|debut|mi|depuis) )+{_A_DAY}|\d{{1,2}}(?:er)? (?:{'|'.join(MONTH_NUMBERS)})\b)"
        ),
        "",
    ),
    (
        re.compile(
            r"\b(?:mutuelle|droits?|bail|contrat|titre|carte|recepisse|chomage|are|allocations?|cdd|foyer|hotel|canape"
            r"|heberge\w*|prend|garde|laisse\w*|loge\w*|ase|arret|chez \w+)"
            rf"(?: \w+){{0,4}}? jusqu ?(?:a|au|en) {_A_DAY}"
        ),
        "",
    ),
)
"""Days that a story tells, and nobody wishes for."""
_PUT_OTHERWISE: tuple[Rewriting, ...] = (
    (re.compile(r"\bplutot que\b(?! (?:de|d)\b)"), "pas"),
    (re.compile(r"\bpa\b"), "pas"),
    *_OF_A_STORY,
    (
        re.compile(
            r"\b(?:ou|sinon|ou sinon|ou alors) (?:le |la |l )?\w*premiere?\b[\w ]*? si [\w ]*?"
            r"\b(?:prise?|complet|occupee?|pas (?:libre|dispo\w*|possible))\b"
        ),
        "au plus vite",
    ),
    (
        re.compile(r"^(?:(?:c|ca|est|non|nn|oula|euh|ah|bien|un|peu) )*trop t[oô]t\b(?: (?:ca|la|pour (?:moi|nous)))?"),
        ",",
    ),
    (re.compile(rf"\b({WEEKDAY}) ou (?:apres|plus tard|ensuite)\b(?! (?:midi|\d))"), r"a partir de \1"),
    (re.compile(r"\b(?:bosse|travaille?|taffe?) (?:de|la) nuit\b"), ""),
    (re.compile(r"\bj ?(?:peu|peux|pe|px)\b"), "je peux"),
    (re.compile(rf"\b({WEEKDAY}) (?:le )?1er\b"), r"\1 1"),
    (re.compile(rf"\b((?:{WEEKDAY})(?: matin| aprem| apres midi)?) la 1\b"), r"\1 la premiere"),
    (re.compile(r"\ble ([1-3]) ou le (?=(?:[4-9]|[12]\d|3[01])\b)"), r"le \1 et le "),
    (re.compile(rf"\b(?:pour )?({WEEKDAY}) ?,? avant (?=(?:ce|ca|c|si|j) )"), r"avant \1 "),
    (
        re.compile(
            rf"\b(?:{WEEKDAY}|demain)(?: matin)? (?:je|on) (?:dois |doit )?(?:vais|va|vien[st]|aller|venir|me pointe"
            r"|vient?|vien|me presente|demande) (?:a |chez |voir )?(?:ou|qui)\b"
        ),
        "",
    ),
    (re.compile(r"\b(?:avan|avt)\b"), "avant"),
    (re.compile(r"\bjai\b"), "j ai"),
    (re.compile(r"\bj(?=(?:livr|boss|travaill|taff?|dor|gard|fini|sor)\w*\b)"), "je "),
    (re.compile(rf"\b(?:{WEEKDAY}) (?:dernier|passe)\b"), ""),
    (re.compile(r"(?<=clichy )maintenant\b|(?<=levallois )maintenant\b"), ""),
    (
        re.compile(r"\b(?:cours|ecole|classe|travail|boulot|taf|formation|stage|menages?) (?:\w+ )?jusqu ?a (?=\d)"),
        "apres ",
    ),
    (re.compile(r"\brien (?:pour (?:moi|nous) )?(?=avant|apres)"), "pas "),
    (re.compile(r"\b(?:je|j|on|elle|il) (?:\w+e|suis (?:au|en|de) \w+) jusqu ?a (?=\d)"), "apres "),
    (re.compile(r"\b(?:finis?|finit|sors?|sort|termine|debauche)\w* (?:a |vers |le travail a )(?=\d)"), "apres "),
    (re.compile(r"\b(?:y a|ya|vous avez|t as|avez vous) (?:pas|rien|po)\b"), "y a"),
    (re.compile(r"\bplutot que\b"), "pas"),
    (re.compile(r"\ben debut de mois\b"), "debut du mois prochain"),
    (re.compile(r"\bles \d{1,2} ?(?:h|heures?) du matin\b"), "le matin"),
    (re.compile(rf"\b({WEEKDAY}) non plus\b"), r"pas \1"),
    (re.compile(r"\bplutot tard\b"), "en fin de journee"),
    (re.compile(r"\baux environs de (?=\d{1,2} ?h)"), "vers "),
    (re.compile(r"\bdaprem\b"), "d aprem"),
    (re.compile(r"\bmilieu (?:de |d )(?:l )?(?:aprem|apres midi)\b"), "vers 15 h"),
    (re.compile(r"\bplutot tot\b(?! que)"), "tot le matin"),
    (re.compile(rf"\b(entre|de) ({_AN_HOUR}) (et|a) midi\b"), r"\1 \2 \3 12 h"),
    (
        re.compile(rf"\b(?:a|vers|apres|a partir de) ({_AN_HOUR}) (?:je|on|il|elle) (?:\w+ )?{_LEAVES_WORK}"),
        r"apres \1",
    ),
    (re.compile(r"\bpas (?:trop|tres|si) tot\b"), "a partir de 10 h"),
    (re.compile(r"\bpas (?:trop|tres|si) tard\b"), "avant 16 h"),
    (re.compile(rf"\bdepuis \w+ (?:{WEEKDAY})\b"), ""),
    (re.compile(r"\bmaintenant (?=[a-z])"), ""),
    (re.compile(rf"\b(?:{'|'.join(HOURS)})(?= heures\b(?! plus))"), lambda said: str(COUNTS[said[0]])),
    (re.compile(rf"\bavant (?:le mois de |debut |le debut de )?(?=(?:{'|'.join(MONTH_NUMBERS)})\b)"), "avant le 1 "),
    (re.compile(r"\b(?:auj|ajd|aujd|aujourdhui|ojd|ojourdui)\b"), "aujourd hui"),
    (re.compile(r"\b(?:am|pm)\b"), "apres midi"),
    (re.compile(rf"\b(?:du|de|entre) (?:le )?({WEEKDAY}) (?:au|a|et) (?:le )?({WEEKDAY})\b"), _every_day_between),
    (re.compile(r"\b(\d{1,2}) ?(?:h|heures?) et (?:demie?|2mi)\b"), r"\1 h 30"),
    (re.compile(r"\b(\d{1,2}) ?(?:h|heures?) et quart\b"), r"\1 h 15"),
    (re.compile(r"\b(entre|de) (\d{1,2}) (et|a) (?=(?:\d|1\d|2[0-3]) ?(?:h|heures?)\b)"), r"\1 \2 h \3 "),
    (re.compile(r"\bentre ([89]|1\d) et (1\d)\b(?! ?(?:h|heures?)\b)"), r"entre \1 h et \2 h"),
    (re.compile(r"\bpas plus tard que (?=\d)"), "jusqu a "),
    (
        re.compile(
            r"\b(?:avant que )?(?:je|j|on|elle|il) (?:embauche|commence|prends (?:mon )?(?:service|poste)) a (?=\d)"
        ),
        "avant ",
    ),
    (
        re.compile(r"\b(\d{1,2} ?(?:h|heures?)(?: ?\d{2})?) (?:max\w*|au plus tard|dernier carat|dernier delai)\b"),
        r"jusqu a \1",
    ),
    (
        re.compile(r"\b(?:a l ouverture|aux aurores|a la fraiche|de (?:tres )?bonne heure|de bon matin)\b"),
        "tot le matin",
    ),
    (re.compile(r"\b(?:a la fermeture|juste avant (?:la fermeture|que vous fermiez))\b"), "en fin de journee"),
    (re.compile(r"\b(?:le )?matin (?:tres |trop )?tot\b"), "tot le matin"),
    (re.compile(rf"\b({WEEKDAY}) tard\b"), r"\1 en fin de journee"),
    (re.compile(r"\b(?:juste )?apres (?:le |la |avoir )?(?:dejeuner|repas|manger?|cantine)\b"), "debut d apres midi"),
    (re.compile(r"\ba l heure (?:du (?:dejeuner|midi|repas)|de midi)\b"), "le midi"),
    (re.compile(r"(?<!bon )(?<!avant )\b(?:le|les|un|ce) week ?ends?\b"), "samedi dimanche"),
    (re.compile(r"\bavant (?:la )?noel\b"), "avant le 25 decembre"),
    (re.compile(r"\bsous (?=huitaine|quinzaine)"), "d ici "),
    (re.compile(r"\b(?:une )?huitaine\b"), "8 jours"),
    (re.compile(r"\b(?:une )?quinzaine\b"), "15 jours"),
    (re.compile(r"\ben 8\b"), "en huit"),
    (re.compile(r"\ben 15\b"), "en quinze"),
    (re.compile(r"\bdapres\b"), "d apres"),
    (
        re.compile(
            r"(\bcette semaine\b.*)\b(?:semaine (?:prochaine|pro|suivante|d apres)|(?:la|celle) (?:suivante|d apres))"
        ),
        r"\1, semaine d apres",
    ),
    (
        re.compile(
            r"\b(?:(?:j|je|on|nous|il|elle|y) ?(?:n )?(?:ai|a|avons) )?(?:pas|plus|rien) (?:d |de |le |la |l )?"
            r"(?:ecole|cours|classe|travail|boulot|taf|garde|td|tp|fac|amphi|cantine|lycee|college|stage|formation|kine"
            r"|menages?|dialyse"
            r"|chantier|service|reunion|sport|entrainement)\b"
        ),
        "libre",
    ),
    (re.compile(r"\b(?:travaille|bosse|taffe?) pas\b"), "libre"),
    (
        re.compile(
            rf"\b((?:(?:{WEEKDAY})s? (?:et |ou |le )*)*(?:{WEEKDAY}))s?((?: matin| aprem| apres midi)?) "
            r"(?=(?:je|j|on) (?!peux|(?:ai |suis )?libre|prefere|veux|aimerais|voudrais|prends)\w)"
        ),
        r"pas \1\2 , ",
    ),
)
"""Short forms, and days told as free or as taken: "j'ai pas école", "mercredi j'ai les enfants"."""


def put_otherwise(spoken: str) -> str:
    """A spelt text in the words that are read, without the days of a story, what is taken refused."""
    return with_what_is_taken(" ".join(rewritten(spoken, _PUT_OTHERWISE).split()))


def bare(text: str) -> str:
    """Folded, with the clock and the stops still readable."""
    kept = re.sub(r"(?<=\d):(?=\d)", "h", text).replace("/", " sur ").replace("+", " plus ")
    kept = re.sub(r"(?<=[\dh])[ ]?[-–][ ]?(?=\d{1,2} ?h)", " h à ", re.sub(r"(?<=\dh)[ ]?[-–]", " à ", kept))
    stops = re.sub(r"[,;.!?]+", lambda stop: f" {stop[0][0]} ", kept)
    return " ".join(sign if sign in ",;.!?" else fold(sign) for sign in stops.split())
