"""Communes, look-alikes, pôles and sites."""

import pytest

from bot.directory.models import Directory, fold

ISSY = ["Issy-les-Moulineaux", "Clamart", "Meudon", "Vanves"]


def test_the_department_has_thirty_six_communes(directory: Directory) -> None:
    assert len(directory.communes) == 36
    assert {commune.department for commune in directory.communes.values()} == {"92"}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("clichy", "Clichy"),
        ("CLICHY", "Clichy"),
        ("92110", "Clichy"),
        ("clichy la garenne", "Clichy"),
        ("levallois", "Levallois-Perret"),
        ("levalois perret", "Levallois-Perret"),
        ("92300", "Levallois-Perret"),
        ("issy", "Issy-les-Moulineaux"),
        ("boulogne", "Boulogne-Billancourt"),
        ("asnieres", "Asnières-sur-Seine"),
        ("ville d’avray", "Ville-d'Avray"),
        ("le plessis robinson", "Le Plessis-Robinson"),
    ],
)
def test_communes_as_residents_write_them(directory: Directory, said: str, name: str) -> None:
    commune = directory.commune(said)
    assert commune is not None
    assert commune.name == name


@pytest.mark.parametrize(
    ("said", "department"),
    [
        ("Clichy-sous-Bois", "93"),
        ("clichy ss bois", "93"),
        ("Place de Clichy", "75"),
        ("porte de clichy", "75"),
        ("Paris", "75"),
        ("saint ouen", "93"),
        ("St-Denis", "93"),
    ],
)
def test_lookalikes_have_no_pole_and_no_site(directory: Directory, said: str, department: str) -> None:
    place = directory.commune(said)
    assert place is not None
    assert (place.department, place.pole) == (department, None)
    assert directory.pole_of(said) is None
    assert directory.sites_of("pmi", said) == ()


def test_unknown_place(directory: Directory) -> None:
    assert directory.commune("Trifouillis") is None
    assert directory.pole_of("Trifouillis") is None
    assert directory.sites_of("pmi", "Trifouillis") == ()


@pytest.mark.parametrize("commune", ["Clichy", "Levallois-Perret"])
def test_pole_of_clichy_and_levallois(directory: Directory, commune: str) -> None:
    pole = directory.pole_of(commune)
    assert pole is not None
    assert pole.id == "pole-clichy"


def test_pole_of_issy(directory: Directory) -> None:
    served = [name for name, commune in directory.communes.items() if commune.pole == "pole-issy"]
    assert served == ISSY


def test_pole_of_other_communes_is_not_verified(directory: Directory) -> None:
    others = set(directory.communes) - {"Clichy", "Levallois-Perret", *ISSY}
    assert all(directory.pole_of(name) is None for name in others)


@pytest.mark.parametrize(
    ("service", "commune", "sites"),
    [
        ("pmi", "Clichy", ["pole-clichy", "levallois-pmi-sante-sexuelle", "clichy-pmi-conventionnee"]),
        ("pmi", "Levallois", ["levallois-pmi-sante-sexuelle", "pole-clichy", "clichy-pmi-conventionnee"]),
        ("sante-sexuelle", "Clichy", ["levallois-pmi-sante-sexuelle", "clichy-pmi-conventionnee"]),
        ("pmi", "Issy", ["pole-issy"]),
        ("acces-aux-droits", "Levallois", ["pole-clichy"]),
        ("acces-aux-droits", "Nanterre", []),
        ("domiciliation", "Levallois", ["ccas-levallois"]),
        ("caravane", "Nanterre", ["caravane-solidaire"]),
    ],
)
def test_sites_of_a_service_for_a_commune(directory: Directory, service: str, commune: str, sites: list[str]) -> None:
    assert [site.id for site in directory.sites_of(service, commune)] == sites


def test_fold_forgets_accents_case_and_hyphens() -> None:
    assert fold("  Île-Saint-DENIS ") == fold("ile saint denis")
    assert fold("Œuvre") == "oeuvre"


def test_unknown_ids_raise_key_error(directory: Directory) -> None:
    with pytest.raises(KeyError):
        directory.structure("pole-de-lune")
