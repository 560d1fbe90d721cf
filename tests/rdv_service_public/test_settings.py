"""What the environment says of RDV Service Public, and the one clear line when it cannot be used."""

import pytest

from bot.booking.motifs import load_motifs
from bot.rdv_service_public.room import check
from bot.settings import SettingsError, load_settings
from tests.test_cli import assert_one_clear_line, run

KNOWN = {"DATABASE_URL": "sqlite://", "SECRET_KEY": "a secret for tests only"}


def test_unless_said_otherwise_appointments_are_kept_here() -> None:
    settings = load_settings(KNOWN)
    assert settings.booking_backend == "local"
    assert settings.rdv_service_public.url is None
    assert settings.rdv_service_public.webhook_secrets == ()
    check(settings.rdv_service_public, load_motifs(backend=settings.booking_backend))


def test_all_of_it_is_read() -> None:
    settings = load_settings(
        KNOWN
        | {
            "BOOKING_BACKEND": "rdv_service_public",
            "RDV_SERVICE_PUBLIC_URL": "https://rdv.exemple.fr/",
            "RDV_SERVICE_PUBLIC_WEBHOOK_SECRETS": "a first long secret, a second long secret,",
            "RDV_SERVICE_PUBLIC_TOKEN": "token",
            "RDV_SERVICE_PUBLIC_SILENCE_HOURS": "48",
        }
    )
    there = settings.rdv_service_public
    assert settings.booking_backend == "rdv_service_public"
    assert (there.url, there.token, there.silence_hours) == ("https://rdv.exemple.fr", "token", 48)
    assert there.webhook_secrets == ("a first long secret", "a second long secret")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOOKING_BACKEND", "doctolib"),
        ("BOOKING_BACKEND", "LOCAL"),
        ("RDV_SERVICE_PUBLIC_URL", "http://rdv.exemple.fr"),
        ("RDV_SERVICE_PUBLIC_URL", "https://rdv.exemple.fr/prendre_rdv"),
        ("RDV_SERVICE_PUBLIC_URL", "https://rdv.exemple.fr?a=1"),
        ("RDV_SERVICE_PUBLIC_URL", "https://user:word@rdv.exemple.fr"),
        ("RDV_SERVICE_PUBLIC_URL", "https://rdv.exemple.fr:abc"),
        ("RDV_SERVICE_PUBLIC_URL", "https://[::1"),
        ("RDV_SERVICE_PUBLIC_URL", "https://"),
        ("RDV_SERVICE_PUBLIC_URL", "rdv.exemple.fr"),
        ("RDV_SERVICE_PUBLIC_URL", "https://rdv.exemple.fr évil"),
        ("RDV_SERVICE_PUBLIC_WEBHOOK_SECRETS", "short"),
        ("RDV_SERVICE_PUBLIC_EMAIL", "agent@exemple.fr"),
        ("RDV_SERVICE_PUBLIC_PASSWORD", "a password"),
        ("RDV_SERVICE_PUBLIC_SILENCE_HOURS", "0"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_and_its_secrets_not_repeated(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as error:
        load_settings(KNOWN | {name: value})
    assert len(str(error.value).splitlines()) == 1
    assert not {"short", "a password", "user:word"} & set(str(error.value).replace("@", " ").split())


def test_the_check_says_what_is_missing_in_plain_lines() -> None:
    """Against a closed port: what does not answer is a line, not a trace."""
    there = {"BOOKING_BACKEND": "rdv_service_public", "RDV_SERVICE_PUBLIC_URL": "https://127.0.0.1:9"}
    checked = run("check-rdv-service-public", **there)
    assert checked.returncode == 0, checked.stderr
    assert "Créneaux publiés : RDV Service Public ne répond pas." in checked.stdout
    assert "Organisations pour Clichy : RDV Service Public refuse l'identifiant" in checked.stdout
    assert "Motif « premiere_pesee » : aucun numéro" in checked.stdout
    assert "Lieu « pole-clichy » : aucun numéro." in checked.stdout
    assert "Traceback" not in checked.stderr

    assert_one_clear_line(run("check-rdv-service-public").stderr, "RDV_SERVICE_PUBLIC_URL")


def test_motifs_kept_where_no_address_leads_are_refused_before_anything_starts() -> None:
    refused = run("serve", BOOKING_BACKEND="rdv_service_public")
    assert refused.returncode == 1
    assert_one_clear_line(refused.stderr, "RDV_SERVICE_PUBLIC_URL", "motifs")
