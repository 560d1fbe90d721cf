"""What is said to be no danger is none; what takes it back, or alarms beside it, stays one."""

from collections.abc import Callable

import pytest

from bot.nlu.calm_words import (
    a_thing_wearies,
    calm_parent,
    curt,
    denies_dying,
    half_denies_dying,
    is_stable,
    only_weary_or_bored,
    wearies,
    well_again,
)
from bot.nlu.danger_degrees import asks_where_to_sleep, holds_by_a_thread, runs_out_of_treatment
from bot.nlu.language import thanks_only
from bot.nlu.rulings import asks_about_a_spouse, told_plainly


@pytest.mark.parametrize(
    ("decided", "words", "so"),
    [
        (denies_dying, "mourir, non. j attends les jonquilles.", True),
        (denies_dying, "non je vais pas me foutre en l air", True),
        (denies_dying, "pas d idees noires, rassurez vous", True),
        (denies_dying, "je veux pas mourir mais j y pense", False),
        (denies_dying, "je veux pas mourir, juste plus me reveiller", False),
        (denies_dying, "c est pas moi qui veux mourir c est mon fils", False),
        (denies_dying, "non non, aucune envie de mourir, ni de lui faire du mal. juste videe.", True),
        (denies_dying, "je n ai pas l intention d aller les rejoindre tout de suite, mes amis", True),
        (denies_dying, "aucune envie de mourir, juste fatiguee de vivre", False),
        (denies_dying, "je veux pas mourir mais je suis fatiguee", False),
        (only_weary_or_bored, "oh je veux pas mourir rassurez vous. je m ennuie voila", True),
        (only_weary_or_bored, "je m ennuie, je voudrais mourir", False),
        (a_thing_wearies, "au secours ! ce site de la caf va me tuer", True),
        (a_thing_wearies, "au secours il va me tuer", False),
        (a_thing_wearies, "la caf va me tuer, je veux mourir", False),
        (a_thing_wearies, "ce dossier va me tuer, mon mari me frappe", False),
        (half_denies_dying, "je veux pas mourir mais je veux que ca s arrete", True),
        (half_denies_dying, "je veux pas mourir. je veux dormir.", False),
        (curt, "levallois. voila. et c est tout ce que vous aurez.", True),
        (curt, "vous n aurez pas a me reloger", False),
        (well_again, "convulsion fievre, elle va bien, on est rentrees", True),
        (well_again, "on est rentres de l hopital mais il a encore de la fievre", False),
        (well_again, "elle va bien", False),
        (wearies, "mon fils de 15 ans va finir par me tuer : il seche, il me repond", True),
        (wearies, "il me tuera un jour, comme dit ma mere. enfin, facon de parler", True),
        (wearies, "mon fils va me tuer, il seche et il a pris un couteau", False),
        (wearies, "mon fils va finir par me tuer", False),
        (calm_parent, "je suis papa solo d une gamine de 3 ans, je peux pas", True),
        (calm_parent, "j ai peur qu on m enleve mes enfants", True),
        (calm_parent, "je suis papa seul, hier ma main est partie sur le moyen", False),
        (calm_parent, "mes enfants sont seuls a la maison", False),
        (is_stable, "suivi cmp, stable, rien a signaler", True),
        (is_stable, "en rupture de suivi cmp, pas stable", False),
        (asks_where_to_sleep, "et si le 30 je dors ou", True),
        (asks_where_to_sleep, "le bebe dort ou quand on vient ?", False),
        (holds_by_a_thread, "et si je tiens pas le coup moi", True),
        (holds_by_a_thread, "si ma voiture tient pas le coup", False),
        (runs_out_of_treatment, "il lui reste quatre jours de stylos", True),
        (runs_out_of_treatment, "il me reste quatre jours de conges", False),
        (thanks_only, "obrigada menino, ou menina", True),
        (thanks_only, "obrigada, mas onde posso dormir hoje ?", False),
        (asks_about_a_spouse, "ma femme est partie avec la petite. ou elle est ?", True),
        (asks_about_a_spouse, "mon mari est parti, je sais pas ou il est, j ai plus rien", False),
        (asks_about_a_spouse, "mon mari a disparu, vous savez ou il est ?", False),
    ],
)
def test_by_its_words(decided: Callable[[str], bool], words: str, so: bool) -> None:
    assert decided(words) is so


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("ce matin j ai bu avant neuf heures. je sais pas comment on arrete", {"sante_mentale"}),
        ("non je ne bois pas, deux bieres le soir", set()),
        ("bebe a bu tout son biberon ce matin", set()),
        ("et apres le 30 je dors ou", {"hebergement_urgence"}),
    ],
)
def test_told_plainly(words: str, told: set[str]) -> None:
    assert told_plainly(words) == told
