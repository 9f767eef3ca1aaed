"""Looking at a page as a person with a small screen, a keyboard or a screen reader does."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
WIDTHS = (360, 1280)
HEIGHT = 900
# NCALayer's public client also asks there for keys kept on a phone (KMD); a computer without it refuses.
PHONE_KEYS = "https://127.0.0.1:24680/"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = Axe()


@dataclass
class Watched:
    """A person at a browser, and everything that went wrong on their pages."""

    page: Page
    site: str
    wrong: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """Errors on the console of our pages; a blocked script, style or picture is said there too."""
        about = str(message.location.get("url"))
        if message.type == "error" and self.page.url.startswith(self.site) and not about.startswith(PHONE_KEYS):
            self.wrong.append(f"{self.page.url}: {message.text} ({about})")

    def see(self, response: Response) -> None:
        """Answers that only a bug gives."""
        if response.status >= 500:
            self.wrong.append(f"{response.url}: {response.status}")


def look_at(page: Page, name: str, pictures: Path, *, violations_at: int = WIDTHS[0]) -> list[str]:
    """Takes a picture at both widths; what is wrong with the page, in words, empty when nothing is."""
    wrong: list[str] = []
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.screenshot(path=pictures / f"{name}-{width}.png", full_page=True)
        over = page.evaluate(OVERFLOW)
        if over > 0:
            wrong.append(f"{name}: {over} px wider than the screen of {width} px")
        if width == violations_at:
            wrong += violations(page, name)
    if before:
        page.set_viewport_size(before)
    return wrong


def violations(page: Page, name: str) -> list[str]:
    """What axe-core finds against WCAG 2.1 A and AA."""
    found: list[dict[str, Any]] = AXE.run(page, options=RULES).response["violations"]
    return [
        f"{name}: {one['id']} ({one['help']}) at {'; '.join(str(node['target']) for node in one['nodes'][:3])}"
        for one in found
    ]
