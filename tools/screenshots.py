"""Take the pictures of the README: an assistant of its own is started, asked one question in Chromium, and stopped.

Usage, from the root of the project: python -m tools.screenshots
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from bot.settings import ROOT
from tests.assistant import Assistant, start_assistant, stop_assistant

IMAGES = ROOT / "docs" / "images"
MONDAY_MORNING = "2026-11-23T10:00:00+01:00"
QUESTION = (
    "je suis enceinte de 4 mois, mon proprio m'envoie un huissier et y a plus rien dans le frigo, j'habite Levallois"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = (320, 640)
DESKTOP = (1366, 900)
ANSWER_WITHIN_MS = 30_000


def main() -> int:
    """Take both pictures; returns the exit code."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("chromium is not installed on this machine: no picture was taken", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        assistant, process = start_assistant(Path(folder), MONDAY_MORNING)
        try:
            _take_pictures(assistant, chromium)
        finally:
            stop_assistant(process)
    return 0


def _take_pictures(assistant: Assistant, chromium: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, (width, height), prepare in (
            ("accueil-320.png", PHONE, _look),
            ("conversation-1366.png", DESKTOP, _ask),
        ):
            page = browser.new_page(
                viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce"
            )
            page.goto(assistant.url)
            prepare(page)
            _unroll(page, width)
            page.screenshot(path=IMAGES / name)
            page.close()
        browser.close()


def _look(page: Page) -> None:
    expect(page.get_by_label("Votre message")).to_be_visible()


def _ask(page: Page) -> None:
    """Send the question and wait for the whole answer."""
    field = page.get_by_label("Votre message")
    field.fill(QUESTION)
    field.press("Enter")
    answers = page.locator("[data-messages] > .vous ~ .assistant")
    expect(answers.first).to_be_visible(timeout=ANSWER_WITHIN_MS)
    expect(page.locator("[data-status]")).to_be_empty()


def _unroll(page: Page, width: int) -> None:
    """Make the window as tall as the page: the field that stays at the bottom of it then covers nothing."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("scrollTo(0, 0)")


if __name__ == "__main__":
    sys.exit(main())
