"""Needs that one told beside only makes likely, and the words that tell them after all."""

import pytest

from bot.nlu.seeming_needs import no_new_need, only_seeming


@pytest.mark.parametrize(
    ("needs", "words", "seeming"),
    [
        ({"isolement_senior", "sante_mentale"}, "depuis la mort de raymond je ne vois personne", {"sante_mentale"}),
        ({"isolement_senior", "sante_mentale"}, "je ne vois personne et je pleure tous les soirs", set()),
        ({"parentalite", "sante_mentale"}, "mon fils claque les portes, je l eleve seule", {"sante_mentale"}),
        ({"parentalite", "sante_mentale"}, "mon fils claque les portes, je suis a bout", set()),
        ({"css_sante", "sante_mentale"}, "plus de mutuelle, il se soigne au doliprane", {"sante_mentale"}),
        ({"perte_autonomie", "isolement_senior"}, "mon pere vit seul, il ne se lave plus", {"isolement_senior"}),
        ({"perte_autonomie", "isolement_senior"}, "elle ne se lave plus et ne voit personne", set()),
        (
            {"perte_autonomie", "isolement_senior"},
            "il vit seul depuis le deces de son frere, ne voit que le facteur",
            set(),
        ),
        ({"fsl", "recherche_logement"}, "je prends un studio, on me demande la caution", {"recherche_logement"}),
        ({"fsl", "recherche_logement"}, "je cherche un studio mais pas de caution", set()),
        ({"ivg", "contraception"}, "je suis tombee enceinte sous sterilet, j hesite", {"contraception"}),
        ({"ivg", "contraception"}, "enceinte sous pilule, je veux une autre contraception apres", set()),
        ({"post_natal", "premiere_pesee"}, "elle prend du poids, c est moi qui pleure", {"premiere_pesee"}),
        ({"post_natal", "premiere_pesee"}, "elle prend pas de poids et je pleure", set()),
        ({"sante_mentale"}, "je me soigne seule", set()),
    ],
)
def test_a_need_that_only_seems_told(needs: set[str], words: str, seeming: set[str]) -> None:
    assert only_seeming(needs, words, (), ()) == seeming


def test_what_is_known_or_worded_is_not_taken_for_a_guess() -> None:
    words = "plus de mutuelle, il se soigne au doliprane"
    assert only_seeming({"css_sante", "sante_mentale"}, words, ("sante_mentale",), ()) == set()
    assert only_seeming({"css_sante", "sante_mentale"}, words, (), ("sante_mentale",)) == set()


@pytest.mark.parametrize(
    ("words", "known", "none"),
    [
        ("antibios, elle tete de nouveau, la pmi fait le suivi apres", ("consultation_enfant",), {"post_natal"}),
        ("et moi j ai la cicatrice de la cesarienne qui tire", ("consultation_enfant",), set()),
        ("antibios, elle tete de nouveau", (), set()),
        ("le portail en ligne marche ou pas", ("handicap_mdph",), {"demarches_en_ligne"}),
        ("le site marche pas, j y arrive pas", ("handicap_mdph",), set()),
        ("le site de la caf bugue", (), set()),
    ],
)
def test_words_that_add_no_need_to_what_is_known(words: str, known: tuple[str, ...], none: set[str]) -> None:
    assert no_new_need(words, known) == none
