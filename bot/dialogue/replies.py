"""A yes or a no at the start of a message, however it is typed: "ouais", "bah non", "ok pour ça", "👍"."""

import re

from bot.directory.models import fold

_HESITATION = (
    r"(?:(?:bon|ben|bah|euh|heu|alors|ah|oh|mais|eh|he|hum|bref|merci|super|parfait|genial|top|voila|nickel) )*"
)
YES = re.compile(
    _HESITATION
    + r"(?:(?:en fait|finalement) )?"
    + r"(?:(?:elle|il|madame|monsieur|mme|mr?|ils|elles) (?:me )?(?:dit|dis|disent|est) (?:que )?(?=oui|ok|d accord))?"
    + r"(?:o+u+i+|ui|wi|sim|ouai?s?|oe|ou?ep|ouaip|wep?|y?ep|yes|yep|si(?=$| si\b| oui\b)|ok\w*|oki|d accord|dac+|dak"
    r"|bien sur|tout a fait|absolument|exact\w*|evidemment|certainement|affirmatif)\b"
)
_AGREEMENT = re.compile(
    _HESITATION
    + r"(?:c est (?:bien )?(?:ca|cela|bon|parfait|exact|carre|bien)|c bon|cest bon|parfait|je (?:confirme|valide)|vas y"
    r"|vasi|va[sz]y|va[sz] y|banco|adjuge|entendu|marche conclu|confirmez|validez|reservez"
    r"|nickel|impec\w*|top|super|genial|voila"
    r"|allez y|allez|volontiers|avec plaisir|ca (?:me )?(?:va|convient)|ca marche)\b"
)
"""A yes to an offer; of one's health "ça va" is another answer."""
NO = re.compile(_HESITATION + r"(?:no+n+|nan+|nn|no|nope|jamais|pas du tout|negatif|aucun\w*|finalement non)\b")
_THUMBS = str.maketrans({"👍": "oui ", "✅": "oui ", "👎": "non "})
_NO_AFTER_ALL = re.compile(
    r"\b(?:enfin|finalement|en fait|mais|ah|euh) non\b|\b(?:non|nn) (?:finalement|en fait)\b|\bnon$"
)
_MEANING = re.compile(
    r"(?:et |euh |mais |bonjour |pardon |dites )*(?:(?:c|ce|sa|ca) ?(?:est )?(?:quoi|koi)|qu est ce que(?: c est)?"
    r"|kesako|ca veut dire quoi|que (?:veut|veux) dire|que signifie)\b(?! (?:la suite|le plus|le prochain|mon))"
)
_AND_THAT = re.compile(r"et (?:la|le|l|les) \w+")
_A_SHORT_QUESTION = 7
_PUTS_OFF = re.compile(
    r"(?<!peux )(?<!peut )(?<!peu )\b(?:pas|rien) (?:maintenant|tout de suite|aujourd ?hui|ce (?:soir|matin)"
    r"|pour (?:l instant|le moment|linstant))\b"
    r"(?! (?:mais|plutot|si))"
    r"|\bplus tard (?:peut etre|sans doute|si (?:besoin|jamais)|merci)\b|\bpeut etre (?:plus tard|apres)\b"
    r"|\b(?:une autre|la prochaine) fois\b|\b(?:pas|jamais) (?:encore )?pret\w*\b"
    r"|\b(?:je|on|j|faut que j|elle|il) (?:y |va |vais |prefere |dois )*"
    r"(?:verrai|verra|voir|reflechi\w*|attend(?:re|s)?|repasse\w*|rappelle\w*|reviendrai\w*)"
    r"(?: (?:ca|plus tard|apres|encore|un peu|avec (?:lui|elle|mon|ma|mes)\b[\w ]*|d abord))*$"
    r"|\b(?:on|je) (?:laisse|oublie|abandonne)(?: (?:tomber|ca|pour (?:l instant|le moment)))*$"
    r"|\b(?:reservez?|prenez) (?:rien|pas)(?! (?:mon|ma|de|d) )\b"
)
_THANKS = re.compile(
    r"(?:(?:je vous|je te|un grand|encore|bien|mille) )*(?:remercie|merci)(?: (?:bien|beaucoup|encore|a vous|vous))*"
    r"|(?:bonne (?:journee|soiree)|au revoir|a bientot)"
)
"""A sentence of leave-taking after what is said: "je vais en parler à mon épouse. Je vous remercie"."""
_BY_THEMSELVES = re.compile(
    r"\b(?:elle|il|ils|elles) (?:vous |le |la |y )?(?:ecrira|ecriront|appellera|appelleront|rappellera|viendra"
    r"|contactera|prendra|fera|decidera|verra)(?: \w+){0,2}?"
    r" (?:elle meme|lui meme|elles memes|eux memes|toute? seule?)\b"
)
"""Of whom one writes for: "elle vous écrira elle-même, elle a sa fierté"."""
_ONLY_THANKS = re.compile(
    r"(?:(?:ok|d accord|bon|ah|tres bien|bien|super|parfait|et|c est gentil|genial|top) )*(?:un grand |grand )?"
    r"(?:merci|mrc|mci|je vous remercie)"
    r"(?: (?:bcp|beaucoup|bien|a vous|vous|encore|mille fois|infiniment|pour \w+(?: \w+)?|madame|monsieur|mr|mme|sir))*"
)
_BOOKS = re.compile(
    r"\b(?:oui|ouais|ok|d accord|vas y|allez y|confirm\w*|reserv\w*|prends?|va pour|\d+|premier|premiere|deuxieme"
    r"|troisieme|dernier|derniere|lundi|mardi|mercredi|jeudi|vendredi|demain|matin|midi|aprem)\b"
)
"""Words of whoever takes a slot, beside a thank-you."""
_COMES_BACK = re.compile(
    r"\b(?:je|j|on) (?:vais |va |dois |prefere |veux )?(?:y |en )?(?:d abord )?(?:reflechi\w*"
    r"|parle\w* d abord (?:a|avec) \w+)\b"
    r"|\b(?:je|j|on) (?:\w+ ){0,3}?en (?:d abord )?(?:parle[rz]?|discute[rz]?)(?: d abord)? (?:a|avec|ensemble)\b"
    r"|\b(?:j|je|on) ?(?:vais|va) (?:y )?(?:reflechir|voir|y penser)\b(?! (?:si|ce que|un|une|le|la|l|mon|ma) )"
    r"|\b(?:je|on) (?:vous (?:redis|redit|dirai|recontacte\w*|tiens au courant)|recontacte\w*)\b"
    r"|\b(?:je|on) (?:vais |va )?(?:reviens|revient|reviendr\w+|revenir|repasse\w*|rappelle\w*|reecri\w*)"
    r"(?: (?:vers vous|vous voir|ici|peut etre|plus tard|apres|bientot|demain|ce soir|cet aprem|cet apres midi"
    r"|dans la semaine|quand \w+ \w+))*$"
    r"|\bmerci (?:quand meme|qd mm|qd meme)\b"
)
"""Who thinks it over: "je réfléchis et je reviens demain", "j'en parle d'abord à ma femme"."""
_KEEPS = re.compile(
    r"\b(?:garde[rz]?|gardons|laisse[rz]?|laissons|maintien[st]?|maintenez|maintenir|conserve[rz]?|reste[rz]?)\b"
    r"(?: (?:alors|quand meme|bien|finalement|sur|a|comme|pour))*"
    r" (?:(?:le|la|l|les|mon|ma|cet?t?e?|notre) )?"
    r"(?:rdv|rendez vous|creneaux?|celui|celle|c est|ca|meme|premiere?|ancien\w*|lundi|mardi|mercredi|jeudi|vendredi"
    r"|jour|date|heure)\b"
    r"|\b(?:bouge[rz]?|change[rz]?|touche[rz]?|deplace[rz]?|decale[rz]?) (?:rien|pas)\b"
    r"|^(?:non |nn |nan |bon |ok |finalement |en fait )*(?:laisse[rz]?|oublie[rz]?)(?: (?:tomber|ca))?\b"
    r"|\b(?:on|je) (?:le |la )?(?:garde|maintiens?|laisse)(?: (?:comme (?:ca|prevu|c est)|finalement|alors))*$"
)
_TAG = re.compile(r"(?<!enfin )(?<!mais )(?<!fait )(?<!finalement )(?<!ah )\b(?:non|hein) ?\?", re.IGNORECASE)
_SENTENCES = re.compile(r"[.!;…]+|,(?= )|\?")
_WAIT = re.compile(r"\b(?:sauf que|sauf si|par contre|d abord|avant)\b")


