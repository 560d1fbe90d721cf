"""What is said in passing and asks for nothing: a joke, a hesitation, a sigh; the short word that fits it."""

import re

_TIME = re.compile(
    r"\bj ecris,? (?:et )?(?:puis )?j efface\b|\b(?:pas )?(?:facile|simple|evident|dur|difficile) (?:a|de|d) "
    r"(?:dire|ecrire|en parler|raconter|expliquer)\b|\b(?:par ou|par quoi) commencer\b"
    r"|\b(?:j ose|je n ose|ose) (?:pas|a peine)\b|\bdu mal a (?:le dire|en parler|l ecrire|ecrire|raconter)\b"
    r"|\b(?:je cherche|trouve pas|trouver) (?:mes|les) mots\b"
)
_IMAGE = re.compile(
    r"\bfacon de parler\b|\b(?:je|j) (?:plaisante|rigole|blague|deconne|exagere)\b|\b(?:c est|c etait|c) (?:juste )?"
    r"(?:une (?:blague|image|expression)|de l humour|pour rire|ironique|du second degre)\b|\bsecond degre\b"
)
_BOTHER = re.compile(
    r"\b(?:veux|voudrais|voulais|aime) (?:pas|surtout pas)? ?(?:vous )?(?:deranger|embeter|faire d histoires?|abuser)\b"
    r"|\b(?:je|j) (?:vous )?(?:derange|embete)\b|\by a (?:bien )?pire\b|\bpas (?:a|de quoi) (?:me |se )?plaindre\b"
    r"|\b(?:c est|ce n est) (?:surement|sans doute|peut etre) (?:pas grand chose|rien)\b|\bdes betises\b"
)
_AT_OWN_PACE = re.compile(
    r"\b(?:elle|il|ils|elles) (?:vous |le |la |lui |s en )?(?:ecrira|ecriront|appellera|appelleront|viendra|verra"
    r"|decidera|demandera|occupera)\b(?:.{0,12}\b(?:meme|seule?|quand)\b)?"
    r"|\b(?:elle|il) (?:a|ont) (?:sa|leur|de la) fierte\b|\bj ai ma fierte\b"
    r"|\b(?:je|j|on) (?:lui |leur |les |la |l |en |y )*"
    r"(?:appellerai|ecrirai|irai|parlerai|reflechirai|reflechis|verrai)\b"
    r"|\b(?:j hesite|je sais pas encore|faut que je reflechisse)\b"
)
_WAITING = re.compile(
    r"\b(?:ans?|mois|semaines|annees?)\b.{0,12}\b(?:d attente|que j attends|qu on attend|que ca dure|que ca traine)\b"
    r"|\b(?:attends?|attendons|patiente) (?:\w+ )?(?:depuis|ca fait)\b"
    r"|\bca (?:traine|n en finit pas|prend des plombes)\b"
    r"|\bon (?:se moque|se fout) de (?:nous|moi)\b|\bballad\w+ de service en service\b|\bon me (?:balade|renvoie)\b"
)
_TIRED = re.compile(
    r"\b(?:je suis|suis|on est|chui|jsuis) (?:\w+ )?(?:fatiguee?s?|crevee?s?|epuisee?s?|lessivee?s?|rincee?s?|vannee?s?"
    r"|morte?s? de fatigue|sur les rotules|a bout de forces?)\b|\bj en ai (?:marre|ras le bol|plein le dos|assez)\b"
)
_TOUCHED = re.compile(
    r"\b(?:premiere|1ere|1re) fois (?:que |qu |k )?(?:on |quelqu un )?(?:\w+ ){0,2}"
    r"(?:parle|ecoute|repond|comprend)\w*\b"
    r"|\bca (?:me )?fait (?:du )?bien\b|\b(?:vous etes|t es|tu es) (?:\w+ )?(?:gentille?|patiente?|adorable|aimable)\b"
)
_IRONY = re.compile(
    r"\b(?:la republique|l administration|les impots|les pauvres|c est beau|quelle merveille|bien sur que non)\b"
    r"|\bevidemment\W*$|\bcomme d habitude\b|\bsuper le service\b|\bon (?:aura|a) tout vu\b"
)
_FIRST_STEPS = re.compile(
    r"\b(?:petite? fils|petite fille|fille|fils|neveu|niece|voisine?|gendre|belle fille)\b.{0,20}"
    r"\b(?:m a|ma|m ont) (?:mis|installe|montre|donne|offert|achete|prete|explique)\w*\b.{0,30}"
    r"\b(?:telephone|tel|portable|ordi\w*|tablette|site|lien|numero|ca|cela|truc|machin|appareil)\b"
    r"|\b(?:pas|jamais) (?:\w+ )?(?:douee? (?:avec|pour)|l habitude (?:d ecrire|de ca|de ces)|(?:m en|me) servir)\b"
    r"|\bpremiere fois que (?:j ecris|j utilise|je (?:fais|tape|me sers))\b"
)
_RIGHT_PLACE = re.compile(
    r"\b(?:au|le|a la|la|du) (?:bon|bonne) (?:endroit|adresse|service|porte|place|site|guichet)\b"
)
_KINDS = (
    ("utter_remarque_premiers_pas", _FIRST_STEPS),
    ("utter_remarque_bon_endroit", _RIGHT_PLACE),
    ("utter_remarque_temps", _TIME),
    ("utter_remarque_image", _IMAGE),
    ("utter_remarque_deranger", _BOTHER),
    ("utter_remarque_a_votre_rythme", _AT_OWN_PACE),
    ("utter_remarque_attente", _WAITING),
    ("utter_remarque_fatigue", _TIRED),
    ("utter_remarque_merci", _TOUCHED),
    ("utter_remarque_ironie", _IRONY),
)
OF_A_BOTHER = "utter_remarque_deranger"


