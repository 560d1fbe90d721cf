"""Needs that plain words tell or rule out: each family, and what looks like it and is not."""

import pytest

from bot.nlu.calm_words import wearies
from bot.nlu.danger_degrees import runs_out_of_treatment
from bot.nlu.plain_needs import (
    says_all_is_well,
    settled_in_plain_words,
    told_in_plain_words,
    untrue_in_plain_words,
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("brsa susp. depuis septembre", {"rsa_suivi"}),
        ("mon rsa n a jamais ete suspendu", set()),
        ("et si le 30 je dors ou", {"hebergement_urgence"}),
        ("je dors ou je lis", set()),
        ("j ai bu un cafe ce matin", set()),
        ("elle voudrait etre assistante maternelle", {"mode_garde"}),
        ("ma voisine est assistante maternelle", set()),
        ("elle a accouche lundi il faut beser le bebe", {"premiere_pesee"}),
        ("je suis enceinte faut il me peser", set()),
        ("l imprimerie a ferme en mars, vous aidez a chercher a mon age", {"insertion_emploi"}),
        ("le magasin a ferme trop tot hier", set()),
        ("on peut avoir a manger ou", {"aide_alimentaire"}),
        ("je n ai pas besoin d avoir a manger", set()),
    ],
)
def test_what_plain_words_tell(words: str, told: set[str]) -> None:
    assert told_in_plain_words(words) == told


@pytest.mark.parametrize(
    ("words", "untrue"),
    [
        ("n avoir recu aucun acte : ni commissaire de justice , ni convocation d un tribunal", {"expulsion"}),
        ("deux loyers de retard , pas d huissier", {"expulsion"}),
        ("pas encore d audience mais le commandement de quitter les lieux est arrive", set()),
        ("il veut nous mettre dehors sans jugement", set()),
        ("suivi au cmp mais instable", set()),
        ("ma petite fille de 17 ans attend un enfant", {"enfance_danger"}),
        ("ma fille de 16 ans est enceinte et son pere la frappe", set()),
        ("ma niece de 13 ans est enceinte", set()),
        ("maman solo , j ai peur de craquer", set()),
        ("je suis papa seul , trois garcons . hier ma main est partie sur le moyen , sept ans", set()),
        ("ma femme a accouche lundi , la sage femme dit de venir", {"grossesse_suivi"}),
        ("j ai accouche l an dernier et je suis enceinte", set()),
    ],
)
def test_what_plain_words_rule_out(words: str, untrue: set[str]) -> None:
    assert untrue_in_plain_words(words) == untrue


@pytest.mark.parametrize(
    ("needs", "words", "left"),
    [
        (["perte_autonomie", "handicap_mdph"], "mon frere a fait un avc a 52 ans", ["handicap_mdph"]),
        (["perte_autonomie"], "ma femme , 45 ans , ne peut plus se laver", ["handicap_mdph"]),
        (["perte_autonomie"], "j ai 52 ans et ma mere ne peut plus se laver", ["perte_autonomie"]),
        (["perte_autonomie"], "maries depuis 50 ans mon mari ne se lave plus seul", ["perte_autonomie"]),
        (["perte_autonomie"], "mon mari a 82 ans et moi 55 ans", ["perte_autonomie"]),
        (["css_sante", "apprentissage_francais"], "je parle pas bien francais", ["css_sante"]),
        (
            ["css_sante", "apprentissage_francais"],
            "je parle pas bien francais je veux des cours",
            ["css_sante", "apprentissage_francais"],
        ),
        (["post_natal", "premiere_pesee"], "il est ne lundi il faut le peser", ["premiere_pesee"]),
        (
            ["post_natal", "premiere_pesee"],
            "il est ne lundi il faut le peser et je pleure",
            ["post_natal", "premiere_pesee"],
        ),
        (["expulsion"], "je dois partir et je cherche donc un deux pieces", ["expulsion", "recherche_logement"]),
        (["expulsion"], "je cherche de l aide pour garder mon logement", ["expulsion"]),
    ],
)
def test_what_plain_words_settle(needs: list[str], words: str, left: list[str]) -> None:
    assert settled_in_plain_words(needs, words) == left


@pytest.mark.parametrize(
    "words", ["enf scolarises , pas d ip , ras de ce cote", "suivi cmp , stable", "aucun acte recu"]
)
def test_a_note_that_all_is_well(words: str) -> None:
    assert says_all_is_well(words)


@pytest.mark.parametrize("words", ["j en ai ras le bol", "pas d argent", "stable du bois"])
def test_no_note_that_all_is_well(words: str) -> None:
    assert not says_all_is_well(words)


def test_a_child_who_wears_a_parent_out_is_no_danger() -> None:
    assert wearies("mon fils de 15 ans va finir par me tuer : il rentre a 2h , il seche")
    assert not wearies("mon fils va finir par me tuer , il rentre et il me frappe")
    assert not wearies("mon fils va me tuer")
    assert not wearies("mon mari va finir par me tuer , il rentre a 2h")


def test_a_treatment_that_runs_short_is_a_matter_of_days() -> None:
    assert runs_out_of_treatment("il lui reste quatre jours de stylos")
    assert runs_out_of_treatment("je ne peux plus payer mon insuline")
    assert not runs_out_of_treatment("je prends mon traitement tous les jours")
