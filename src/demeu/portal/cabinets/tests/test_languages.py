"""Nothing English is left on the Kazakh and Russian pages of signing in, the application and the cabinet."""

import re
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import pytest
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.utils.translation import override

from demeu.contracts.vault import AccessLine, CodeSent, IdentityBegun, NeedFact
from demeu.contracts.words import NeedGroup, Registry
from demeu.kernel import signing
from demeu.kernel.clock import now
from demeu.kernel.ids import new_id
from demeu.portal.cases import actions
from demeu.portal.cases.fact_words import FACTS, VALUES, fact_name, fact_value, member_name
from demeu.portal.cases.models import Application, Case
from demeu.portal.cases.questions import QUESTIONS
from demeu.portal.cases.rules import ApplicationState
from demeu.portal.objections.wording import OFFICES, look_in_words
from demeu.portal.ui.refusals import all_refusals
from demeu.portal.wishes.actions import form_wish_list

pytestmark = pytest.mark.django_db

# Names that are written in Latin letters in every language.
NAMES = {
    "NCALayer",
    "English",
    "Eng",
    "eGov",
    "JavaScript",
    "CSV",
    "API",
    "CC",
    "BY",
    "Natural",
    "Earth",
    "WCAG",
    "PDF",
}
NAMES |= {
    "Mobile",
    "Business",
    "passkey",
    "JSON",
    "JPEG",
    "PNG",
    "WebP",
    "KZ",
    "name",
    "example",
    "kz",
    "geokz",
    "Demeu",
    "Kaspi",
    "WhatsApp",
    "Telegram",
}
# Words that programs send and read as they stand.
NAMES |= {
    "Allow",
    "Android",
    "Authorization",
    "Bearer",
    "GeoJSON",
    "Idempotency",
    "WGS",
    "https",
    "kato",
    "live",
    "next",
    "proof",
}
HIDDEN = ("script", "style", "svg", "template")


class VisibleText(HTMLParser):
    """Collects what a reader sees or hears: text and labels."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = 0
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in HIDDEN
        self.parts += [text for name, text in attrs if name in ("title", "alt", "placeholder", "aria-label") and text]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in HIDDEN

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def english_in(html: str) -> list[str]:
    """Latin words of three letters and more that are no names."""
    parser = VisibleText()
    parser.feed(html)
    words = re.findall(r"(?<![\w./-])[A-Za-z]{3,}(?![\w/])", " ".join(parser.parts))
    return sorted(set(words) - NAMES)


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]


@pytest.fixture
def application(client: Client) -> Application:
    person = new_id()
    session = client.session
    session["person"] = str(person)
    session.save()
    row = actions.start_application(application=new_id(), person=person, lang="ru")
    case = Case.objects.create(
        id=new_id(), number="26-20001", application=row, person=person, group=NeedGroup.CHILDREN_YOUTH,
        region_kato="350000000", created_at=now(),
    )  # fmt: skip
    needs = [NeedFact(code="winter_clothes_child", count=3, source=Registry.GBD_FL)]
    form_wish_list(case=case.id, needs=needs, by="role:portal")
    return row


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_every_page_of_an_application_speaks_one_language(client: Client, application: Application, lang: str) -> None:
    own = f"/my/applications/{application.id}/"
    questions = [f"/apply/{application.id}/{question.code}/" for question in QUESTIONS]
    paths = ["/apply/", *questions, f"/apply/{application.id}/check/", "/my/", "/my/applications/", own]
    for path in [*paths, f"{own}wishes/", f"{own}score/", f"{own}facts/", "/sign-in/help/"]:
        answer = client.get(path, headers={"accept-language": lang})
        assert answer.status_code == 200, path
        assert english_in(answer.content.decode()) == [], path


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("state", list(ApplicationState))
def test_every_state_of_an_application_is_in_words(
    client: Client, application: Application, lang: str, state: ApplicationState
) -> None:
    Application.objects.filter(id=application.id).update(
        state=state, category=2, category_complete=False, silent_registries=[code.value for code in Registry]
    )
    answer = client.get(f"/my/applications/{application.id}/", headers={"accept-language": lang})
    assert answer.status_code == 200
    assert english_in(answer.content.decode()) == []


def page(name: str, lang: str, **shown: object) -> str:
    request = RequestFactory().get("/")
    with override(lang):
        return render(request, name, shown).content.decode()


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_signing_in_and_signing_a_consent_speak_one_language(lang: str, application: Application) -> None:
    begun = IdentityBegun(attempt=new_id(), to_sign_b64="ZGVtZXU=", expires_at=now())
    code = CodeSent(code=new_id(), masked_phone="+7 701 *** ** 67", expires_at=now())
    assert english_in(page("accounts/sign_in.html", lang, begun=begun, next="", problem="")) == []
    assert english_in(page("accounts/invitation.html", lang, word="x")) == []
    for shown in ({"begun": begun}, {"code": code}):
        assert english_in(page("cases/consent_sign.html", lang, application=application, **shown)) == []


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_facts_and_readings_have_words(lang: str) -> None:
    person = UUID(int=1)
    line = AccessLine(
        at=now(), actor=f"person:{person}", operation="people.card", purpose="case_review", fields=("names", "working")
    )
    with override(lang):
        said = [fact_name(code) for code in FACTS]
        said += [fact_value(code, value) for code, values in VALUES.items() for value in values]
        said += [member_name(label) for label in ("child 1", "household")]
        lines = [line, *(line.model_copy(update={"office": office}) for office in OFFICES)]
        said += [
            " ".join(str(row[part]) for part in ("who", "what", "why", "sentence"))
            for row in (look_in_words(one, own) for one in lines for own in (line.actor, "person:other"))
        ]
        assert english_in(" ".join(said)) == []


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_every_refusal_has_words_of_the_language(lang: str) -> None:
    with override(lang):
        english = {code: english_in(re.sub(r"%\(\w+\)s", "", str(words))) for code, words in all_refusals().items()}
    assert {code: words for code, words in english.items() if words} == {}