_SETTLED = re.compile(
    r"\b(?:(?:c|est|c est|cest|tout est|ca y est|deja|finalement|ok|bon) (?:\w+ ){0,2}"
    r"(?:regle|arrange|bon|fait|ok|trouve|resolu)e?s?"
    r"|regle|plus (?:besoin|la peine|d actualite)|(?:(?<!\ba )(?<!\bai )(?<!ont )(?<!avait )(?<!\bse )(?<!\bme )laisse"
    r"|(?<!ai )(?<!avais )(?<!on a )(?<!j )(?<!pas )oublie"
    r"|annule|retire|enleve|barre)[rz]?(?: tomber)?"
    r"|(?:elle|il|soeur|mere|frere|pere|fille|fils|ccas) a (?:deja )?(?:tout )?(?:paye|regle|rembourse)"
    r"|(?:on a|j ai) (?:trouve|paye|recu)"
    r"|(?:on a|j ai) eu (?:une|la|mon|ma|le) (?:reponse|place|carte|dossier|accord|appart\w*)"
    r"|(?:ok|c bon|c ok) (?:trouve|finalement)|pas ce sujet"
    r"|erratum|ne pas retenir|(?:pas|plus) (?:cette dame|ce monsieur|cette personne|cette famille)|dossier d a cote"
    r"|pas (?:besoin|la peine)"
    r"|(?:je|j|on) (?:(?:le|la|les|l) )?(?:paye|paie|regle)"
    r" (?:toujours|encore|bien|(?:tous les|chaque) mois|a l heure))\b"
    r"|^(?:non |nn )?pas (?:le |la |les |du |de |d |l )?\w+$"
)


