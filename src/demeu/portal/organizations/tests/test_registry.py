"""An overdue report hides an organization's cases until it is filed; papers, verdicts and second visits are public."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.accounts.queries import actor_of
from demeu.portal.cases.actions import move_case
from demeu.portal.cases.queries import public_cases
from demeu.portal.cases.rules import CaseState
from demeu.portal.catalogue.models import Complaint
from demeu.portal.catalogue.shelf.keeping import keep_shelf
from demeu.portal.catalogue.tests.conftest import alone  # noqa: F401  (keys, and addresses where nobody answers)
from demeu.portal.catalogue.tests.country import identifier, load
from demeu.portal.organizations import actions, queries, rules
from demeu.portal.organizations.models import HiddenCase, Organization, Report, SecondVisit
from demeu.portal.verification.tests.cast import signed_in, staff

pytestmark = pytest.mark.django_db
SHA = "a" * 64


@pytest.fixture
def ngo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Organization]:
    """The demo's organization, registered half a year ago, with all the demo's cases."""
    cache.clear()
    country = load(monkeypatch)
    actions.register_all()
    volunteer = identifier(country["cases"][0]["volunteer"])
    row = Organization.objects.get(name=actor_of(volunteer).organization)
    row.registered_at = clock.now() - timedelta(days=200)
    row.save()
    yield row
    assert broken_invariants() == []


def listed(client: Client) -> int:
    cache.clear()
    keep_shelf()
    return len(set(re.findall(r"/cases/(\d\d-\d+)/", client.get("/cases/").content.decode())))


def admin_of(row: Organization) -> Any:
    return staff(Role.NGO_ADMIN, regions=(), organization=row.name)


def file(row: Organization, report: Report, **changed: Any) -> None:
    given = {"families": 3, "visits": 5, "spent_tiyn": 100, "words": "Coal and coats were brought."} | changed
    actions.file_report(period=report.period, actor=admin_of(row), **given)


def test_an_overdue_report_hides_the_cases_from_the_catalogue_until_it_is_filed(
    ngo: Organization, client: Client
) -> None:
    before = listed(client)
    actions.ask_for_reports(today=clock.today())
    overdue = queries.overdue_reports(ngo, clock.today())
    assert before > 0 and overdue and listed(client) == 0
    for report in overdue:
        assert listed(client) == 0
        file(ngo, report)
    assert listed(client) == before and not HiddenCase.objects.exists()


def test_a_report_that_is_not_due_yet_hides_nothing(ngo: Organization, client: Client) -> None:
    ngo.registered_at = clock.now()
    ngo.save()
    actions.ask_for_reports(today=clock.today())
    assert listed(client) > 0 and not HiddenCase.objects.exists() and not Report.objects.exists()


def test_a_case_that_was_suspended_for_another_reason_stays_so(ngo: Organization) -> None:
    case = public_cases().filter(state=CaseState.PUBLISHED).earliest("number")
    move_case(case=case.id, to=CaseState.SUSPENDED, by="operator:test")
    actions.ask_for_reports(today=clock.today())
    for report in queries.overdue_reports(ngo, clock.today()):
        file(ngo, report)
    case.refresh_from_db()
    assert case.state == CaseState.SUSPENDED


def test_help_that_is_under_way_goes_on(ngo: Organization) -> None:
    case = public_cases().filter(state=CaseState.PUBLISHED).earliest("number")
    move_case(case=case.id, to=CaseState.FUNDED, by="operator:test")
    actions.ask_for_reports(today=clock.today())
    case.refresh_from_db()
    assert case.state == CaseState.FUNDED


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"families": -1}, "report.impossible_figures"),
        ({"spent_tiyn": 10**15}, "report.impossible_figures"),
        ({"words": "Call +7 701 123 45 67"}, "report.names_somebody"),
    ],
)
def test_a_report_with_odd_figures_or_a_phone_is_refused(ngo: Organization, changed: dict[str, Any], code: str) -> None:
    actions.ask_for_reports(today=clock.today())
    [report, *_] = queries.overdue_reports(ngo, clock.today())
    with pytest.raises(Refusal) as refused:
        file(ngo, report, **changed)
    assert refused.value.code == code


def test_only_the_own_ngo_files_and_only_once(ngo: Organization) -> None:
    actions.ask_for_reports(today=clock.today())
    [report, *_] = queries.overdue_reports(ngo, clock.today())
    stranger = staff(Role.NGO_ADMIN, regions=(), organization="Another fund")
    for actor, code in ((stranger, "organization.unknown"), (staff(Role.CURATOR), "account.not_your_role")):
        with pytest.raises(Refusal) as refused:
            actions.file_report(period=report.period, families=1, visits=1, spent_tiyn=1, words="", actor=actor)
        assert refused.value.code == code
    file(ngo, report)
    with pytest.raises(Refusal, match=r"report\.filed_already"):
        file(ngo, report)


def test_the_fund_vouches_only_for_papers_and_never_beyond_their_term(ngo: Organization) -> None:
    fund, until = staff(Role.FUND_STAFF), clock.today() + timedelta(days=90)

    def vouch(day: date) -> None:
        actions.set_checked_until(organization=ngo.id, until=day, actor=fund)

    with pytest.raises(Refusal, match=r"organization\.no_papers"):
        vouch(until)
    given = {"organization": ngo.id, "kind": "charter", "document": new_id(), "sha256": SHA, "actor": fund}
    actions.add_paper(valid_until=until, **given)
    with pytest.raises(Refusal, match=r"organization\.paper_ends_before"):
        vouch(until + timedelta(days=1))
    vouch(until)
    ngo.refresh_from_db()
    assert queries.standing(ngo).checked


def test_an_upheld_report_of_a_problem_counts_against_the_organization(ngo: Organization) -> None:
    case, told = public_cases().earliest("number"), {True: 2, False: 1, None: 4}
    for upheld, times in told.items():
        for _ in range(times):
            Complaint.objects.create(id=new_id(), case=case.id, code="not_arrived", at=clock.now(), upheld=upheld)
    standing = queries.standing(ngo)
    assert (standing.upheld, standing.complaints) == (2, 3)


def test_a_second_visit_is_made_by_another_organization_and_its_agreement_is_public(ngo: Organization) -> None:
    case = public_cases().earliest("number")
    SecondVisit.objects.create(
        case=case.id, organization=ngo, first_volunteer=case.volunteer, region_kato=case.region_kato,
        first_findings=["lives_here", "need_seen"], drawn_at=clock.now(),
    )  # fmt: skip
    colleague = new_id()
    give_role(person=colleague, role=Role.VOLUNTEER, by="operator:test", regions=[case.region_kato[:2]],
              organization=ngo.name)  # fmt: skip
    with pytest.raises(Refusal, match=r"visit\.not_yours"):
        actions.answer_second_visit(case=case.id, findings=["lives_here"], actor=actor_of(colleague))
    other = staff(Role.VOLUNTEER, regions=(case.region_kato[:2],), organization="Another fund")
    assert actions.answer_second_visit(case=case.id, findings=["lives_here", "need_not_seen"], actor=other) is False
    assert (queries.standing(ngo).second_visits, queries.standing(ngo).agreement) == (1, 0)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_registry_and_an_organization_are_public(ngo: Organization, client: Client, lang: str) -> None:
    actions.ask_for_reports(today=clock.today())
    client.cookies["django_language"] = lang
    assert ngo.name in client.get("/organizations/").content.decode().replace("&quot;", '"')
    page = client.get(f"/organizations/{ngo.id}/")
    assert (
        page.status_code == 200 and str(rules.Period.of(clock.today() - timedelta(days=150))) in page.content.decode()
    )
    assert client.get("/organizations.csv").status_code == 200
    assert client.get(f"/organizations/{new_id()}/").status_code == 404


def test_the_desks_open_to_their_roles_only(ngo: Organization, client: Client) -> None:
    actions.ask_for_reports(today=clock.today())
    desks = {
        "/desk/organizations/": staff(Role.FUND_STAFF),
        f"/desk/organizations/{ngo.id}/": staff(Role.FUND_STAFF),
        "/desk/quarters/": admin_of(ngo),
        "/desk/second-visits/": staff(Role.VOLUNTEER),
    }
    for path, actor in desks.items():
        assert client.get(path).status_code == 302
        assert signed_in(Client(), actor).get(path).status_code == 200
        assert signed_in(Client(), staff(Role.SUPPLIER)).get(path).status_code == 403


def test_a_report_filed_on_the_page_brings_the_cases_back(ngo: Organization, client: Client) -> None:
    actions.ask_for_reports(today=clock.today())
    desk = signed_in(Client(), admin_of(ngo))
    bad = desk.post("/desk/quarters/", {"period": "2020-Q1", "families": "x", "visits": 1, "spent_tenge": 1})
    assert bad.status_code == 422
    for report in queries.overdue_reports(ngo, clock.today()):
        told = {"period": report.period, "families": 2, "visits": 4, "spent_tenge": 15000, "words": ""}
        assert desk.post("/desk/quarters/", told).status_code == 302
    assert listed(client) > 0 and Report.objects.filter(filed_at__isnull=True).count() == 0
