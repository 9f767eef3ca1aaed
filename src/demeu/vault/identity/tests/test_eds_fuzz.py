"""Bent and spliced messages without end: no crash, no hang, and nothing is accepted but what was signed.

Each parser is tried for DEMEU_FUZZ_SECONDS (15; `make soak` gives hours). A failure prints the bytes in hexadecimal.
"""

import base64
import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from demeu.vault.identity.eds import Verdict, sign_body, verify_cms, verify_xml
from demeu.vault.identity.tests.authority import Authority, sign_cms, timestamp_token
from demeu.vault.identity.tests.test_eds_cms import indefinite
from demeu.vault.identity.tests.test_eds_xml import C14N, DOCUMENT, ENVELOPE, enveloped

SECONDS = float(os.environ.get("DEMEU_FUZZ_SECONDS", "15"))
ONE_S_MAX = 2.0
AT = datetime(2026, 6, 1, tzinfo=UTC)
AUTHORITY = Authority()
PERSON, OTHER = AUTHORITY.issue(), AUTHORITY.issue("790215300011")
STAMPED = sign_cms(b"text", PERSON, attached=True, timestamp=lambda signed: timestamp_token(signed, OTHER, AT))
CMS = [
    sign_cms(b"text", PERSON, attached=True),
    sign_cms(b"text", PERSON, OTHER, attached=True),
    indefinite(sign_cms(b"text", PERSON, attached=True)),
    b"-----BEGIN CMS-----\n" + base64.encodebytes(STAMPED) + b"-----END CMS-----\n",
    STAMPED,
]
XML = [
    enveloped(DOCUMENT, PERSON),
    enveloped(DOCUMENT, PERSON, C14N + "#WithComments"),
    enveloped(enveloped(DOCUMENT, PERSON), OTHER),
]
SOAP = [sign_body(ENVELOPE, PERSON.key), sign_body(sign_body(ENVELOPE, PERSON.key), OTHER.key)]
Judge = Callable[[bytes], Verdict]


def judge_cms(source: bytes) -> Verdict:
    return verify_cms(source, None, AUTHORITY.trust, AT)


def judge_xml(source: bytes) -> Verdict:
    return verify_xml(source, AUTHORITY.trust, AT)


def bent(samples: list[bytes], chance: random.Random) -> bytes:
    """One sample with a few places changed, dropped, doubled, or replaced by a part of another sample."""
    source = bytearray(chance.choice(samples))
    for _ in range(chance.randint(1, 4)):
        here = chance.randrange(len(source) + 1)
        size = chance.choice((1, 1, 2, 4, 16, chance.randint(1, 400)))
        other = chance.choice(samples)
        there = chance.randrange(len(other))
        put = {
            "byte": bytes([chance.choice((0, 0x30, 0x7F, 0x80, 0x84, 0xFF, chance.randrange(256)))]),
            "part": other[there : there + size],
            "drop": b"",
            "again": bytes(source[here : here + size]) * chance.choice((2, 3, 200)),
            "noise": chance.randbytes(size),
        }[chance.choice(("byte", "byte", "part", "drop", "again", "noise"))]
        source[here : here + chance.choice((0, 1, size))] = put
    return bytes(source)


@pytest.mark.timeout(SECONDS + 120)
@pytest.mark.parametrize(("judge", "samples"), [(judge_cms, CMS), (judge_xml, XML), (judge_xml, SOAP)])
def test_no_bytes_crash_hang_or_are_taken_for_what_was_signed(judge: Judge, samples: list[bytes]) -> None:
    verdicts = [judge(sample) for sample in samples]
    assert all(verdict.accept for verdict in verdicts)
    signed = {verdict.content for verdict in verdicts}

    def check(source: bytes) -> None:
        began = time.process_time()
        verdict = judge(source)
        assert time.process_time() - began < ONE_S_MAX, source.hex()
        assert not verdict.accept or verdict.content in signed, source.hex()

    tried, ends_at = 0, time.monotonic() + SECONDS
    while time.monotonic() < ends_at:
        check(bent(samples, random.Random(tried)))
        if tried % 500 == 0:
            noise(check, tried)
        tried += 1
    assert tried > SECONDS


def noise(check: Callable[[bytes], None], number: int) -> None:
    """Bytes that Hypothesis thinks of."""

    @seed(number)
    @settings(max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=2000))
    def run(source: bytes) -> None:
        check(source)

    run()
