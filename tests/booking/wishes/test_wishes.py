"""When a person says they can come: each way of saying it, on a Monday at ten, among half-hours of three weeks."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.wishes.never_open import never_open
from bot.booking.wishes.wish import nearest, read_wish, wish_beside, wish_that_day, wish_to_move, wished
from bot.clock import PARIS
from bot.directory.hours import DAYS

MONDAY = date(2026, 11, 23)
NOW = datetime.combine(MONDAY, time(10), PARIS)
HOURS = [time(hour, minute) for hour in (9, 10, 11, 14, 15, 16) for minute in (0, 30)] + [time(13, 30), time(17)]
STARTS = sorted(
    start
    for ahead in range(19)
    for hour in HOURS
    if (start := datetime.combine(MONDAY + timedelta(days=ahead), hour, PARIS)) > NOW and start.weekday() < 5
)


def fitting(text: str) -> list[datetime]:
    return wished(STARTS, read_wish(text, NOW))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("mardi matin", "24/11 9:00", "08/12 11:30"),
        ("mardi matin si possible avant c trop tot pr moi", "24/11 9:00", "08/12 11:30"),
        ("jeudi aprem, après c'est trop tard", "26/11 13:30", "10/12 17:00"),
        ("Lundi 30 plutôt que cette semaine, ma fille sera là", "30/11 9:00", "30/11 17:00"),
        ("le 1er dec laprem", "01/12 13:30", "01/12 17:00"),
        ("bon. qu'est-ce que vous avez mardi", "24/11 9:00", "08/12 17:00"),
        ("le 2 déc. au matin", "02/12 9:00", "02/12 11:30"),
        ("Attendez, mardi matin j'ai un essayage. L'après-midi ?", "23/11 13:30", "11/12 17:00"),
        ("jai cours jusqua 15h30 tt les jours. donc apres 16h", "23/11 16:00", "11/12 17:00"),
        ("on a déménagé samedi dernier ! Clichy maintenant", "23/11 10:30", "11/12 17:00"),
        ("pas mardi matin", "23/11 10:30", "11/12 17:00"),
        ("pas avt 16h je bosse", "23/11 16:00", "11/12 17:00"),
        ("Je suis de coupure de 14h30 à 17h, il y a quelque chose là-dedans ?", "23/11 14:30", "11/12 16:30"),
        ("Rien pour moi avant 16h, je suis auxiliaire de vie", "23/11 16:00", "11/12 17:00"),
        ("Je roule jusqu'à 15h30, donc pas avant 16h", "23/11 16:00", "11/12 17:00"),
        ("aps demin 14h", "25/11 14:00", "25/11 14:00"),
        ("ah non attendez mercredi il est à la maison. jeudi après-midi plutôt", "26/11 13:30", "10/12 17:00"),
        ("dsl jpeux plus mardi g classe, mercredi aprem?", "25/11 13:30", "09/12 17:00"),
        ("alors pas avant 16h, je finis à 15h30", "23/11 16:00", "11/12 17:00"),
        ("lundi je travaille, plutôt le soir ?", "24/11 17:00", "11/12 17:00"),
        ("demain", "24/11 9:00", "24/11 17:00"),
        ("Pas avant 16h. Avant, j'ai le kiné, et le matin, la colère.", "23/11 16:00", "11/12 17:00"),
        ("matin please. après midi moi restaurant la plonge", "23/11 10:30", "11/12 11:30"),
        ("épargnez-moi les 10 heures du matin", "23/11 13:30", "11/12 17:00"),
        ("pas avant 14h, dispo mar. ou jeu.", "24/11 14:00", "10/12 17:00"),
        ("quarta-feira de manhã", "25/11 9:00", "09/12 11:30"),
        ("vendredi après-midi j'ai pas TD", "27/11 13:30", "11/12 17:00"),
        ("pour la carte santé, après 16h je finis le travail", "23/11 16:00", "11/12 17:00"),
        ("lundi jpeux pas. mardi non plus. mercredi matin", "25/11 9:00", "09/12 11:30"),
        ("entre 10h et midi", "23/11 10:30", "11/12 11:30"),
        ("plutôt tard", "23/11 15:30", "11/12 17:00"),
        ("lundi 30 plutôt, je travaille cette semaine", "30/11 9:00", "30/11 17:00"),
        ("le matin je suis pas réveillée, mardi après-midi", "24/11 13:30", "08/12 17:00"),
        ("mardi matin mai pa 9h je depose la petite", "24/11 9:30", "08/12 11:30"),
        ("avant le 1er svp", "23/11 10:30", "30/11 17:00"),
        ("pas avant décembre", "01/12 9:00", "11/12 17:00"),
        ("j'ai dit pas avant décembre, je suis hospitalisé jusqu'au 30", "01/12 9:00", "11/12 17:00"),
        ("mardi mais pas trop tôt", "24/11 10:00", "08/12 17:00"),
        ("va pour deux heures", "23/11 14:00", "11/12 14:00"),
        ("la semaine prochaine alors, plutôt en fin de journée je travaille", "30/11 15:30", "04/12 17:00"),
        ("plutot jeudi, lundi il travaille", "26/11 9:00", "10/12 17:00"),
        ("le lundi elle peut pas, mercredi après midi plutôt", "25/11 13:30", "09/12 17:00"),
        ("y a pas l'apres midi ? jeudi ou vendredi c bon", "26/11 13:30", "11/12 17:00"),
        ("lundi 10h30 c'est dans 30 minutes ?? mardi alors", "24/11 9:00", "08/12 17:00"),
        ("j'ai rdv mardi, mercredi ça va", "25/11 9:00", "09/12 17:00"),
        ("je dois être le 30 au tribunal", "23/11 10:30", "11/12 17:00"),
        ("mercredi matin, mais pas avant dix heures", "25/11 10:00", "09/12 11:30"),
        ("pa avan 16h jtravail", "23/11 16:00", "11/12 17:00"),
        ("ah non pardon jeudi c'est mon fils à l'hôpital, vendredi", "27/11 9:00", "11/12 17:00"),
        ("je bosse le matin", "23/11 13:30", "11/12 17:00"),
        ("oui enfin non, jeudi, mardi j'ai le notaire", "26/11 9:00", "10/12 17:00"),
        ("après demain 14h", "25/11 14:00", "25/11 14:00"),
        ("le 3 décembre", "03/12 9:00", "03/12 17:00"),
        ("24/11 à 15h", "24/11 15:00", "24/11 15:00"),
        ("jeudi 26 novembre à 14:30", "26/11 14:30", "26/11 14:30"),
        ("pas avant 17h", "23/11 17:00", "11/12 17:00"),
        ("après 16h sauf vendredi", "23/11 16:00", "10/12 17:00"),
        ("entre 10h et 11h30", "23/11 10:30", "11/12 11:00"),
        ("vers 10h", "23/11 10:30", "11/12 10:30"),
        ("entre midi et deux", "23/11 13:30", "11/12 13:30"),
        ("en fin d'après-midi", "23/11 15:30", "11/12 17:00"),
        ("lundi prochain", "30/11 9:00", "30/11 17:00"),
        ("vendredi en huit", "04/12 9:00", "04/12 17:00"),
        ("la semaine prochaine sauf mercredi", "30/11 9:00", "04/12 17:00"),
        ("la semaine pro le matin", "30/11 9:00", "04/12 11:30"),
        ("début de semaine prochaine", "30/11 9:00", "01/12 17:00"),
        ("dans 15 jours", "07/12 9:00", "11/12 17:00"),
        ("dans deux jours", "25/11 9:00", "25/11 17:00"),
        ("en décembre", "01/12 9:00", "11/12 17:00"),
        ("pas avant le 1er décembre", "01/12 9:00", "11/12 17:00"),
        ("avant vendredi", "23/11 10:30", "26/11 17:00"),
        ("d'ici vendredi", "23/11 10:30", "27/11 17:00"),
        ("à partir de jeudi", "26/11 9:00", "11/12 17:00"),
        ("pas mercredi, jeudi plutôt", "26/11 9:00", "10/12 17:00"),
        ("je ne peux pas demain mais jeudi oui", "26/11 9:00", "10/12 17:00"),
        ("jeudi matin plutôt, mercredi j'ai les petits", "26/11 9:00", "10/12 11:30"),
        ("mercredi j'ai pas école l'aprem", "25/11 13:30", "09/12 17:00"),
        ("lundi je travaille pas", "23/11 10:30", "07/12 17:00"),
        ("demain après les cours", "24/11 16:00", "24/11 17:00"),
        ("demain 1ère heure", "24/11 9:00", "24/11 9:30"),
        ("le plus tard dans la journée", "23/11 16:00", "11/12 17:00"),
        ("pas auj, pas le matin, pas vendredi", "24/11 13:30", "10/12 17:00"),
        ("mer AM sinon ven AM", "25/11 13:30", "11/12 17:00"),
        ("Lundi aprem la premiere heure", "23/11 13:30", "07/12 17:00"),
        ("Le premier du mardi matin", "24/11 9:00", "08/12 11:30"),
        ("Du coup je garde le vaccin mardi, le premier du matin", "24/11 9:00", "08/12 11:30"),
        ("je garde mon neveu mardi matin, mercredi", "25/11 9:00", "09/12 17:00"),
        ("je bosse de nuit donc l'après-midi", "23/11 13:30", "11/12 17:00"),
        ("du lundi au mercredi je travaille", "26/11 9:00", "11/12 17:00"),
        ("jpeu plus cette semaine faut decaler au mardi 1er decembre", "01/12 9:00", "01/12 17:00"),
        ("Lundi 30 plutôt que cette semaine", "30/11 9:00", "30/11 17:00"),
        ("pas cette semaine, la suivante. Le matin", "30/11 9:00", "04/12 11:30"),
        ("plus tard dans la semaine", "25/11 9:00", "27/11 17:00"),
        ("la semaine du 7 décembre", "07/12 9:00", "11/12 17:00"),
        ("à partir du 30", "30/11 9:00", "11/12 17:00"),
        ("à partir du lundi 30", "30/11 9:00", "11/12 17:00"),
        ("après le 25", "26/11 9:00", "11/12 17:00"),
        ("entre le 25 et le 30", "25/11 9:00", "30/11 17:00"),
        ("du 2 au 4 décembre", "02/12 9:00", "04/12 17:00"),
        ("début décembre", "01/12 9:00", "10/12 17:00"),
        ("début du mois prochain", "01/12 9:00", "10/12 17:00"),
        ("fin novembre", "23/11 10:30", "30/11 17:00"),
        ("lundi en 8", "07/12 9:00", "07/12 17:00"),
        ("mercredi en quinze", "09/12 9:00", "09/12 17:00"),
        ("dans 5 jours", "30/11 9:00", "30/11 17:00"),
        ("d'ici deux semaines", "23/11 10:30", "07/12 17:00"),
        ("le vingt-six novembre", "26/11 9:00", "26/11 17:00"),
        ("le vingt quatre", "24/11 9:00", "24/11 17:00"),
        ("jeu 26 mat", "26/11 9:00", "26/11 11:30"),
        ("mecredi aprm", "25/11 13:30", "09/12 17:00"),
        ("à neuf heures et demie", "24/11 9:30", "11/12 9:30"),
        ("10h30 au plus tard", "23/11 10:30", "11/12 10:30"),
        ("pas plus tard que 11h", "23/11 10:30", "11/12 11:00"),
        ("14h-16h jeudi", "26/11 14:00", "10/12 15:30"),
        ("entre 14 et 16h", "23/11 14:00", "11/12 15:30"),
        ("à la fraîche mardi", "24/11 9:00", "08/12 9:30"),
        ("lundi tard", "23/11 15:30", "07/12 17:00"),
        ("après la cantine", "23/11 13:30", "11/12 14:30"),
        ("en dehors des heures d'école", "23/11 11:30", "11/12 17:00"),
        ("pendant que le petit est à l'école, l'après-midi", "23/11 13:30", "11/12 15:30"),
        ("un mercredi, les autres jours je travaille", "25/11 9:00", "09/12 17:00"),
        ("jeudi seulement je sort", "26/11 9:00", "10/12 17:00"),
        ("plutot jeudi. lundi mon mari travail et jeudi la il repose", "26/11 9:00", "10/12 17:00"),
        ("mercredi aprem stp les autres jours jai cours", "25/11 13:30", "09/12 17:00"),
        ("Plutôt l'après-midi, le matin je fais des ménages.", "23/11 13:30", "11/12 17:00"),
        ("l'après-midi svp je dors le matin je suis de nuit", "23/11 13:30", "11/12 17:00"),
        ("mardi ou après, le matin, parce que après-midi je travail ménage", "24/11 9:00", "11/12 11:30"),
        ("ah mince lundi j'enterre mon tonton. jeudi c'est possible ?", "26/11 9:00", "10/12 17:00"),
        ("Zut, conseil de classe jeudi soir. On décale à vendredi ?", "27/11 9:00", "11/12 17:00"),
        ("trop tot ca je livre jusqua 15h. ya pas apres ?", "23/11 15:00", "11/12 17:00"),
        ("pas cette semaine là la suivante", "30/11 9:00", "04/12 17:00"),
        ("jeudi, on avait dit 9h", "26/11 9:00", "10/12 9:00"),
        ("on se voit jeudi, le matin", "26/11 9:00", "10/12 11:30"),
        ("mardi 10h, je viens avec ma fille", "24/11 10:00", "08/12 10:00"),
        ("rdv mardi svp, mon bail se termine le 31 décembre", "24/11 9:00", "08/12 17:00"),
        ("j'ai reçu le courrier le 12, je peux venir jeudi ?", "26/11 9:00", "10/12 17:00"),
        ("un rdv avant le 9 décembre svp", "23/11 10:30", "08/12 17:00"),
        (
            "Puis-je venir jeudi dans la matinée ? Pas à neuf heures, mes genoux se lèvent tard.",
            "26/11 9:30",
            "10/12 11:30",
        ),
        ("Vendredi 27, en fin de matinée. Le matin tôt je tremble.", "27/11 10:30", "27/11 11:30"),
        ("Celui de 10h, ou le premier si 10h est pris", "24/11 10:00", "11/12 10:00"),
    ],
)
def test_what_is_said_is_what_fits(text: str, first: str, last: str) -> None:
    found = fitting(text)
    said = [f"{start:%d/%m} {start.hour}:{start:%M}" for start in (found[0], found[-1])]
    assert said == [first, last], text


@pytest.mark.parametrize(
    "text",
    [
        "plus rien à manger depuis samedi",
        "oui. maintenant celui de maman",
        "je suis enceinte",
        "oui",
        "le 2",
        "j'ai 3 enfants",
        "",
        "06 12 34 56 78",
        "ma mutuelle va jusqu'à fin décembre",
        "ma carte de séjour expire le 9 décembre",
        "je suis au chômage depuis le 1er",
        "CQL reçu le 12 novembre",
        "Mon récépissé il finit 30 novembre",
        "elle a tardé à répondre",
        "vous êtes ouvert samedi ?",
        "ma cousine me prend jusqu'à mercredi",
    ],
)
def test_what_says_nothing_of_when_is_no_wish(text: str) -> None:
    assert not read_wish(text, NOW)


@pytest.mark.parametrize(
    "text",
    "le plus tôt possible|au plus vite svp|dès que possible|le premier créneau|quand vous voulez|nimporte kan"
    "|comme ça vous arrange|c'est vous qui voyez|le premier qui se libère|ça m'est égal|je suis dispo tout le temps"
    "|mardi à la première heure|n'importe quand sauf mardi".split("|"),
)
def test_the_soonest(text: str) -> None:
    assert read_wish(text, NOW).soonest


@pytest.mark.parametrize(("text", "exact"), [("jeudi 14h", True), ("demain vers 14h", False), ("jeudi", False)])
def test_a_day_and_an_hour_are_exact(text: str, exact: bool) -> None:
    assert read_wish(text, NOW).exact is exact


@pytest.mark.parametrize(
    ("text", "soonest"),
    [
        ("mardi après-midi, le premier svp", True),
        ("mercredi matin, 1er", True),
        ("le premier de ce jour-là", True),
        ("le premier", False),
        ("mardi 1er", False),
        ("la première semaine de décembre", False),
        ("pour mon premier enfant, mardi", False),
    ],
)
def test_the_first_of_a_day_is_the_soonest_of_it_and_a_rank_alone_is_none(text: str, soonest: bool) -> None:
    assert read_wish(text, NOW).soonest == soonest


def test_each_day_has_its_own_hour() -> None:
    found = {(DAYS[start.weekday()], start.hour < 12) for start in fitting("lundi matin ou jeudi après-midi")}
    assert found == {("lundi", True), ("jeudi", False)}


def test_hours_are_alternatives() -> None:
    hours = {start.hour for start in fitting("entre 10h et 11h ou après 16h")}
    assert hours == {10, 16, 17}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("cette semaine", date(2026, 11, 30), date(2026, 12, 4)),
        ("pas cette semaine, la suivante", date(2026, 12, 7), date(2026, 12, 11)),
        ("la semaine prochaine", date(2026, 11, 30), date(2026, 12, 4)),
    ],
)
def test_at_the_week_end_this_week_is_the_coming_one(text: str, first: date, last: date) -> None:
    found = wished(STARTS, read_wish(text, datetime(2026, 11, 28, 10, tzinfo=PARIS)))
    assert (found[0].date(), found[-1].date()) == (first, last)


def test_tuesday_the_first_is_a_date() -> None:
    assert {start.date() for start in fitting("mardi 1er")} == {date(2026, 12, 1)}


@given(st.sampled_from(DAYS[:5]), st.sampled_from(DAYS[:5]))
def test_days_are_alternatives(one: str, other: str) -> None:
    assert {DAYS[start.weekday()] for start in fitting(f"{one} ou {other}")} == {one, other}


@given(st.sampled_from(DAYS[:5]))
def test_a_refused_day_leaves_every_other(day: str) -> None:
    assert fitting(f"n'importe quand sauf {day}") == [start for start in STARTS if DAYS[start.weekday()] != day]


@given(st.integers(8, 19))
def test_before_and_not_before_part_the_day(hour: int) -> None:
    before, after = fitting(f"avant {hour}h"), fitting(f"pas avant {hour}h")
    assert sorted([*before, *after]) == STARTS
    assert not set(before) & set(after)


@given(st.dates(MONDAY, MONDAY + timedelta(days=18)))
def test_a_date_is_that_day(day: date) -> None:
    assert fitting(f"le {day.day}/{day.month}") == [start for start in STARTS if start.date() == day]


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    wish = read_wish(text, NOW)
    assert set(wished(STARTS, wish)) <= set(STARTS)
    assert sorted(nearest(STARTS[:10], wish)) == STARTS[:10]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("mercredi j'ai un enterrement, jeudi même heure ?", "26/11 14:00"),
        ("mettez-moi 1h plus tard", "25/11 15:00"),
        ("une heure plus tôt", "25/11 13:00"),
        ("Zut, le 25 c'est le Black Friday. On peut décaler d'une semaine, même heure ?", "02/12 14:00"),
    ],
)
def test_a_move_is_said_from_where_it_was(text: str, moment: str) -> None:
    former = datetime.combine(date(2026, 11, 25), time(14), PARIS)
    wish = wish_to_move(read_wish(text, NOW), text, former)
    at = datetime.strptime(f"{moment} 2026", "%d/%m %H:%M %Y").replace(tzinfo=PARIS)
    assert wish.exact and wish.fits(at) and not wish.fits(former)


def test_the_same_day_is_that_of_the_other_appointment() -> None:
    text, other = "et pour moi le même jour", datetime.combine(date(2026, 11, 25), time(14), PARIS)
    found = wished(STARTS, wish_beside(read_wish(text, NOW), text, other))
    assert {start.date() for start in found} == {other.date()}


def test_another_hour_is_of_the_same_day() -> None:
    former = datetime.combine(date(2026, 11, 25), time(9), PARIS)
    found = wished(STARTS, wish_that_day(read_wish("attendez, plutôt 14h", NOW), former))
    assert found == [datetime.combine(date(2026, 11, 25), time(14), PARIS)]


def test_nothing_fits_the_nearest_come_first() -> None:
    late = nearest(STARTS, read_wish("jeudi après 18h", NOW))
    assert (late[0].weekday(), late[0].time()) == (3, time(17))
    saturday = nearest(STARTS, read_wish("samedi", NOW))
    assert saturday[0].weekday() == 4


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("le 3 ou le 4", {3, 4}),
        ("le 4", {4}),
        ("ma réponse est pour mercredi, avant ce serait top", {24}),
        ("lundi je vais où", set()),
        ("lundi je viens chez qui", set()),
        ("le 3", set()),
        ("au 4e étage", set()),
    ],
)
def test_days_that_a_few_words_name(text: str, days: set[int]) -> None:
    wish = read_wish(text, NOW)
    assert {start.day for start in STARTS if wish.days and wish.fits(start) and start.date() != MONDAY} == days


def test_the_first_of_a_day_is_its_rank_said_after_it() -> None:
    assert read_wish("tant pis. mardi la 1", NOW).soonest
    assert not read_wish("mardi le 1er", NOW).soonest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("le 20 novembre c'est possible ?", "passe"),
        ("dimanche alors ?", "ferme"),
        ("le 25 décembre ?", "ferme"),
        ("ce week-end", "ferme"),
        ("samedi ou lundi", None),
        ("demain", None),
        ("le 4 décembre", None),
    ],
)
def test_why_a_day_is_never_given(text: str, reason: str | None) -> None:
    assert never_open(text, NOW) == reason


@pytest.mark.parametrize(
    "text", ["la plus tard du matin", "le plus tard possible", "le créneau le plus tardif", "la dernière de la matinée"]
)
def test_the_latest(text: str) -> None:
    wish = read_wish(text, NOW)
    assert wish.latest and not wish.soonest


def test_what_a_day_has_is_no_hurry() -> None:
    assert not read_wish("qu'est-ce que vous avez mardi", NOW).soonest
    assert read_wish("ce que vous avez", NOW).soonest
