"""Records that may be the applicant's: shown with reasons in words, decided by the curator, joined by nobody."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils.translation import override

from demeu.contracts import vault
from demeu.kernel.errors import unavailable
from demeu.kernel.ids import new_id
from demeu.portal.cases.queries import application as application_by_id
from demeu.portal.verification.tests.cast import Cast, in_review, signed_in
from demeu.portal.verification.wording import ALIKE_REASONS

pytestmark = pytest.mark.django_db
FINDING, DECIDED = new_id(), new_id()


class Border:
    """Vault, which is another process: its answers about one applicant, and what it was told."""

    def __init__(self, person: UUID) -> None:
        self.person = person
        self.asked: list[tuple[str, str, str]] = []
        self.decided: list[vault.LikelySameDecide] = []

    def __call__(self, _service: str, operation: Any, body: Any, *, actor: str, purpose: str, **_more: object) -> Any:
        self.asked.append((operation.name, actor, str(purpose)))
        if operation is vault.PERSON_CARD:
            return vault.PersonCard(
                person=body.person, display_name="Сейітова Әсел", masked_iin="", masked_phone="", lang="kk",
                region_kato="35",
            )  # fmt: skip
        if operation is vault.LIKELY_SAME:
            assert body.person == self.person
            return vault.LikelySameLines(lines=(_line(FINDING, "open"), _line(DECIDED, "different")))
        if operation is vault.LIKELY_SAME_DECIDE:
            self.decided.append(body)
            return None
        raise unavailable("vault.away")


def _line(finding: UUID, state: str) -> vault.LikelySameLine:
    return vault.LikelySameLine(
        finding=finding, other=new_id(), name="Seitova Assel", points=87, method="names-and-birth", method_version=1,
        reasons=("birth.same", "surname.other_spelling"), state=state,
    )  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return in_review()


@pytest.fixture
def border(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Border:
    stand = Border(cast.mother)
    for module in ("alike", "asking"):
        monkeypatch.setattr(f"demeu.portal.verification.{module}.ask", stand)
    return stand


def page_of(cast: Cast) -> str:
    return f"/desk/review/{cast.application}/"


def test_every_reason_of_vault_has_words_of_its_own() -> None:
    assert set(ALIKE_REASONS) == set(vault.LIKELY_SAME_REASONS)
    for lang in ("kk", "ru", "en"):
        with override(lang):
            words = {str(text) for text in ALIKE_REASONS.values()}
        assert len(words) == len(vault.LIKELY_SAME_REASONS), lang


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", ("туған күні бірдей", "100-ден 87", "Шешілді: басқа адам", "ештеңені біріктірмейді")),
        ("ru", ("день рождения совпадает", "87 из 100", "Решено: это другой человек", "ничего не объединяет")),
        ("en", ("the birthday is the same", "87 of 100", "Decided: somebody else", "refuses, joins and delays")),
    ],
)
def test_the_review_page_shows_likely_records_with_reasons_and_says_that_nothing_follows(
    client: Client, cast: Cast, border: Border, lang: str, words: tuple[str, ...]
) -> None:
    answer = signed_in(client, cast.curator).get(page_of(cast), headers={"accept-language": lang})
    page = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 200
    for text in ("Seitova Assel", *words):
        assert text in page
    assert page.count('name="finding"') == 1
    assert ("people.likely_same", cast.curator.name, "case_review") in border.asked


@pytest.mark.parametrize("decision", ["same", "different"])
def test_the_curators_word_goes_to_vault_and_the_application_stays_as_it_was(
    client: Client, cast: Cast, border: Border, decision: str
) -> None:
    sent = {"decision": "likely_same", "finding": str(FINDING), "alike": decision}
    answer = signed_in(client, cast.curator).post(page_of(cast), sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{page_of(cast)}#alike")
    assert [(body.finding, body.decision) for body in border.decided] == [(FINDING, decision)]
    assert application_by_id(cast.application).state == "review"


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"alike": "open"}, 422), ({"finding": str(new_id())}, 404), ({"finding": "x"}, 404), ({"alike": ""}, 422)],
)
def test_another_pair_or_no_answer_is_refused_and_vault_is_told_nothing(
    client: Client, cast: Cast, border: Border, sent: dict[str, str], status: int
) -> None:
    posted = {"decision": "likely_same", "finding": str(FINDING), "alike": "same"} | sent
    assert signed_in(client, cast.curator).post(page_of(cast), posted).status_code == status
    assert border.decided == []
