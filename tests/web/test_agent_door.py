"""The agents' door: who may enter, for how long, and what is seen there."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.database import engine_for, migrate, reading
from bot.web.accounts import AccountError, Accounts
from bot.web.agent_sessions import IDLE_S, LONGEST_S, AgentSessions
from tests.assistant import Assistant, Conversation

LOGIN, PASSWORD = "nadia.b", "correct horse battery"
SIGNED_IN = "Rendez-vous à venir"
FORM = "Espace des agents"
addresses = count(1)


@pytest.fixture(scope="module")
def account(assistant: Assistant) -> None:
    engine = engine_for(assistant.database_url)
    Accounts(engine).create(LOGIN, "Nadia <b>B</b>", PASSWORD)
    engine.dispose()


@pytest.fixture
def browser(assistant: Assistant, account: None) -> Iterator[httpx.Client]:
    """A browser of its own, at an address of its own: what it tries costs no other test."""
    address = {"X-Forwarded-For": f"203.0.113.{next(addresses)}"}
    with httpx.Client(base_url=assistant.url, headers=address, timeout=60) as client:
        yield client


def csrf_of(page: httpx.Response) -> str:
    found = re.search(r'name="csrf" value="([\w-]+)"', page.text)
    assert found
    return found[1]


def sign_in(
    browser: httpx.Client, login: str = LOGIN, password: str = PASSWORD, csrf: str | None = None
) -> httpx.Response:
    token = csrf_of(browser.get("/agent")) if csrf is None else csrf
    return browser.post("/agent/connexion", data={"identifiant": login, "mot_de_passe": password, "csrf": token})


def test_a_stranger_gets_the_form_and_nothing_else(browser: httpx.Client) -> None:
    page = browser.get("/agent")
    assert page.status_code == 200
    assert FORM in page.text
    assert SIGNED_IN not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_an_agent_signs_in_sees_a_booking_and_signs_out(browser: httpx.Client, assistant: Assistant) -> None:
    talk = book(assistant)
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/agent")

    page = browser.get("/agent")
    assert SIGNED_IN in page.text
    assert talk.rdv is not None
    assert talk.rdv["code"] in page.text
    assert page.headers["Cache-Control"] == "no-store"

    assert browser.post("/agent/deconnexion", data={"csrf": csrf_of(page)}).status_code == 303
    assert FORM in browser.get("/agent").text


def book(assistant: Assistant) -> Conversation:
    talk = Conversation.open(assistant)
    talk.say("je voudrais faire peser mon bébé, j'habite à Clichy")
    talk.press("1.")
    talk.press("Oui")
    return talk


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "&lt;b&gt;", "O'Brien & fils", "=1+1"],
)
def test_names_are_shown_as_they_were_given(browser: httpx.Client, assistant: Assistant, name: str) -> None:
    talk = book(assistant)
    engine = engine_for(assistant.database_url)
    with engine.begin() as connection:
        assert talk.rdv is not None
        connection.execute(
            text("UPDATE rdv SET first_name = :name WHERE code = :code"), {"name": name, "code": talk.rdv["code"]}
        )
    engine.dispose()
    sign_in(browser)
    page = browser.get("/agent").text

    cell = (
        name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")
    )
    assert f"<td>{cell}</td>" in page
    assert "Nadia &lt;b&gt;B&lt;/b&gt;" in page


def test_a_wrong_password_and_an_unknown_login_get_the_same_words(browser: httpx.Client) -> None:
    pages = [sign_in(browser, LOGIN, "wrong password"), sign_in(browser, "nobody", PASSWORD)]
    assert [page.status_code for page in pages] == [401, 401]
    words = [re.sub(r'value="[^"]*"', "", page.text) for page in pages]
    assert words[0] == words[1]
    assert "Identifiant ou mot de passe incorrect." in words[0]
    assert SIGNED_IN not in browser.get("/agent").text


@pytest.mark.parametrize(
    "login", ['"><script>alert(1)</script>', "{{7*7}}", "' OR 1=1--", "a\x00b", "\ufffd", "a" * 200, " "]
)
def test_whatever_is_typed_as_a_login(browser: httpx.Client, login: str) -> None:
    page = sign_in(browser, login)
    assert page.status_code == 401
    assert "<script>alert" not in page.text
    assert "49" not in page.text.split('name="identifiant"')[1].split(">")[0]


def test_a_form_of_another_site_is_refused(browser: httpx.Client, assistant: Assistant) -> None:
    token = csrf_of(browser.get("/agent"))
    for csrf in ("", "x" * 32, token[:-1], token + "x", "é"):
        assert sign_in(browser, csrf=csrf).status_code in (403, 422)
    with httpx.Client(base_url=assistant.url) as without_cookie:
        assert sign_in(without_cookie, csrf=token).status_code == 403
    missing = browser.post("/agent/connexion", data={"identifiant": LOGIN, "mot_de_passe": PASSWORD})
    assert missing.status_code == 422
    assert SIGNED_IN not in browser.get("/agent").text


def test_signing_out_needs_the_form_too(browser: httpx.Client) -> None:
    sign_in(browser)
    assert browser.post("/agent/deconnexion", data={"csrf": "x"}).status_code == 403
    assert browser.get("/agent/deconnexion").status_code == 405
    assert SIGNED_IN in browser.get("/agent").text


def test_passwords_are_not_found_by_trying(browser: httpx.Client, assistant: Assistant) -> None:
    token = csrf_of(browser.get("/agent"))
    answers = [sign_in(browser, "tried", f"wrong password {rank}", token) for rank in range(7)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    with httpx.Client(base_url=assistant.url, headers={"X-Forwarded-For": "198.51.100.251"}) as elsewhere:
        assert sign_in(elsewhere, "tried").status_code == 401, "the agent is not locked out by who tries"


def test_many_logins_from_one_address_are_limited_too(browser: httpx.Client) -> None:
    token = csrf_of(browser.get("/agent"))
    statuses = [sign_in(browser, f"login{rank}", "x", token).status_code for rank in range(33)]
    assert statuses == [401] * 30 + [429] * 3


def cookies_set(answer: httpx.Response) -> dict[str, str]:
    return {cookie.split("=")[0]: cookie for cookie in answer.headers.get_list("set-cookie")}


def test_the_cookies_are_kept_from_scripts_and_from_other_sites(browser: httpx.Client) -> None:
    for cookie in (*cookies_set(browser.get("/agent")).values(), *cookies_set(sign_in(browser)).values()):
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "Path=/agent" in cookie
        assert "Max-Age" not in cookie, "they end with the browser"
        assert "Domain" not in cookie
        assert "Secure" not in cookie, "the tests come by HTTP"


def test_behind_an_https_proxy_the_cookies_are_secure(browser: httpx.Client) -> None:
    browser.headers["X-Forwarded-Proto"] = "https"
    token = csrf_of(page := browser.get("/agent"))
    assert "Secure" in cookies_set(page)["agent_form"]
    given = {"Cookie": f"agent_form={token}"}
    form = {"identifiant": LOGIN, "mot_de_passe": PASSWORD, "csrf": token}
    assert "Secure" in cookies_set(browser.post("/agent/connexion", data=form, headers=given))["agent"]


def test_signing_in_gives_a_session_that_nobody_planted(browser: httpx.Client) -> None:
    browser.cookies.set("agent", "planted", path="/agent")
    before = csrf_of(browser.get("/agent"))
    browser.cookies.delete("agent", path="/agent")
    sessions = {cookies_set(sign_in(browser, csrf=csrf_of(browser.get("/agent"))))["agent"] for _ in range(2)}

    assert len(sessions) == 2
    assert "planted" not in str(sessions)
    assert csrf_of(browser.get("/agent")) != before, "nor is the form's token the one from before"


def test_a_copied_cookie_opens_nothing_after_the_agent_signed_out(browser: httpx.Client, assistant: Assistant) -> None:
    sign_in(browser)
    copied = {"Cookie": f"agent={browser.cookies['agent']}"}
    assert SIGNED_IN in httpx.get(f"{assistant.url}/agent", headers=copied).text

    browser.post("/agent/deconnexion", data={"csrf": csrf_of(browser.get("/agent"))})
    assert FORM in httpx.get(f"{assistant.url}/agent", headers=copied).text


@pytest.mark.parametrize("cookie", ["", "x", "e30.x.y", '{"login":"nadia.b"}', "a" * 3_000])
def test_a_made_up_cookie_opens_nothing(assistant: Assistant, cookie: str) -> None:
    assert FORM in httpx.get(f"{assistant.url}/agent", headers={"Cookie": f"agent={cookie}"}).text


# How long a session lasts, with a clock that moves


class Seconds:
    """A clock in seconds that stands until a test moves it."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'assistant.db'}"
    migrate(url)
    engine = engine_for(url)
    Accounts(engine).create(LOGIN, "Nadia", PASSWORD)
    yield engine
    engine.dispose()


