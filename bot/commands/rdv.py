"""`python -m bot rdv …`: appointments to place again, and many to cancel at once."""

import argparse

from bot.commands.running import add_command, add_group


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    group = add_group(commands, "rdv", "rendez-vous à replacer ou à annuler en nombre")
    left = add_command(group, "a-replacer", _unplaced, "montre les rendez-vous que plus personne ne peut tenir")
    left.add_argument("--lieu", help="un seul lieu, par exemple pole-clichy")
    cancel = add_command(
        group,
        "annuler",
        _cancel,
        "montre les rendez-vous choisis ; avec --confirmer, les annule et prévient les personnes",
    )
    cancel.add_argument("codes", nargs="*", metavar="CODE", help="codes des rendez-vous ; sinon --lieu et --jour")
    cancel.add_argument("--lieu")
    cancel.add_argument("--jour", help="23/11/2026")
    cancel.add_argument("--motif", help="un seul motif de ce jour")
    cancel.add_argument("--confirmer", action="store_true", help="annule vraiment")


def _unplaced(options: argparse.Namespace) -> int:
    from bot.commands.agenda import agenda_rooms, unplaced_line

    with agenda_rooms() as rooms:
        left = rooms.openings.unplaced(options.lieu)
    for one in left:
        print(unplaced_line(one))
    print(f"{len(left)} rendez-vous à replacer.")
    return 0


def _cancel(options: argparse.Namespace) -> int:
    from bot.booking.planning.revoking import Choice
    from bot.commands.agenda import agenda_rooms, asked_day, rdv_line

    with agenda_rooms() as rooms:
        day = asked_day(options.jour) if options.jour else None
        choice = Choice(tuple(options.codes), options.lieu, day, options.motif)
        chosen = rooms.revocations.revoke(choice) if options.confirmer else rooms.revocations.concerned(choice)
    for rdv in chosen:
        print(rdv_line(rdv))
    done = "annulé(s)" if options.confirmer else "seraient annulés ; ajoutez --confirmer pour le faire"
    print(f"{len(chosen)} rendez-vous {done}.")
    return 0
