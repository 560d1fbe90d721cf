"""Who opens an appointment: the code alone while it is nobody's, then an answer, five tries, and half an hour."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.booking.codes import new_code
from bot.booking.views import RdvView
from bot.web import limits
from bot.web.passes import KEY_S, PASS_S, Passes
from bot.web.second_factor import is_right, question_of
from tests.web.conftest import Desk, a_phone

PAGES = ("", ".ics", "/annuler", "/deplacer", "/deplacer/confirmer", "/coordonnees")
DEEDS = (
    "/annuler",
    "/deplacer",
    "/coordonnees",
    "/liste-attente",
    "/liste-attente/quitter",
    "/plus-tot/accepter",
    "/plus-tot/garder",
)


def answer(browser: TestClient, rdv: RdvView, text: str, then: str = "") -> tuple[int, str]:
    """Status, and where one is sent."""
    said = browser.post(f"/rdv/{rdv.code}/verifier", data={"reponse": text, "suite": then})
    return said.status_code, said.headers.get("Location", "")


def test_the_code_alone_opens_what_is_nobodys(desk: Desk) -> None:
    rdv, browser = desk.book(), desk.browser()
    assert {browser.get(f"/rdv/{rdv.code}{page}").status_code for page in PAGES[:4]} == {200}


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_shown_before_the_answer(desk: Desk, page: str) -> None:
    rdv = desk.book_for("Zoulikha", a_phone(), "zoulikha@exemple.fr")
    assert rdv.phone
    asked = desk.browser().get(f"/rdv/{rdv.code}{page}")

    assert asked.status_code == 403
    assert "3 premières lettres" in asked.text
    told = (
        "pesée",
        "janvier",
        "Zoulikha",
        "zoulikha@",
        rdv.phone[-6:],
        "Pôle social départemental de Clichy",
        "DTSTART",
    )
    assert not [words for words in told if words in asked.text]


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_is_done_before_the_answer(desk: Desk, deed: str) -> None:
    rdv = desk.book_for("Zoulikha", a_phone(), in_days=5)
    before = desk.agenda.waiting(rdv.code)
    elsewhere = desk.slots(in_days=6, limit=1)[0]
    form = {"lieu": elsewhere.lieu, "debut": str(elsewhere.start), "prenom": "Moi", "portable": "0611111111"}

    assert desk.browser().post(f"/rdv/{rdv.code}{deed}", data=form).status_code == 403
    assert (desk.now(rdv.code), desk.agenda.waiting(rdv.code)) == (rdv, before)


def test_the_answer_opens_every_page_in_this_browser_alone(desk: Desk) -> None:
    rdv, browser = desk.book_for("Zoulikha", a_phone()), desk.browser()
    assert rdv.phone

    assert answer(browser, rdv, " zou ") == (303, f"/rdv/{rdv.code}")
    assert {browser.get(f"/rdv/{rdv.code}{page}").status_code for page in PAGES[:4]} == {200}
    shown = browser.get(f"/rdv/{rdv.code}").text + browser.get(f"/rdv/{rdv.code}/coordonnees").text
    assert not [words for words in ("Zoulikha", rdv.phone[-6:]) if words in re.sub(r"(?<=\d) (?=\d)", "", shown)]
    assert desk.browser().get(f"/rdv/{rdv.code}").status_code == 403


def test_one_goes_on_where_one_was_asked_and_nowhere_else(desk: Desk) -> None:
    rdv, browser = desk.book_for("Awa", None), desk.browser()
    assert 'name="suite" value="/deplacer"' in browser.get(f"/rdv/{rdv.code}/deplacer").text
    assert answer(browser, rdv, "awa", "/deplacer") == (303, f"/rdv/{rdv.code}/deplacer")
    for trap in ("//elsewhere.example", "/../../agent", "https://elsewhere.example", "@elsewhere.example"):
        assert answer(browser, rdv, "awa", trap) == (303, f"/rdv/{rdv.code}")


def test_the_cookie_is_for_these_pages_and_no_script(desk: Desk) -> None:
    rdv = desk.book_for("Awa", a_phone())
    cookie = desk.browser().post(f"/rdv/{rdv.code}/verifier", data={"reponse": "awa"}).headers["Set-Cookie"]

    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/rdv", "Max-Age=1800"} <= set(cookie.split("; "))
    assert not [
        secret for secret in (rdv.code, rdv.code.replace("-", ""), "Awa", str(rdv.phone)[-6:]) if secret in cookie
    ]


def test_a_pass_opens_neither_another_appointment_nor_a_new_name(desk: Desk) -> None:
    rdv, other, browser = desk.book_for("Awa", None), desk.book_for("Awa", None), desk.browser()
    answer(browser, rdv, "awa")
    for value in list(browser.cookies.values()):
        browser.cookies.set(cookie_name(desk, other), value, path="/rdv")

    assert browser.get(f"/rdv/{other.code}").status_code == 403
    assert browser.get(f"/rdv/{rdv.code}").status_code == 200
    desk.agenda.attach_contact(rdv.code, "Ali", None)
    assert browser.get(f"/rdv/{rdv.code}").status_code == 403


def cookie_name(desk: Desk, rdv: RdvView) -> str:
    browser = desk.browser()
    answer(browser, rdv, rdv.first_name or "")
    return next(iter(browser.cookies))


def test_leaving_forgets_what_this_browser_may_open(desk: Desk) -> None:
    rdv, browser = desk.book_for("Awa", None), desk.browser()
    answer(browser, rdv, "awa")
    left = browser.post("/rdv/oublier")

    assert (left.status_code, left.headers["Location"]) == (303, "/")
    assert browser.get(f"/rdv/{rdv.code}").status_code == 403


def test_five_wrong_answers_lock_the_code_for_everybody(desk: Desk) -> None:
    rdv, known = desk.book_for("Awa", None), desk.browser()
    answer(known, rdv, "awa")
    assert [answer(desk.browser(), rdv, "zzz")[0] for _ in range(6)] == [403] * 4 + [429] * 2

    page = desk.browser().get(f"/rdv/{rdv.code}")
    assert page.status_code == 429 and int(page.headers["Retry-After"]) == 3600
    assert "Trop d’essais" in page.text and 'href="tel:' in page.text
    assert answer(desk.browser(), rdv, "awa") == (429, ""), "not even the right one, then"
    assert known.get(f"/rdv/{rdv.code}").status_code == 200, "whoever answered before is not shut out"


def test_right_answers_are_not_counted(desk: Desk) -> None:
    rdv = desk.book_for("Awa", None)
    for _ in range(3):
        assert [answer(desk.browser(), rdv, text)[0] for text in ("zzz", "zzz", "zzz", "awa")] == [403, 403, 403, 303]
    assert {answer(desk.browser(), rdv, "awa")[0] for _ in range(12)} == {303}


def test_many_answers_at_once_are_not_more_tries(desk: Desk) -> None:
    rdv = desk.book_for("Awa", None)
    with ThreadPoolExecutor(12) as threads:
        said = list(threads.map(lambda _: answer(desk.browser(), rdv, "zzz")[0], range(24)))
    assert set(said) <= {403, 429}
    assert answer(desk.browser(), rdv, "awa") == (429, "")


@pytest.mark.parametrize("code", ["K7PM-4XQT-9R", "INCONNU", "%00", "%ED%A0%80"])
@pytest.mark.parametrize("page", [*PAGES, "/verifier", "/liste-attente", "/plus-tot/garder"])
def test_an_unknown_code_is_nowhere(desk: Desk, code: str, page: str) -> None:
    browser = desk.browser()
    answers = {browser.get(f"/rdv/{code}{page}").status_code, browser.post(f"/rdv/{code}{page}").status_code}
    assert answers <= {404, 405} and 404 in answers


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_no_other_verb_does_anything(desk: Desk, method: str) -> None:
    rdv, browser = desk.book(), desk.browser()
    for page in ("", "/annuler", "/deplacer", "/coordonnees", "/liste-attente", "/plus-tot/accepter"):
        assert browser.request(method, f"/rdv/{rdv.code}{page}").status_code == 405
    assert desk.now(rdv.code) == rdv


def test_looking_at_every_link_changes_nothing(desk: Desk) -> None:
    """What a mail scanner, or a browser that fetches ahead, does."""
    rdv, browser = desk.book(in_days=4), desk.browser()
    seen: set[str] = set()
    to_open = {f"/rdv/{rdv.code}"}
    while to_open:
        page = browser.get(to_open.pop(), headers={"Purpose": "prefetch"})
        links = re.findall(rf'href="(/rdv/{rdv.code}[^"]*)"', page.text)
        new = {link.replace("&amp;", "&") for link in links} - seen
        seen |= new
        to_open |= {link for link in new if "debut=" not in link or len(seen) < 30}
    assert len(seen) > 8
    assert desk.now(rdv.code) == rdv


def test_the_address_is_told_to_no_other_site(desk: Desk) -> None:
    page = desk.browser().get(f"/rdv/{desk.book().code}")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert not re.findall(r'(?:src|action)="(?!/)', page.text)


# The card of the conversation that booked


def test_the_card_opens_the_page_in_the_browser_that_booked(desk: Desk) -> None:
    slot = desk.slots(in_days=3, limit=1)[0]
    made = desk.agenda.book("premiere_pesee", slot.lieu, slot.starts_at, conversation_id="talk-1")
    assert isinstance(made, RdvView)
    rdv = desk.agenda.attach_contact(made.code, "Awa", a_phone())
    key, browser = desk.services.passes.key(rdv.code, "talk-1"), desk.browser()

    led = browser.get(f"/rdv/{rdv.code}?cle={key}")
    assert (led.status_code, led.headers["Location"]) == (303, f"/rdv/{rdv.code}")
    assert browser.get(f"/rdv/{rdv.code}").status_code == 200
    file = desk.browser().get(f"/rdv/{rdv.code}.ics?cle={key}")
    assert file.headers["Location"] == f"/rdv/{rdv.code}.ics" and "Set-Cookie" in file.headers
    assert desk.browser().post(f"/rdv/{rdv.code}/annuler?cle={key}").status_code == 403, "it opens, it does nothing"


@pytest.mark.parametrize("key", ["", "x", "é", "a" * 4_000, "MQ.x", "%ED%A0%80"])
def test_a_key_of_ones_own_making_opens_nothing(desk: Desk, key: str) -> None:
    rdv = desk.book_for("Awa", None)
    led = desk.browser().get(f"/rdv/{rdv.code}?cle={key}")
    assert led.status_code == 303 and "Set-Cookie" not in led.headers


SOMEBODY = RdvView(
    code="K7PM-4XQT-9R",
    motif="m",
    lieu="l",
    starts_at=None,  # type: ignore[arg-type]
    ends_at=None,  # type: ignore[arg-type]
    status="confirmed",
    conversation_id="talk",
    first_name="Awa",
    phone="+33612345678",
    email=None,
    uid="u",
    sequence=0,
    detail="unknown",
    backend="local",
)


def test_passes_and_keys_end() -> None:
    now = [1_000.0]
    passes = Passes("secret", lambda: now[0])
    held, key = passes.give(SOMEBODY), passes.key(SOMEBODY.code, "talk")
    now[0] += PASS_S - 1
    assert passes.admits(held, SOMEBODY) and passes.opens(key, SOMEBODY)
    now[0] += 1
    assert not passes.admits(held, SOMEBODY)
    now[0] = 1_000.0 + KEY_S
    assert not passes.opens(key, SOMEBODY)


def test_passes_and_keys_are_for_one_appointment_one_owner_one_secret() -> None:
    passes = Passes("secret")
    held, key = passes.give(SOMEBODY), passes.key(SOMEBODY.code, "talk")
    for other in (
        replace(SOMEBODY, code="K7PM-4XQT-9T"),
        replace(SOMEBODY, first_name="Ali"),
        replace(SOMEBODY, phone=None),
        replace(SOMEBODY, first_name=None),
    ):
        assert not passes.admits(held, other)
    assert not passes.admits(key, SOMEBODY) and not passes.opens(held, SOMEBODY)
    assert not passes.opens(key, replace(SOMEBODY, conversation_id="another"))
    assert not passes.opens(key, replace(SOMEBODY, conversation_id=None)), "the conversation was erased"
    assert not Passes("another secret").admits(held, SOMEBODY)


# What is a right answer


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("Zoulikha", ("zou", "ZOU", "Zoulikha", " zou ", "Z.o.u"), ("zo", "z", "", "   ", "ouz", "zau", "%", "zo_")),
        ("O'Neil", ("one", "O'N", "o’n", "O'Neil", "oneil", "O N"), ("on", "o'", "neil", "o-m")),
        ("OʼNeil", ("one", "O'N", "o’n"), ("nei",)),
        ("Éa", ("ea", "Ea", "ÉA", "éa"), ("e", "eas", "éau", "a")),
        ("Li", ("li", "LI"), ("l", "lisa", "lil")),
        ("Y", ("y",), ("yves", "")),
        ("Jean-Paul", ("jea", "jean-paul", "Jean Paul"), ("je", "paul", "j-p")),
        ("Œdipe", ("oed", "œdi", "Oedipe"), ("odi",)),
        ("Nguyễn", ("ngu", "nguyen"), ("ng",)),
        ("ZOÉ", ("zoe", "Zoé", "zoé"), ("zo",)),
        ("李娜", ("李娜",), ("李", "娜")),
        ("محمد", ("محم", "محمد"), ("مح",)),
        ("Ştefan", ("ste", "Şte"), ("tef",)),
    ],
)
def test_a_name_is_answered_for_however_it_is_typed(name: str, right: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    rdv = replace(SOMEBODY, first_name=name)
    assert question_of(rdv) == "name"
    assert [text for text in right if not is_right(rdv, text)] == []
    assert [text for text in wrong if is_right(rdv, text)] == []


def test_without_a_name_the_telephone_is_answered_for() -> None:
    for name in (None, "", "👍", "..."):
        rdv = replace(SOMEBODY, first_name=name)
        assert question_of(rdv) == "phone"
        assert all(is_right(rdv, text) for text in ("5678", "56 78", "06 12 34 56 78", "+33612345678", "５６７８"))
        assert not any(is_right(rdv, text) for text in ("", "678", "5679", "awa", "7856", "8765", "²³¹⁵"))
    assert question_of(replace(SOMEBODY, first_name=None, phone=None)) is None


@settings(deadline=None)
@given(st.text(min_size=1, max_size=80), st.text(max_size=30))
def test_the_whole_name_is_always_right_and_what_begins_otherwise_never(name: str, text: str) -> None:
    rdv = replace(SOMEBODY, first_name=name)
    if question_of(rdv) == "name":
        assert is_right(rdv, name)
        assert not is_right(rdv, "")
        letters = [sign for sign in text.casefold() if "a" <= sign <= "z"]
        if name.isascii() and name.isalpha() and len(name) >= 3 and letters[:3] != list(name.casefold()[:3]):
            assert not is_right(rdv, "".join(letters))


# Finding a code by trying


def test_many_addresses_together_do_not_find_a_code_either(desk: Desk) -> None:
    alone, known = desk.book(), desk.book_for("Awa", None)
    browser = desk.browser()
    answer(browser, known, "awa")
    counting = desk.services.limits
    counting.forget(limits.WRONG_CODES_ANYWHERE, "everybody")
    for _ in range(limits.WRONG_CODES_ANYWHERE.amount - 1):
        counting.spend(limits.WRONG_CODES_ANYWHERE, "everybody")
    try:
        assert desk.browser("198.51.100.1").get("/rdv/pas-un-code").status_code == 404
        assert desk.browser("198.51.100.2").get(f"/rdv/{new_code()}").status_code == 404
        assert desk.browser("198.51.100.3").get(f"/rdv/{new_code()}").status_code == 429
        refused = desk.browser("198.51.100.4").get(f"/rdv/{alone.code}")
        assert refused.status_code == 429 and 'href="tel:' in refused.text
        assert browser.get(f"/rdv/{known.code}").status_code == 200, "whoever answered for theirs still enters"
    finally:
        counting.forget(limits.WRONG_CODES_ANYWHERE, "everybody")


def test_one_address_does_not_try_for_hours(desk: Desk) -> None:
    address = "198.51.100.9"
    for _ in range(limits.WRONG_CODES_IN_AN_HOUR.amount):
        desk.services.limits.spend(limits.WRONG_CODES_IN_AN_HOUR, address)
    assert desk.browser(address).get(f"/rdv/{desk.book().code}").status_code == 429


def test_a_home_of_ipv6_is_one_address(desk: Desk) -> None:
    tries = [desk.browser(f"2001:db8:1:2::{rank:x}").get(f"/rdv/{new_code()}").status_code for rank in range(1, 25)]
    assert tries == [404] * 20 + [429] * 4
    assert desk.browser("2001:db8:1:3::1").get(f"/rdv/{new_code()}").status_code == 404
