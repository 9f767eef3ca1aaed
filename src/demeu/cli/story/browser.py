"""A person's browser as far as the story needs one: cookies, pages, forms. No script runs in it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx
from lxml import html


class Unexpected(Exception):
    """The platform did something else than the story tells; the message says what and where.

    `status`: that of the page that came instead; 0 when no page did.
    """

    def __init__(self, said: str, status: int = 0) -> None:
        super().__init__(said)
        self.status = status


@dataclass(frozen=True)
class Page:
    """One page as it came: address, status and parsed document."""

    url: str
    status: int
    document: Any
    content: bytes
    media_type: str

    def has(self, css: str) -> bool:
        """Whether the page has such an element."""
        return bool(self.document.cssselect(css))

    def one(self, css: str) -> Any:
        """The first such element."""
        found = self.document.cssselect(css)
        if not found:
            raise Unexpected(f"{self.url} ({self.status}) has no {css}")
        return found[0]

    def every(self, css: str) -> list[Any]:
        """All such elements, in order."""
        return list(self.document.cssselect(css))

    def text(self) -> str:
        """The words of the page's main part."""
        main = self.document.cssselect("main") or [self.document]
        return " ".join(main[0].text_content().split())

    def form(self, *names: str) -> Any:
        """The first form that has fields of all these names."""
        for form in self.document.forms:
            if set(names) <= {field.get("name") for field in form.cssselect("[name]")}:
                return form
        raise Unexpected(f"{self.url} ({self.status}) has no form with {', '.join(names)}")

    def links(self, part: str) -> list[str]:
        """Addresses of links that contain `part`."""
        return [
            urljoin(self.url, link.get("href"))
            for link in self.document.cssselect("a[href]")
            if part in link.get("href")
        ]


class Browser:
    """One person at one browser; follows redirects as browsers do."""

    def __init__(self, site: str, language: str = "ru") -> None:
        self.site = site
        headers = {"Accept-Language": language, "User-Agent": "demeu-story"}
        self.client = httpx.Client(headers=headers, follow_redirects=True, timeout=30, trust_env=False)

    def open(self, address: str, expect: int = 200) -> Page:
        """A page by its address; another status than expected stops the story."""
        return self._page(self.client.get(urljoin(self.site + "/", address)), expect)

    def send(self, page: Page, form: Any, *, expect: int = 200, files: Any = None, **fields: Any) -> Page:
        """Fill a form of a page and send it as a person would; hidden fields go along by themselves."""
        values: dict[str, Any] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        values.update(fields)
        address = urljoin(page.url, form.get("action") or page.url)
        if (form.get("method") or "get").lower() == "get":
            return self._page(self.client.get(address, params=values), expect)
        referer = {"Referer": page.url}
        return self._page(self.client.post(address, data=values, files=files, headers=referer), expect)

    def send_to(self, address: str, page: Page, *, expect: int = 200, **fields: str) -> Page:
        """Post to an address that the page does not offer, with the page's token: what a hand-made request would do."""
        token = page.one("input[name=csrfmiddlewaretoken]").get("value")
        target = urljoin(self.site + "/", address)
        posted = {"csrfmiddlewaretoken": token, **fields}
        return self._page(self.client.post(target, data=posted, headers={"Referer": page.url}), expect)

    def _page(self, answer: httpx.Response, expect: int) -> Page:
        media_type = answer.headers.get("content-type", "").split(";")[0]
        document = (
            html.fromstring(answer.content, base_url=str(answer.url))
            if media_type == "text/html" and answer.content
            else None
        )
        if answer.status_code != expect:
            said = "" if document is None else " ".join("".join(map(str, document.itertext())).split())[:400]
            came = f"{answer.request.method} {answer.url} answered {answer.status_code}, not {expect}: {said}"
            raise Unexpected(came, answer.status_code)
        return Page(str(answer.url), answer.status_code, document, answer.content, media_type)
