"""The resident's pages in a real browser: keyboard, narrow screens, axe, quick exit, reload, lost network."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.web.conftest import CHROMIUM

ANSWER_WITHIN_MS = 30_000
QUESTION = "je n'arrive plus a payer mon loyer, j'habite clichy"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed on this machine")


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """The narrowest screen the pages must fit, with motion reduced: nothing moves while it is looked at."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce", locale="fr-FR")
    yield context
    context.close()


@pytest.fixture
def tab(phone: BrowserContext, live_site: str) -> Page:
    page = phone.new_page()
    page.goto(live_site)
    return page


def field_of(page: Page) -> Locator:
    return page.get_by_label("Votre message")


def questions(page: Page) -> Locator:
    return page.locator("[data-messages] > .vous")


def answers_after_a_question(page: Page) -> Locator:
    return page.locator("[data-messages] > .vous ~ .assistant")


def send(page: Page, text: str) -> None:
    field_of(page).fill(text)
    field_of(page).press("Enter")


def ask(page: Page, text: str = QUESTION) -> None:
    """Sends a message and waits until it is answered."""
    send(page, text)
    expect(answers_after_a_question(page).first).to_be_visible(timeout=ANSWER_WITHIN_MS)


def kept_by_tab(page: Page) -> dict[str, str]:
    kept: dict[str, str] = page.evaluate("({ ...sessionStorage })")
    return kept


def assert_no_horizontal_scroll(page: Page) -> None:
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than the screen"


def assert_axe_is_clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def fake_answers(page: Page, *messages: dict[str, Any]) -> None:
    """Has the server's answers replaced by these messages, to see how a page shows them."""
    opened = {"conversation_id": "c", "token": "t", "messages": []}
    answered = {"messages": list(messages), "orientation": None, "rdv": None}
    page.route("**/api/conversations", lambda route: route.fulfill(status=201, json=opened))
    page.route("**/api/conversations/*/messages", lambda route: route.fulfill(json=answered))


def message(text: str = "", card: dict[str, Any] | None = None, *titles: str) -> dict[str, Any]:
    buttons = [{"title": title, "payload": f"payload of {title}"} for title in titles]
    return {"text": text, "buttons": buttons, "card": card}


def refuse(route: Route, status: int, text: str) -> None:
    route.fulfill(status=status, json={"error": {"code": "refused", "message": text}})


# A conversation


def test_a_message_is_sent_and_its_answer_read_with_the_keyboard_alone(tab: Page) -> None:
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.id") == "message":
            break
    tab.keyboard.type(QUESTION)
    tab.keyboard.press("Enter")

    answer = answers_after_a_question(tab).first
    expect(answer).to_be_visible(timeout=ANSWER_WITHIN_MS)
    expect(answer).to_contain_text("Assistant")
    expect(tab.get_by_role("log")).to_contain_text(QUESTION)
    expect(field_of(tab)).to_be_focused()


def test_shift_enter_starts_a_line_and_sends_nothing(tab: Page) -> None:
    field_of(tab).press_sequentially("un")
    field_of(tab).press("Shift+Enter")
    field_of(tab).press_sequentially("deux")

    expect(field_of(tab)).to_have_value("un\ndeux")
    expect(questions(tab)).to_have_count(0)


def test_no_conversation_is_opened_before_the_person_acts(phone: BrowserContext, live_site: str) -> None:
    calls: list[str] = []
    page = phone.new_page()
    page.on("request", lambda request: calls.append(request.url) if "/api/" in request.url else None)
    page.goto(live_site, wait_until="networkidle")

    assert calls == []


def test_a_reload_keeps_the_thread(tab: Page) -> None:
    ask(tab)
    before = tab.get_by_role("log").inner_text()
    tab.reload()

    expect(questions(tab)).to_contain_text(QUESTION)
    assert tab.get_by_role("log").inner_text() == before
    ask(tab, "et a levallois ?")
    expect(questions(tab)).to_have_count(2)


def test_nothing_outlives_the_tab(tab: Page) -> None:
    ask(tab)

    assert tab.evaluate("localStorage.length") == 0
    assert tab.evaluate("document.cookie") == ""


