"""How a danger ended is told as a little story: two signs that calm end it, one that it goes on keeps it."""

import pytest

from bot.dialogue.aftermath import is_over, is_over_for, load_aftermath, never_was
from bot.dialogue.relief import threat_taken_back
from bot.nlu.text import load_spellings, normalize
from bot.orientation.plan import Situation
from bot.orientation.table import EmergencyKind

AFTERMATH, SPELLINGS = load_aftermath(), load_spellings()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ma tante est venue me chercher avec mon oncle, jsuis chez elle maintenant. ya plus rien", "child"),
        (
            "Ils m'ont gardée à la maternité, le bébé va bien, le saignement s'est arrêté.",
            "medical",
        ),
        ("Le médecin de garde est passé, il lui a donné du sirop, elle dort tranquillement.", "medical"),
        ("les pompiers l'ont emmené, il est réveillé, il m'a parlé au téléphone", "medical"),
        ("On rentre des urgences. Trois points de suture, rien de cassé.", "medical"),
        ("Sa fièvre est tombée, le pédiatre l'a vu ce matin, il a bu tout son biberon", "medical"),
        ("c une otite, le 15 nous a envoyé un medecin, il rigole maintenant", "medical"),
        ("Je suis arrivée chez mes parents avec les petits, il ne sait pas où c'est. On a dormi.", "violence"),
        ("La police a changé la serrure avec moi, il est au dépôt, on est tranquilles.", "violence"),
        ("Mon frère est venu avec deux copains, il a pris ses affaires et il a rendu les clés.", "violence"),
        ("J'ai porté plainte hier soir, ils m'ont mise à l'hôtel avec ma fille, il n'a pas l'adresse", "violence"),
        ("jsuis au chaud chez une collegue, la porte est fermée, il me cherche plus", "violence"),
        ("Il dort chez sa mère jusqu'à nouvel ordre, il a laissé les clés, c'est calme ici", "violence"),
        ("Les gendarmes l'ont pris. Moi et le bébé on n'a rien.", "violence"),
        (
            "J'ai dit n'importe quoi. Je suis chez ma mère, je tourne en rond.",
            "violence",
        ),
        ("je ferai rien. je suis calmé, je suis parti marcher loin", "violence"),
        ("La PMI est venue, elle l'a examiné et il est chez sa grand-mère ce soir.", "child"),
        ("On l'a retrouvé au square avec un copain, il est dans mes bras", "child"),
        ("La voisine a ouvert avec le double, il dormait dans son lit, la mère est rentrée depuis", "child"),
        ("jsuis chez ma prof principale, elle a appelé le 119 devant moi", "child"),
        ("La brigade est passée, ils ont mis le petit chez sa marraine.", "child"),
        ("mon grand frere est la il me laisse pas seul avec lui, on part chez lui", "child"),
        ("Ma sœur dort avec moi cette nuit et j'ai vu mon médecin, il a changé le traitement.", "suicide"),
        ("J'ai eu le 3114, une dame, une heure. Ça a fait du bien. Je vais dormir.", "suicide"),
        ("Il est hospitalisé, il est avec des soignants, moi je respire", "suicide"),
        ("ma pote a dormi la et elle a pris les boites. ca redescend", "suicide"),
        ("Je suis aux urgences psy avec mon mari, on m'a prise en charge", "suicide"),
        ("Le gardien nous a ouvert la salle commune pour la nuit, on a des couvertures", "shelter"),
        ("Une dame de la paroisse nous a pris chez elle, on est quatre dans son salon", "shelter"),
        ("le 115 a rappelé, on est à l'hôtel à Asnières", "shelter"),
        ("jai une place au foyer de la rue Martre, je suis deja dans la chambre", "shelter"),
        ("C'est arrangé avec mon père, il m'a rouvert la porte", "shelter"),
        ("elle respire normalement, le samu est reparti, c'était une crise d'asthme", "medical"),
        ("Mon parrain est passé me prendre, je suis dans sa voiture, on va chez lui", "child"),
        ("la CPE m'a gardé avec elle, elle a appelé ma tante qui arrive, je suis dans son bureau", "child"),
        ("Ils ont retrouvé ma fille à la gare, elle est au commissariat avec moi, ouf", "child"),
        ("il est avec nous maintenant, il dort, l'assistante sociale est passée", "child"),
        ("je suis dans un centre avec mes enfants, la dame du 3919 a tout arrangé", "violence"),
        ("Mon père est venu nous chercher à minuit. On est à Rouen. Il ne sait pas.", "violence"),
        ("Les voisins ont appelé la police, ils l'ont emmené au poste, je respire", "violence"),
        ("il a été placé en garde à vue hier soir, j'ai dormi pour la première fois", "violence"),
        ("C passé, il est parti en mission 3 semaines, jai fait changer le verrou", "violence"),
        ("L'ambulance l'a prise, elle est au bloc, ils disent que ça va aller", "medical"),
        ("Accouchement à 3h, petite fille, tout le monde va bien !", "medical"),
        ("ils lui ont mis un plâtre, il fait le malin", "medical"),
        ("Le SAMU a dit que c'était une crise d'angoisse. Il est endormi à côté de moi.", "medical"),
        ("ça s'est arrêté de saigner, la sage-femme a vérifié, le coeur bat", "medical"),
        ("mon mari est sorti de réa, il m'a serré la main", "medical"),
        ("Mon fils m'a emmenée à l'hôpital, je suis dans une chambre, ça va un peu mieux", "suicide"),
        ("J'ai rendu les médicaments à la pharmacie et ma voisine reste avec moi", "suicide"),
        ("elle est chez nous maintenant, le médecin est venu, elle a mangé un peu", "suicide"),
        ("j'ai tout raconté à ma sœur. elle reste. j'ai moins mal.", "suicide"),
        ("On a passé la nuit chez la maîtresse de mon fils et elle nous garde jusqu'à vendredi", "shelter"),
        ("c'est bon la mairie a ouvert un gymnase on y est", "shelter"),
        ("ils nous ont mis dans un appart'hôtel à Gennevilliers, deux semaines", "shelter"),
        ("ils nous ont mis une nuit à l'hôtel, demain on est dehors", "shelter"),
    ],
)
def test_ended(text: str, kind: EmergencyKind) -> None:
    words = normalize(text, SPELLINGS)
    assert is_over(words, kind, AFTERMATH)
    assert not never_was(words, AFTERMATH)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Je suis monté. Le père m'a claqué la porte au nez, le petit pleure encore.", "child"),
        ("Ils disent qu'ils répètent une pièce mais le petit a du sang sur le nez", "child"),
        ("Je me sens bête de déranger mais ça cogne toujours", "child"),
        ("Mon père dit que c'était pour rire, mais j'ai mal partout", "child"),
        ("Je suis rentré chez moi, j'ose pas remonter, il crie toujours", "child"),
        ("ma tante va venir me chercher demain", "child"),
        ("ma tante répond pas, jsuis toujours dans la salle de bain", "child"),
        ("il dort maintenant mais demain ça recommence", "child"),
        ("Elle dit qu'il est tombé. Je n'y crois pas.", "child"),
        ("La mère est rentrée et elle le tape aussi", "child"),
        ("la police est passée mais ils sont repartis sans rien faire et il recommence", "child"),
        ("Je suis chez ma mère mais il m'attend en bas", "violence"),
        ("il est parti il a dit qu'il revenait avec un couteau", "violence"),
        ("la police a dit de rappeler demain, ils viennent pas", "violence"),
        ("J'ai porté plainte et maintenant il me menace encore plus", "violence"),
        ("il a pris les clés et il m'a enfermée", "violence"),
        ("Mon frère est venu et ils se battent dans l'escalier", "violence"),
        ("Je ferai rien si elle me rend mon fils", "violence"),
        ("Je suis calmé mais si je la croise je la tue", "violence"),
        ("J'ai pas dit n'importe quoi, je vais le faire", "violence"),
        ("C'était pas une blague, je vais lui casser les dents", "violence"),
        ("il dit que c'était pour rire le couteau", "violence"),
        ("je me suis enfermée dans les toilettes, il tape dans la porte", "violence"),
        ("le médecin est passé il a dit que c'était rien mais elle est toute bleue", "medical"),
        ("ils m'ont renvoyée de la maternité et je ressaigne", "medical"),
        ("On rentre des urgences et il reconvulse", "medical"),
        ("le samu arrive pas, il respire mal", "medical"),
        ("Elle dort, j'arrive pas à la réveiller", "medical"),
        ("la fièvre est remontée à 40", "medical"),
        ("les pompiers sont venus, ils l'ont laissé, il vomit encore du sang", "medical"),
        ("Ma sœur est venue, elle est repartie. Je veux toujours mourir.", "suicide"),
        ("J'ai appelé le 3114, ça sonne dans le vide, j'ai les cachets dans la main", "suicide"),
        ("je me sens mieux maintenant que j'ai décidé. Adieu.", "suicide"),
        ("désolé du dérangement, vous serez tranquilles sans moi", "suicide"),
        ("je vais dormir pour toujours, c'est mieux", "suicide"),
        ("Pardon, je me sens tellement bête d'exister", "suicide"),
        ("Le gardien nous a ouvert puis il nous a remis dehors", "shelter"),
        ("le 115 a rappelé, il n'y a rien", "shelter"),
        ("mon père m'a rouvert la porte pour prendre mes affaires et m'a rejeté", "shelter"),
        ("une dame nous a donné des couvertures, on est sous le porche", "shelter"),
        ("On est à l'hôtel mais ils nous sortent dans une heure", "shelter"),
        ("J'ai rien dit à personne, je suis chez lui", "violence"),
        ("C'était pas un jeu, il saignait vraiment", "child"),
        ("C'est pas une pièce de théâtre, il le tape vraiment", "child"),
        ("c'est pas du jus c'est du sang", "medical"),
        ("Mon mari dit à la police que je me suis fait un film", "violence"),
        ("mon fils m'a dit que c'était une chanson mais il a écrit ses adieux", "suicide"),
        ("je suis chez une collègue mais elle me met dehors ce soir", "shelter"),
        ("il est au dépôt mais il sort ce soir", "violence"),
        ("Le parrain devait passer me prendre, il vient pas", "child"),
        ("La CPE m'a dit de rentrer chez moi", "child"),
        ("l'assistante sociale est passée mais il avait caché le petit", "child"),
        ("elle dort chez lui ce soir, je suis inquiète", "child"),
        ("il m'a dit pardon, il dit que c'était pour m'apprendre", "child"),
        ("Je me sens bête d'écrire ça mais il me touche la nuit", "child"),
        ("la voisine a ouvert et elle a vu du sang partout", "child"),
        ("mon frère est là mais il a peur de lui aussi", "child"),
        ("Mon père est venu mais il m'a ramenée chez lui, chez mon mari", "violence"),
        ("Les voisins ont appelé la police, personne n'est venu", "violence"),
        ("il a été relâché ce matin", "violence"),
        ("le juge lui a interdit de s'approcher et il est en bas de chez moi", "violence"),
        ("Il est parti en claquant la porte, il a pris la voiture et il a dit que je le regretterais", "violence"),
        ("il s'est excusé, il dort. moi je tremble", "violence"),
        ("il a changé les serrures et mes enfants sont dedans", "violence"),
        ("il dort, j'ose pas bouger", "violence"),
        ("je suis chez mon mari il vient de rentrer", "violence"),
        ("Ma mère est venue et elle a pris sa défense", "violence"),
        ("L'ambulance l'a prise, elle a fait un arrêt devant moi, je sais pas où elle est", "medical"),
        ("ils lui ont mis un plâtre et il ne sent plus sa jambe, elle est bleue", "medical"),
        ("ça s'est arrêté de saigner puis c'est reparti", "medical"),
        ("j'attends le samu depuis une heure il est tout gris", "medical"),
        ("il dort et il respire bizarrement", "medical"),
        ("J'ai rendu les médicaments mais j'ai encore la corde", "suicide"),
        ("ma sœur dit que ça va aller, moi je n'y crois plus", "suicide"),
        ("je suis calme maintenant, j'ai tout préparé", "suicide"),
        ("le médecin m'a vue, il m'a renvoyée chez moi, je vais le faire ce soir", "suicide"),
        ("elle est enfermée dans la salle de bain, le médecin arrive", "suicide"),
        ("Mon patron me laissait dormir dans la réserve, il a repris la clé", "shelter"),
        ("la mairie a fermé le gymnase, on est dehors", "shelter"),
        ("On a passé la nuit chez la maîtresse, ce soir on a rien", "shelter"),
        ("je suis chez un homme que je connais pas, j'ai peur", "shelter"),
        ("si jpars je dors ou avec un bebe de 1 an", "violence"),
        ("je dors ou avec le petit", "violence"),
    ],
)
def test_goes_on(text: str, kind: EmergencyKind) -> None:
    assert not is_over(normalize(text, SPELLINGS), kind, AFTERMATH)


