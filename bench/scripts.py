"""What is said during the benchmark: conversations of six turns, those of the starter in its own English."""

STARTER = (
    ("hello", "I am feeling very sad", "yes", "are you a bot?", "hey", "bye"),
    ("good morning", "perfect", "am I talking to a human?", "hi", "not very good", "goodbye"),
    ("hey there", "extremely sad", "no", "are you a human?", "hello there", "see you later"),
)
"""Said to the moodbot along its own stories: greetings, moods, yes and no."""

OURS = (
    (
        "bonjour",
        "j'ai trois mois de loyer en retard et je n'arrive plus à payer l'électricité",
        "j'habite à Levallois",
        "quels papiers je dois apporter ?",
        "vous êtes ouverts le samedi ?",
        "merci beaucoup",
    ),
    (
        "Bonjour, je suis enceinte de quatre mois et je n'ai pas encore vu de sage-femme",
        "Clichy",
        "le 2",
        "oui",
        "non merci",
        "au revoir",
    ),
    (
        "mon mari me frappe, j'ai peur de rentrer ce soir",
        "j'ai mes deux enfants avec moi",
        "on est à Clichy",
        "je voudrais parler à quelqu'un",
        "on n'a plus rien à manger non plus",
        "merci",
    ),
    (
        "slt g plu rien a donné a mangé au ptit",
        "levalois",
        "on ma coupé le rsa osi ya 2 moi",
        "sa veu dire koi",
        "je ve 1 rdv",
        "mrc bcp",
    ),
    (
        "quel temps fera-t-il demain ?",
        "tu es un robot ?",
        "ma mère de 82 ans ne peut plus se laver seule et je suis épuisée",
        "elle vit à Levallois-Perret",
        "quels sont vos horaires ?",
        "au revoir",
    ),
    (
        "Madame, Monsieur, je vis seule avec ma fille de trois ans. J'ai reçu un commandement de quitter les lieux, la "
        "Caf a suspendu mes allocations et je ne sais plus vers qui me tourner.",
        "nous sommes à Clichy",
        "je n'y arrive pas sur internet",
        "d'accord",
        "je cherche aussi une place en crèche",
        "merci, bonne journée",
    ),
)
"""Said to our assistant: several needs, an emergency, SMS spelling, a booking, courtesy, something out of scope."""