def test_erasing_forgets_the_conversation_here_and_on_the_server(tab: Page, live_site: str) -> None:
    ask(tab)
    session = json.loads(kept_by_tab(tab)["assistant.session"])
    tab.get_by_role("button", name="Effacer la conversation").click()

    expect(tab.get_by_role("status")).to_contain_text("Conversation effacée.")
    expect(questions(tab)).to_have_count(0)
    assert kept_by_tab(tab) == {}
    assert_forgotten(tab, live_site, session)


def assert_forgotten(page: Page, live_site: str, session: dict[str, str]) -> None:
    """The server soon knows no such conversation; the page does not wait for it when the person leaves."""
    for _ in range(20):
        if status_of(page, live_site, session) in (401, 404):
            return
        page.wait_for_timeout(250)
    pytest.fail("the server still answers in the conversation")


def status_of(page: Page, live_site: str, session: dict[str, str]) -> int:
    """What the server says to a message in this conversation."""
    return page.context.request.post(
        f"{live_site.rstrip('/')}/api/conversations/{session['id']}/messages",
        headers={"Authorization": f"Bearer {session['token']}"},
        data={"text": "bonjour"},
    ).status


# Screens and assistive technologies


def test_320_pixels_are_wide_enough(tab: Page) -> None:
    assert_no_horizontal_scroll(tab)
    ask(tab)
    assert_no_horizontal_scroll(tab)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after_an_answer(tab: Page, scheme: Any) -> None:
    tab.emulate_media(color_scheme=scheme)
    assert_axe_is_clean(tab)
    ask(tab)
    assert_axe_is_clean(tab)


@pytest.mark.parametrize("path", ["/?integre=1", "/agent", "/rdv/INCONNU"])
def test_axe_finds_nothing_on_the_other_pages(tab: Page, live_site: str, path: str) -> None:
    tab.goto(live_site.rstrip("/") + path)
    assert_axe_is_clean(tab)
    assert_no_horizontal_scroll(tab)


def test_without_javascript_the_numbers_are_there(chromium: Browser, live_site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_site)

    expect(page.locator("noscript a[href^='tel:']").first).to_be_visible()
    expect(field_of(page)).to_be_hidden()
    context.close()


# Leaving quickly


def neutral_page(page: Page) -> re.Pattern[str]:
    """The address "Quitter vite" leads to, served here so that no test leaves the machine."""
    address = page.locator("[data-exit-url]").get_attribute("data-exit-url") or ""
    pattern = re.compile(re.escape(address.rstrip("/")) + "(/.*)?$")
    page.route(pattern, lambda route: route.fulfill(content_type="text/html", body="<title>Météo</title>"))
    return pattern


def press_quit(page: Page) -> None:
    page.get_by_role("link", name="Quitter vite").click()


def press_shift_three_times(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def type_quit(page: Page) -> None:
    send(page, "quitter")


@pytest.mark.parametrize("leave", [press_quit, press_shift_three_times, type_quit])
def test_leaving_quickly_wipes_the_thread_and_replaces_the_page(
    phone: BrowserContext, live_site: str, leave: Any
) -> None:
    page = phone.new_page()
    page.goto("about:blank")
    page.goto(live_site)
    address = neutral_page(page)
    ask(page)
    session = json.loads(kept_by_tab(page)["assistant.session"])
    leave(page)
    page.wait_for_url(address)

    assert_forgotten(page, live_site, session)
    page.go_back()
    assert page.url == "about:blank"
    page.goto(live_site)
    assert kept_by_tab(page) == {}
    expect(questions(page)).to_have_count(0)


def test_capital_letters_do_not_leave_the_page(tab: Page) -> None:
    field_of(tab).focus()
    for letter in "ABCD":
        tab.keyboard.press(f"Shift+{letter}")

    expect(field_of(tab)).to_have_value("ABCD")
    expect(tab.locator(".voile")).to_have_count(0)


def test_the_title_tells_a_passer_by_nothing(tab: Page) -> None:
    expect(tab).to_have_title("Assistant d’orientation – Hauts-de-Seine")


# When something fails


def test_a_lost_network_keeps_what_was_typed_until_it_is_sent_again(tab: Page) -> None:
    tab.route("**/api/**", lambda route: route.abort())
    send(tab, QUESTION)

    expect(tab.get_by_role("alert")).to_contain_text("La connexion ne passe pas")
    expect(field_of(tab)).to_have_value(QUESTION)
    expect(questions(tab)).to_have_count(0)

    tab.unroute("**/api/**")
    tab.get_by_role("button", name="Réessayer").click()
    expect(answers_after_a_question(tab).first).to_be_visible(timeout=ANSWER_WITHIN_MS)
    expect(questions(tab)).to_have_count(1)
    expect(tab.get_by_role("alert")).to_have_text("")


@pytest.mark.parametrize(("status", "retry"), [(429, True), (422, False), (413, False)])
def test_a_refusal_is_shown_in_the_servers_words(tab: Page, status: int, retry: bool) -> None:
    fake_answers(tab)
    tab.route("**/messages", lambda route: refuse(route, status, "Les mots du serveur."))
    send(tab, QUESTION)

    expect(tab.get_by_role("alert")).to_have_text("Les mots du serveur.")
    expect(field_of(tab)).to_have_value(QUESTION)
    expect(tab.get_by_role("button", name="Réessayer")).to_have_count(1 if retry else 0)


def test_a_forgotten_conversation_is_begun_again_and_the_message_sent_once_more(tab: Page) -> None:
    fake_answers(tab, message("Me revoilà."))
    sent: list[str] = []

    def forget_once(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "{}")["text"])
        if len(sent) == 1:
            refuse(route, 401, "Inconnue.")
        else:
            route.fallback()

    tab.route("**/messages", forget_once)
    send(tab, QUESTION)

    expect(answers_after_a_question(tab)).to_contain_text("Me revoilà.")
    assert sent == [QUESTION, QUESTION]
    expect(questions(tab)).to_have_count(1)


