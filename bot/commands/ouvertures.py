"""`python -m bot ouvertures …`: open and close the agenda of the pôle."""

import argparse
from typing import TYPE_CHECKING

from bot.commands.running import add_command, add_group

if TYPE_CHECKING:
    from bot.booking.planning.standing import StandingPlage
    from bot.booking.planning.unplaced import Unplaced

DEMO = "demonstration"


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    group = add_group(commands, "ouvertures", "ouvre et ferme l'agenda : plages, absences, fermetures")
    bring_in = add_command(
        group, "importer", _import, "ajoute les plages et absences d'un fichier CSV, toutes ou aucune"
    )
    bring_in.add_argument("fichier", help="modèle : data/booking/ouvertures_exemple.csv")
    bring_in.add_argument("--essai", action="store_true", help="vérifie et compte, sans rien écrire")
    shown = add_command(group, "lister", _list, "montre ce qui est ouvert et fermé à partir d'aujourd'hui")
    shown.add_argument("--lieu", help="un seul lieu, par exemple pole-clichy")
    close = add_command(group, "fermer", _close, "ferme un lieu, ou un de ses postes, entre deux moments")
    close.add_argument("lieu")
    close.add_argument("debut", help='24/12/2026 ou "24/12/2026 14h"')
    close.add_argument("fin", help="un jour seul compte jusqu'à minuit")
    close.add_argument("--poste", help="le poste absent ; sans lui, tout le lieu ferme")
    reopen = add_command(group, "rouvrir", _reopen, "retire une absence ou une fermeture")
    reopen.add_argument("numero", help="celui que montre « ouvertures lister »")
    _declare_removal(group)


def _declare_removal(group: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    remove = add_command(group, "retirer", _remove, "retire une plage à partir d'aujourd'hui ; ses rendez-vous restent")
    remove.add_argument(
        "numero", help=f"celui que montre « ouvertures lister », ou « {DEMO} » pour les plages fictives"
    )
    remove.add_argument("--apres", metavar="JOUR", help="la garde jusqu'à ce jour compris")
    whit_monday = add_command(group, "pentecote", _whit_monday, "dit si le lundi de Pentecôte est travaillé à un lieu")
    whit_monday.add_argument("lieu")
    whit_monday.add_argument("jour", choices=("travaille", "ferie"))


def _import(options: argparse.Namespace) -> int:
    from bot.booking.planning.files.openings_file import read_openings
    from bot.commands.agenda import agenda_rooms, file_content, tell_import

    content = file_content(options.fichier)
    with agenda_rooms() as rooms:
        done = rooms.openings.bring_in(*read_openings(content, rooms.motifs), trial=options.essai)
        left = rooms.openings.unplaced()
    tell_import(done, trial=options.essai)
    if left and not options.essai:
        _tell_left(left)
    return 0


def _list(options: argparse.Namespace) -> int:
    from bot.commands.agenda import agenda_rooms

    with agenda_rooms() as rooms:
        standing = rooms.openings.standing(options.lieu)
    for plage in standing.plages:
        print(_plage_line(plage))
    for one in standing.aways:
        print(f"absence {one.number} : {one.away.lieu}, {one.away}")
    print(f"{len(standing.plages)} plage(s), {len(standing.aways)} absence(s) ou fermeture(s).")
    return 0


def _close(options: argparse.Namespace) -> int:
    from bot.booking.planning.absences import Away
    from bot.commands.agenda import agenda_rooms, asked_moment

    with agenda_rooms() as rooms:
        times = asked_moment(options.debut, ends=False), asked_moment(options.fin, ends=True)
        away = Away(options.lieu, options.poste, *times)
        left = rooms.openings.add_away(away)
    print(f"Fermé : {away.lieu}, {away}.")
    _tell_left(left)
    return 0


def _reopen(options: argparse.Namespace) -> int:
    from bot.commands.agenda import agenda_rooms, asked_number

    with agenda_rooms() as rooms:
        rooms.openings.remove_away(asked_number(options.numero))
    print(f"Absence {options.numero} retirée.")
    return 0


def _remove(options: argparse.Namespace) -> int:
    from bot.commands.agenda import agenda_rooms, asked_day, asked_number

    with agenda_rooms() as rooms:
        if options.numero == DEMO:
            print(f"{rooms.openings.remove_demo()} plage(s) de démonstration retirée(s).")
            return 0
        number = asked_number(options.numero)
        if options.apres:
            left = rooms.openings.end_plage(number, asked_day(options.apres))
        else:
            left = rooms.openings.remove_plage(number)
    print(f"Plage {number} retirée{f' après le {options.apres}' if options.apres else ''}.")
    _tell_left(left)
    return 0


def _whit_monday(options: argparse.Namespace) -> int:
    from bot.commands.agenda import agenda_rooms

    with agenda_rooms() as rooms:
        left = rooms.openings.set_whit_monday(options.lieu, options.jour == "travaille")
    print(f"Lundi de Pentecôte {'travaillé' if options.jour == 'travaille' else 'férié'} à {options.lieu}.")
    _tell_left(left)
    return 0


def _plage_line(one: "StandingPlage") -> str:
    demo = " (démonstration)" if one.demo else ""
    return f"plage {one.number} : {one.plage.lieu}, {one.plage.poste}, {one.plage}{demo}"


def _tell_left(left: "list[Unplaced]") -> None:
    from bot.commands.agenda import unplaced_line

    if not left:
        print("Aucun rendez-vous n'est à replacer.")
        return
    print(f"{len(left)} rendez-vous à replacer (rien n'est annulé) :")
    for one in left:
        print(unplaced_line(one))
