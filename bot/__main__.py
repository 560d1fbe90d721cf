"""`python -m bot COMMAND`: everything one does to the assistant from a terminal."""

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings, SettingsError, load_settings


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


class CannotRun(Exception):
    """The command cannot do what it is asked; the message is one clear French line."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="L'assistant du pôle social Clichy-Levallois.")
    commands = parser.add_subparsers(title="commandes", required=True, metavar="COMMANDE")
    _command(commands, "understand", _understand, "lit des messages (lignes JSON) et écrit ce qui en est compris")
    _command(commands, "serve", _serve, "démarre tous les processus de l'assistant")
    _command(commands, "migrate", _migrate, "met la base de données à jour")
    agent = _command(commands, "create-agent", _create_agent, "crée le compte d'un agent")
    agent.add_argument("identifiant")
    agent.add_argument("--nom", help="nom affiché (l'identifiant par défaut)")
    _command(commands, "purge", _purge, "oublie les conversations plus vieilles que RETENTION_DAYS")
    check = _command(
        commands, "check-directory", _check_directory, "liste ce qui manque, est douteux ou ancien dans l'annuaire"
    )
    check.add_argument("--date", help="jour de la vérification, AAAA-MM-JJ (aujourd'hui par défaut)")
    _command(
        commands,
        "check-rdv-service-public",
        _check_rdv_service_public,
        "dit si RDV Service Public répond, qui y reçoit, et quels numéros manquent",
    )
    _command(commands, "reminders", _reminders, "envoie les rappels de rendez-vous")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
    parser.set_defaults(run=run)
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
        _with_database(load_settings())
        Accounts(engine_for(load_settings().database_url)).create(
            options.identifiant, options.nom or options.identifiant, password
        )
    except AccountError as error:
        raise CannotRun(str(error)) from error
    print(f"Compte « {options.identifiant} » créé.")
    return 0


def _purge(options: argparse.Namespace) -> int:
    from bot.clock import clock_at
    from bot.database import engine_for
    from bot.web.conversations import Conversations

    settings = load_settings()
    _with_database(settings)
    forgotten = Conversations(engine_for(settings.database_url), clock_at(settings.now)).purge(settings.retention_days)
    print(f"{forgotten} conversation(s) oubliée(s).")
    return 0


def _check_directory(options: argparse.Namespace) -> int:
    from bot.clock import clock_at
    from bot.directory.check import main as check

    day = options.date or clock_at(load_settings().now)().date().isoformat()
    return check(["--date", day])


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
    raise CannotRun("Les rappels ne sont pas encore envoyés par cette version : rien n'a été fait.")


def _with_database(settings: Settings) -> None:
    from bot.database import engine_for, is_migrated

    if not is_migrated(engine_for(settings.database_url)):
        raise CannotRun("La base de données n'est pas à jour : lancez d'abord « python -m bot migrate ».")


if __name__ == "__main__":
    sys.exit(main())
