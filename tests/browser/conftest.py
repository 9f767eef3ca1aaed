"""One Chromium for all browser tests; every page is watched for script errors and blocked content."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from tests.browser.looking import HEIGHT, WIDTHS, Watched

from demeu.roles.launch.live import LivePlatform

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MS_MAX = 30_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing. Fix: apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A new person: no cookies, Russian, a phone's width."""
    context = chromium.new_context(locale="ru-RU", viewport={"width": WIDTHS[0], "height": HEIGHT})
    context.set_default_timeout(WAIT_MS_MAX)
    yield context
    context.close()


@pytest.fixture
def person(context: BrowserContext, site: str) -> Iterator[Watched]:
    """That person's page; at the end of the test nothing may have gone wrong on it."""
    watched = Watched(context.new_page(), site)
    watched.page.on("console", watched.hear)
    watched.page.on("response", watched.see)
    watched.page.on("pageerror", lambda error: watched.wrong.append(f"{watched.page.url}: {error}"))
    yield watched
    assert watched.wrong == []


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of pages go: ``DEMEU_SCREENSHOTS`` if set."""
    folder = Path(os.environ.get("DEMEU_SCREENSHOTS") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def site(platform: LivePlatform) -> str:
    """The address of the portal."""
    return platform.running.url
