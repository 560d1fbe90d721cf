"""What the directory says is what facts.md says, no more."""

import re
from pathlib import Path

import pytest

from bot.channels.cards import Renderer
from bot.channels.gsm7 import segments, to_gsm7
from bot.channels.wording import load_wording
from bot.directory.load import DEFAULT_PATH
from bot.directory.models import Directory
from bot.orientation.table import load_table

ALWAYS = "24/7"
# number, name, OpenStreetMap hours, SMS: facts.md part 3.
HOTLINES = {
    "samu-15": ("15", "SAMU", ALWAYS, False),
    "police-17": ("17", "Police secours", ALWAYS, False),
    "pompiers-18": ("18", "Pompiers", ALWAYS, False),
    "urgence-112": ("112", "Numéro d'urgence européen", ALWAYS, False),
    "urgence-114": ("114", "Urgence par SMS (114)", ALWAYS, True),
    "hebergement-115": ("115", "Hébergement d'urgence (115)", ALWAYS, None),
    "enfance-119": ("119", "Allô enfance en danger (119)", ALWAYS, None),
    "violences-3919": ("3919", "Violences Femmes Info (3919)", ALWAYS, None),
    "suicide-3114": ("3114", "Numéro national de prévention du suicide (3114)", ALWAYS, None),
    "victimes-116006": ("116 006", "France Victimes (116 006)", "Mo-Su 09:00-20:00", None),
    "viols-cfcv": ("0 800 05 95 95", "Viols Femmes Informations (CFCV)", "Mo-Fr 10:00-19:00; PH off", False),
    "e-enfance-3018": ("3018", "Harcèlement et violences numériques (3018)", "Mo-Su 09:00-23:00", None),
    "maltraitance-3977": (
        "3977",
        "Maltraitance des personnes âgées ou handicapées (3977)",
        "Mo-Fr 09:00-19:00; Sa,Su 09:00-13:00,14:00-19:00; PH off",
        None,
    ),
    "sos-loyers-impayes": ("0 805 16 00 75", "SOS loyers impayés", None, False),
    "sexualites-ivg": (
        "0 800 08 11 11",
        "Sexualités, contraception, IVG (Planning familial)",
        "Mo-Sa 09:00-20:00; PH off",
        False,
    ),
    "fvv-92": (
        "01 47 91 48 44",
        "Femmes victimes de violences 92 (FVV 92)",
        "Mo-Fr 09:30-17:30; PH off",
        False,
    ),
    "numero-unique": (
        "01 47 29 30 32",
        "Numéro unique pour les solidarités",
        "Mo-Fr 08:30-17:30; PH off",
        None,
    ),
    "pmi-92": ("0 806 00 00 92", "PMI des Hauts-de-Seine", None, None),
    "france-travail-3949": ("39 49", "France Travail", None, None),
    "caf-3230": ("3230", "Caf", None, None),
    "assurance-maladie-3646": ("3646", "Assurance maladie", "Mo-Fr 08:30-17:00; PH off", None),
    "service-public-3939": ("3939", "Allô service public", None, None),
    "retraite-3960": ("3960", "Assurance retraite", None, None),
}
PHONES_OF_STRUCTURES = {"01 41 91 92 50", "01 47 33 09 53", "01 47 21 66 66"}  # facts.md 2.5, not in part 3
FIRST_IN_EMERGENCY = {
    "samu-15",
    "police-17",
    "pompiers-18",
    "urgence-112",
    "urgence-114",
    "hebergement-115",
    "enfance-119",
    "suicide-3114",
}
FIXED_SITES = (
    "pole-clichy levallois-pmi-sante-sexuelle clichy-pmi-conventionnee levallois-espace-permanence"
    " clichy-centres-sociaux caravane-solidaire pole-issy"
)
FIXED_SERVICES = (
    "accueil acces-aux-droits espace-multimedia accompagnement-rsa permanence-unique ase pmi sante-sexuelle"
)
# Every need of needs.md and the service or, where the pôle has none, the hotline that answers it.
ANSWERS = {
    "expulsion": "permanence-unique",
    "impaye_loyer": "acces-aux-droits fsl-92 sos-loyers-impayes",
    "hebergement_urgence": "permanence-unique hebergement-115 hebergement-urgence",
    "recherche_logement": "acces-aux-droits logement-social recours-dalo",
    "aide_alimentaire": "permanence-unique",
    "violence_conjugale": "permanence-unique police-17 urgence-114 violences-3919 groupe-parole-violences",
    "violence_familiale": "permanence-unique police-17 violences-3919 maltraitance-3977",
    "enfance_danger": "enfance-119 police-17 permanence-unique",
    "ase_suivi": "ase",
    "rsa_demande": "acces-aux-droits",
    "rsa_suivi": "accompagnement-rsa",
    "insertion_emploi": "recherche-emploi parcours-espace-insertion accompagnement-rsa",
    "caf_prestations": "acces-aux-droits prestations-caf",
    "css_sante": "acces-aux-droits complementaire-sante",
    "fsl": "acces-aux-droits fsl-92",
    "energie_impayes": "acces-aux-droits fsl-92",
    "dettes_budget": "accueil",
    "demarches_en_ligne": "espace-multimedia",
    "grossesse_suivi": "pmi pmi-suivi-grossesse",
    "post_natal": "pmi",
    "premiere_pesee": "pmi pmi-premieres-pesees",
    "consultation_enfant": "pmi pmi-consultations",
    "vaccination": "pmi pmi-vaccinations",
    "bilan_maternelle": "pmi pmi-bilan-maternelle pmi-depistages-moyenne-section",
    "mode_garde": "pmi pmi-modes-accueil creches-ville",
    "parentalite": "pmi pmi-parentalite accueil",
    "contraception": "sante-sexuelle",
    "ivg": "sante-sexuelle sexualites-ivg",
    "depistage_ist": "sante-sexuelle",
    "handicap_mdph": "mdph",
    "perte_autonomie": "apa action-sociale-ccas",
    "isolement_senior": "lutte-isolement-seniors action-sociale-ccas",
    "acces_soins": "acces-aux-droits soins-sans-couverture",
    "domiciliation": "domiciliation",
    "sejour_droits": "accueil",
    "jeune_majeur": "ase accompagnement-rsa accompagnement-jeunes",
    "sante_mentale": "suicide-3114",
    "apprentissage_francais": "cours-francais-femmes",
    "caravane_solidaire": "caravane",
}


