"""Promises of companies' pages. The treasury's answers are given as its contract's messages."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from demeu.contracts.treasury import GiftTarget, Invoice, Pledge
from demeu.contracts.words import Role
from demeu.kernel import calling, clock, signing
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.companies import asking
from demeu.portal.companies.models import PledgeIntent
from demeu.portal.companies.rules import check_until, company_of, end_of, target_of
from demeu.portal.giving.tests.cast import signed_in
from demeu.portal.legal.queries import current_version

pytestmark = pytest.mark.django_db
NAME = "ТОО «Қамқор»"
AHEAD = date(2099, 1, 31)


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Any:
    signing.make_keys(tmp_path, ["portal", "treasury"])
    settings.DEMEU_KEYS = tmp_path / "portal"
    calling.keyring.cache_clear()
    cache.clear()
    yield
    calling.keyring.cache_clear()


def employee(client: Client, role: Role = Role.COMPANY_ADMIN, name: str = NAME) -> Client:
    person = new_id()
    give_role(person=person, role=role, by="role:operator", organization=name)
    return signed_in(client, person)


def form(pledge: UUID, **changes: str) -> dict[str, str]:
    whole = {
        "pledge": str(pledge), "kind": "match", "amount": "500 000", "target": "group:children_youth",
        "until": AHEAD.isoformat(), "rest": "return", "named": "on", "offer": "on",
        "offer_version": current_version("offer"), **changes,
    }  # fmt: skip
    return {name: text for name, text in whole.items() if text}


def card(row: PledgeIntent | None = None, **changes: Any) -> Pledge:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    plain = {
        "pledge": row.pledge if row else new_id(), "company": new_id(), "kind": "match", "amount_tiyn": 50_000_000,
        "target": GiftTarget(kind="group", code="children_youth"), "state": "matching", "matched_tiyn": 12_000_000,
        "matches": 3, "made_at": at, "paid_at": at, "until": end_of(AHEAD), "rest": "return",
        "invoice": Invoice(
            holder="Demeu", iban="KZ86125KZT5004100100", bic="DEMUKZK0", amount_tiyn=50_000_000, purpose="DEMEU-100777"
        ),
    }  # fmt: skip
    return Pledge.model_validate({**plain, **changes})


@pytest.fixture
def treasury(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "made", lambda row, actor: card(row))
    monkeypatch.setattr(
        asking, "standing", lambda company, actor: {row.pledge: card(row) for row in PledgeIntent.objects.all()}
    )


@pytest.mark.usefixtures("treasury")
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_company_promises_prints_its_invoice_and_sees_where_it_stands(client: Client, lang: str) -> None:
    people, words, pledge = employee(client), {"accept-language": lang}, new_id()
    assert people.get("/company/", headers=words).status_code == 200
    assert str(people.get("/company/pledge/", headers=words).context["pledge"])
    for _ in range(2):
        answer = people.post("/company/pledge/", form(pledge), headers=words)
        assert (answer.status_code, answer["Location"]) == (302, f"/company/{pledge}/invoice/")
    row = PledgeIntent.objects.get()
    assert (row.amount_tiyn, row.organization, row.until, row.company) == (50_000_000, NAME, AHEAD, company_of(NAME))
    paper = people.get(f"/company/{pledge}/invoice/", headers=words)
    text = paper.content.decode()
    assert "DEMEU-100777" in text and "KZ86125KZT5004100100" in text and "Қамқор" in text
    assert paper["Cache-Control"] == "private, no-store"
    assert f"/company/{pledge}/invoice/" in people.get("/company/", headers=words).content.decode()


@pytest.mark.usefixtures("treasury")
@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "сто"},
        {"amount": ""},
        {"target": "case:26-20001"},
        {"target": "group:nonsense"},
        {"target": "reserve:1"},
        {"until": ""},
        {"until": "2020-01-01"},
        {"offer": ""},
        {"kind": "loan"},
    ],
)
def test_a_mistake_keeps_what_was_typed_and_promises_nothing(client: Client, changes: dict[str, str]) -> None:
    pledge = new_id()
    answer = employee(client).post("/company/pledge/", form(pledge, **changes))
    text = answer.content.decode()
    assert answer.status_code == 422 and str(pledge) in text and not PledgeIntent.objects.exists()
    assert "amount" in changes or 'value="500 000"' in text


@pytest.mark.usefixtures("treasury")
def test_a_changed_form_under_the_same_id_is_refused(client: Client) -> None:
    people, pledge = employee(client), new_id()
    people.post("/company/pledge/", form(pledge))
    assert people.post("/company/pledge/", form(pledge, amount="1 000")).status_code == 409
    assert PledgeIntent.objects.get().amount_tiyn == 50_000_000


@pytest.mark.usefixtures("treasury")
def test_another_companys_people_and_strangers_see_nothing(client: Client) -> None:
    pledge = new_id()
    employee(client).post("/company/pledge/", form(pledge))
    other = employee(Client(), name="Another")
    assert other.get(f"/company/{pledge}/invoice/").status_code == 404
    assert str(pledge) not in other.get("/company/").content.decode()
    assert employee(Client(), name="").get("/company/").status_code == 403
    assert signed_in(Client(), new_id()).get("/company/").status_code == 403
    assert Client().get("/company/")["Location"].startswith("/sign-in/")
    assert employee(Client(), Role.COMPANY_MEMBER).get("/company/pledge/").status_code == 403
    assert employee(Client(), Role.COMPANY_MEMBER).get(f"/company/{pledge}/invoice/").status_code == 200


@pytest.mark.usefixtures("treasury")
def test_who_works_elsewhere_too_promises_for_the_company_only(client: Client) -> None:
    person = new_id()
    give_role(person=person, role=Role.VOLUNTEER, by="role:operator", regions=["75"], organization="Another")
    give_role(person=person, role=Role.COMPANY_ADMIN, by="role:operator", organization=NAME)
    assert signed_in(client, person).post("/company/pledge/", form(new_id())).status_code == 302
    assert PledgeIntent.objects.get().organization == NAME


def test_without_the_treasury_the_pledge_is_kept_and_the_page_says_so(client: Client) -> None:
    people, pledge = employee(client), new_id()
    answer = people.post("/company/pledge/", form(pledge))
    assert answer.status_code == 503 and str(pledge) in answer.content.decode()
    assert PledgeIntent.objects.filter(pledge=pledge).exists()
    assert people.get(f"/company/{pledge}/invoice/").status_code == 503
    assert people.get("/company/").status_code == 200


@pytest.mark.parametrize("named", [True, False])
def test_the_public_page_names_only_who_wants_to_be_named(
    client: Client, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    monkeypatch.setattr(asking, "made", lambda row, actor: card(row))
    employee(Client()).post("/company/pledge/", form(new_id(), named="on" if named else ""))
    monkeypatch.setattr(asking, "doubling_now", lambda: (card(PledgeIntent.objects.get()),))
    text = client.get("/doubling/").content.decode()
    assert ("Қамқор" in text) is named and "/give/?group=children_youth" in text


def test_nobody_doubling_is_said_so(client: Client) -> None:
    assert "/give/" in client.get("/doubling/").content.decode()


def test_rules_by_themselves() -> None:
    assert company_of(" ТОО  «Қамқор» ") == company_of("тоо «қамқор»") != company_of("Another")
    assert target_of("fund:1", "match").kind == "fund" and target_of("reserve:1", "gift").kind == "reserve"
    assert end_of(date(2027, 1, 31)) == datetime(2027, 1, 31, 18, 59, 59, tzinfo=UTC)
    today = clock.today()
    assert check_until(today, kind="gift", today=today) is None
    for day in (None, today, today - timedelta(days=1)):
        with pytest.raises(Refusal, match=r"company\.until"):
            check_until(day, kind="match", today=today)
