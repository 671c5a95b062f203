"""The site as a visitor meets it: a real server on the sample programme, and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

PROGRAMME = "jinghai-zhenyuan"
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
_START_SECONDS = 60


def chromium_path() -> str | None:
    """The Chromium of this machine, or None."""
    named = os.environ.get("PAIRBOOK_CHROMIUM")
    return (
        named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    )


@dataclass(frozen=True, slots=True)
class Site:
    """A running site over a sample book of its own."""

    address: str
    home: Path

    def url(self, path: str, lang: str = "en") -> str:
        """The full address of a page in a language; `path` begins behind the language."""
        return f"{self.address}/{'zh-hans' if lang == 'zh' else 'en'}/{path}"


@contextmanager
def served_sample(home: Path) -> Iterator[Site]:
    """The sample programme, loaded by the demo command and served until the block ends."""
    environment = {**os.environ, "PAIRBOOK_HOME": str(home), "PYTHONPATH": str(Path("src").resolve())}
    environment.pop("PAIRBOOK_DATABASE", None)
    pairbook = [sys.executable, "-m", "pairbook"]
    subprocess.run(
        [*pairbook, "demo", "--no-serve"], env=environment, check=True, capture_output=True, timeout=300
    )
    port = _free_port()
    server = subprocess.Popen(
        [*pairbook, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        site = Site(f"http://127.0.0.1:{port}", home)
        _wait_for(site.url(""))
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(url: str) -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            with urlopen(url, timeout=10):
                return
        except (URLError, ConnectionError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium that asks nobody outside for anything."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield browser
        browser.close()


def sign_in(context: BrowserContext, site: Site, who: str, lang: str = "en") -> Page:
    """The workspace of one of the sample's people, freshly signed in."""
    passwords = {
        "giver": "sample-jinghai",
        "receiver": "sample-zhenyuan",
        "auditor": "sample-auditor",
        "health": "sample-health",
        "admin": "sample-admin",
    }
    page = context.new_page()
    page.goto(site.url("sign-in/", lang))
    page.fill("input[name=username]", who)
    page.fill("input[name=password]", passwords[who])
    follow(page.locator("main button[type=submit]"))
    assert "/work/" in page.url
    return page


def follow(what: Locator) -> None:
    """Clicks a link or a button that opens another page, and returns when that page stands.

    A bare click returns while the old page still shows, so what is read after it may be read from the wrong page.
    """
    with what.page.expect_navigation():
        what.click()
