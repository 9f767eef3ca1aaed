"""What follows from vault's news: an application waits for the silent, goes first in an emergency, is counted anew."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from demeu.contracts.words import Urgency
from demeu.kernel import clock, signing
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.cases import actions
from demeu.portal.cases.actions import disputes
from demeu.portal.cases.models import Application, Case
from demeu.portal.cases.queries import review_queue
from demeu.portal.cases.rules import WAIT_HOURS, ApplicationState, waits_for
from demeu.portal.cases.tasks import open_fast_lane, take_correction
from demeu.portal.cases.tests.test_actions import assessed
from demeu.portal.wishes.tasks import take_facts

pytestmark = pytest.mark.django_db
A = ApplicationState


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]


def application(state: ApplicationState, **other: Any) -> Application:
    at = clock.now()
    asked = {"person": new_id(), "household": new_id(), "consent": new_id(), "region_kato": "350000000"}
    asked |= {"created_at": at, "submitted_at": at, "updated_at": at}
    return Application.objects.create(id=new_id(), state=state, **asked | other)


def told(row: Application, silent: Sequence[str], worth_waiting: Sequence[str]) -> None:
    take_facts.run(
        gathering=str(new_id()), subject=f"application:{row.id}", household=str(row.household),
        consent=str(row.consent), answered=[], silent=list(silent), worth_waiting=list(worth_waiting),
    )  # fmt: skip


def waiting_jobs() -> list[str]:
    names = ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True)
    return sorted(name.rpartition(".")[2] for name in names)


def test_while_a_registry_may_still_answer_the_application_waits_and_the_person_is_told() -> None:
    row = application(A.GATHERING)
    told(row, ["minfin"], ["minfin"])
    row.refresh_from_db()
    assert (row.state, row.silent_registries, row.category) == (A.WAITING_REGISTRY, ["minfin"], None)
    assert not Case.objects.exists()
    assert waiting_jobs() == ["ask_again", "tell_silence"]


def test_nobody_waits_for_what_will_never_answer_or_longer_than_a_day() -> None:
    row = application(A.WAITING_REGISTRY)
    assert waits_for(row, ["minfin"], clock.now())
    assert not waits_for(row, [], clock.now())
    assert not waits_for(row, ["minfin"], clock.now() + timedelta(hours=WAIT_HOURS))
    row.state = A.REVIEW
    assert not waits_for(row, ["minfin"], clock.now())


def test_an_emergency_puts_open_applications_of_the_household_first_once() -> None:
    old = application(A.REVIEW, submitted_at=clock.now() - timedelta(days=3))
    struck = application(A.REVIEW)
    closed = application(A.REFUSED, household=struck.household)
    for _ in range(2):
        open_fast_lane.run(household=str(struck.household), source="mchs", kind="flood", began_at="")
    assert [row.id for row in review_queue(frozenset())] == [struck.id, old.id]
    closed.refresh_from_db()
    assert closed.urgency == Urgency.NORMAL
    assert waiting_jobs() == ["tell_emergency"]


def _disputed(row: Application) -> UUID:
    found = disputes.dispute_fact(
        dispute=new_id(), application=row.id, fact="passenger_cars", member="household", words="Продали", by="person:1",
        papers=[new_id()],
    )  # fmt: skip
    return found.id


def test_nothing_harmful_follows_while_a_fact_is_disputed() -> None:
    row = application(A.REVIEW)
    disputes.need_undisputed(row.id)
    dispute = _disputed(row)
    with pytest.raises(Refusal, match=r"dispute\.open"):
        disputes.need_undisputed(row.id)
    disputes.settle_dispute(dispute=dispute, application=row.id, by="person:curator")
    disputes.need_undisputed(row.id)


@pytest.mark.parametrize(
    ("state", "upheld", "again"), [(A.REVIEW, True, 1), (A.REVIEW, False, 0), (A.REFUSED, True, 0)]
)
def test_a_decided_dispute_has_the_household_assessed_again(
    monkeypatch: pytest.MonkeyPatch, state: ApplicationState, upheld: bool, again: int
) -> None:
    row = application(A.REVIEW, category=6)
    dispute = _disputed(row)
    Application.objects.filter(id=row.id).update(state=state)
    asked: list[str] = []

    def vault(_service: str, operation: Any, _body: object, **_more: object) -> Any:
        asked.append(operation.name)
        return assessed(row.household)  # type: ignore[arg-type]

    monkeypatch.setattr("demeu.portal.cases.tasks.ask", vault)
    take_correction.run(household=str(row.household), consent=str(row.consent), contest=str(dispute), upheld=upheld)
    row.refresh_from_db()
    assert len(asked) == again
    assert row.category == (2 if again else 6)
    assert not row.disputes.filter(settled_at__isnull=True).exists()


def test_a_verdict_after_a_correction_reaches_the_case_only_before_it_is_public() -> None:
    row = application(A.REVIEW, category=6)
    case = Case.objects.create(
        id=new_id(), number="26-30001", application=row, person=row.person, group="poor_homeless",
        region_kato="350000000", category=6, created_at=clock.now(),
    )  # fmt: skip
    verdict = assessed(new_id())
    actions.note_reassessment(application=row.id, assessed=verdict)
    case.refresh_from_db()
    assert case.category == 2
    Case.objects.update(published_at=clock.now(), category=6)
    actions.note_reassessment(application=row.id, assessed=verdict)
    case.refresh_from_db()
    assert case.category == 6