def remark_in(words: str) -> str | None:
    """The name of the text that answers normalised words said in passing, if they are of a kind that is known."""
    return next((name for name, told in _KINDS if told.search(words)), None)


_SECTOR = re.compile(
    r"\b(?:metres|min|minutes?|pas|rues?|arrets?|bus)\b.{0,25}\bde (?:chez vous|clichy|levallois|la|votre)\b"
    r"|\b(?:a cote|en face|tout pres|la porte a cote|de l autre cote)\b"
    r"|\b(?:faire|fasse|faites) (?:\w+ )?(?:une )?exceptions?\b"
    r"|\b(?:serieux|serieusement|la blague|c est abuse|n importe quoi|c est debile|absurde|ridicule"
    r"|pas juste|injuste)\b"
    r"|\bpourquoi (?:pas|moi|je|vous|on)\b|\b(?:decoupage|frontiere|secteur)\b"
)
_COMES_BACK_TO = re.compile(
    r"^(?:bon |ok |oui |merci |alors |d accord |mais )*(?:et|et pour|pour|revenons a|sinon)\b"
    r"(?!.*\b(?:combien|quand|quel\w*|papiers?|gratuit\w*|payant\w*|cher|horaires?|adresse|c est ou|rdv|rendez vous"
    r"|si)\b).*"
)
_ASKS_HOW = re.compile(
    r"\b(?:on|je|j) (?:fais|fait|va|vais) (?:comment|quoi|ou|vers qui)\b|\bcomment (?:on|je) fai\w*\b"
    r"|\balors\b|\bdu coup\b"
    r"|\bvous (?:m )?(?:aviez|avez) (?:parle|dit)\b"
)
_SHORT = 8


def protests_of_sector(words: str) -> bool:
    """Whether normalised words find it unfair to be sent elsewhere: "je suis à dix minutes de chez vous"."""
    return bool(_SECTOR.search(words))


def comes_back_to_it(words: str) -> bool:
    """Whether normalised words ask what becomes of a subject already spoken of: "et mes visites alors ?"."""
    asked = _COMES_BACK_TO.match(words)
    return bool(asked) and (len(words.split()) <= _SHORT or bool(_ASKS_HOW.search(words)))
