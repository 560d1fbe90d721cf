"""What every command needs: its place in the help, and one clear line when it cannot go on.

Nothing here imports the rest of the house before a command runs: asking for help must not wait for it.
"""

import argparse
from collections.abc import Callable

from bot.settings import Settings

Run = Callable[[argparse.Namespace], int]
"""Runs a command; returns its exit code."""


class CannotRun(Exception):
    """The command cannot do what it is asked; the message is one clear French line."""


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Run, summary: str
) -> argparse.ArgumentParser:
    """Declare a command and the line of its help."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
    parser.set_defaults(run=run)
    return parser


def add_group(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, summary: str
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    """Declare a command that has commands of its own; gives where to declare them."""
    parser = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
    return parser.add_subparsers(title="commandes", required=True, metavar="COMMANDE")


def check_database(settings: Settings) -> None:
    """Raise CannotRun unless the database stands at the newest migration."""
    from bot.database import engine_for, is_migrated

    if not is_migrated(engine_for(settings.database_url)):
        raise CannotRun("La base de données n'est pas à jour : lancez d'abord « python -m bot migrate ».")