def test_a_conversation_forgotten_twice_is_not_insisted_upon(tab: Page) -> None:
    fake_answers(tab)
    sent: list[str] = []

    def forget(route: Route) -> None:
        sent.append(route.request.url)
        refuse(route, 401, "Inconnue.")

    tab.route("**/messages", forget)
    send(tab, QUESTION)

    expect(tab.get_by_role("alert")).to_have_text("Inconnue.")
    assert len(sent) == 2


# What an answer may carry


def test_an_answers_markup_is_shown_as_text(tab: Page) -> None:
    fake_answers(tab, message("<img src=x onerror=alert(1)> <b>gras</b>\nligne"))
    ask(tab)

    answer = answers_after_a_question(tab)
    expect(answer).to_contain_text("<img src=x onerror=alert(1)> <b>gras</b>")
    expect(answer.locator("img, b")).to_have_count(0)


def test_numbers_to_call_are_links_and_dates_are_not(tab: Page) -> None:
    written = "Appelez le 17 ou le 01 02 03 04 05. Rendez-vous le 15 janvier à 17 h, appelez avant le 15 janvier."
    fake_answers(tab, message(written))
    ask(tab)

    links = answers_after_a_question(tab).get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == ["tel:17", "tel:0102030405"]
    expect(answers_after_a_question(tab)).to_contain_text(written)


def test_choices_send_their_payload_and_close_once_another_message_is_sent(tab: Page) -> None:
    fake_answers(tab, message("Lequel ?", None, "lundi à 9 h", "mardi à 14 h"))
    ask(tab)
    with tab.expect_request("**/messages") as sent:
        tab.get_by_role("button", name="lundi à 9 h").click()

    assert sent.value.post_data_json == {"text": "payload of lundi à 9 h"}
    expect(questions(tab).last).to_contain_text("lundi à 9 h")
    expect(tab.get_by_role("group", name="Réponses proposées")).to_have_count(2)
    expect(tab.get_by_role("button", name="mardi à 14 h").first).to_be_disabled()
    expect(tab.get_by_role("button", name="mardi à 14 h").last).to_be_enabled()
    field_of(tab).focus()
    expect(tab.get_by_role("button", name="lundi à 9 h").first).to_be_disabled()


