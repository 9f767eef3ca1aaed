"""The stage of the story: who plays, what the sandbox lets be watched, and waiting for news with a deadline."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from demeu.cli.story.browser import Browser, Page, Unexpected
from demeu.cli.story.ncalayer import sign_form

Found = TypeVar("Found")
PAUSE_S = 0.3


@dataclass
class Stage:
    """Everything that one telling of the story knows; filled in step by step."""

    site: str
    sandbox: str
    keep: Path | None = None
    people: dict[str, Browser] = field(default_factory=dict)
    family: dict[str, Any] = field(default_factory=dict)
    application: str = ""
    case: str = ""
    items: list[str] = field(default_factory=list)
    gift: str = ""
    amount_tiyn: int = 0
    payout: str = ""

    @property
    def region(self) -> str:
        """The family's region: the first two digits of its КАТО."""
        return str(self.family["kato"])[:2]

    opened: list[Browser] = field(default_factory=list)

    def browser(self) -> Browser:
        """A fresh browser, closed with the stage."""
        self.opened.append(Browser(self.site))
        return self.opened[-1]

    def guest(self) -> Browser:
        """A browser of somebody who is not signed in."""
        return self.browser()

    def close(self) -> None:
        """Close every browser."""
        for browser in self.opened:
            browser.client.close()

    def signed_in(self, who: str, key: str = "") -> Browser:
        """The browser of a person who has signed in with their sandbox key."""
        if who not in self.people:
            browser = self.browser()
            page = browser.open("/sign-in/")
            sign_form(browser, page, key or who)
            self.people[who] = browser
        return self.people[who]

    def guest_refused(self, address: str) -> None:
        """Nobody sees a desk without signing in."""
        page = self.guest().open(address)
        if "/sign-in/" not in page.url:
            raise Unexpected(f"a guest was shown {address}")

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask the sandbox's control port, as a person would press a button there."""
        answer = httpx.request(method, f"{self.sandbox}{path}", json=body, timeout=15, trust_env=False)
        if answer.status_code >= 300:
            raise Unexpected(f"sandbox {method} {path} answered {answer.status_code}: {answer.text[:300]}")
        return answer.json()

    def messages(self) -> list[dict[str, Any]]:
        """What has come to the mother's phone, oldest first."""
        found = self.control("GET", f"/control/phones/{quote(self.family['phone'])}/messages")
        return list(found if isinstance(found, list) else found["messages"])

    def wait(self, look: Callable[[], Found | None], what: str, within_s: float = 90) -> Found:
        """The first thing that `look` finds; the story stops when it does not come in time."""
        deadline = time.monotonic() + within_s
        pause = Event()
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > deadline:
                raise Unexpected(f"waited {within_s:.0f} s in vain for {what}")
            pause.wait(PAUSE_S)

    def wait_page(self, browser: Browser, address: str, css: str, what: str, within_s: float = 90) -> Page:
        """The page at an address as soon as it has such an element."""

        def look() -> Page | None:
            page = browser.open(address)
            return page if page.has(css) else None

        return self.wait(look, what, within_s)
