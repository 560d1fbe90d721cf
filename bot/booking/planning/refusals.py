"""Why the agenda cannot be opened, closed or emptied so: one class per reason, with its sentence for agents.

The command line and the console show the sentence as it is.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bot.booking.errors import BookingError
from bot.booking.planning.written import written_day, written_moment


class AgendaRefusal(BookingError):
    """What an agent asks of the agenda cannot be done; the message is one French sentence."""


class NoSuchLieu(AgendaRefusal):
    """No motif is offered at a lieu of this id."""

    def __init__(self, lieu: str, known: Iterable[str]) -> None:
        super().__init__(f"le lieu « {lieu} » n'existe pas ; lieux possibles : {', '.join(known)}")


class NoSuchMotif(AgendaRefusal):
    """No motif has this code."""

    def __init__(self, motif: str, known: Iterable[str]) -> None:
        super().__init__(f"le motif « {motif} » n'existe pas ; motifs possibles : {', '.join(known)}")


class NotOfferedThere(AgendaRefusal):
    """The motif exists, but not at this lieu."""

    def __init__(self, motif: str, lieu: str) -> None:
        super().__init__(f"le motif « {motif} » n'est pas proposé à « {lieu} » (data/booking/motifs.yml)")


class KeptElsewhere(AgendaRefusal):
    """The appointments of this motif are kept in another agenda."""

    def __init__(self, motif: str) -> None:
        super().__init__(f"les rendez-vous du motif « {motif} » sont tenus dans un autre agenda : ouvrez-les là-bas")


class EndsBeforeItStarts(AgendaRefusal):
    """The end is not after the start."""

    def __init__(self) -> None:
        super().__init__("la fin doit venir après le début")


class OutOfTheDay(AgendaRefusal):
    """Before midnight or after 24:00."""

    def __init__(self) -> None:
        super().__init__("les heures vont de 0h00 à 24h00")


class OffTheGrid(AgendaRefusal):
    """Appointments are cut in cells of five minutes."""

    def __init__(self) -> None:
        super().__init__("les heures vont de cinq minutes en cinq minutes (9h00, 9h05…)")


class ShorterThanMotif(AgendaRefusal):
    """No appointment of the motif would fit."""

    def __init__(self, motif: str, duration_min: int) -> None:
        super().__init__(f"trop court : un rendez-vous « {motif} » dure {duration_min} minutes")


class LastDayBeforeFirst(AgendaRefusal):
    """The last day comes before the first."""

    def __init__(self) -> None:
        super().__init__("le dernier jour vient avant le premier")


class InThePast(AgendaRefusal):
    """The moment has passed."""

    def __init__(self, moment: str) -> None:
        super().__init__(f"{moment} : c'est déjà passé")


class TooFarAhead(AgendaRefusal):
    """Nobody plans so far: the year is most likely mistyped."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{written_day(day)} : c'est dans plus de deux ans, vérifiez l'année")


class PublicHoliday(AgendaRefusal):
    """Nobody receives on that day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{written_day(day)} est un jour férié : aucun rendez-vous n'y est proposé")


class Overlapping(AgendaRefusal):
    """The poste already gives a part of this time."""

    def __init__(self, other: str) -> None:
        super().__init__(f"chevauche {other}, du même poste")


class UnderAnAbsence(AgendaRefusal):
    """The poste is away, or its lieu closed, at that time."""

    def __init__(self) -> None:
        super().__init__("le poste est absent, ou le lieu fermé, à ce moment-là")


class PosteTaken(AgendaRefusal):
    """The poste already receives somebody at that time, or somebody is booking it."""

    def __init__(self) -> None:
        super().__init__("le poste a déjà un rendez-vous ou une séance à ce moment-là")


class BadPosteName(AgendaRefusal):
    """No name, or one too long for a list."""

    def __init__(self, longest: int) -> None:
        super().__init__(f"le poste doit avoir un nom, de {longest} caractères au plus (sans nom de personne)")


class NoSuchPoste(AgendaRefusal):
    """No poste bears this name at this lieu."""

    def __init__(self, poste: str, lieu: str) -> None:
        super().__init__(f"le poste « {poste} » n'existe pas à « {lieu} »")


class NoSuchPlage(AgendaRefusal):
    """No opening bears this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"aucune plage d'ouverture ne porte le numéro {number}")