PHONES = [{"number": "01 02 03 04 05", "dial": "+33102030405", "name": "Accueil", "hours": "de 9 h à 17 h"}]
DOOR = {
    "kind": "door",
    "title": "Permanence unique",
    "urgency": "today",
    "needs": ["loyer impayé"],
    "service": "Permanence",
    "place": "Pôle social",
    "mode_label": "Sans rendez-vous",
    "why": "Quelqu'un regarde avec vous.",
    "phones": PHONES,
    "site_known": False,
}
EMERGENCY = {"kind": "emergency", "title": "Appelez maintenant", "why": "On vous aide.", "phones": PHONES}
RDV = {
    "kind": "rdv",
    "code": "K7M2PX",
    "when": "mardi 12 janvier à 9 h 30",
    "place": "Pôle social",
    "motif": "Accès aux droits",
    "url": "/rdv/K7M2PX",
}


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (DOOR, ["Aujourd’hui", "Sans rendez-vous", "loyer impayé", "Pôle social", "Adresse non vérifiée"]),
        (EMERGENCY, ["Appelez maintenant", "Accueil, de 9 h à 17 h", "On vous aide."]),
        (RDV, ["Rendez-vous confirmé", "K7M2PX", "mardi 12 janvier à 9 h 30", "Accès aux droits"]),
    ],
    ids=["door", "emergency", "rdv"],
)
def test_a_card_stands_for_its_text(tab: Page, card: dict[str, Any], said: list[str]) -> None:
    fake_answers(tab, message("le texte", card))
    ask(tab)

    article = answers_after_a_question(tab).get_by_role("article")
    for words in said:
        expect(article).to_contain_text(words)
    expect(answers_after_a_question(tab)).not_to_contain_text("le texte")
    assert_axe_is_clean(tab)
    assert_no_horizontal_scroll(tab)


def test_a_cards_phones_are_dialled_and_its_pages_linked(tab: Page) -> None:
    fake_answers(tab, message("", EMERGENCY), message("", RDV))
    ask(tab)

    answer = answers_after_a_question(tab)
    expect(answer.get_by_role("link", name="01 02 03 04 05")).to_have_attribute("href", "tel:+33102030405")
    expect(answer.get_by_role("link", name="agenda")).to_have_attribute("href", re.compile(r"/rdv/K7M2PX\.ics$"))


def test_an_unknown_card_gives_way_to_the_text(tab: Page) -> None:
    fake_answers(tab, message("le texte", {"kind": "toString", "title": "x"}))
    ask(tab)

    expect(answers_after_a_question(tab)).to_contain_text("le texte")


# The widget


def host_page(page: Page, live_site: str) -> None:
    """A page of another site that embeds the assistant in one line."""
    address = live_site.rstrip("/") + "/page-hote"
    script = f'<script src="{live_site.rstrip("/")}/widget.js" defer></script>'
    body = f'<!doctype html><html lang="fr"><title>Hôte</title><h1>Hôte</h1>{script}</html>'
    page.route(address, lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto(address)


def test_the_widget_opens_with_the_keyboard_and_escape_closes_it(tab: Page, live_site: str) -> None:
    host_page(tab, live_site)
    launcher = tab.get_by_role("button", name="Assistant d’orientation")
    launcher.press("Enter")
    frame = tab.frame_locator("iframe[title='Assistant d’orientation']")
    expect(frame.get_by_label("Votre message")).to_be_visible()
    tab.keyboard.press("Escape")

    expect(tab.locator("iframe")).to_be_hidden()
    expect(launcher).to_be_focused()
    expect(launcher).to_have_attribute("aria-expanded", "false")


def test_leaving_quickly_from_the_widget_takes_the_whole_page_away(tab: Page, live_site: str) -> None:
    address = neutral_page(tab)
    host_page(tab, live_site)
    tab.get_by_role("button", name="Assistant d’orientation").click()
    frame = tab.frame_locator("iframe")
    frame.get_by_role("link", name="Quitter vite").click()

    tab.wait_for_url(address)


def test_the_summary_is_saved_as_text_and_printed_alone(tab: Page) -> None:
    ask(tab)
    send(tab, "faites-moi un résumé")
    summary = tab.locator(".resume")
    expect(summary).to_be_visible(timeout=ANSWER_WITHIN_MS)
    expect(summary.get_by_role("listitem").first).to_contain_text("Accès aux droits")
    assert_no_horizontal_scroll(tab)
    assert_axe_is_clean(tab)
    with tab.expect_download() as saving:
        summary.get_by_role("button", name="Enregistrer").click()
    assert saving.value.suggested_filename == "a-retenir.txt"
    assert "Accès aux droits" in saving.value.path().read_text(encoding="utf-8")
    tab.evaluate(
        "window.print = () => { window.printed = getComputedStyle(document.querySelector('.resume')).visibility; }"
    )
    tab.emulate_media(media="print")
    summary.get_by_role("button", name="Imprimer", include_hidden=True).dispatch_event("click")
    assert tab.evaluate("window.printed") == "visible"