def test_an_idle_session_ends_and_each_page_seen_begins_it_anew(engine: Engine) -> None:
    clock = Seconds()
    sessions = AgentSessions(engine, clock)
    token = sessions.open(LOGIN)
    for _ in range(3):
        clock.now += IDLE_S
        assert sessions.agent(token) is not None
    clock.now += IDLE_S + 1
    assert sessions.agent(token) is None
    clock.now -= 2
    assert sessions.agent(token) is not None


def test_a_busy_session_ends_with_the_day(engine: Engine) -> None:
    clock = Seconds()
    sessions = AgentSessions(engine, clock)
    token = sessions.open(LOGIN)
    for _ in range(LONGEST_S // IDLE_S):
        clock.now += IDLE_S
        assert sessions.agent(token) is not None
    clock.now += 1
    assert sessions.agent(token) is None


def test_sessions_that_ended_are_swept_away_and_no_cookie_is_kept(engine: Engine) -> None:
    clock = Seconds()
    sessions = AgentSessions(engine, clock)
    sessions.open(LOGIN)
    clock.now += IDLE_S + 1
    token = sessions.open(LOGIN)
    with reading(engine).connect() as connection:
        kept = connection.execute(text("SELECT * FROM agent_session")).all()
    assert len(kept) == 1
    assert token not in str(kept)


def test_a_session_ends_with_its_account(engine: Engine) -> None:
    sessions = AgentSessions(engine)
    token = sessions.open(LOGIN)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM agent_account"))
    assert sessions.agent(token) is None


# Accounts


@pytest.mark.parametrize(
    ("login", "name", "password"),
    [
        (LOGIN, "Autre", PASSWORD),
        ("court", "Court", "trop court"),
        ("", "Vide", PASSWORD),
        ("a b", "Espace", PASSWORD),
        ("a" * 81, "Long", PASSWORD),
        ("x\n", "Ligne", PASSWORD),
        ("nom-long", "n" * 121, PASSWORD),
        ("sans-nom", "", PASSWORD),
        ("deux-lignes", "a\nb", PASSWORD),
    ],
)
def test_accounts_that_cannot_be_made(engine: Engine, login: str, name: str, password: str) -> None:
    with pytest.raises(AccountError) as refusal:
        Accounts(engine).create(login, name, password)
    assert str(refusal.value).count("\n") == 0


def test_the_password_is_kept_as_an_argon2_hash(engine: Engine) -> None:
    with reading(engine).connect() as connection:
        kept = connection.execute(text("SELECT password_hash FROM agent_account")).scalar_one()
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


def test_who_agreed_to_be_passed_on_is_seen_then_helped(browser: httpx.Client, assistant: Assistant) -> None:
    conversation = Conversation.open(assistant)
    conversation.say("je n'ai rien à manger, j'habite Clichy")
    conversation.say("je veux parler à quelqu'un")
    assert "la nourriture qui manque, Clichy" in conversation.text
    sign_in(browser)
    assert "la nourriture qui manque" not in browser.get("/agent").text
    conversation.say("oui")
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{2}", conversation.text)
    assert code
    page = browser.get("/agent")
    assert code[0] in page.text
    assert "la nourriture qui manque" in page.text
    form = {"code": code[0], "csrf": csrf_of(page)}
    assert browser.post("/agent/personne-aidee", data=form).status_code == 303
    assert code[0] not in browser.get("/agent").text


def test_nothing_is_passed_on_without_a_yes_and_it_goes_with_the_conversation(
    browser: httpx.Client, assistant: Assistant
) -> None:
    sign_in(browser)
    others = browser.get("/agent").text.count("une grossesse à suivre")  # of the other tests
    refused, erased = Conversation.open(assistant), Conversation.open(assistant)
    for conversation in (refused, erased):
        conversation.say("je suis enceinte, j'habite Levallois")
        conversation.say("je veux parler à quelqu'un")
    refused.say("non")
    assert "je ne transmets rien" in refused.text
    erased.say("oui")
    assert browser.get("/agent").text.count("une grossesse à suivre") == others + 1
    erased.say("effacer mes données")
    assert browser.get("/agent").text.count("une grossesse à suivre") == others


def test_only_a_signed_in_agent_closes_a_request(browser: httpx.Client) -> None:
    form = {"code": "CDFH-JKMN-PQ", "csrf": csrf_of(browser.get("/agent"))}
    assert browser.post("/agent/personne-aidee", data=form).status_code == 403