def written(folder: Path = DEFAULT_PATH) -> str:
    """All the data files as one text, the schemas left out."""
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.yml")))


@pytest.mark.parametrize(("hotline_id", "expected"), HOTLINES.items())
def test_hotline_is_the_one_of_the_facts(
    directory: Directory, hotline_id: str, expected: tuple[str, str, str | None, bool | None]
) -> None:
    hotline = directory.hotline(hotline_id)
    assert (hotline.number, hotline.name, hotline.opening_hours, hotline.sms) == expected


def test_no_hotline_beyond_the_facts(directory: Directory) -> None:
    assert set(directory.hotlines) == set(HOTLINES)


def test_emergency_numbers_are_open_day_and_night(directory: Directory) -> None:
    emergency = {line.id for line in directory.hotlines.values() if line.emergency}
    assert emergency == FIRST_IN_EMERGENCY
    assert all(directory.hotline(line).opening_hours == ALWAYS for line in emergency)


def test_calls_that_leave_no_trace_on_the_bill(directory: Directory) -> None:
    assert {line.id for line in directory.hotlines.values() if line.on_bill is False} == {
        "enfance-119",
        "violences-3919",
    }


def test_no_number_beyond_the_facts(directory: Directory) -> None:
    known = PHONES_OF_STRUCTURES | {number for number, *_ in HOTLINES.values()}
    phones = [structure.phone for structure in directory.structures.values()]
    phones += [service.phone for service in directory.services.values()]
    spaceless = {number.replace(" ", "") for number in known}
    assert {phone.replace(" ", "") for phone in phones if phone} <= spaceless


