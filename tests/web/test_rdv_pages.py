"""A booking's own pages: found by its code however it is typed, never cancelled by accident, never found by trying."""

import re
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from bot.booking.codes import new_code
from tests.assistant import Assistant, Conversation


@pytest.fixture(scope="module")
def http(assistant: Assistant) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=assistant.url, timeout=60) as client:
        yield client


@pytest.fixture
def talk(assistant: Assistant) -> Conversation:
    """A conversation that holds a booking."""
    talk = Conversation.open(assistant)
    talk.say("je voudrais faire peser mon bébé, j'habite à Clichy")
    talk.press("1.")
    talk.press("Oui")
    return talk


@pytest.fixture
def code(talk: Conversation) -> str:
    assert talk.rdv is not None
    return str(talk.rdv["code"])


def status(talk: Conversation) -> str:
    """Whether the booking stands, as its conversation sees it."""
    talk.say("merci")
    assert talk.rdv is not None
    return str(talk.rdv["status"])


def test_the_page_shows_the_booking_and_says_that_it_is_a_demonstration(http: httpx.Client, code: str) -> None:
    page = http.get(f"/rdv/{code}")

    assert page.status_code == 200
    assert code in page.text
    assert "novembre à" in page.text
    assert "Pôle social départemental de Clichy" in page.text
    assert "Démonstration" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.text


def test_the_page_tells_neither_the_name_nor_the_phone(
    assistant: Assistant, http: httpx.Client, talk: Conversation, code: str
) -> None:
    talk.say("Zoulikha 06 98 76 54 32")
    with httpx.Client(base_url=assistant.url, timeout=60, follow_redirects=True) as browser:
        asked = browser.get(f"/rdv/{code}")
        opened = browser.post(f"/rdv/{code}/verifier", data={"reponse": "zou"})
    assert (asked.status_code, opened.status_code) == (403, 200)
    assert code in opened.text and "Première pesée" not in asked.text
    for page in (asked.text, opened.text):
        assert "Zoulikha" not in page
        assert "98765432" not in re.sub(r"\D", "", page)


def test_the_card_opens_the_page_without_a_question_where_it_was_booked(
    assistant: Assistant, talk: Conversation, code: str
) -> None:
    card = next(part["card"] for part in talk.messages if part["card"] and part["card"]["kind"] == "rdv")
    talk.say("Zoulikha 06 98 76 54 33")
    with httpx.Client(base_url=assistant.url, timeout=60, follow_redirects=True) as browser:
        page = browser.get(card["url"])
        assert (page.status_code, page.url.path, page.url.query) == (200, f"/rdv/{code}", b"")
        assert browser.get(f"/rdv/{code}.ics").status_code == 200
    talk.http.delete(f"/api/conversations/{talk.conversation_id}", headers={"Authorization": f"Bearer {talk.token}"})
    with httpx.Client(base_url=assistant.url, timeout=60, follow_redirects=True) as browser:
        assert browser.get(card["url"]).status_code == 403, "the conversation was erased, its key with it"


def test_the_conversation_sees_what_the_page_moved(http: httpx.Client, talk: Conversation, code: str) -> None:
    assert talk.rdv is not None
    before = talk.rdv["starts_at"]
    chosen = re.findall(r"lieu=([\w-]+)&amp;debut=(\d+)", http.get(f"/rdv/{code}/deplacer").text)[-1]
    assert http.post(f"/rdv/{code}/deplacer", data=dict(zip(("lieu", "debut"), chosen, strict=True))).status_code == 303
    said = talk.say("c'est quand mon rendez-vous ?")

    assert talk.rdv["starts_at"] != before
    assert datetime.fromisoformat(talk.rdv["starts_at"]).timestamp() == int(chosen[1])
    assert any(str(datetime.fromisoformat(talk.rdv["starts_at"]).day) in part["text"] for part in said)


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", "%20"),
        lambda code: f"%20{code.lower()}%20",
        lambda code: code.replace("-", "%E2%80%93"),
        lambda code: "-".join(code.replace("-", "")),
    ],
)
def test_a_code_is_found_however_it_is_typed(http: httpx.Client, code: str, typed: object) -> None:
    assert callable(typed)
    page = http.get(f"/rdv/{typed(code)}")
    assert page.status_code == 200
    assert code in page.text


