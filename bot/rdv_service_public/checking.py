"""What an operator looks at before motifs are kept there: does it answer, who receives, what is still unnamed."""

from collections.abc import Iterator

from bot.booking.motifs import Motifs
from bot.directory.models import Directory
from bot.rdv_service_public.client import Client
from bot.rdv_service_public.errors import NotThere, ServiceError, SignInRefused, TooManyRequests, Unavailable
from bot.rdv_service_public.names import Names
from bot.rdv_service_public.tables import NAME

_IN_FRENCH: dict[type[ServiceError], str] = {
    Unavailable: "ne répond pas",
    TooManyRequests: "demande d'attendre : trop d'appels",
    SignInRefused: "refuse l'identifiant ou le jeton, ou aucun n'est donné",
    NotThere: "n'a pas cet appel dans cette version",
}


def report(client: Client, directory: Directory, motifs: Motifs, names: Names) -> Iterator[str]:
    """Lines to show, in French; a call that fails is a line too."""
    yield from _openings(client)
    for commune in directory.communes.values():
        if commune.insee_code:
            yield from _organisations(client, commune.name, commune.insee_code)
    yield from _unnamed(motifs, names)


def _openings(client: Client) -> Iterator[str]:
    try:
        yield f"Créneaux publiés par : {', '.join(sorted(client.public_links())) or 'aucune organisation'}."
    except ServiceError as error:
        yield f"Créneaux publiés : RDV Service Public {_french(error)}."


def _organisations(client: Client, commune: str, city_code: str) -> Iterator[str]:
    try:
        found = client.organisations(city_code)
        told = ", ".join(f"{one.name} (numéro {one.id})" for one in found) or "aucune"
        yield f"Organisations pour {commune} : {told}."
    except ServiceError as error:
        yield f"Organisations pour {commune} : RDV Service Public {_french(error)}."


def _unnamed(motifs: Motifs, names: Names) -> Iterator[str]:
    """What the webhooks of a motif kept there would not be mirrored for."""
    kept = [entry for entry in motifs.values() if entry.backend == NAME]
    for entry in kept:
        if not names.motif(entry.code).motif_ids:
            yield f"Motif « {entry.code} » : aucun numéro, ses rendez-vous ne seront pas recopiés ici."
    for site in sorted({site for entry in kept for site in entry.sites}):
        if names.lieu(site).lieu_id is None:
            yield f"Lieu « {site} » : aucun numéro."


def _french(error: ServiceError) -> str:
    return next((words for kind, words in _IN_FRENCH.items() if isinstance(error, kind)), "refuse cet appel")
