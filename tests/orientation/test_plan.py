"""The plan of a situation: every need its door, the most pressing first, at this hour, in the person's own town."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.booking.motifs import MotifEntry
from bot.clock import PARIS
from bot.directory.load import load_directory
from bot.directory.models import Directory
from bot.orientation.plan import (
    ISSY_POLE,
    NOW,
    OWN_POLE,
    Channel,
    Plan,
    PlanLine,
    Situation,
    make_plan,
    territory_of,
)
from bot.orientation.table import EmergencyKind, Table, Urgency, load_table

DIRECTORY, TABLE = load_directory(), load_table()

MONDAY = datetime(2026, 11, 23, 10, tzinfo=PARIS)
SATURDAY_NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=PARIS)
SUNDAY = datetime(2026, 11, 22, 11, tzinfo=PARIS)
CHRISTMAS = datetime(2026, 12, 25, 11, tzinfo=PARIS)
BEFORE_OPENING = datetime(2026, 11, 23, 8, 29, tzinfo=PARIS)
AFTER_CLOSING = datetime(2026, 11, 23, 17, 30, tzinfo=PARIS)
OPENING = datetime(2026, 11, 23, 8, 30, tzinfo=PARIS)
SHUT = [SATURDAY_NIGHT, SUNDAY, CHRISTMAS, BEFORE_OPENING, AFTER_CLOSING]

KINDS: dict[EmergencyKind, str] = {
    "violence": "violence_conjugale",
    "child": "enfance_danger",
    "suicide": "sante_mentale",
    "medical": "grossesse_suivi",
    "shelter": "hebergement_urgence",
}
FIRST_NUMBER = {"violence": "17", "child": "119", "suicide": "3114", "medical": "15", "shelter": "115"}
ISSY_FOUR = ["Issy-les-Moulineaux", "Clamart", "Meudon", "Vanves"]
OTHER_92 = ["Asnières-sur-Seine", "Nanterre", "Neuilly-sur-Seine", "Courbevoie", "Antony"]
ELSEWHERE = ["Paris", "Clichy-sous-Bois", "Saint-Ouen-sur-Seine", "Porte de Clichy", "Marseille", "un village inconnu"]
CALM_NEEDS = ["expulsion", "aide_alimentaire", "impaye_loyer", "grossesse_suivi", "rsa_demande", "vaccination"]


def plan_of(
    *needs: str,
    urgency: Urgency = "none",
    kind: EmergencyKind | None = None,
    commune: str | None = "Clichy",
    signs: Sequence[str] = (),
    moment: datetime = MONDAY,
    channel: Channel = "web",
) -> Plan:
    situation = Situation(needs, urgency, kind, commune, frozenset(signs))
    return make_plan(situation, moment, channel, DIRECTORY, TABLE)


def emergency(kind: EmergencyKind, commune: str | None = "Clichy", moment: datetime = MONDAY) -> Plan:
    return plan_of(KINDS[kind], urgency="emergency", kind=kind, commune=commune, moment=moment)


def services(plan: Plan) -> list[str]:
    return [line.service for line in plan.lines]


# ---- Which door --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("need", CALM_NEEDS)
def test_a_calm_need_has_one_line(need: str) -> None:
    assert [line.need for line in plan_of(need).lines] == [need]


def test_each_need_of_a_message_has_its_line_the_most_urgent_door_first() -> None:
    plan = plan_of("grossesse_suivi", "impaye_loyer", "aide_alimentaire", "expulsion", urgency="soon")
    told = [line.need for line in plan.lines]
    assert sorted(told) == ["aide_alimentaire", "expulsion", "grossesse_suivi", "impaye_loyer"]
    assert {line.service for line in plan.lines[:2]} == {"permanence-unique"}
    assert [line.level for line in plan.lines] == [2, 2, 1, 1]


def test_equally_urgent_needs_stay_in_the_order_they_were_understood_in() -> None:
    assert [line.need for line in plan_of("rsa_demande", "fsl", "vaccination").lines] == [
        "rsa_demande",
        "fsl",
        "vaccination",
    ]


def test_a_door_of_today_makes_the_whole_message_pressing() -> None:
    assert plan_of("aide_alimentaire").urgency == "soon"
    assert plan_of("rsa_demande").urgency == "none"


def test_an_emergency_is_never_lowered() -> None:
    assert plan_of("rsa_demande", urgency="emergency", kind="violence").urgency == "emergency"


@pytest.mark.parametrize(
    ("sign", "service", "mode", "level"),
    [
        ("commandement_payer", "acces-aux-droits", "appointment", 1),
        ("quitter_les_lieux", "permanence-unique", "walk_in", 2),
        ("tribunal", "permanence-unique", "walk_in", 2),
        ("force_publique", "permanence-unique", "walk_in", 2),
        ("serrure", "police-17", "phone", 2),
        ("treve", "acces-aux-droits", "appointment", 1),
    ],
)
def test_the_act_received_decides_the_door_of_an_eviction(sign: str, service: str, mode: str, level: int) -> None:
    first = plan_of("expulsion", signs=[sign]).lines[0]
    assert (first.service, first.mode, first.level) == (service, mode, level)


def test_when_two_signs_are_shown_the_most_urgent_act_wins() -> None:
    both = plan_of("expulsion", signs=["commandement_payer", "force_publique", "treve"])
    assert both.lines[0].why == plan_of("expulsion", signs=["force_publique"]).lines[0].why


def test_a_baby_makes_a_cut_of_electricity_a_matter_of_today() -> None:
    assert plan_of("energie_impayes").lines[0].mode == "appointment"
    with_baby = plan_of("energie_impayes", signs=["bebe"]).lines[0]
    assert (with_baby.service, with_baby.mode, with_baby.level) == ("permanence-unique", "walk_in", 2)


def test_no_income_and_nothing_to_eat_is_a_matter_of_today() -> None:
    assert plan_of("rsa_suivi", signs=["rsa_coupe"]).lines[0].mode == "appointment"
    hungry = plan_of("rsa_suivi", "aide_alimentaire", signs=["rsa_coupe"])
    assert {line.service for line in hungry.lines} == {"permanence-unique"}


def test_a_need_nobody_wrote_a_row_for_is_left_out() -> None:
    assert services(plan_of("besoin_inconnu", "vaccination")) == ["pmi"]
    assert plan_of("besoin_inconnu").lines == ()


# ---- Emergencies -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_emergency_begins_with_its_number_and_the_door_comes_after(kind: EmergencyKind) -> None:
    lines = emergency(kind).lines
    assert (lines[0].phone, lines[0].level) == (FIRST_NUMBER[kind], NOW)
    numbers_first = [line.service in DIRECTORY.hotlines for line in lines]
    assert numbers_first == sorted(numbers_first, reverse=True)


@pytest.mark.parametrize("kind", KINDS)
def test_an_emergency_is_answered_even_when_another_need_was_understood(kind: EmergencyKind) -> None:
    plan = plan_of("rsa_demande", urgency="emergency", kind=kind)
    assert plan.lines[0].phone in {FIRST_NUMBER[kind], "17"}
    assert plan.lines[0].level == NOW
    assert "rsa_demande" in {line.need for line in plan.lines}


def test_told_of_one_need_the_plan_is_silent_on_the_others() -> None:
    plan = plan_of("rsa_demande", "expulsion").about(["rsa_demande"])
    assert [line.need for line in plan.lines] == ["rsa_demande"]


@pytest.mark.parametrize("sign", ["harcelement", "maltraitance_age", "bebe", "partir_sans_argent"])
@pytest.mark.parametrize("need", ["enfance_danger", "violence_conjugale", "violence_familiale"])
def test_no_detail_of_the_message_hides_an_emergency(need: str, sign: str) -> None:
    assert plan_of(need, urgency="emergency", kind="violence", signs=[sign]).lines[0].level == NOW


@pytest.mark.parametrize("need", ["violence_familiale", "enfance_danger"])
def test_a_child_in_danger_is_given_119_whatever_the_need_is_called(need: str) -> None:
    assert plan_of(need, urgency="emergency", kind="child").lines[0].phone == "119"


def test_a_rape_is_an_emergency_unless_it_is_told_as_long_past() -> None:
    for need in ("violence_conjugale", "violence_familiale"):
        now = plan_of(need, signs=["viol"]).lines
        assert [(line.phone, line.level) for line in now[:2]] == [("17", NOW), ("0 800 05 95 95", NOW)]
        past = plan_of(need, signs=["viol", "viol_ancien"]).lines[0]
        assert (past.phone, past.level) == ("0 800 05 95 95", 1)


# ---- The hour ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", SHUT, ids=["samedi soir", "dimanche", "noël", "8 h 29", "17 h 30"])
@pytest.mark.parametrize("need", sorted(TABLE))
def test_nobody_is_sent_to_a_closed_door(need: str, moment: datetime) -> None:
    for urgency in ("none", "soon"):
        assert all(line.mode != "walk_in" for line in plan_of(need, urgency=urgency, moment=moment).lines)


@pytest.mark.parametrize("moment", SHUT)
def test_a_closed_door_gives_the_number_that_holds_and_the_hour_it_opens(moment: datetime) -> None:
    (line,) = plan_of("aide_alimentaire", moment=moment).lines
    assert (line.service, line.site, line.mode, line.phone) == ("permanence-unique", OWN_POLE, "phone", "115")
    assert line.reopens is not None
    assert line.reopens > moment
    assert (line.reopens.hour, line.reopens.minute) == (8, 30)


@pytest.mark.parametrize(
    ("moment", "reopens"),
    [
        (SATURDAY_NIGHT, OPENING),
        (SUNDAY, OPENING),
        (BEFORE_OPENING, OPENING),
        (AFTER_CLOSING, OPENING + timedelta(days=1)),
        (CHRISTMAS, datetime(2026, 12, 28, 8, 30, tzinfo=PARIS)),
    ],
)
def test_the_hour_it_opens_again_is_the_next_working_morning(moment: datetime, reopens: datetime) -> None:
    assert plan_of("expulsion", moment=moment).lines[0].reopens == reopens


def test_an_open_door_says_nothing_of_closing() -> None:
    for moment in (OPENING, MONDAY):
        (line,) = plan_of("aide_alimentaire", moment=moment).lines
        assert (line.mode, line.reopens) == ("walk_in", None)


def test_a_walk_in_without_urgency_waits_for_the_single_number() -> None:
    (line,) = plan_of("demarches_en_ligne", moment=SATURDAY_NIGHT).lines
    assert (line.mode, line.phone, line.reopens) == ("phone", DIRECTORY.single_number().number, OPENING)


def test_an_appointment_can_be_booked_at_any_hour() -> None:
    night = plan_of("grossesse_suivi", moment=SATURDAY_NIGHT).bookable_line()
    assert night is not None
    assert (night.motif, night.mode) == ("suivi_grossesse", "appointment")


# ---- The town ----------------------------------------------------------------------------------------------------


def test_a_resident_of_levallois_is_received_at_levallois_where_the_service_is_there() -> None:
    assert plan_of("grossesse_suivi", commune="Levallois-Perret").lines[0].site == "levallois-pmi-sante-sexuelle"
    assert plan_of("grossesse_suivi", commune="Clichy").lines[0].site == OWN_POLE
    assert plan_of("expulsion", commune="Levallois-Perret").lines[0].site == OWN_POLE


@pytest.mark.parametrize("commune", ["Clichy", "Levallois-Perret", None])
@pytest.mark.parametrize("need", ["ivg", "contraception", "depistage_ist"])
def test_sexual_health_is_not_at_the_pole_of_clichy(need: str, commune: str | None) -> None:
    (line,) = plan_of(need, commune=commune).lines
    assert (line.service, line.site) == ("sante-sexuelle", "levallois-pmi-sante-sexuelle")


@pytest.mark.parametrize(("commune", "ccas"), [("Clichy", "ccas-clichy"), ("Levallois-Perret", "ccas-levallois")])
def test_each_town_has_its_own_partner(commune: str, ccas: str) -> None:
    assert plan_of("domiciliation", commune=commune).lines[0].site == ccas


@pytest.mark.parametrize("commune", ISSY_FOUR)
def test_the_four_towns_of_issy_go_to_the_pole_of_issy(commune: str) -> None:
    for need in CALM_NEEDS:
        assert {line.site for line in plan_of(need, commune=commune).lines} == {ISSY_POLE}


@pytest.mark.parametrize("commune", ISSY_FOUR)
def test_only_what_issy_offers_is_promised_there(commune: str) -> None:
    for need in TABLE:
        for line in plan_of(need, commune=commune).lines:
            if line.site == ISSY_POLE:
                assert ISSY_POLE in DIRECTORY.service(line.service).sites, need


@pytest.mark.parametrize("commune", OTHER_92)
def test_elsewhere_in_the_departement_the_single_number_says_where_to_go(commune: str) -> None:
    for need in CALM_NEEDS:
        (line,) = plan_of(need, commune=commune).lines
        assert (line.service, line.site, line.mode) == ("numero-unique", None, "phone")
        assert line.phone == DIRECTORY.single_number().number


@pytest.mark.parametrize("commune", ELSEWHERE)
def test_another_departement_is_told_of_its_own_public_services(commune: str) -> None:
    for need in CALM_NEEDS:
        (line,) = plan_of(need, commune=commune).lines
        assert (line.service, line.site, line.mode) == ("service-public-3939", None, "refer")


@pytest.mark.parametrize("commune", [*ISSY_FOUR, *OTHER_92, *ELSEWHERE])
def test_nobody_from_another_town_is_sent_to_clichy_or_levallois(commune: str) -> None:
    for need in TABLE:
        for line in plan_of(need, commune=commune).lines:
            assert line.site is None or is_reached_from(line.site, commune), (need, line.site)
            assert line.motif is None


def is_reached_from(site: str, commune: str) -> bool:
    known, structure = DIRECTORY.commune(commune), DIRECTORY.structure(site)
    if known is None or known.department != "92":
        return not structure.serves
    return structure.is_open_to(known)


@pytest.mark.parametrize("commune", ["Clichy", "Levallois-Perret", None, "92110", "92300"])
def test_residents_of_clichy_and_levallois_never_get_issy(commune: str | None) -> None:
    for need in TABLE:
        for moment in (MONDAY, SATURDAY_NIGHT):
            assert ISSY_POLE not in {line.site for line in plan_of(need, commune=commune, moment=moment).lines}


@pytest.mark.parametrize("commune", [*ISSY_FOUR, *OTHER_92, *ELSEWHERE])
@pytest.mark.parametrize("kind", KINDS)
def test_wherever_one_lives_an_emergency_comes_first(kind: EmergencyKind, commune: str) -> None:
    first = emergency(kind, commune).lines[0]
    assert (first.phone, first.level) == (FIRST_NUMBER[kind], NOW)


@pytest.mark.parametrize("commune", OTHER_92)
def test_at_night_another_town_of_the_departement_gets_a_number_that_answers(commune: str) -> None:
    (line,) = plan_of("aide_alimentaire", commune=commune, moment=SATURDAY_NIGHT).lines
    assert (line.mode, line.phone, line.site, line.reopens) == ("phone", "115", None, OPENING)


@pytest.mark.parametrize(
    ("commune", "territory"),
    [
        (None, "own"),
        ("Clichy", "own"),
        ("Clichy-la-Garenne", "own"),
        ("levallois", "own"),
        ("Meudon", "issy"),
        ("Asnières", "department"),
        ("Clichy-sous-Bois", "elsewhere"),
        ("Place de Clichy", "elsewhere"),
        ("Lyon", "elsewhere"),
    ],
)
def test_whose_resident_one_is(commune: str | None, territory: str) -> None:
    assert territory_of(commune, DIRECTORY) == territory


# ---- Booking -----------------------------------------------------------------------------------------------------


def test_nothing_is_offered_to_book_before_the_town_is_known() -> None:
    assert plan_of("grossesse_suivi", commune=None).bookable_line() is None


def test_what_is_offered_to_book_is_really_held_there(motifs: dict[str, MotifEntry]) -> None:
    for need in TABLE:
        for commune in ("Clichy", "Levallois-Perret"):
            line = plan_of(need, commune=commune).bookable_line()
            assert line is None or line.site in motifs[line.motif or ""].sites, (need, commune)


# ---- Any situation -----------------------------------------------------------------------------------------------

COMMUNES = [None, "Clichy", "Levallois-Perret", *ISSY_FOUR, *OTHER_92, *ELSEWHERE, "", "92110", "’"]
SIGNS = sorted({sign for entry in TABLE.values() for row in entry.rows for sign in row.signs})
situations = st.builds(
    Situation,
    needs=st.lists(st.sampled_from([*TABLE, "besoin_inconnu"]), unique=True).map(tuple),
    urgency=st.sampled_from(["none", "soon", "emergency"]),
    emergency_kind=st.sampled_from([None, *KINDS]),
    commune=st.sampled_from(COMMUNES),
    signs=st.frozensets(st.sampled_from(SIGNS)),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(tzinfo=PARIS))


def numbers_of(directory: Directory) -> set[str]:
    hotlines = {hotline.number for hotline in directory.hotlines.values()}
    services = {service.phone for service in directory.services.values() if service.phone}
    return hotlines | services | {place.phone for place in directory.structures.values() if place.phone}


KNOWN_NUMBERS = numbers_of(DIRECTORY)


@given(situations, moments, st.sampled_from(["web", "sms", "agent"]))
@settings(max_examples=300, deadline=None)
def test_whatever_the_situation_the_plan_holds(situation: Situation, moment: datetime, channel: Channel) -> None:
    plan = make_plan(situation, moment, channel, DIRECTORY, TABLE)
    told = {line.need for line in plan.lines}
    assert {need for need in situation.needs if need in TABLE} <= told
    assert [line.level for line in plan.lines] == sorted((line.level for line in plan.lines), reverse=True)
    assert len({(line.need, line.service, line.phone) for line in plan.lines}) == len(plan.lines)
    for line in plan.lines:
        assert_can_be_followed(line, situation)


def assert_can_be_followed(line: PlanLine, situation: Situation) -> None:
    assert line.phone is None or line.phone in KNOWN_NUMBERS
    assert line.mode == "refer" or line.phone is not None
    assert line.service in {*DIRECTORY.hotlines, *DIRECTORY.services}
    assert line.site is None or line.site in DIRECTORY.structures
    assert line.why and line.why_sms
    assert "{" not in line.why + line.why_sms
    if line.site == ISSY_POLE:
        assert situation.commune in ISSY_FOUR


@given(situations, moments)
@settings(max_examples=200, deadline=None)
def test_whatever_the_situation_an_emergency_shows_its_number_first(situation: Situation, moment: datetime) -> None:
    if situation.urgency != "emergency" or situation.emergency_kind is None:
        return
    lines = make_plan(situation, moment, "web", DIRECTORY, TABLE).lines
    assert lines[0].level == NOW
    assert lines[0].service in DIRECTORY.hotlines
    assert lines[0].phone in {FIRST_NUMBER[situation.emergency_kind], "17", "119", "15", "3114", "115"}


@given(situations, moments)
@settings(max_examples=200, deadline=None)
def test_whatever_the_hour_the_doors_of_one_need_stay_together_in_the_order_of_their_row(
    situation: Situation, moment: datetime
) -> None:
    lines = make_plan(situation, moment, "web", DIRECTORY, TABLE).lines
    runs = [(level, [key for key, _ in groupby(group, key=lambda line: line.need)]) for level, group in by_level(lines)]
    assert all(len(needs) == len(set(needs)) for _, needs in runs)


def by_level(lines: Sequence[PlanLine]) -> list[tuple[int, list[PlanLine]]]:
    return [(level, list(group)) for level, group in groupby(lines, key=lambda line: line.level)]


def test_a_table_is_only_read(table: Table) -> None:
    with pytest.raises(AttributeError):
        table["expulsion"].rank = 0  # type: ignore[misc]