@pytest.mark.parametrize(
    "text",
    [
        "Je suis monté. Bon. Ils répètent une pièce de théâtre, le père tapait sur un coussin. Je me sens très bête.",
        "J'ai sonné : ils jouaient à la bagarre pour rire. Désolé du dérangement.",
        "bon en fait c t la télé de la voisine a fond... la honte",
        "Je me suis affolée pour rien, c'était des travaux, le monsieur cassait un mur. Toutes mes excuses.",
        "Ah non en fait c'était un entraînement de boxe, je me suis inquiété pour rien",
        "Oubliez, j'ai mal interprété. C'étaient des acteurs, ils tournent un film dans la cour.",
        "Il faisait semblant, il dormait juste très profondément. Je suis rassurée, pardon",
        "La maîtresse m'a expliqué, il est tombé de vélo devant tout le monde. Ouf, je me suis fait un film.",
        "au final c'était du jus de betterave sur son bavoir, je me sens ridicule",
        "c'est les paroles d'une chanson que je recopiais, j'aurais dû le dire, désolé",
        "Je me suis mal exprimée, je dors dans ma voiture pour une rando ce week-end, tout va bien",
        "En réalité c'était l'anniversaire du petit, ils criaient de joie. Je me suis inquiétée pour rien.",
        "Autant pour moi, les bleus c'est du maquillage pour le carnaval. Je me sens idiote",
        "Le voisin m'a ouvert : il regardait un film de guerre. Désolée de vous avoir dérangés.",
        "il jouait au mort avec son frere, j'ai eu peur pour rien",
        "pardon c'est un malentendu, je parlais du chat qui dort dehors",
        "On m'a expliqué : c'est une chorale qui fait ses exercices de cri. Rien de grave donc.",
        "C'était le chien, il a renversé l'armoire, quelle honte d'avoir écrit ça",
        "C'était de la confiture, je suis rassurée",
    ],
)
def test_explained_away(text: str) -> None:
    assert never_was(normalize(text, SPELLINGS), AFTERMATH)