def test_the_calendar_file(http: httpx.Client, code: str) -> None:
    answer = http.get(f"/rdv/{code.lower()}.ics")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "METHOD:PUBLISH" in lines
    assert any(line.startswith("DTSTART;TZID=Europe/Paris:2026") for line in lines)
    assert all(len(line.encode()) <= 75 for line in lines)


def test_looking_cancels_nothing(http: httpx.Client, talk: Conversation, code: str) -> None:
    """Mail scanners open every link."""
    for method in ("GET", "HEAD", "OPTIONS"):
        http.request(method, f"/rdv/{code}/annuler")
    page = http.get(f"/rdv/{code}/annuler")

    assert page.status_code == 200
    assert "Annuler ce rendez-vous ?" in page.text
    assert '<form method="post"' in page.text
    assert status(talk) == "confirmed"


def test_the_button_cancels(http: httpx.Client, talk: Conversation, code: str) -> None:
    answer = http.post(f"/rdv/{code}/annuler")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/rdv/{code}")

    page = http.get(f"/rdv/{code}").text
    assert "Votre rendez-vous est annulé" in page
    assert f"/rdv/{code}/annuler" not in page
    assert "METHOD:CANCEL" in http.get(f"/rdv/{code}.ics").text
    assert http.post(f"/rdv/{code}/annuler").status_code == 303, "twice is once"
    assert status(talk) == "cancelled"


def test_cancelling_frees_the_slot(http: httpx.Client, assistant: Assistant, talk: Conversation, code: str) -> None:
    http.post(f"/rdv/{code}/annuler")
    other = Conversation.open(assistant)
    other.say("je voudrais faire peser mon bébé, j'habite à Clichy")
    other.press("1.")
    other.press("Oui")
    assert talk.rdv is not None
    assert other.rdv is not None
    assert other.rdv["starts_at"] == talk.rdv["starts_at"]


@pytest.mark.parametrize(
    "path",
    [
        "K7PM-4XQT-9R",
        "K7PM-4XQT-9R.ics",
        "K7PM-4XQT-9R/annuler",
        "INCONNU",
        "a" * 4_000,
        "%00",
        "%ED%A0%80",
        "'--",
        "1",
        "%25",
    ],
)
def test_an_unknown_code(http: httpx.Client, path: str) -> None:
    page = http.get(f"/rdv/{path}", headers={"X-Forwarded-For": "198.51.100.20"})
    assert page.status_code == 404
    assert 'lang="fr"' in page.text
    assert "n&#39;existe pas" in page.text


def test_what_is_unknown_cannot_be_cancelled(http: httpx.Client) -> None:
    assert http.post("/rdv/K7PM-4XQT-9R/annuler").status_code == 404


def test_a_code_is_not_found_by_trying(http: httpx.Client, code: str) -> None:
    from_elsewhere = {"X-Forwarded-For": "198.51.100.21"}
    answers = [http.get(f"/rdv/{new_code()}", headers=from_elsewhere) for _ in range(25)]

    assert [answer.status_code for answer in answers] == [404] * 20 + [429] * 5
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert "Trop de demandes" in answers[-1].text
    assert http.get(f"/rdv/{code}", headers=from_elsewhere).status_code == 429, "not even the right one, then"
    assert http.get(f"/rdv/{code}").status_code == 200, "nobody else waits"


def test_those_who_have_a_code_are_not_counted(http: httpx.Client, code: str) -> None:
    """The pôle's own screens share one address."""
    from_the_pole = {"X-Forwarded-For": "198.51.100.22"}
    assert {http.get(f"/rdv/{code}", headers=from_the_pole).status_code for _ in range(40)} == {200}
