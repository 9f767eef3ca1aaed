"""Questions and reports: what is typed goes to vault, an answer names nobody, and who answers is somebody else."""

from uuid import UUID

import pytest
from django.test import Client

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.models import Case
from demeu.portal.catalogue import actions, letters, queries
from demeu.portal.catalogue.models import Complaint, Question
from demeu.portal.giving.tests.cast import published_case

pytestmark = pytest.mark.django_db
ASKED, ANSWER = "Когда привезут куртки?", "Поставщик обещал привезти их в конце месяца."


@pytest.fixture
def case() -> Case:
    return published_case(curator=new_id())


def officer(*roles: Role, person: UUID | None = None, regions: frozenset[str] = frozenset({"350000000"})) -> Actor:
    return Actor(person=person or new_id(), roles=frozenset(roles), regions=dict.fromkeys(roles, regions))


def asked(client: Client, case: Case, words: str = "Когда привезут куртки? Мой телефон 87011234567") -> Question:
    answer = client.post(f"/cases/{case.number}/ask/", {"question": str(new_id()), "words": words})
    assert answer.status_code == 302
    return Question.objects.get()


def reported(client: Client, case: Case) -> Complaint:
    fields = {"complaint": str(new_id()), "code": "not_arrived", "words": "Не пришло"}
    answer = client.post(f"/cases/{case.number}/report/", fields)
    row = Complaint.objects.get()
    assert answer["Location"] == f"/cases/{case.number}/report/{row.id}/"
    return row


def test_a_question_is_sealed_and_only_the_curators_words_are_public(client: Client, case: Case) -> None:
    row = asked(client, case)
    assert row.sealed and "87011234567" not in row.sealed
    curator = officer(Role.CURATOR)
    letters.answer_question(question=row.id, asked=ASKED, answer=ANSWER, actor=curator)
    text = client.get(f"/cases/{case.number}/").content.decode()
    assert ASKED in text and "87011234567" not in text
    with pytest.raises(Refusal, match=r"letter\.answered"):
        letters.put_aside(question=row.id, actor=curator)


def test_an_answer_with_a_name_or_a_phone_is_not_kept(client: Client, case: Case) -> None:
    row = asked(client, case)
    for answer in ("Звоните 8 701 123 45 67.", "Спросите у Айгуль Серикбаевой."):
        with pytest.raises(letters.AnswerRefused):
            letters.answer_question(question=row.id, asked=ASKED, answer=answer, actor=officer(Role.CURATOR))
    assert Question.objects.get().state == "asked"


def test_only_a_curator_of_the_region_answers(client: Client, case: Case) -> None:
    row = asked(client, case)
    elsewhere = officer(Role.CURATOR, regions=frozenset({"610000000"}))
    for actor, code in ((elsewhere, "case.other_region"), (officer(Role.VOLUNTEER), "account.not_your_role")):
        with pytest.raises(Refusal, match=code):
            letters.answer_question(question=row.id, asked=ASKED, answer=ANSWER, actor=actor)


def test_a_question_keeps_what_was_typed_when_it_is_too_long(client: Client, case: Case) -> None:
    answer = client.post(f"/cases/{case.number}/ask/", {"question": str(new_id()), "words": "ы" * 3000})
    assert answer.status_code == 422 and "ы" * 3000 in answer.content.decode()
    assert not Question.objects.exists()


def test_a_report_goes_from_hand_to_hand_and_its_page_says_where_it_is(client: Client, case: Case) -> None:
    row, first, second = reported(client, case), officer(Role.FUND_STAFF), officer(Role.FUND_STAFF)
    page = f"/cases/{case.number}/report/{row.id}/"
    assert 'data-report-state="received"' in client.get(page).content.decode()
    letters.take_complaint(complaint=row.id, actor=first)
    with pytest.raises(Refusal, match=r"complaint\.not_yours"):
        letters.answer_complaint(complaint=row.id, answer=ANSWER, upheld=False, actor=second)
    letters.answer_complaint(complaint=row.id, answer=ANSWER, upheld=False, actor=first)
    assert ANSWER in client.get(page).content.decode().replace("\u00a0", " ")
    client.post(page, {"do": "appeal"})
    with pytest.raises(Refusal, match=r"complaint\.same_person"):
        letters.take_complaint(complaint=row.id, actor=first)
    letters.take_complaint(complaint=row.id, actor=second)
    letters.answer_complaint(complaint=row.id, answer="Вы правы.", upheld=True, actor=second)
    client.post(page, {"do": "closed"})
    row.refresh_from_db()
    assert (row.state, row.upheld) == ("closed", True)


def test_the_curator_of_the_case_does_not_judge_a_report_about_it(client: Client, case: Case) -> None:
    row = reported(client, case)
    with pytest.raises(Refusal, match=r"case\.same_person"):
        letters.take_complaint(complaint=row.id, actor=officer(Role.FUND_STAFF, person=case.curator))


def test_a_report_cannot_jump(client: Client, case: Case) -> None:
    row = reported(client, case)
    with pytest.raises(Refusal, match=r"complaint\.wrong_state"):
        letters.end_complaint(complaint=row.id, appeal=False, by="guest")
    with pytest.raises(Refusal, match=r"complaint\.wrong_state"):
        letters.answer_complaint(complaint=row.id, answer=ANSWER, upheld=True, actor=officer(Role.FUND_STAFF))


def test_the_same_report_again_changes_nothing(case: Case) -> None:
    once = new_id()
    for words in ("Не пришло", "Другое"):
        actions.file_complaint(complaint=once, case=case.id, code="other", words=words, by="guest")
    assert [row.id for row, _case in queries.open_complaints()] == [once]


def test_the_desks_are_for_those_who_answer(client: Client, case: Case) -> None:
    row = reported(client, case)
    for path in ("/desk/questions/", "/desk/reports/", f"/desk/reports/{row.id}/"):
        assert client.get(path).status_code in (302, 403)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_card_to_share_is_one_picture_even_with_the_longest_title(client: Client, case: Case, lang: str) -> None:
    Case.objects.filter(id=case.id).update(title_kk="Қажеттілік " * 13, title_ru="Щ" * 160, title_en="Wheelchair " * 13)
    picture = client.get(f"/cases/{case.number}/share-{lang}.png")
    assert picture["Content-Type"] == "image/png" and picture.content[:4] == b"\x89PNG"
    assert (int.from_bytes(picture.content[16:20]), int.from_bytes(picture.content[20:24])) == (1200, 630)
    assert (
        f"share-{lang}.png" in client.get(f"/cases/{case.number}/", headers={"accept-language": lang}).content.decode()
    )


def test_like_cases_stand_below_and_never_the_case_itself(client: Client, case: Case) -> None:
    from demeu.portal.catalogue.shelf.keeping import keep_shelf

    other = published_case("26-20002")
    keep_shelf()
    assert [row.id for row in queries.similar(case)] == [other.id]
