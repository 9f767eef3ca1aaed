"""A kept page is the same for every guest, and never anybody's own."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from demeu.portal.ui import kept_pages
from demeu.portal.ui.kept_pages import PAGES_MAX, kept_for_guests


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    kept_pages.forget()
    yield
    kept_pages.forget()


class Counted:
    """A page that says how often it was made."""

    def __init__(self, **changes: Any) -> None:
        self.made, self.edition, self.changes = 0, "1", changes
        self.serve = kept_for_guests(lambda: self.edition)(self.view)

    def view(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        if self.changes.get("token"):
            get_token(request)
        response = HttpResponse(f"page {self.made}", status=self.changes.get("status", 200))
        if self.changes.get("cookie"):
            response.set_cookie("basket", "1")
        return response

    def get(self, path: str = "/", **extra: Any) -> HttpResponse:
        request = RequestFactory().get(path, **extra)
        request.session = SessionStore()
        return self.serve(request)


def test_a_page_is_made_once_until_what_it_is_made_of_changes() -> None:
    page = Counted()
    assert [page.get().content for _ in range(3)] == [b"page 1"] * 3
    page.edition = "2"
    assert page.get().content == b"page 2"


def test_another_address_language_theme_or_host_is_another_page() -> None:
    page = Counted()
    asked: list[dict[str, Any]] = [
        {}, {"path": "/?q=1"}, {"HTTP_COOKIE": "theme=dark"}, {"HTTP_HOST": "localhost"}, {"HTTP_HX_REQUEST": "true"}
    ]  # fmt: skip
    assert len({page.get(**one).content for one in asked}) == len(asked)


@pytest.mark.parametrize("cookie", ["sessionid=x", "messages=x"])
def test_who_has_a_session_or_a_message_gets_a_page_of_their_own(cookie: str) -> None:
    page = Counted()
    page.get()
    assert page.get(HTTP_COOKIE=cookie).content == b"page 2"
    assert page.get().content == b"page 1"


@pytest.mark.parametrize("changes", [{"token": True}, {"cookie": True}, {"status": 404}, {"status": 500}])
def test_a_page_with_a_token_or_a_cookie_and_a_problem_are_never_kept(changes: dict[str, Any]) -> None:
    page = Counted(**changes)
    page.get()
    assert page.get().content == b"page 2"


def test_the_compressed_page_is_the_same_page() -> None:
    page = Counted()
    zipped = page.get(HTTP_ACCEPT_ENCODING="gzip, br")
    assert zipped["Content-Encoding"] == "gzip" and gzip.decompress(zipped.content) == page.get().content == b"page 1"
    assert "Accept-Encoding" in zipped["Vary"]


def test_no_more_than_so_many_are_kept() -> None:
    page = Counted()
    for number in range(PAGES_MAX + 5):
        page.get(f"/?n={number}")
    assert page.get("/?n=0").content == f"page {PAGES_MAX + 6}".encode()
