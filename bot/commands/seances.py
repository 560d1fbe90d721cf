"""`python -m bot seances …`: group sessions."""

import argparse

from bot.commands.running import add_command, add_group


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    group = add_group(commands, "seances", "ouvre et annule les séances collectives")
    bring_in = add_command(group, "importer", _import, "ajoute les séances d'un fichier CSV, toutes ou aucune")
    bring_in.add_argument("fichier", help="modèle : data/booking/seances_exemple.csv")
    bring_in.add_argument("--essai", action="store_true", help="vérifie et compte, sans rien écrire")
    shown = add_command(group, "lister", _list, "montre les séances à venir et leurs places")
    shown.add_argument("--lieu", help="un seul lieu, par exemple pole-clichy")
    seats = add_command(group, "places", _resize, "change le nombre de places d'une séance")
    seats.add_argument("numero", help="celui que montre « seances lister »")
    seats.add_argument("places")
    cancel = add_command(
        group, "annuler", _cancel, "montre la séance ; avec --confirmer, l'annule et prévient les inscrits"
    )
    cancel.add_argument("numero", help="celui que montre « seances lister »")
    cancel.add_argument("--confirmer", action="store_true", help="annule vraiment")


def _import(options: argparse.Namespace) -> int:
    from bot.booking.planning.files.sessions_file import read_sessions
    from bot.commands.agenda import agenda_rooms, file_content, tell_import

    content = file_content(options.fichier)
    with agenda_rooms() as rooms:
        done = rooms.sessions.bring_in(*read_sessions(content, rooms.motifs), trial=options.essai)
    tell_import(done, trial=options.essai)
    return 0


def _list(options: argparse.Namespace) -> int:
    from bot.commands.agenda import agenda_rooms, session_line

    with agenda_rooms() as rooms:
        sessions = rooms.sessions.coming(options.lieu)
    for one in sessions:
        print(session_line(one))
    print(f"{len(sessions)} séance(s) à venir.")
    return 0


def _resize(options: argparse.Namespace) -> int:
    from bot.commands.agenda import agenda_rooms, asked_number

    with agenda_rooms() as rooms:
        rooms.sessions.resize(asked_number(options.numero), asked_number(options.places))
    print(f"Séance {options.numero} : {options.places} place(s).")
    return 0


def _cancel(options: argparse.Namespace) -> int:
    from bot.commands.agenda import agenda_rooms, asked_number, rdv_line, session_line

    with agenda_rooms() as rooms:
        number = asked_number(options.numero)
        if not options.confirmer:
            print(session_line(rooms.sessions.find(number)))
            print("Elle serait annulée ; ajoutez --confirmer pour le faire.")
            return 0
        cancelled = rooms.sessions.cancel(number)
    for rdv in cancelled:
        print(rdv_line(rdv))
    print(f"Séance {options.numero} annulée, avec {len(cancelled)} rendez-vous.")
    return 0