class PlageIsOver(AgendaRefusal):
    """Its last day has passed, or comes before the day asked for: there is nothing to take back."""

    def __init__(self, number: int, last_day: date) -> None:
        super().__init__(f"la plage {number} finit déjà le {written_day(last_day)}")


class NoSuchAbsence(AgendaRefusal):
    """No absence bears this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"aucune absence ni fermeture ne porte le numéro {number}")


class NoSuchSeance(AgendaRefusal):
    """No group session bears this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"aucune séance ne porte le numéro {number}")


class SeanceIsOver(AgendaRefusal):
    """It has begun, or was cancelled."""

    def __init__(self, number: int) -> None:
        super().__init__(f"la séance {number} a commencé ou est annulée")


class BadCapacity(AgendaRefusal):
    """A session has some seats, not thousands."""

    def __init__(self, most: int) -> None:
        super().__init__(f"le nombre de places va de 1 à {most}")


class FewerThanTaken(AgendaRefusal):
    """People already hold these seats."""

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} places sont déjà prises : annulez d'abord des rendez-vous")


class OtherCapacity(AgendaRefusal):
    """The same session stands, with another number of seats."""

    def __init__(self, number: int, capacity: int) -> None:
        super().__init__(
            f"c'est la séance {number}, qui a {capacity} places : changez-les avec « seances places {number} … »"
        )


class NothingChosen(AgendaRefusal):
    """Without codes nor a lieu and a day, everything would be cancelled."""

    def __init__(self) -> None:
        super().__init__("donnez des codes de rendez-vous, ou un lieu et un jour")


class NoSuchRdv(AgendaRefusal):
    """No appointment has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"aucun rendez-vous ne porte le code {code}")


class CannotRevoke(AgendaRefusal):
    """It has begun, or is kept elsewhere."""

    def __init__(self, code: str, starts_at: int) -> None:
        super().__init__(f"le rendez-vous {code}, du {written_moment(starts_at)}, a commencé ou est tenu ailleurs")


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong with one line of a file."""

    line: int
    """As a spreadsheet numbers it: the first is 1."""
    why: str


class BadCell(AgendaRefusal):
    """A cell that can't be read."""

    def __init__(self, column: str, text: str, like: str) -> None:
        super().__init__(f"{column} : « {text} » ne se lit pas ; écrivez par exemple {like}")


class MissingCell(AgendaRefusal):
    """An empty cell that should not be."""

    def __init__(self, column: str) -> None:
        super().__init__(f"la case « {column} » est vide")


class UnexpectedCell(AgendaRefusal):
    """A cell that should be empty."""

    def __init__(self, column: str, kind: str) -> None:
        super().__init__(f"la case « {column} » doit rester vide pour une {kind}")


class WhichDay(AgendaRefusal):
    """An opening on several dates without the day of the week."""

    def __init__(self) -> None:
        super().__init__("du premier au dernier jour, quel jour de la semaine ? Remplissez la case « jour »")


class NoSuchWeekday(AgendaRefusal):
    """The day of the week does not come between the two dates."""

    def __init__(self, weekday: str) -> None:
        super().__init__(f"il n'y a aucun {weekday} entre le premier et le dernier jour")


class HoursOfManyDays(AgendaRefusal):
    """Hours over several days: from the first to the last without a break, or each day? Nobody knows."""

    def __init__(self) -> None:
        super().__init__(
            "sur plusieurs jours, une absence prend les journées entières : une ligne par jour pour des heures"
        )


class RowsRefused(AgendaRefusal):
    """Some rows cannot be taken: none was."""

    def __init__(self, faults: Collection[Fault]) -> None:
        count = len(faults)
        super().__init__(f"{count} ligne{'s' if count > 1 else ''} à corriger : rien n'a été importé")
        self.faults = tuple(sorted(faults))


class FileRefused(AgendaRefusal):
    """The file as a whole cannot be read."""
