"""Every page and state of an appointment in a real browser: axe, 320 and 1366 pixels, the keyboard, no JavaScript."""

import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.booking.models import Rdv
from bot.booking.views import RdvView
from tests.assistant import free_ports
from tests.web.conftest import CHROMIUM, PMI, Desk, a_phone

NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1366, "height": 900}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed on this machine")


@pytest.fixture(scope="module")
def served(running_desk: Desk) -> Iterator[str]:
    """The desk on a real port; its application was started by the fixture already."""
    (port,) = free_ports(1)
    config = uvicorn.Config(running_desk.app, port=port, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A browser without JavaScript: everything works without it."""
    context = chromium.new_context(viewport=NARROW, java_script_enabled=False, locale="fr-FR", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def earlier_slot_for(desk: Desk, rdv: RdvView) -> None:
    """Have an earlier slot held for this appointment."""
    desk.agenda.join_waiting_list(rdv.code)
    desk.clock.moment += timedelta(hours=2)
    assert desk.agenda.propose_earlier_slots()


def set_columns(desk: Desk, rdv: RdvView, **columns: object) -> None:
    with Session(desk.engine, future=True) as session, session.begin():
        session.execute(update(Rdv).where(Rdv.code == rdv.code).values(**columns))


def answer(page: Page, text: str) -> None:
    page.get_by_label("premières lettres").fill(text)
    page.get_by_role("button", name="Continuer").click()


# Each state: what must stand before, and how one gets there in a browser.


def alone(desk: Desk, page: Page, site: str) -> None:
    page.goto(f"{site}/rdv/{desk.book().code}")


def asked(desk: Desk, page: Page, site: str) -> None:
    page.goto(f"{site}/rdv/{desk.book_for('Awa', None).code}")


def asked_for_digits(desk: Desk, page: Page, site: str) -> None:
    page.goto(f"{site}/rdv/{desk.book_for(None, a_phone()).code}")


def wrong_answer(desk: Desk, page: Page, site: str) -> None:
    asked(desk, page, site)
    answer(page, "zzz")


def locked(desk: Desk, page: Page, site: str) -> None:
    asked(desk, page, site)
    for _ in range(5):
        answer(page, "zzz")


def with_contact(desk: Desk, page: Page, site: str) -> None:
    page.goto(f"{site}/rdv/{desk.book_for('Awa', None, 'awa@exemple.fr', in_days=5).code}")
    answer(page, "awa")


def on_the_list(desk: Desk, page: Page, site: str) -> None:
    with_contact(desk, page, site)
    page.get_by_role("button", name="Me prévenir").click()


def earlier_slot(desk: Desk, page: Page, site: str) -> None:
    rdv = desk.book_for("Awa", None, "awa@exemple.fr", in_days=9)
    earlier_slot_for(desk, rdv)
    page.goto(f"{site}/rdv/{rdv.code}")
    answer(page, "awa")


def cancelled_by_you(desk: Desk, page: Page, site: str) -> None:
    rdv = desk.book()
    desk.agenda.cancel(rdv.code)
    page.goto(f"{site}/rdv/{rdv.code}")


def cancelled_by_service(desk: Desk, page: Page, site: str) -> None:
    rdv = desk.book()
    desk.agenda.cancel(rdv.code, by="agent")
    page.goto(f"{site}/rdv/{rdv.code}")


def begun(desk: Desk, page: Page, site: str) -> None:
    rdv = desk.book()
    desk.clock.moment = rdv.starts_at + timedelta(minutes=5)
    page.goto(f"{site}/rdv/{rdv.code}")


def missed(desk: Desk, page: Page, site: str) -> None:
    rdv = desk.book()
    desk.clock.moment = rdv.ends_at + timedelta(hours=1)
    desk.agenda.mark(rdv.code, "noshow")
    page.goto(f"{site}/rdv/{rdv.code}")


def kept_elsewhere(desk: Desk, page: Page, site: str) -> None:
    rdv = desk.book()
    set_columns(desk, rdv, backend="rdv_service_public", external_id=rdv.code, agent_id=None)
    page.goto(f"{site}/rdv/{rdv.code}")


def silent(desk: Desk, page: Page, site: str) -> None:
    page.goto(f"{site}/rdv/{desk.book('sante_sexuelle', PMI).code}")


def cancelling_soon(desk: Desk, page: Page, site: str) -> None:
    rdv = desk.book()
    desk.clock.moment = rdv.starts_at - timedelta(hours=2)
    page.goto(f"{site}/rdv/{rdv.code}/annuler")


def choosing(desk: Desk, page: Page, site: str) -> None:
    page.goto(f"{site}/rdv/{desk.book().code}/deplacer")


def choosing_after_a_refusal(desk: Desk, page: Page, site: str) -> None:
    page.goto(f"{site}/rdv/{desk.book().code}/deplacer/confirmer?lieu=x&debut=1")


def confirming(desk: Desk, page: Page, site: str) -> None:
    choosing(desk, page, site)
    page.locator(".creneaux a").first.click()


def confirming_elsewhere(desk: Desk, page: Page, site: str) -> None:
    choosing(desk, page, site)
    page.get_by_role("link", name="Voir les créneaux").click()
    page.locator(".creneaux a").first.click()


def moved(desk: Desk, page: Page, site: str) -> None:
    confirming(desk, page, site)
    page.get_by_role("button", name="Oui, déplacer").click()


def giving_contact(desk: Desk, page: Page, site: str) -> None:
    page.goto(f"{site}/rdv/{desk.book().code}/coordonnees")


def faulty_contact(desk: Desk, page: Page, site: str) -> None:
    giving_contact(desk, page, site)
    page.get_by_label("Téléphone portable").fill("06 12 34 56")
    page.get_by_label("Adresse e-mail").fill("awa à exemple")
    page.get_by_role("button", name="Enregistrer").click()


def changing_contact(desk: Desk, page: Page, site: str) -> None:
    with_contact(desk, page, site)
    page.get_by_role("link", name="Changer ou effacer").click()


State = Callable[[Desk, Page, str], None]
STATES: dict[State, str] = {
    alone: "Laisser mes coordonnées",
    asked: "Les 3 premières lettres du prénom",
    asked_for_digits: "Les 4 derniers chiffres du téléphone",
    wrong_answer: "Ce n’est pas la bonne réponse",
    locked: "Trop d’essais",
    with_contact: "Me prévenir si un créneau plus tôt se libère",
    on_the_list: "Ne plus me prévenir",
    earlier_slot: "Un créneau plus tôt s’est libéré",
    cancelled_by_you: "Annulé par vous",
    cancelled_by_service: "Annulé par le service",
    begun: "C’est maintenant",
    missed: "vous n’avez pas pu venir",
    kept_elsewhere: "RDV Service Public",
    silent: "Consultation de santé sexuelle",
    cancelling_soon: "Il commence bientôt",
    choosing: "Choisissez un jour, puis une heure",
    choosing_after_a_refusal: "Votre rendez-vous n’a pas changé",
    confirming: "Oui, déplacer",
    confirming_elsewhere: "le lieu change",
    moved: "votre rendez-vous est déplacé",
    giving_contact: "Enregistrer",
    faulty_contact: "Numéro non reconnu",
    changing_contact: "a…@exemple.fr",
}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_each_state_says_what_it_is_to_everybody(desk: Desk, served: str, chromium: Browser, state: State) -> None:
    context = chromium.new_context(viewport=NARROW, locale="fr-FR", reduced_motion="reduce")
    page = context.new_page()
    state(desk, page, served)

    expect(page.locator("main")).to_contain_text(STATES[state])
    assert_clean(page, NARROW, "light")
    assert_clean(page, WIDE, "dark")
    context.close()


def assert_clean(page: Page, size: Any, scheme: Any) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than the screen"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_it_is_moved_by_keyboard_alone(desk: Desk, served: str, tab: Page) -> None:
    """And without JavaScript, which `tab` does not run."""
    rdv = desk.book()
    tab.goto(f"{served}/rdv/{rdv.code}")
    for name in ("Déplacer", None, "Oui, déplacer"):
        press(tab, name)
    expect(tab.get_by_role("status")).to_contain_text("votre rendez-vous est déplacé")
    assert desk.now(rdv.code).starts_at != rdv.starts_at


def press(page: Page, name: str | None) -> None:
    """Press Tab until this link or button, or the first free time, has the focus; then Enter."""
    wanted = page.locator(".creneaux a").first if name is None else page.get_by_text(name, exact=True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_day_opens_by_keyboard_without_javascript(desk: Desk, served: str, tab: Page) -> None:
    tab.goto(f"{served}/rdv/{desk.book().code}/deplacer")
    second = tab.locator("details").nth(1)
    expect(second.get_by_role("link").first).to_be_hidden()
    second.locator("summary").focus()
    tab.keyboard.press("Enter")
    expect(second.get_by_role("link").first).to_be_visible()


def test_a_fault_leads_to_its_field(desk: Desk, served: str, tab: Page) -> None:
    faulty_contact(desk, tab, served)
    field = tab.get_by_label("Téléphone portable")
    expect(field).to_have_accessible_description(re.compile("Numéro non reconnu.*10 chiffres"))
    expect(field).to_have_value("06 12 34 56")
    expect(tab).to_have_title(re.compile("^Erreur : "))
    tab.get_by_role("alert").get_by_role("link", name=re.compile("Numéro")).click()
    expect(field).to_be_focused()


def test_leaving_quickly_closes_the_appointment_too(desk: Desk, served: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport=NARROW)
    page = context.new_page()
    with_contact(desk, page, served)
    address = page.url
    exit_url = page.locator("[data-exit-url]").get_attribute("data-exit-url") or ""
    page.route(f"{exit_url}/**", lambda route: route.fulfill(content_type="text/html", body="<title>Météo</title>"))
    page.get_by_role("link", name="Quitter vite").click()
    page.wait_for_url(f"{exit_url}/**")

    for _ in range(20):  # the page does not wait for the server when the person leaves
        page.goto(address)
        if page.get_by_label("premières lettres").is_visible():
            break
    expect(page.get_by_label("premières lettres")).to_be_visible()
    context.close()


def test_it_prints_without_buttons_and_still_says_that_it_is_a_demonstration(
    desk: Desk, served: str, tab: Page
) -> None:
    rdv = desk.book()
    tab.goto(f"{served}/rdv/{rdv.code}")
    tab.emulate_media(media="print")
    expect(tab.get_by_text(rdv.code)).to_be_visible()
    expect(tab.get_by_text("Démonstration :")).to_be_visible()
    expect(tab.get_by_text("Déplacer", exact=True)).to_be_hidden()
