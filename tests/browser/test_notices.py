"""A person's messages with scripts: reading, answering, choosing, mail by code, a browser's notices, and the check."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from playwright.sync_api import expect
from tests.browser.looking import Watched, look_at
from tests.browser.steps import sign

from demeu.contracts import vault
from demeu.kernel import signing
from demeu.kernel.ids import new_id
from demeu.kernel.operations import Operation
from demeu.kernel.testing import wait_until
from demeu.roles.launch.live import LivePlatform

SOON_S = 30


def tell_vault(platform: LivePlatform, operation: Operation[Any, Any], body: Any, actor: str = "role:portal") -> None:
    """Asks vault as the portal does."""
    content = body.model_dump_json().encode()
    token = signing.sign_call(
        signing.load_keys(platform.folders.keys / "portal", "portal"),
        audience="vault", operation=operation.name, actor=actor, purpose="notice", body=content,
    )  # fmt: skip
    headers = {
        "Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": str(new_id()),
    }  # fmt: skip
    address = f"{platform.running.urls['vault']}/api/{operation.name}"
    answer = httpx.post(address, content=content, headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text


def tell(platform: LivePlatform, person: UUID, template: str, awaits: str | None = None) -> None:
    """A message, as any page of the portal has it sent."""
    body = vault.MessageDeliver(person=person, template=template, once=str(new_id()), awaits_reply=awaits)
    tell_vault(platform, vault.MESSAGE_DELIVER, body)


@pytest.fixture
def outside(platform: LivePlatform) -> str:
    """The address of the sandbox."""
    return platform.running.urls["sandbox"]


@pytest.fixture
def family(outside: str) -> Any:
    """A family that the sandbox has just made up."""
    return httpx.post(f"{outside}/control/families", json={}, timeout=30).json()


def newest_person(platform: LivePlatform) -> UUID:
    with psycopg.connect(platform.database_url("vault")) as own:
        row = own.execute("SELECT id FROM vault_people_person ORDER BY created_at DESC LIMIT 1").fetchone()
    assert row is not None
    return UUID(str(row[0]))


def texts_on(outside: str, phone: str) -> list[str]:
    answer = httpx.get(f"{outside}/control/phones/{phone.removeprefix('+')}/messages", timeout=10).json()
    return [message["text"] for message in answer["messages"]]


def letters_to(outside: str, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.get(f"{outside}/control/mail", params={"to": address}).json()["letters"]
    return found


@pytest.fixture
def mother(person: Watched, site: str, platform: LivePlatform, family: dict[str, Any]) -> UUID:
    """A mother who is signed in and whose phone is known."""
    person.page.goto(f"{site}/sign-in/?next=/my/")
    sign(person.page, family["key_id"])
    person.page.wait_for_url(f"{site}/my/")
    found = newest_person(platform)
    body = vault.ContactSave(person=found, phone=str(family["phone"]), lang="ru")
    tell_vault(platform, vault.CONTACT_SAVE, body)
    return found


@pytest.mark.timeout(600)
def test_a_mother_reads_and_answers_and_anybody_can_check(
    person: Watched, site: str, platform: LivePlatform, outside: str, family: dict[str, Any], mother: UUID,
    pictures: Path,
) -> None:  # fmt: skip
    page, wrong, phone = person.page, [], str(family["phone"])
    page.goto(f"{site}/my/notices/")
    wrong += look_at(page, "notices-empty", pictures)
    for template in ("application_submitted", "facts_gathered", "category_known", "emergency_nearby"):
        tell(platform, mother, template)
    tell(platform, mother, "delivery_confirm", awaits="delivery:nothing")
    wait_until(lambda: len(texts_on(outside, phone)) == 5, within_s=SOON_S, what="five SMS")
    page.goto(f"{site}/my/notices/")
    expect(page.locator(".bell-count")).to_have_text("5")
    wrong += look_at(page, "notices", pictures)
    page.get_by_role("button", name="Да", exact=True).click()
    expect(page.get_by_role("button", name="Да", exact=True)).to_have_count(0)
    check = page.locator(".notice-card .mono").first.inner_text()
    page.get_by_role("button", name="Отметить всё прочитанным").click()
    expect(page.locator(".bell-count")).to_have_count(0)
    page.goto(f"{site}/notices/check/")
    for reached, genuine in ((phone[-4:], "yes"), (f"{(int(phone[-4:]) + 1) % 10000:04d}", "no")):
        page.locator("[name=check]").fill(check.lower())
        page.locator("[name=reached]").fill(reached)
        page.get_by_role("button", name="Проверить", exact=True).click()
        expect(page.locator(f"[data-genuine={genuine}]")).to_be_visible()
        wrong += look_at(page, f"notices-check-{genuine}", pictures)
    for name in ("notices/figures", "stats"):
        page.goto(f"{site}/{name}/")
        wrong += look_at(page, name.replace("/", "-"), pictures)
    assert wrong == []


@pytest.mark.timeout(600)
def test_a_mother_chooses_hours_mail_and_this_browser(
    person: Watched, site: str, platform: LivePlatform, outside: str, mother: UUID, pictures: Path
) -> None:
    page, address = person.page, f"m{mother.hex[:8]}@example.org"
    page.goto(f"{site}/my/notices/settings/")
    wrong = look_at(page, "notices-settings", pictures)
    for start, end in (("22", "8"), ("", "")):
        page.locator("input[value='visit:sms']").set_checked(not start)
        page.locator("[name=quiet_from]").select_option(start)
        page.locator("[name=quiet_until]").select_option(end)
        page.get_by_role("button", name="Сохранить").click()
        expect(page.locator("[name=quiet_from]")).to_have_value(start)
        expect(page.locator("input[value='visit:sms']")).to_be_checked(checked=not start)
    page.locator("[name=address]").fill(address)
    page.get_by_role("button", name="Отправить код").click()
    wait_until(lambda: letters_to(outside, address), within_s=SOON_S, what="the letter with the code")
    wrong += look_at(page, "notices-mail-code", pictures)
    found = re.search(r"\b\d{6}\b", letters_to(outside, address)[0]["text"])
    assert found is not None
    page.locator("[name=digits]").fill(found.group())
    page.get_by_role("button", name="Подтвердить").click()
    expect(page.locator("#mail")).to_contain_text("***@example.org")
    page.locator("[data-push-start]").click()
    expect(page.locator("#browsers")).to_contain_text("Уведомляется 1 браузер")
    tell(platform, mother, "case_published")
    wait_until(lambda: len(letters_to(outside, address)) == 2, within_s=SOON_S, what="the letter")
    wait_until(lambda: "История опубликована" in httpx.get(f"{outside}/push/").text, within_s=SOON_S, what="the notice")
    assert wrong == []


def test_an_author_sees_how_many_parts_a_text_takes(person: Watched, site: str, pictures: Path) -> None:
    page = person.page
    page.goto(f"{site}/sign-in/?next=/desk/messages/")
    sign(page, "operator")
    page.wait_for_url(f"{site}/desk/messages/")
    page.locator("[name=lang]").select_option("kk")
    page.locator("[name=text]").fill("қ" * 52)
    page.get_by_role("button", name="Посчитать").click()
    expect(page.get_by_role("status")).to_contain_text("2 части СМС")
    assert look_at(page, "notices-templates", pictures) == []
