"""`python -m bot COMMAND`: everything one does to the assistant from a terminal."""

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.commands import ouvertures, rdv, seances
from bot.commands.running import CannotRun, add_command, check_database
from bot.settings import SettingsError, load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code, after one clear line when it cannot."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except (SettingsError, CannotRun) as error:
        print(error, file=sys.stderr)
        return 1
    except SQLAlchemyError as error:
        print(f"La base de données ne répond pas ({type(error).__name__}) : vérifiez DATABASE_URL.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="L'assistant du pôle social Clichy-Levallois.")
    commands = parser.add_subparsers(title="commandes", required=True, metavar="COMMANDE")
    add_command(commands, "understand", _understand, "lit des messages (lignes JSON) et écrit ce qui en est compris")
    add_command(commands, "serve", _serve, "démarre tous les processus de l'assistant")
    add_command(commands, "migrate", _migrate, "met la base de données à jour")
    agent = add_command(commands, "create-agent", _create_agent, "crée le compte d'un agent")
    agent.add_argument("identifiant")
    agent.add_argument("--nom", help="nom affiché (l'identifiant par défaut)")
    add_command(
        commands,
        "purge",
        _purge,
        "oublie les conversations et les contacts de rendez-vous plus vieux que RETENTION_DAYS",
    )
    check = add_command(
        commands, "check-directory", _check_directory, "liste ce qui manque, est douteux ou ancien dans l'annuaire"
    )
    check.add_argument("--date", help="jour de la vérification, AAAA-MM-JJ (aujourd'hui par défaut)")
    add_command(commands, "check-agenda", _check_agenda, "vérifie que rendez-vous, créneaux et messages concordent")
    add_command(
        commands,
        "check-rdv-service-public",
        _check_rdv_service_public,
        "dit si RDV Service Public répond, qui y reçoit, et quels numéros manquent",
    )
    reminders = add_command(
        commands,
        "reminders",
        _reminders,
        "envoie les rappels et les autres messages de rendez-vous dont l'heure est venue",
    )
    how = reminders.add_mutually_exclusive_group()
    how.add_argument("--en-continu", action="store_true", help="continue jusqu'à ce qu'on l'arrête (SIGTERM)")
    how.add_argument(
        "--reprise", action="store_true", help="après une restauration : envoie désormais d'ici, sans rien renvoyer"
    )
    for agenda in (ouvertures, seances, rdv):
        agenda.declare(commands)
    return parser


# Each command imports what it needs when it runs: reading JSON lines must not wait for a web server, nor the reverse.


def _understand(options: argparse.Namespace) -> int:
    from bot.nlu.command import main as understand

    return understand()


def _serve(options: argparse.Namespace) -> int:
    from bot.serving import ServeError, serve

    try:
        return serve(load_settings())
    except ServeError as error:
        raise CannotRun(str(error)) from error


def _migrate(options: argparse.Namespace) -> int:
    from bot.booking.motifs import load_motifs, store_motifs
    from bot.database import engine_for, migrate

    settings = load_settings()
    migrate(settings.database_url)
    store_motifs(engine_for(settings.database_url), load_motifs(backend=settings.booking_backend))
    return 0


def _create_agent(options: argparse.Namespace) -> int:
    from bot.database import engine_for
    from bot.web.accounts import AccountError, Accounts

    password = getpass.getpass("Mot de passe : ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        check_database(load_settings())
        Accounts(engine_for(load_settings().database_url)).create(
            options.identifiant, options.nom or options.identifiant, password
        )
    except AccountError as error:
        raise CannotRun(str(error)) from error
    print(f"Compte « {options.identifiant} » créé.")
    return 0


def _purge(options: argparse.Namespace) -> int:
    from bot.booking.appointments import Agenda
    from bot.booking.motifs import load_motifs
    from bot.clock import clock_at
    from bot.database import engine_for
    from bot.web.conversations import Conversations

    settings = load_settings()
    check_database(settings)
    engine, clock = engine_for(settings.database_url), clock_at(settings.now)
    forgotten = Conversations(engine, clock).purge(settings.retention_days)
    contacts = Agenda(engine, clock, load_motifs()).forget_contacts(settings.retention_days)
    print(f"{forgotten} conversation(s) oubliée(s), {contacts} contact(s) de rendez-vous passés effacé(s).")
    return 0


def _check_directory(options: argparse.Namespace) -> int:
    from bot.clock import clock_at
    from bot.directory.check import main as check

    day = options.date or clock_at(load_settings().now)().date().isoformat()
    return check(["--date", day])


def _check_agenda(options: argparse.Namespace) -> int:
    from bot.booking.consistency import counts, faults
    from bot.database import engine_for

    settings = load_settings()
    check_database(settings)
    engine = engine_for(settings.database_url)
    found, held = faults(engine), counts(engine)
    print(f"{held.rdv} rendez-vous, dont {held.live} non annulés ; {held.seances} séances ; {held.messages} messages.")
    for fault in found:
        print(fault, file=sys.stderr)
    print("Anomalies dans l'agenda." if found else "Tout concorde.")
    return 1 if found else 0


def _check_rdv_service_public(options: argparse.Namespace) -> int:
    from bot.booking.motifs import load_motifs
    from bot.clock import clock_at
    from bot.database import engine_for
    from bot.directory.load import load_directory
    from bot.rdv_service_public.checking import report
    from bot.rdv_service_public.names import InvalidNames, load_names
    from bot.rdv_service_public.room import open_room

    settings, directory = load_settings(), load_directory()
    motifs, engine = load_motifs(backend=settings.booking_backend), engine_for(settings.database_url)
    try:
        room = open_room(settings.rdv_service_public, engine, clock_at(settings.now), motifs, directory)
        names = load_names(motifs)
    except InvalidNames as error:
        raise CannotRun(f"data/booking/rdv_service_public.yml ne peut pas servir : {error}") from error
    if room is None:
        raise CannotRun("RDV_SERVICE_PUBLIC_URL n'est pas donnée : aucun rendez-vous n'est gardé ailleurs.")
    for line in report(room.client, directory, motifs, names):
        print(line)
    return 0


def _reminders(options: argparse.Namespace) -> int:
    from bot.messaging import command
    from bot.messaging.outgoing import NotTheSender
    from bot.messaging.worker import NOT_HERE

    settings = load_settings()
    check_database(settings)
    worker = command.make_worker(settings)
    try:
        if options.reprise:
            command.take_over(worker)
        elif options.en_continu:
            command.send_on(worker)
        else:
            command.send_once(worker)
    except NotTheSender as error:
        raise CannotRun(NOT_HERE) from error
    return 0


if __name__ == "__main__":
    sys.exit(main())
