"""A company's year, its people and its public page: plans beside what was paid, nobody's own gift to be told."""

import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.test import Client

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.models import Invitation, RoleGrant
from demeu.portal.accounts.queries import colleagues
from demeu.portal.companies import actions, asking, members, queries
from demeu.portal.companies.models import EmployeeShare, PledgeIntent
from demeu.portal.companies.planning import EMPLOYEES_MIN, employees_sum, themes_of
from demeu.portal.companies.rules import company_of
from demeu.portal.companies.tests.test_pages import NAME, card, employee
from demeu.portal.companies.tests.test_pages import keys as keys
from demeu.portal.giving.models import GiftIntent

pytestmark = pytest.mark.django_db
YEAR = clock.today().year


def pledge(code: str = "children_youth", tiyn: int = 50_000_000) -> PledgeIntent:
    return PledgeIntent.objects.create(
        pledge=new_id(), company=company_of(NAME), organization=NAME, made_by=new_id(), kind="gift", amount_tiyn=tiyn,
        target_kind="group" if code else "fund", target_code=code, rest="give", offer_version="1", lang="ru",
        created_at=clock.now(),
    )  # fmt: skip


def gift(donor: UUID, tiyn: int) -> None:
    GiftIntent.objects.create(
        gift=new_id(), target_kind="fund", amount_tiyn=tiyn, fallback="ask", donor=donor, offer_version="1", lang="ru",
        created_at=clock.now(), received_at=clock.now(), state="received",
    )  # fmt: skip


def standing_is(monkeypatch: pytest.MonkeyPatch, *rows: PledgeIntent, state: str = "paid") -> None:
    cards = {row.pledge: card(row, state=state) for row in rows}
    monkeypatch.setattr(asking, "standing", lambda company, actor: cards)


def test_a_theme_counts_what_is_for_its_group_and_the_rest_stands_under_other() -> None:
    rows = [pledge(), pledge("", 1_000_000)]
    found = {one.code: one for one in themes_of(rows, {}, {"children_youth": 60_000_000}, YEAR)}
    children = found["children_youth"]
    assert (children.promised_tiyn, children.paid_tiyn, children.left_tiyn) == (50_000_000, 0, 10_000_000)
    assert found["other"].promised_tiyn == 1_000_000
    assert not any(one.promised_tiyn for one in themes_of(rows, {}, {}, YEAR - 1))


def test_employees_gifts_are_told_from_five_people_on() -> None:
    assert employees_sum([100] * (EMPLOYEES_MIN - 1) + [0, 0]) is None
    assert employees_sum([100] * EMPLOYEES_MIN) == (EMPLOYEES_MIN, 100 * EMPLOYEES_MIN)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", ["/company/", "/company/year/", "/company/people/"])
def test_every_place_opens_in_three_languages(client: Client, path: str, lang: str) -> None:
    answer = employee(client).get(path, headers={"accept-language": lang})
    assert answer.status_code == 200 and f'lang="{lang}"'.encode() in answer.content


def test_only_who_promises_plans_and_a_mistake_loses_nothing(client: Client) -> None:
    admin = employee(client)
    sent = {"do": "plan", "budget-children_youth": "1 500 000", "budget-other": ""}
    assert admin.post(f"/company/year/{YEAR}/", sent).status_code == 302
    assert queries.budgets_of(company_of(NAME), YEAR) == {"children_youth": 150_000_000}
    wrong = admin.post(f"/company/year/{YEAR}/", {**sent, "budget-other": "minus"})
    assert wrong.status_code == 422 and 'value="minus"' in wrong.content.decode()
    assert admin.post(f"/company/year/{YEAR}/", {"do": "x"}).status_code == 422
    assert admin.get("/company/year/1999/").status_code == 422
    member = employee(Client(), Role.COMPANY_MEMBER)
    assert member.post(f"/company/year/{YEAR}/", sent).status_code == 403
    assert member.get("/company/year/").status_code == 200 and member.get("/company/people/").status_code == 403


