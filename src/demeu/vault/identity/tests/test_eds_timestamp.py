"""A timestamp token is named and judged by itself; whatever it is, it never changes the verdict about a signature."""

from datetime import UTC, datetime

from demeu.vault.identity.eds import Code, Trust, oids, verify_cms
from demeu.vault.identity.eds.timestamp import Timestamp, judge_timestamp
from demeu.vault.identity.tests.authority import Authority, Holder, sign_cms, timestamp_token

AT, STAMPED = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
AUTHORITY = Authority()
AIGUL = AUTHORITY.issue()
CLOCK = AUTHORITY.issue("", usages=(oids.TIME_STAMPING,))
NAME = "gost3410-2015-512"


def judged(token: bytes | None, trust: Trust | None = AUTHORITY.trust, clock: Holder = CLOCK) -> Timestamp | None:
    """What is said of a token beside a good signature; the good signature stays good."""
    make = (lambda signature: timestamp_token(signature, clock, STAMPED)) if token is None else (lambda _: token)
    verdict = verify_cms(sign_cms(b"1", AIGUL, attached=True, timestamp=make), None, AUTHORITY.trust, AT)
    assert verdict.accept
    return judge_timestamp(verdict.signers[0], trust)


def test_a_token_of_a_trusted_authority_is_verified() -> None:
    assert judged(None) == Timestamp(Code.OK, NAME, STAMPED)


def test_a_token_over_another_signature_is_not() -> None:
    assert judged(timestamp_token(b"another signature", CLOCK, STAMPED)) == Timestamp(
        Code.DIGEST_MISMATCH, NAME, STAMPED
    )


def test_a_person_or_a_stranger_stamps_no_time() -> None:
    assert judged(None, clock=AIGUL) == Timestamp(Code.UNTRUSTED_RESPONDER, NAME, STAMPED)
    stranger = Authority("БӨТЕН", 5000).issue("", usages=(oids.TIME_STAMPING,))
    assert judged(None, clock=stranger) == Timestamp(Code.UNTRUSTED_ISSUER, NAME, STAMPED)


def test_a_token_of_the_older_algorithm_is_named_as_not_supported() -> None:
    older = timestamp_token(b"1", CLOCK, STAMPED).replace(
        b"\x06\x0a\x2a\x83\x0e\x03\x0a\x01\x01\x02\x03\x02\x05\0\x04",
        b"\x06\x0a\x2a\x83\x0e\x03\x0a\x01\x01\x01\x02\x00\x05\0\x04",
    )
    found = judged(older)
    assert found is not None
    assert (found.code, found.at) == (Code.UNSUPPORTED_ALGORITHM, STAMPED)


def test_what_is_no_token_is_malformed_and_none_is_none() -> None:
    assert judged(b"\x05\0") == Timestamp(Code.MALFORMED)
    assert judged(sign_cms(b"1", CLOCK, attached=True)) == Timestamp(Code.MALFORMED)
    plain = verify_cms(sign_cms(b"1", AIGUL, attached=True), None, AUTHORITY.trust, AT)
    assert judge_timestamp(plain.signers[0], AUTHORITY.trust) is None