def asks_meaning(text: str) -> bool:
    """Whether a short text only asks what a word means: "c'est quoi le FSL ?", "et la CSS ?"."""
    words = spoken(text)
    return len(words.split()) <= _A_SHORT_QUESTION and bool(_MEANING.match(words) or _AND_THAT.fullmatch(words))


def says_settled(text: str) -> bool:
    """Whether a text says of something that it is settled, or to be left out."""
    return bool(_SETTLED.search(spoken(text)))


def puts_off(text: str) -> bool:
    """Whether the last of the sentences puts the matter off: "plus tard peut-être", "on laisse pour l'instant"."""
    told = [words for part in _SENTENCES.split(text) if (words := spoken(part))]
    while len(told) > 1 and _THANKS.fullmatch(told[-1]):
        told.pop()
    by_themselves = any(_BY_THEMSELVES.search(words) for words in told)
    return by_themselves or (bool(told) and bool(_PUTS_OFF.search(told[-1]) or _COMES_BACK.search(told[-1])))


def keeps_it(text: str) -> bool:
    """Whether a text keeps what stands: "non laissez, je garde lundi finalement", "ne changez rien"."""
    return any(_KEEPS.search(spoken(part)) for part in _SENTENCES.split(text))


def spoken(text: str) -> str:
    """The text folded, its thumbs as words."""
    return fold(text.translate(_THUMBS))


def only_thanks(text: str) -> bool:
    """Whether a text thanks and says nothing else: "ok merci bcp", "merci, c'est la première fois qu'on me parle"."""
    first, *rest = [words for part in _SENTENCES.split(text) if (words := spoken(part))] or [""]
    return "?" not in text and bool(_ONLY_THANKS.fullmatch(first)) and not any(_BOOKS.search(words) for words in rest)


def says_yes(text: str) -> bool:
    """Whether a text starts with a yes to an offer."""
    words = spoken(text)
    return bool(YES.match(words) or _AGREEMENT.match(words))


def takes_back_yes(text: str) -> bool:
    """Whether a yes is followed by a no: "oui enfin non"."""
    return bool(_NO_AFTER_ALL.search(spoken(without_tags(text))))


def without_tags(text: str) -> str:
    """The text without the noes that ask for assent: "joli, non ?"."""
    return _TAG.sub(" ", text)


def says_no(text: str) -> bool:
    """Whether a text starts with a no."""
    return bool(NO.match(spoken(text)))


def holds_back(text: str) -> bool:
    """Whether a yes waits for an answer: "oui, mais d'abord c'est payant ?"."""
    return bool(_WAIT.search(spoken(text)))
