"""OCSP answers of a test authority: only a right, fresh answer about this very certificate says `good`."""

from datetime import UTC, datetime, timedelta

import pytest

from demeu.vault.identity.eds import Code, oids
from demeu.vault.identity.eds.der import OCTET_STRING, encode
from demeu.vault.identity.eds.ocsp import ocsp_status
from demeu.vault.identity.tests.authority import Authority, Holder

AT = datetime(2026, 6, 1, tzinfo=UTC)
AUTHORITY = Authority()
PERSON, NEIGHBOUR = AUTHORITY.issue(), AUTHORITY.issue("790215300011")
RESPONDER = AUTHORITY.issue("", usages=(oids.OCSP_SIGNING,))
NONCE = bytes(range(16))


def status(source: bytes, at: datetime = AT, nonce: bytes | None = None, holder: Holder = PERSON) -> Code:
    return ocsp_status(source, holder.certificate, AUTHORITY.issuing.certificate, at, nonce).code


def test_a_delegate_and_the_issuer_itself_may_answer() -> None:
    for responder in (RESPONDER, AUTHORITY.issuing):
        assert status(AUTHORITY.answer(PERSON, responder, AT)) is Code.GOOD


def test_a_person_or_the_delegate_of_another_authority_may_not() -> None:
    stranger = Authority("БӨТЕН", 5000).issue("", usages=(oids.OCSP_SIGNING,))
    for responder in (NEIGHBOUR, stranger):
        assert status(AUTHORITY.answer(PERSON, responder, AT)) is Code.UNTRUSTED_RESPONDER


def test_an_expired_delegate_may_not_answer() -> None:
    late = AUTHORITY.issue("", usages=(oids.OCSP_SIGNING,), until=AT - timedelta(days=1))
    assert status(AUTHORITY.answer(PERSON, late, AT)) is Code.EXPIRED


def test_the_nonce_that_was_sent_must_come_back() -> None:
    answered = AUTHORITY.answer(PERSON, RESPONDER, AT, nonce=encode(OCTET_STRING, NONCE))
    assert status(answered, nonce=NONCE) is Code.GOOD
    assert status(answered) is Code.GOOD
    assert status(answered, nonce=NONCE[::-1]) is Code.NONCE_MISMATCH
    assert status(AUTHORITY.answer(PERSON, RESPONDER, AT), nonce=NONCE) is Code.NONCE_MISMATCH


def test_an_answer_about_somebody_else_covers_nobody_here() -> None:
    assert status(AUTHORITY.answer(NEIGHBOUR, RESPONDER, AT)) is Code.NOT_COVERED
    other_issuer = AUTHORITY.answer(PERSON, RESPONDER, AT, issuer_name=AUTHORITY.root.subject_name)
    assert status(other_issuer) is Code.NOT_COVERED


@pytest.mark.parametrize(
    ("after", "code"),
    [(-1, Code.NOT_YET_VALID), (0, Code.GOOD), (86_400, Code.GOOD), (86_401, Code.STALE)],
)
def test_without_a_next_update_an_answer_is_fresh_for_a_day(after: int, code: Code) -> None:
    assert status(AUTHORITY.answer(PERSON, RESPONDER, AT), AT + timedelta(seconds=after)) is code


def test_a_next_update_ends_an_answer() -> None:
    next_update = encode(0xA0, encode(0x18, b"20260601010000Z"))
    answered = AUTHORITY.answer(PERSON, RESPONDER, AT, next_update=next_update)
    assert status(answered, AT + timedelta(hours=1)) is Code.GOOD
    assert status(answered, AT + timedelta(hours=1, seconds=1)) is Code.STALE


def test_unknown_is_not_good_and_a_changed_answer_is_refused() -> None:
    unknown = AUTHORITY.answer(PERSON, RESPONDER, AT, state=b"\x82\0")
    assert status(unknown) is Code.UNKNOWN
    bent = unknown.replace(b"\x82\0\x18", b"\x80\0\x18")
    assert status(bent) is Code.BAD_SIGNATURE


def test_never_issued_is_revoked() -> None:
    state = encode(0xA1, encode(0x18, b"19700101000000Z") + encode(0xA0, encode(0x0A, b"\6")))
    found = ocsp_status(
        AUTHORITY.answer(PERSON, RESPONDER, AT, state=state), PERSON.certificate, AUTHORITY.issuing.certificate, AT
    )
    assert (found.code, found.reason) == (Code.REVOKED, "certificate_hold")
    assert found.revoked_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_responder_that_is_busy_gave_no_answer() -> None:
    assert status(b"\x30\x03\x0a\x01\x03") is Code.UNAVAILABLE
    assert status(b"\x30\x03\x0a\x01\x00") is Code.MALFORMED