def test_no_press_contact_and_no_mobile_number() -> None:
    text = written()
    assert re.findall(r"[\w.+-]+@[\w-]+\.\w+", text).count("adil92@adil92.org") == text.count("@")
    assert not re.search(r"(?:\+33|\b0)\s?[67](?:[\s.]?\d\d){4}\b", text)


@pytest.mark.parametrize(
    "unpublished",
    ["Martre", "place de la Résistance", "avenue de Verdun", "Aristide", "Rigault", "€", "euros"],
)
def test_what_nobody_verified_or_may_say_is_absent(unpublished: str) -> None:
    assert unpublished.casefold() not in written().casefold()


def test_issy_address_belongs_to_issy_only(directory: Directory) -> None:
    assert directory.structure("pole-issy").address == "13-15 rue Jean-Pierre Timbaud"
    assert directory.structure("pole-issy").opening_hours == "Mo-Fr 08:30-17:30; PH off"
    assert written().count("Timbaud") == 1


@pytest.mark.parametrize("site", ["pole-clichy", "levallois-pmi-sante-sexuelle", "levallois-espace-permanence"])
def test_sites_without_verified_address_or_hours(directory: Directory, site: str) -> None:
    structure = directory.structure(site)
    assert structure.address is None
    assert structure.opening_hours is None
    assert structure.phone == directory.single_number().number


def test_only_issy_and_a_postal_box_have_an_address(directory: Directory) -> None:
    located = {structure.id for structure in directory.structures.values() if structure.address}
    assert located == {"pole-issy", "commission-dalo-92"}
    assert not any(service.address for service in directory.services.values())


def test_fixed_ids_are_there(directory: Directory) -> None:
    assert set(FIXED_SITES.split()) <= set(directory.structures)
    assert set(FIXED_SERVICES.split()) <= set(directory.services)


def test_a_service_and_a_hotline_never_share_an_id(directory: Directory) -> None:
    assert not set(directory.services) & set(directory.hotlines)


def test_sante_sexuelle_is_not_at_the_pole_of_clichy(directory: Directory) -> None:
    assert "pole-clichy" not in directory.service("sante-sexuelle").sites


def test_facts_fit_one_sms_and_speak_of_known_needs(directory: Directory) -> None:
    """The rest of the turn still finds its place beside it."""
    renderer = Renderer(load_wording(), directory)
    for fact in directory.facts.values():
        assert set(fact.needs) <= set(load_table()), fact.id
        assert segments(to_gsm7(renderer.fact(fact, "sms"))) == 1, fact.id


def test_groupe_de_parole_has_no_place_and_no_time(directory: Directory) -> None:
    group = directory.service("groupe-parole-violences")
    assert (group.address, group.opening_hours, group.booking_url) == (None, None, None)


def test_walk_in_and_appointment_doors(directory: Directory) -> None:
    assert directory.service("accueil").walk_in is True
    assert directory.service("permanence-unique").walk_in is True
    assert (
        directory.service("acces-aux-droits").walk_in,
        directory.service("acces-aux-droits").by_appointment,
    ) == (
        False,
        True,
    )
    assert directory.service("pmi-premieres-pesees").by_appointment is True


@pytest.mark.parametrize(("need", "answers"), ANSWERS.items())
def test_every_need_finds_who_answers(directory: Directory, need: str, answers: str) -> None:
    known = directory.services.keys() | directory.hotlines.keys()
    assert set(answers.split()) <= known, need


def test_every_source_cited_has_a_title(directory: Directory) -> None:
    assert {"S0", "S1", "S2", "S3", "S4"} <= set(directory.sources)
    assert all(source.title for source in directory.sources.values())


def test_single_number_is_the_same_everywhere(directory: Directory) -> None:
    single = directory.single_number()
    assert single.dial == directory.structure("pole-clichy").phone_dial == directory.service("accueil").phone_dial