def test_the_report_is_a_spreadsheet_with_a_chart_and_a_pdf(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    row = pledge()
    standing_is(monkeypatch, row)
    admin = employee(client)
    sheet = admin.get(f"/company/year/{YEAR}/report.xlsx")
    read = openpyxl.load_workbook(io.BytesIO(sheet.content)).active
    assert read is not None and read.title.startswith(str(YEAR))
    assert [cell.value for cell in read[2]][2:4] == [500_000, 500_000] and len(read._charts) == 1
    paper = admin.get(f"/company/year/{YEAR}/report.pdf")
    assert paper.content.startswith(b"%PDF") and paper["Content-Type"] == "application/pdf"
    assert Client().get(f"/company/year/{YEAR}/report.pdf").status_code == 302


def test_an_employee_chooses_to_be_counted_from_then_on(client: Client) -> None:
    person = employee(client, Role.COMPANY_MEMBER)
    donor = RoleGrant.objects.get().person
    gift(donor, 70_000)
    person.post(f"/company/year/{YEAR}/", {"do": "share", "on": "yes"})
    gift(donor, 30_000)
    assert queries.employees_gifts(company_of(NAME), YEAR) == [30_000]
    assert "300" not in person.get("/company/year/").content.decode().split("employees", 1)[0][-200:]
    person.post(f"/company/year/{YEAR}/", {"do": "share", "on": "no"})
    assert not EmployeeShare.objects.exists()


def test_a_colleague_is_invited_by_a_link_and_let_go_but_never_the_last_who_promises(client: Client) -> None:
    admin = employee(client)
    page = admin.post("/company/people/", {"do": "invite", "role": "company_member"}).content.decode()
    assert "/invitation/" in page and Invitation.objects.get().organization == NAME
    employee(Client(), Role.COMPANY_MEMBER, "тоо  «қамқор»")
    employee(Client(), Role.COMPANY_MEMBER, "Other")
    found = members.members_of(NAME)
    assert [one.role for one in found] == [Role.COMPANY_ADMIN, Role.COMPANY_MEMBER]
    last = admin.post("/company/people/", {"do": "let_go", "role": "company_admin", "person": str(found[0].person)})
    assert last.status_code == 409 and len(members.members_of(NAME)) == 2
    foreign = next(one.person for one in colleagues("Other", members.ROLES))
    for sent in ({"person": str(foreign)}, {"person": "x"}, {"role": "curator"}, {"do": "invite", "role": "operator"}):
        refused = admin.post("/company/people/", {"do": "let_go", "role": "company_member", **sent})
        assert refused.status_code in (404, 422), sent
    gone = admin.post("/company/people/", {"do": "let_go", "role": "company_member", "person": str(found[1].person)})
    assert gone.status_code == 200 and len(members.members_of(NAME)) == 1


def test_the_public_page_is_there_only_while_the_company_wants_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, address = pledge(), f"/companies/{company_of(NAME)}/"
    pledge("elderly", 77_700)
    assert Client().get(address).status_code == 404
    admin = employee(client)
    admin.post(f"/company/year/{YEAR}/", {"do": "page", "public": "on"})
    assert Client().get(address).status_code == 200
    standing_is(monkeypatch, row)
    text = Client().get(address, headers={"accept-language": "ru"}).content.decode().replace("\u00a0", " ")
    assert NAME in text and "500 000" in text and "777" not in text and str(row.made_by) not in text
    admin.post(f"/company/year/{YEAR}/", {"do": "page"})
    assert Client().get(address).status_code == 404


def test_a_theme_that_is_not_ours_is_refused() -> None:
    with pytest.raises(Refusal, match=r"company\.theme"):
        actions.plan_year(organization=NAME, year=YEAR, amounts_tiyn={"yachts": 1}, by="person:x")


def test_a_page_without_the_treasury_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "standing", lambda company, actor: None)
    shown: Any = employee(client).get("/company/year/", headers={"accept-language": "en"})
    assert shown.status_code == 200 and "ledger does not answer" in shown.content.decode()