@pytest.mark.parametrize(
    "text",
    [
        "J'ai dit n'importe quoi. J'ai jamais levé la main sur elle.",
        "C'était la colère, je le pensais pas. Je vais pas lui faire de mal, je suis rentré me coucher.",
        "J'ai parlé trop vite. Je ne toucherai jamais à un cheveu d'elle",
        "je ferai rien. j'ai jeté mes clés de voiture",
        "désolé c'était des paroles en l'air, je suis un homme calme",
        "oubliez ce que j'ai écrit j'étais bourré je lui ferai jamais de mal",
        "jdis ca sous la colere jvais rien faire",
        "Je retire ce que j'ai dit. Je suis juste un père qui pleure.",
        "bien sûr que non je vais pas la tuer c'est une façon de parler",
        "je me suis emporté pardon je suis pas violent",
        "Je regrette ce que j'ai écrit, ce n'est pas moi.",
        "mais non je vais tuer personne",
    ],
)
def test_threat_taken_back(text: str) -> None:
    assert threat_taken_back(normalize(text, SPELLINGS))


@pytest.mark.parametrize(
    "text",
    [
        "Je ferai rien si elle me rend mon fils",
        "je ferai rien ce soir",
        "J'ai pas dit n'importe quoi, je vais le faire",
        "je regrette rien",
        "Je suis calme, et je vais la tuer calmement",
        "je vais rien lâcher, elle va payer",
        "je retire rien",
        "c'est pas des paroles en l'air",
        "je ferai rien pour l'instant",
        "j'ai parlé trop vite, je vais la retrouver d'abord",
        "je l'ai jamais frappée mais ça va changer",
        "Je regrette de pas l'avoir fait avant",
    ],
)
def test_threat_that_stands(text: str) -> None:
    assert not threat_taken_back(normalize(text, SPELLINGS))


def test_only_who_threatens_lowers_the_danger_by_doing_nothing() -> None:
    words = normalize("je ferai rien", SPELLINGS)
    threatens = Situation((), "emergency", "violence", signs=frozenset({"menace_autrui"}))
    assert is_over_for(threatens, words, AFTERMATH)
    assert not is_over_for(Situation(("violence_conjugale",), "emergency", "violence"), words, AFTERMATH)
