"""The vault's API as portal and treasury use it: signed calls over HTTP, and a trace of every reading."""

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pydantic import BaseModel

from demeu.contracts import vault as contract
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import calling
from demeu.kernel.operations import Empty, Operation
from demeu.kernel.sealing import make_seals, seal
from demeu.kernel.signing import load_keys, make_keys, sign_call
from demeu.roles import topology
from demeu.vault.api import api
from demeu.vault.messages.models import OutgoingMessage

pytestmark = pytest.mark.django_db
STAFF = "person:0a000000-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Keys of all roles, made for this test."""
    make_keys(tmp_path, topology.ROLES)
    settings.DEMEU_KEYS = tmp_path / "vault"
    calling.keyring.cache_clear()
    yield tmp_path
    calling.keyring.cache_clear()


@pytest.fixture
def asker(keys: Path) -> Any:
    """Ask as a role: `asker(operation, body)` gives (status, answer)."""

    def ask(
        operation: Operation[Any, Any],
        body: BaseModel,
        *,
        role: str = "portal",
        purpose: str = "case_review",
        key: str = "",
    ) -> tuple[int, dict[str, Any]]:
        content = body.model_dump_json().encode()
        token = sign_call(
            load_keys(keys / role, role), audience="vault", operation=operation.name, actor=STAFF, purpose=purpose,
            body=content,
        )  # fmt: skip
        headers = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": key or str(uuid4()),
            "Demeu-Deadline": f"{time.time() + 30:.3f}",
        }
        answer = Client().post(f"/api/{operation.name}", content, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    return ask


def _entered(asker: Any) -> UUID:
    status, answer = asker(
        contract.PERSON_ENTER,
        contract.PersonEnter(
            surname="Сейітова", given_name="Асель", iin="900101200010", phone="+77710009998", lang="kk"
        ),
    )
    assert status == 200, answer
    return UUID(answer["person"])


def test_every_operation_of_the_topology_is_served_and_nothing_else() -> None:
    served = {path.removeprefix("/api/") for path in api.get_openapi_schema()["paths"]}
    assert served == {*topology.MAY_ASK["vault"], "events.receive"}


def test_a_card_is_shown_and_the_person_sees_who_looked(asker: Any) -> None:
    person = _entered(asker)
    status, card = asker(contract.PERSON_CARD, contract.PersonQuestion(person=person))
    assert (status, card["display_name"], card["masked_phone"]) == (200, "Сейітова Асель", "+7 771 ••• •• 98")
    _, trail = asker(contract.ACCESS_TRAIL, contract.PersonQuestion(person=person), purpose="own_data")
    (line,) = trail["lines"]
    assert (line["actor"], line["operation"], line["purpose"]) == (STAFF, "people.card", "case_review")


def test_a_call_without_a_purpose_reads_nothing(asker: Any) -> None:
    person = _entered(asker)
    status, problem = asker(contract.PERSON_CARD, contract.PersonQuestion(person=person), purpose="")
    assert (status, problem["code"]) == (403, "access.no_purpose")


def test_a_caller_that_is_not_listed_is_refused(asker: Any) -> None:
    status, problem = asker(contract.PERSON_CARD, contract.PersonQuestion(person=uuid4()), role="treasury")
    assert (status, problem["code"]) == (403, "call.not_listed")


def test_a_person_entered_twice_under_one_key_is_one_person(asker: Any) -> None:
    body = contract.PersonEnter(surname="Без", given_name="Номера")
    first = asker(contract.PERSON_ENTER, body, key="key-for-one-person")
    assert asker(contract.PERSON_ENTER, body, key="key-for-one-person") == first


def test_a_consent_is_asked_refused_and_listed(asker: Any) -> None:
    person = _entered(asker)
    _, asked = asker(
        contract.CONSENT_ASK,
        contract.ConsentAsk(
            person=person, subject="application:1", purpose=Purpose.ASSESSMENT, registries=(Registry.CKS,),
            term_days=30, text_version="1",
        ),
    )  # fmt: skip
    answer = contract.ConsentAnswer(consent=asked["consent"], person=person)
    assert asker(contract.CONSENT_REFUSE, answer)[1]["state"] == "refused"
    assert asker(contract.CONSENT_WITHDRAW, answer)[1]["code"] == "consent.wrong_state"
    _, listed = asker(contract.CONSENT_LIST, contract.PersonQuestion(person=person))
    assert [one["state"] for one in listed["consents"]] == ["refused"]
    gather = contract.GatherFacts(
        person=person, subject="application:1", consent=asked["consent"], purpose=Purpose.ASSESSMENT
    )
    assert asker(contract.FACTS_GATHER, gather)[1]["code"] == "consent.missing"


def test_a_document_comes_back_as_it_was_and_its_reading_is_noted(asker: Any) -> None:
    person = _entered(asker)
    put = contract.DocumentPut(subject="application:1", kind="answers", person=person, text="жауап")
    _, kept = asker(contract.DOCUMENT_PUT, put)
    _, document = asker(contract.DOCUMENT_GET, contract.DocumentQuestion(document=kept["document"]))
    assert base64.b64decode(document["content_b64"]).decode() == "жауап"
    _, trail = asker(contract.ACCESS_TRAIL, contract.PersonQuestion(person=person))
    assert trail["lines"][0]["fields"] == ["document:answers"]


def test_unknown_things_are_refused_with_a_code(asker: Any) -> None:
    nobody = uuid4()
    household = contract.HouseholdQuestion(household=nobody, consent=nobody)
    refused = (
        (contract.PERSON_CARD, contract.PersonQuestion(person=nobody), "person.unknown"),
        (contract.FACTS_SHOW, household, "facts.unknown_household"),
        (contract.ASSESS, household, "facts.unknown_household"),
        (contract.FACTS_STATUS, contract.GatheringQuestion(gathering=nobody), "facts.unknown_gathering"),
        (contract.CONSENT_RECEIPT, contract.ConsentQuestion(consent=nobody), "consent.unknown"),
        (contract.DOCUMENT_GET, contract.DocumentQuestion(document=nobody), "document.unknown"),
        (contract.CODE_CHECK, contract.CodeCheck(code=nobody, digits="1"), "code.unknown"),
    )
    for operation, body, code in refused:
        assert asker(operation, body)[1]["code"] == code


def test_treasury_gets_codes_and_portal_gets_cards_of_payees(asker: Any) -> None:
    payee = uuid4()
    register = contract.PayeeRegister(payee=payee, name="«Протез»", bin="230940000019", iban="KZ62999SUPPLIER00001")
    assert asker(contract.PAYEE_REGISTER, register)[0] == 200
    assert len(asker(contract.PAYEE_LIST, Empty())[1]["payees"]) == 1
    question = contract.PayeeQuestion(payee=payee)
    assert asker(contract.PAYEE_SCREEN, question, role="treasury") == (
        200,
        {"codes": [], "signs": [], "changed_at": None},
    )
    assert asker(contract.PAYEE_SCREEN, question)[1]["code"] == "call.not_listed"


def test_words_sealed_by_portal_are_opened_before_they_are_kept(asker: Any, keys: Path) -> None:
    make_seals(keys, topology.ROLES)
    sealed = seal(keys / "portal", "vault", "жауап")
    _, kept = asker(
        contract.DOCUMENT_PUT, contract.DocumentPut(subject="a:1", kind="answers", text=sealed, sealed=True)
    )
    _, document = asker(contract.DOCUMENT_GET, contract.DocumentQuestion(document=kept["document"]))
    assert base64.b64decode(document["content_b64"]).decode() == "жауап"
    foreign = contract.DocumentPut(subject="a:1", kind="answers", text="not sealed", sealed=True)
    assert asker(contract.DOCUMENT_PUT, foreign)[1]["code"] == "seal.unreadable"


def test_a_null_character_is_bad_input_and_no_bug(asker: Any) -> None:
    body = contract.DocumentPut.model_construct(subject="a:\x00", kind="answers", person=None, text="x", sealed=False)
    assert asker(contract.DOCUMENT_PUT, body)[1]["code"] == "call.unreadable"
    harmless = contract.DocumentPut(subject="a:1", kind="answers", text="\\u0000")
    assert asker(contract.DOCUMENT_PUT, harmless)[0] == 200


def _by_number(keys: Path, **told: str) -> contract.PersonByNumber:
    make_seals(keys, topology.ROLES)
    words = json.dumps({"iin": "900101200010", "phone": "+77710009998", "lang": "kk"} | told)
    return contract.PersonByNumber(sealed=seal(keys / "portal", "vault", words))


def test_a_person_is_found_by_a_sealed_number_and_sees_it(asker: Any, keys: Path) -> None:
    status, first = asker(contract.PERSON_BY_NUMBER, _by_number(keys), purpose="pupil_aid")
    assert (status, first["known_before"]) == (200, False)
    _, card = asker(contract.PERSON_CARD, contract.PersonQuestion(person=first["person"]))
    assert (card["masked_iin"], card["masked_phone"], card["lang"]) == ("•••• •••• 0010", "+7 771 ••• •• 98", "kk")
    _, trail = asker(contract.ACCESS_TRAIL, contract.PersonQuestion(person=first["person"]), purpose="own_data")
    assert ("people.by_number", "pupil_aid") in {(line["operation"], line["purpose"]) for line in trail["lines"]}


def test_nobody_puts_their_own_phone_in_the_place_of_a_known_person(asker: Any, keys: Path) -> None:
    person = _entered(asker)
    _, found = asker(contract.PERSON_BY_NUMBER, _by_number(keys, phone="+77010000001"), purpose="pupil_aid")
    assert (UUID(found["person"]), found["known_before"]) == (person, True)
    assert asker(contract.PERSON_CARD, contract.PersonQuestion(person=person))[1]["masked_phone"].endswith("98")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"iin": "900101200011"}, "person.iin_invalid"),
        ({"phone": "12"}, "person.phone_invalid"),
        ({"lang": "de"}, "seal.unreadable"),
    ],
)
def test_a_sealed_number_that_cannot_be_is_refused(asker: Any, keys: Path, told: dict[str, str], code: str) -> None:
    assert asker(contract.PERSON_BY_NUMBER, _by_number(keys, **told))[1]["code"] == code


def test_who_may_know_the_category_only_sees_no_fact(asker: Any) -> None:
    nobody = contract.HouseholdQuestion(household=uuid4(), consent=uuid4())
    for operation in (contract.FACTS_SHOW, contract.FACTS_NEEDS):
        assert asker(operation, nobody, purpose="pupil_aid")[1]["code"] == "facts.category_only"
    question = contract.AssessmentQuestion(assessment=uuid4())
    assert asker(contract.ASSESSMENT_CHANGES, question, purpose="pupil_aid")[1]["code"] == "facts.category_only"


def test_a_code_for_aid_to_a_pupil_says_what_it_is_for(asker: Any) -> None:
    person = _entered(asker)
    asker(contract.CODE_SEND, contract.CodeSend(person=person, reason="pupil_aid"), purpose="pupil_aid")
    assert OutgoingMessage.objects.get().template == "pupil_aid_code"
