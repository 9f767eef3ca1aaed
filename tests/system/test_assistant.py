"""An assistant at an akimat enters an application for a person, who agrees by the code from their own SMS."""

import re
from collections.abc import Iterator

import pytest

from demeu.cli.story.browser import Browser, Page
from demeu.cli.story.stage import Stage
from demeu.roles.launch.live import LivePlatform

ANSWERS = (
    ("answer", {"answer": "other"}),
    ("answer", {"answer": "poor_homeless"}),
    ("region", {"region": "35"}),
    ("answer", {"answer": "normal"}),
    ("words", {"words": "Говорит, что зимой нечем топить."}),
)


@pytest.fixture
def stage(platform: LivePlatform) -> Iterator[Stage]:
    made = Stage(platform.running.url, platform.running.urls["sandbox"])
    yield made
    made.close()


def entered(browser: Browser, **person: str) -> Page:
    """The first question of an application for this person."""
    page = browser.open("/apply/for-other/")
    return browser.send(page, page.form("surname"), **person)


def code_on_phone(stage: Stage, before: int) -> str:
    """The newest confirmation code that came to the person's phone."""

    def look() -> str | None:
        found = [re.search(r"\b\d{6}\b", message["text"]) for message in stage.messages()[before:]]
        codes = [one.group(0) for one in found if one]
        return codes[-1] if codes else None

    return stage.wait(look, "the code on the phone")


@pytest.mark.timeout(240)
def test_a_person_agrees_by_the_code_from_their_own_phone(stage: Stage) -> None:
    stage.family = stage.control("POST", "/control/families", {"kind": "lone_pensioner"})
    assistant = stage.signed_in("assistant")
    names = {name: stage.family[name] for name in ("surname", "given_name", "patronymic", "iin", "phone")}
    page = entered(assistant, **names)
    application = page.url.split("/apply/")[1].split("/")[0]
    for field, answer in ANSWERS:
        page = assistant.send(page, page.form(field), **answer)
    page = assistant.send(page, page.form("phone"), phone=stage.family["phone"], lang="ru")
    before = len(stage.messages())
    page = assistant.send(page, page.form("answer"), answer="yes")
    assert not page.has("form[data-signing]")
    digits = code_on_phone(stage, before)
    wrong = f"{(int(digits) + 1) % 1_000_000:06d}"
    refused = assistant.send(page, page.form("digits"), digits=wrong, expect=422)
    digits = code_on_phone(stage, len(stage.messages()) - 1)
    page = assistant.send(refused, refused.form("digits"), digits=digits)
    assistant.send(page, page.document.cssselect("main form[method=post]")[-1])
    stage.wait_page(
        assistant, f"/my/applications/{application}/", f'a[href$="{application}/score/"]', "the verdict", 90
    )


def test_a_person_without_number_or_phone_can_be_entered(stage: Stage) -> None:
    page = entered(stage.signed_in("assistant"), surname="Белгісіз", given_name="Адам")
    assert page.url.endswith("/for_whom/")


def test_a_wrong_number_is_refused_and_nothing_typed_is_lost(stage: Stage) -> None:
    assistant = stage.signed_in("assistant")
    page = assistant.open("/apply/for-other/")
    sent = {"surname": "Сатова", "given_name": "Айша", "iin": "123456789012"}
    refused = assistant.send(page, page.form("surname"), expect=422, **sent)
    form = refused.form("surname")
    assert {name: form.fields[name] for name in sent} == sent


def test_only_an_institution_may_apply_for_another(stage: Stage) -> None:
    stage.signed_in("donor").open("/apply/for-other/", expect=403)
