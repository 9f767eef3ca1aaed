"""OpenID providers that nobody here wrote, started as real servers: npm's oidc-provider and oidc-provider-mock."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx

from demeu.kernel.testing import wait_until
from demeu.roles.launch.ports import free_port

FOLDER = Path(__file__).parent
REDIRECT = "http://127.0.0.1:9/sign-in/digital-id/{name}/back/"
SECRET = "a-secret-of-the-test-that-is-long"
PERSON = {
    "sub": "u-1",
    "iin": "900101200010",
    "family_name": "АХМЕТОВА",
    "given_name": "АЙГҮЛ",
    "middle_name": "СЕРІКҚЫЗЫ",
}


@dataclass(frozen=True)
class Running:
    """A provider that answers, and how a person gets through its pages."""

    name: str
    issuer: str
    consent: Callable[[str, str], str]
    back: str

    def configured(self) -> dict[str, object]:
        """Its entry in the file of providers."""
        return {
            "name": self.name,
            "label": self.name,
            "issuer": self.issuer,
            "client_id": "demeu",
            "client_secret": SECRET,
            "scopes": "openid" if self.name == "node" else "openid profile",
        }

    def come_back(self, address: str) -> dict[str, str]:
        """What the browser brings back after the person signed in and agreed at `address`."""
        return dict(parse_qsl(urlsplit(self.consent(address, self.back)).query))


@contextmanager
def node_provider(back: str = REDIRECT.format(name="node")) -> Iterator[Running]:
    """npm's oidc-provider, sending people `back`; its packages are installed beside it the first time."""
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True, capture_output=True)
    port = free_port()
    command = ["node", str(FOLDER / "node.mjs"), str(port), back]
    with _server(command, f"http://127.0.0.1:{port}") as issuer:
        yield Running("node", issuer, _through_node, back)


@contextmanager
def python_provider(back: str = REDIRECT.format(name="python")) -> Iterator[Running]:
    """The oidc-provider-mock of the Python package index, sending people `back`."""
    port = free_port()
    person = json.dumps(PERSON, ensure_ascii=False)
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--user-claims", person]
    with _server(command, f"http://127.0.0.1:{port}") as issuer:
        metadata = httpx.get(f"{issuer}/.well-known/openid-configuration", trust_env=False).json()
        yield Running("python", metadata["issuer"], _through_python, back)


@contextmanager
def _server(command: list[str], address: str) -> Iterator[str]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def answers() -> bool:
        try:
            return httpx.get(f"{address}/.well-known/openid-configuration", trust_env=False).is_success
        except httpx.HTTPError:
            return False

    try:
        wait_until(answers, within_s=30)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


def _through_node(address: str, back: str) -> str:
    """Its two pages: the name, then the agreement."""
    with httpx.Client(trust_env=False) as browser:
        forms = iter(({"prompt": "login", "login": PERSON["sub"], "password": "any"}, {"prompt": "consent"}))
        return _walk(browser, address, back, lambda page: browser.post(str(page.url), data=next(forms)))


def _through_python(address: str, back: str) -> str:
    with httpx.Client(trust_env=False) as browser:
        return _walk(browser, address, back, lambda page: browser.post(str(page.url), data={"sub": PERSON["sub"]}))


def _walk(browser: httpx.Client, address: str, back: str, answer: Callable[[httpx.Response], httpx.Response]) -> str:
    page = browser.get(address)
    for _ in range(12):
        if page.is_redirect:
            goal = urljoin(str(page.url), page.headers["location"])
            if goal.startswith(f"{back}?"):
                return goal
            page = browser.get(goal)
        else:
            assert page.is_success, re.sub(r"\s+", " ", page.text)[:500]
            page = answer(page)
    raise AssertionError("the provider's pages have no end")
