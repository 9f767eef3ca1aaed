"""The frame as a browser gets it: pages, languages, refusals, components."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from demeu.kernel.errors import Refusal, too_many, unavailable
from demeu.portal.ui.problems import RefusalMiddleware
from demeu.portal.ui.style_page import LAYOUTS

pytestmark = pytest.mark.django_db

PAGES = ("/how/", "/about/", "/questions/", "/accessibility/")


def client(lang: str = "ru") -> Client:
    return Client(headers={"accept-language": lang})


@pytest.mark.parametrize("path", [*PAGES, "/ui/", *(f"/ui/{name}/" for name in LAYOUTS)])
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_page_of_the_frame_opens_in_every_language(path: str, lang: str) -> None:
    response = client(lang).get(path)
    assert response.status_code == 200
    assert f'<html lang="{lang}"' in response.content.decode()


@pytest.mark.parametrize("path", ["/ui/", *(f"/ui/{name}/" for name in LAYOUTS)])
def test_no_page_needs_inline_style_or_script(path: str) -> None:
    html = client().get(path).content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html)
    inline = [tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag and "application/json" not in tag]
    assert inline == []


def test_every_id_on_the_style_page_is_there_once() -> None:
    ids = re.findall(r'\sid="([^"]+)"', client().get("/ui/").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_the_language_switch_remembers_and_comes_back() -> None:
    visitor = client()
    response = visitor.get("/language/kk/", {"next": "/how/"})
    assert (response.status_code, response["Location"]) == (302, "/how/")
    assert '<html lang="kk"' in visitor.get("/how/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_language_switch_never_leads_off_the_site(target: str) -> None:
    assert client().get("/language/kk/", {"next": target})["Location"] == "/"


def test_an_unknown_language_is_a_page_not_a_crash() -> None:
    assert client().get("/language/xx/").status_code == 404


def test_an_unknown_address_is_answered_in_the_readers_language() -> None:
    response = client("kk").get("/nowhere-at-all/")
    assert response.status_code == 404
    assert "<main" in response.content.decode()


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    request.session = {}  # type: ignore[assignment]
    response = RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, refusal)
    assert response is not None
    return response


def test_a_refusal_becomes_a_page_with_its_own_status() -> None:
    response = refused(RequestFactory().get("/x/"), too_many("code.too_often", retry_after_s=60))
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "code.too_often" not in response.content.decode()


def test_htmx_gets_a_note_instead_of_a_page() -> None:
    response = refused(RequestFactory().get("/x/", headers={"hx-request": "true"}), unavailable("call.service_down"))
    assert response.status_code == 503
    assert "<html" not in response.content.decode()


def test_operations_answer_their_refusals_themselves() -> None:
    request = RequestFactory().post("/api/case.publish")
    assert RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, too_many("x.y")) is None


def test_a_bug_is_left_to_django() -> None:
    request = RequestFactory().get("/x/")
    assert RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, ValueError("bug")) is None


def rendered(source: str, **context: object) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    request = RequestFactory().get("/x/")
    request.session = {}  # type: ignore[assignment]
    template = engines["django"].from_string(CottonCompiler().process(source))
    return template.render(context, request)


def test_what_visitors_wrote_is_escaped_in_components() -> None:
    evil = "<script>alert(1)</script>"
    html = rendered(
        '<c-case-card href="/" group="1" :title="evil" :need="evil" /><c-note :title="evil">{{ evil }}</c-note>'
        '<c-field name="x" :label="evil" :value="evil" :error="evil" />',
        evil=evil,
    )
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_field_with_an_error_says_so_to_everyone() -> None:
    html = rendered('<c-field name="iin" kind="iin" label="IIN" hint="12 digits" error="Too short" />')
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_iin_hint id_iin_error"' in html
    assert 'id="id_iin_error"' in html


def test_an_unavailable_button_can_be_reached_and_says_why() -> None:
    html = rendered('<c-button look="unavailable" reason="Settle the differences first.">Go</c-button>')
    assert 'aria-disabled="true"' in html and " disabled" not in html
    assert "Settle the differences first." in html


def test_other_attributes_reach_the_element() -> None:
    html = rendered('<c-button hx-get="/more/" great="yes">More</c-button>')
    assert 'hx-get="/more/"' in html
    assert "data-great" in html


def test_the_page_for_a_bug_needs_no_context_and_speaks_three_languages() -> None:
    response = server_error(RequestFactory().get("/x/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert all(words in html for words in ("Ошибка на нашей стороне", "Қате біздің жақта", "The fault is ours"))
