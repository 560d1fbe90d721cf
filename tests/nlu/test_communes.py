import pytest

from bot.directory.load import load_directory
from bot.nlu.communes import CommuneFinder, commune_names

FINDER = CommuneFinder(commune_names(load_directory()))


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("j'habite Clichy", "Clichy"),
        ("c'est Clichy dans le 92. Moi c'est Clichy-sous-Bois !", "Clichy-sous-Bois"),
        ("avant jété a clichy sous bois, mtn je sui a clichy 92", "Clichy"),
        ("je suis à clichi", "Clichy"),
        ("92110", "Clichy"),
        ("levalois", "Levallois-Perret"),
        ("LEVALLOIS PERRET", "Levallois-Perret"),
        ("92300 svp", "Levallois-Perret"),
        ("j'habite Clichy-sous-Bois", "Clichy-sous-Bois"),
        ("clichy sous bois", "Clichy-sous-Bois"),
        ("vers la place de Clichy", "Paris"),
        ("métro Porte de Clichy", "Paris"),
        ("je suis d'asnieres", "Asnières-sur-Seine"),
        ("issy", "Issy-les-Moulineaux"),
        ("je travaille à Paris mais j'habite Levallois", "Levallois-Perret"),
        ("я живу в Клиши", "Clichy"),
        ("c'est un cliché", None),
        ("la préfecture de Nanterre me demande un passeport", None),
        ("l'hôpital d'Asnières m'a dit de vous appeler", None),
        ("la CAF de Levallois m'a tout coupé", "Levallois-Perret"),
        ("la CAF de Nanterre me doit trois mois, j'habite Clichy", "Clichy"),
        ("je suis sur le pont de Levallois", None),
        ("rue Baudin à Levallois", "Levallois-Perret"),
        ("porte d clichy", "Paris"),
        ("aide alimentaire clichy s/ bois", "Clichy-sous-Bois"),
        ("Levalloisienne depuis 1988", "Levallois-Perret"),
        ("ma mère est à le vallois perret", "Levallois-Perret"),
        ("comment on sèvre un bébé", None),
        ("je cherche un logement", None),
    ],
)
def test_the_commune_of_a_message(text: str, commune: str | None) -> None:
    assert FINDER.find(text) == commune


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("Levallois, enfin non on a déménagé, Clichy.", "Clichy"),
        ("levallois. non, clichy. non levallois c'est le boulot, clichy la maison", "Clichy"),
        ("non pas a levallois a clichy chez ma mere", "Clichy"),
        ("Clichy. non pardon Levallois", "Levallois-Perret"),
        ("j'habite à Clichy mais c'est pour ma petite sœur qui habite Levallois", "Levallois-Perret"),
        ("j'habite Clichy et je travaille à Levallois", "Clichy"),
        ("c'est ma sœur qui est à clichy sous bois, moi je viens d'emménager à Clichy", "Clichy"),
        ("J'ai déménagé, j'étais à Levallois, maintenant c'est Clichy, rue de Neuilly.", "Clichy"),
        ("avant j'habitais Clichy, là je suis à Asnières", "Asnières-sur-Seine"),
        ("J'ai un ami à Clichy. Je dors chez lui ce week-end. Moi Levallois.", "Levallois-Perret"),
        ("pardon non Clichy c'est mon stage, j'habite Levallois", "Levallois-Perret"),
        ("j'étudie à Paris, moi c'est Clichy", "Clichy"),
    ],
)
def test_the_one_put_right_or_of_who_needs_it(text: str, commune: str) -> None:
    assert FINDER.find(text) == commune


@pytest.mark.parametrize(
    "text",
    [
        "je bosse à Levallois",
        "mon stage est à Clichy",
        "je suis en M1 à Nanterre, ma bourse n'est pas tombée",
        "son père travaille de nuit à Gennevilliers",
        "je bosse comme vigile à Nanterre",
        "levallois c'est le chantier",
        "les paris sportifs m'ont ruiné",
        "j'ai tout perdu dans mes paris",
    ],
)
def test_where_one_works_or_what_one_bets_is_no_home(text: str) -> None:
    assert FINDER.find(text) is None


@pytest.mark.parametrize("text", ["je cherche du travail, Clichy", "ma fille est à l'école à Clichy", "Paris, 18e"])
def test_a_town_beside_work_or_school_is_still_a_home(text: str) -> None:
    assert FINDER.find(text) in ("Clichy", "Paris")


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("nan pardon g mal dit avant jété a clichy sous bois, mtn je sui a clichy 92", "Clichy"),
        ("avant c t levallois mtn clichy", "Clichy"),
        ("g habiter levallois avan la c clichy", "Clichy"),
        ("j'ai quitté Clichy pour Levallois", "Levallois-Perret"),
        ("j'ai déménagé de Levallois à Clichy", "Clichy"),
        ("je suis né à Levallois mais j'habite Clichy", "Clichy"),
        ("levallois c'est mon ancienne adresse, clichy", "Clichy"),
        ("Clichy avant midi si possible", "Clichy"),
        ("J'étais boulanger à Asnières", None),
        ("là on est garé porte de clichy", None),
        ("on dort dans la voiture garée à Clichy", "Clichy"),
    ],
)
def test_an_old_home_is_no_home(text: str, commune: str | None) -> None:
    assert FINDER.find(text) == commune


@pytest.mark.parametrize(
    ("text", "commune", "theirs"),
    [
        ("Elle est à Clichy, moi à Asnières.", "Asnières-sur-Seine", "Clichy"),
        ("elle Clichy, moi Asnières", "Asnières-sur-Seine", "Clichy"),
        ("ma fille, elle, est à Levallois", "Levallois-Perret", "Levallois-Perret"),
        ("c'est ma fille qui est à Levallois, moi c'est Clichy", "Clichy", None),
        ("elle c'est Levallois non pardon Clichy", "Clichy", None),
        ("mon médecin est à Clichy, moi Levallois", "Levallois-Perret", None),
        ("le bail est à Clichy, ma boîte postale à Levallois", "Clichy", None),
        ("je vis chez ma mère à Clichy", "Clichy", None),
        ("je suis de Clichy, je dors chez un pote à Levallois", "Clichy", None),
    ],
)
def test_whose_town_it_is(text: str, commune: str, theirs: str | None) -> None:
    assert (FINDER.find(text), FINDER.find_theirs(text)) == (commune, theirs)


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("je travaille et j'habite à Clichy", "Clichy"),
        ("en licence à Paris, je vis à Levallois", "Levallois-Perret"),
        ("desculpa levallois é o trabalho, eu moro em clichy", "Clichy"),
        ("sorry I work in Levallois, I live in Clichy", "Clichy"),
        ("je descends à porte de Clichy mais je dors à Levallois", "Levallois-Perret"),
    ],
)
def test_the_home_told_beside_another_town(text: str, commune: str) -> None:
    assert FINDER.find(text) == commune


def test_the_town_of_a_child_is_kept_apart() -> None:
    told = "Je demeure pour ma part à Levallois, mais le petit vit chez sa mère, à Clichy."
    assert (FINDER.find(told), FINDER.find_theirs(told)) == ("Levallois-Perret", "Clichy")


def test_where_one_works_is_kept_apart() -> None:
    assert FINDER.find_work("je travaille Clichy chantier depuis 2 an") == "Clichy"
    assert FINDER.find_work("Collègue à Levallois, mais je bosse à Clichy.") == "Clichy"
    assert FINDER.find_work("j'habite Clichy") is None
