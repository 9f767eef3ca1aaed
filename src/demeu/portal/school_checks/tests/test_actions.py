"""A check from the request to the category, and a list that is opened whole or not at all."""

from pathlib import Path
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from demeu.kernel import sealing, signing
from demeu.kernel.clock import now
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.rules import GUEST, Actor
from demeu.portal.school_checks import actions, queries
from demeu.portal.school_checks.models import RequestList, SchoolCheck
from demeu.portal.school_checks.rules import quarter_of
from demeu.portal.school_checks.tests.cast import IIN, OTHER_IIN, assessed, pedagogue, request

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    sealing.make_seals(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]


def opened(actor: Actor, number: str = "12/2026") -> SchoolCheck:
    return actions.open_check(check=new_id(), request=request(number), lang="ru", actor=actor)


def asked(actor: Actor) -> tuple[UUID, UUID]:
    """A check whose parent has been asked; its id and the consent's."""
    row, consent = opened(actor), new_id()
    actions.note_asked(check=row.id, person=new_id(), consent=consent)
    return row.id, consent


def known(check: UUID, category: int = 3) -> SchoolCheck | None:
    return actions.note_category(check=check, household=new_id(), assessment=new_id(), category=category, silent=[])


def test_number_and_phone_are_sealed_and_forgotten_once_vault_has_them() -> None:
    row = opened(pedagogue())
    assert row.sealed and IIN not in row.sealed
    assert not SchoolCheck.objects.filter(sealed__contains=IIN[:6]).exists()
    actions.note_asked(check=row.id, person=new_id(), consent=new_id())
    assert SchoolCheck.objects.get().sealed == ""
    jobs = " ".join(str(one) for one in ProcrastinateJob.objects.values_list("args", flat=True))
    assert IIN not in jobs


def test_a_double_click_opens_one_check_and_another_request_of_the_number_none() -> None:
    actor, check = pedagogue(), new_id()
    for _ in range(2):
        actions.open_check(check=check, request=request(), lang="ru", actor=actor)
    assert SchoolCheck.objects.count() == 1
    with pytest.raises(Refusal, match=r"school_check\.number_taken"):
        opened(actor)
    assert opened(pedagogue("Школа № 18")).number == "12/2026"


def test_only_a_pedagogue_opens_a_check() -> None:
    for actor in (GUEST, Actor(person=new_id())):
        with pytest.raises(Refusal, match=r"account\."):
            opened(actor)


def test_a_request_with_a_fault_is_not_opened() -> None:
    with pytest.raises(Refusal, match=r"school_check\.unusable"):
        actions.open_check(check=new_id(), request=request(iin="1"), lang="ru", actor=pedagogue())
    assert not SchoolCheck.objects.exists()


def test_the_category_comes_only_after_the_parent_agreed() -> None:
    check, consent = asked(pedagogue())
    assert known(check) is None
    actions.note_consent(check=check, consent=consent, state="granted")
    actions.note_consent(check=check, consent=consent, state="granted")
    assert SchoolCheck.objects.get().state == "gathering"
    assert ProcrastinateJob.objects.filter(task_name__endswith="begin_gathering").count() == 1
    row = known(check)
    assert row is not None and (row.state, row.category) == ("assessed", 3)
    assert known(check, category=6) is not None
    assert SchoolCheck.objects.get().category == 3


@pytest.mark.parametrize("state", ["refused", "expired"])
def test_a_no_or_silence_ends_the_check(state: str) -> None:
    check, consent = asked(pedagogue())
    actions.note_consent(check=check, consent=new_id(), state="granted")
    assert SchoolCheck.objects.get().state == "asked"
    actions.note_consent(check=check, consent=consent, state=state)
    actions.note_consent(check=check, consent=consent, state="granted")
    assert SchoolCheck.objects.get().state == state
    assert known(check) is None


def test_a_withdrawn_consent_ends_even_a_known_category() -> None:
    check, consent = asked(pedagogue())
    actions.note_consent(check=check, consent=consent, state="granted")
    known(check)
    actions.note_consent(check=check, consent=consent, state="withdrawn")
    assert SchoolCheck.objects.get().state == "withdrawn"


def test_what_vault_cannot_use_is_forgotten_and_its_number_is_free_again() -> None:
    actor = pedagogue()
    row = opened(actor)
    actions.note_unusable(check=row.id, reason="person.phone_invalid")
    assert SchoolCheck.objects.get().sealed == ""
    assert opened(actor).id != row.id


def kept_list(actor: Actor) -> RequestList:
    requests = (request("1"), request("2", OTHER_IIN))
    return actions.keep_list(request_list=new_id(), requests=requests, lang="ru", actor=actor)


def test_a_list_opens_nothing_until_it_is_confirmed_and_then_everything_once() -> None:
    actor = pedagogue()
    row = kept_list(actor)
    assert not SchoolCheck.objects.exists()
    assert IIN not in str(row.rows)
    assert [actions.confirm_list(request_list=row.id, actor=actor) for _ in range(2)] == [2, 2]
    assert set(SchoolCheck.objects.values_list("number", flat=True)) == {"1", "2"}
    assert RequestList.objects.get().rows == []


def test_a_list_with_a_number_taken_meanwhile_opens_nothing() -> None:
    actor = pedagogue()
    row = kept_list(actor)
    opened(actor, "2")
    with pytest.raises(Refusal, match=r"school_check\.number_taken"):
        actions.confirm_list(request_list=row.id, actor=actor)
    assert SchoolCheck.objects.count() == 1


def test_a_dropped_list_is_forgotten_and_nobody_confirms_anothers() -> None:
    actor = pedagogue()
    row = kept_list(actor)
    with pytest.raises(Refusal, match=r"school_check\.unknown_list"):
        actions.confirm_list(request_list=row.id, actor=pedagogue("Школа № 18"))
    actions.drop_list(request_list=row.id, actor=actor)
    with pytest.raises(Refusal, match=r"school_check\.list_dropped"):
        actions.confirm_list(request_list=row.id, actor=actor)
    assert RequestList.objects.get().rows == []


def test_figures_count_schools_requests_and_category_six_by_region() -> None:
    for number in range(3):
        assessed("Школа № 1", "350000000", str(number), 6 if number == 0 else 2)
    assessed("Школа № 1", "790000000", "1", 6)
    (karaganda, shymkent) = queries.figures(quarter_of(now().date()))
    assert (karaganda.schools, karaganda.requests, karaganda.category_six) == (1, 3, 1)
    assert (shymkent.schools, shymkent.requests, shymkent.category_six) == (1, 1, 1)
