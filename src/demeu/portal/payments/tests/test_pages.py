"""The desks while no other service runs: roles are checked first, then each page says what is away."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from demeu.contracts.words import Role
from demeu.kernel.clock import now
from demeu.kernel.ids import new_id
from demeu.portal.accounts.models import RoleGrant
from demeu.portal.giving.tests.cast import published_case, signed_in
from demeu.portal.payments import actions
from demeu.portal.payments.models import DeliveryAct, DeliveryProblem
from demeu.portal.wishes.actions import advance_item
from demeu.portal.wishes.queries import asked_items
from demeu.portal.wishes.states import ItemState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signed_calls")]


def with_role(client: Client, role: Role, regions: list[str] | None = None) -> UUID:
    person = new_id()
    RoleGrant.objects.create(person=person, role=role, regions=regions or [], granted_at=now())
    signed_in(client, person)
    return person


PAGES = {
    "/desk/payouts/": (Role.FINANCE_PREPARER, 503),
    "/desk/payouts/new/": (Role.FINANCE_PREPARER, 200),
    "/desk/payouts/new/?case=26-20001": (Role.FINANCE_PREPARER, 503),
    "/desk/payouts/payees/new/?case=26-20001": (Role.FINANCE_PREPARER, 200),
    "/desk/payouts/0190f000-0000-7000-8000-000000000000/": (Role.FINANCE_APPROVER, 503),
    "/desk/payouts/0190f000-0000-7000-8000-000000000000/invoice/": (Role.FINANCE_APPROVER, 404),
    "/desk/payouts/payees/": (Role.FINANCE_APPROVER, 503),
    "/desk/suspense/": (Role.FUND_STAFF, 503),
    "/desk/monitoring/": (Role.FUND_STAFF, 503),
    "/desk/refunds/": (Role.FINANCE_APPROVER, 503),
    "/desk/deliveries/": (Role.CURATOR, 200),
    "/desk/audit/": (Role.AUDITOR, 200),
}


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_without_the_other_services(client: Client, path: str, lang: str) -> None:
    published_case()
    role, status = PAGES[path]
    with_role(client, role)
    answer = client.get(path, headers={"accept-language": lang})
    assert answer.status_code == status and f'lang="{lang}"'.encode() in answer.content


@pytest.mark.parametrize("path", PAGES)
def test_guests_sign_in_first_and_donors_are_refused(client: Client, path: str) -> None:
    published_case()
    assert client.get(path).status_code == 302
    signed_in(client, new_id())
    assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/desk/payouts/new/", Role.FINANCE_APPROVER),
        ("/desk/deliveries/", Role.FINANCE_PREPARER),
        ("/desk/audit/", Role.CURATOR),
        ("/desk/payouts/", Role.CURATOR),
        ("/desk/payouts/payees/", Role.FUND_STAFF),
        ("/desk/monitoring/", Role.FINANCE_PREPARER),
        ("/desk/refunds/", Role.CURATOR),
    ],
)
def test_a_desk_is_closed_to_other_staff(client: Client, path: str, role: Role) -> None:
    with_role(client, role)
    assert client.get(path).status_code == 403


def test_the_preparer_may_not_approve_even_by_a_bare_post(client: Client) -> None:
    with_role(client, Role.FINANCE_PREPARER)
    assert client.post(f"/desk/payouts/{new_id()}/approve/", {"attempt": str(new_id()), "cms": "x"}).status_code == 403


def test_a_signature_that_was_not_begun_for_this_payout_is_refused(client: Client) -> None:
    with_role(client, Role.FINANCE_APPROVER)
    session = client.session
    session["payout_attempts"] = {"0190f000-0000-7000-8000-00000000000a": str(new_id())}
    session.save()
    for attempt in ("0190f000-0000-7000-8000-00000000000a", "nonsense", ""):
        answer = client.post(f"/desk/payouts/{new_id()}/approve/", {"attempt": attempt, "cms": "x"})
        assert answer.status_code in (403, 503)


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"bin": "990940000007"},
        {"bin": "🎁"},
        {"iban": "KZ63999SUPPLIER00001"},
        {"payee": "7"},
        {"name": "x" * 141},
    ],
)
def test_a_payee_with_a_wrong_number_is_refused_and_what_was_typed_stays(
    client: Client, change: dict[str, str]
) -> None:
    with_role(client, Role.FINANCE_PREPARER)
    form = {"payee": str(new_id()), "name": "ТОО Орда", "bin": "990940000006", "iban": "KZ62999SUPPLIER00001"}
    answer = client.post("/desk/payouts/payees/new/", form | change)
    assert answer.status_code == 422 and ("field-error" in answer.content.decode() or "payee" in change)
    assert form["iban"] in answer.content.decode() or "iban" in change


def test_a_right_payee_waits_for_the_vault_and_keeps_what_was_typed(client: Client) -> None:
    with_role(client, Role.FINANCE_PREPARER)
    form = {"payee": str(new_id()), "name": "ТОО Орда", "bin": "990940000006", "iban": "KZ62 999S UPPL IER0 0001"}
    answer = client.post("/desk/payouts/payees/new/", form)
    assert answer.status_code == 503 and "ТОО Орда" in answer.content.decode()


def paid() -> tuple[Any, Any]:
    case = published_case()
    item = asked_items(case.id).get()
    advance_item(item=item.id, to=ItemState.PAID, by="role:treasury")
    return case, item


def test_an_act_waits_for_the_vault_and_keeps_the_words(client: Client) -> None:
    _, item = paid()
    with_role(client, Role.CURATOR, ["350000000"])
    assert client.get(f"/desk/deliveries/{item.id}/").status_code == 200
    photo = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff", content_type="image/jpeg")
    answer = client.post(f"/desk/deliveries/{item.id}/", {"words": "Передано в школе № 5", "photo": photo})
    assert answer.status_code == 503 and "Передано в школе" in answer.content.decode()
    assert not DeliveryAct.objects.exists()


@pytest.mark.parametrize("words", ["", "  ", "ок", "x" * 2001])
def test_an_act_without_words_is_refused(client: Client, words: str) -> None:
    _, item = paid()
    with_role(client, Role.CURATOR, ["350000000"])
    assert client.post(f"/desk/deliveries/{item.id}/", {"words": words}).status_code == 422


def test_another_regions_delivery_is_refused(client: Client) -> None:
    _, item = paid()
    with_role(client, Role.CURATOR, ["750000000"])
    assert client.get(f"/desk/deliveries/{item.id}/").status_code == 403


def test_a_report_of_a_family_is_shown_and_closed(client: Client) -> None:
    case, item = paid()
    message = new_id()
    actions.note_problem(message=message, case=case.id, item=item.id, by="role:portal")
    with_role(client, Role.CURATOR, ["350000000"])
    assert str(message) in client.get("/desk/deliveries/").content.decode()
    client.post(f"/desk/deliveries/problems/{message}/", {"answer": "nonsense"})
    assert DeliveryProblem.objects.get().closed_at is None
    client.post(f"/desk/deliveries/problems/{message}/", {"answer": "sent_again"})
    assert DeliveryProblem.objects.get().answer == "sent_again"
    assert client.post(f"/desk/deliveries/problems/{message}/", {"answer": "sent_again"}).status_code == 404


def test_the_audit_is_filtered_and_turned(client: Client) -> None:
    case, item = paid()
    for _ in range(60):
        actions.note_problem(message=new_id(), case=case.id, item=item.id, by="person:tester")
    with_role(client, Role.AUDITOR)
    page = client.get("/desk/audit/?actor=person:tester&action=delivery.problem&page=2").content.decode()
    assert page.count("delivery.problem</td>") == 10
    assert client.get("/desk/audit/?day=2026-13-45").status_code == 422
    assert "person:tester" not in client.get("/desk/audit/?day=2001-01-01").content.decode()
    assert client.get("/desk/audit/?actor=%00&page=zzz").status_code in (200, 422)
