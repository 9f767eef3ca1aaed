"""Answers made to deceive: wrapped signatures, entities, bombs, foreign signers, and bytes without end.

Fuzzing takes DEMEU_FUZZ_SECONDS (15; `make soak` gives longer). A failure prints the bytes in hexadecimal.
"""

import os
import random
import time
from collections.abc import Callable

import pytest
from lxml import etree

from demeu.vault.households.registries.exchange import Element, Exchange, TypedFact, Unreadable, checked
from demeu.vault.households.registries.shep import async_envelope
from demeu.vault.households.registries.shep.envelope import SOAP, ShepFault, read_body
from demeu.vault.households.registries.tests.answers import (
    BY_SERVICE,
    INNER,
    SHEP,
    STRANGER,
    body_of,
    data_of,
    parsed,
    read_wire,
    signed_answer,
)
from demeu.vault.identity.eds import EdsError, sign_body

SECONDS = float(os.environ.get("DEMEU_FUZZ_SECONDS", "15"))
ONE_S_MAX = 2.0
REFUSED = (EdsError, ShepFault, Unreadable, etree.XMLSyntaxError)
CKS = BY_SERVICE["DEMEU_CKS_FAMILY"]
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"


@pytest.mark.parametrize("service", sorted(INNER))
def test_a_signed_answer_of_every_registry_is_read(service: str) -> None:
    assert read_wire(signed_answer(service), BY_SERVICE[service])


def _forged() -> Element:
    """The body that an attacker wants to be read: no hardship."""
    rich = data_of("DEMEU_CKS_FAMILY").replace(b"<hardship>true", b"<hardship>false")
    return etree.fromstring(body_of(rich, "m-2"))[0]


def _wrapped_in_header(root: Element, body: Element) -> None:
    """The signed body moves into the header, a forged one takes its place."""
    header = root.find(f"{{{SOAP}}}Header")
    assert header is not None
    root.replace(body, _forged())
    etree.SubElement(header, "wrapper").append(body)


def _wrapped_beside(root: Element, body: Element) -> None:
    """A forged body of the same name stands first."""
    forged = _forged()
    forged.set(f"{{{WSU}}}Id", body.get(f"{{{WSU}}}Id", ""))
    body.addprevious(forged)


def _wrapped_inside(root: Element, body: Element) -> None:
    """The signed body moves into the forged one."""
    forged = _forged()
    root.replace(body, forged)
    forged.append(body)


def _without_signature(root: Element, body: Element) -> None:
    header = root.find(f"{{{SOAP}}}Header")
    assert header is not None
    root.remove(header)


def _changed(root: Element, body: Element) -> None:
    for hardship in body.iter("hardship"):
        hardship.text = "false"


@pytest.mark.parametrize("attack", [_wrapped_in_header, _wrapped_beside, _wrapped_inside, _without_signature, _changed])
def test_only_what_the_signature_covers_is_ever_read(attack: Callable[[Element, Element], None]) -> None:
    root = etree.fromstring(signed_answer("DEMEU_CKS_FAMILY"))
    body = root.find(f"{{{SOAP}}}Body")
    assert body is not None
    attack(root, body)
    with pytest.raises(REFUSED):
        read_wire(etree.tostring(root), CKS)


def test_a_stranger_s_signature_is_no_signature() -> None:
    with pytest.raises(EdsError):
        read_wire(sign_body(body_of(data_of("DEMEU_CKS_FAMILY")), STRANGER.key), CKS)


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
BOMBS = {
    "billion laughs": b'<!DOCTYPE x [<!ENTITY l0 "ha">' + LAUGHS + b"]>",
    "a file": b'<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    "an address": b'<!DOCTYPE x [<!ENTITY l9 SYSTEM "http://127.0.0.1:9/x">]>',
    "a parameter": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
}


@pytest.mark.parametrize("bomb", sorted(BOMBS))
def test_entities_are_refused_at_once_before_any_signature_is_looked_at(bomb: str) -> None:
    began = time.process_time()
    with pytest.raises(REFUSED):
        read_wire(BOMBS[bomb] + signed_answer("DEMEU_CKS_FAMILY").replace(b"F</familyId>", b"&l9;</familyId>"), CKS)
    assert time.process_time() - began < ONE_S_MAX


@pytest.mark.parametrize("bomb", sorted(BOMBS))
def test_entities_of_an_escaped_document_are_refused_though_the_bus_signed_them(bomb: str) -> None:
    exchange = BY_SERVICE["DEMEU_PKB_CREDIT"]
    data = etree.Element("data")
    data.text = (
        BOMBS[bomb].decode() + f'<CreditReport xmlns="{exchange.namespace}" IIN="900101200010">&l9;</CreditReport>'
    )
    with pytest.raises(REFUSED):
        read_wire(sign_body(body_of(etree.tostring(data)), SHEP.key), exchange)


def test_a_deep_and_a_wide_answer_end_soon() -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    wide = b"<member/>" * 200_000
    for inner in (deep, wide):
        began = time.process_time()
        with pytest.raises(REFUSED):
            read_wire(body_of(b"<data>" + inner + b"</data>"), CKS)
        assert time.process_time() - began < ONE_S_MAX


RUBBISH = (b"<", b">", b"&#0;", b"]]>", b"<!--", b"-1", b"9" * 40, b"\xd0", b"<x/>", b"1e9", b"NaN", b"2026-13-40")


def _bent(samples: list[bytes], chance: random.Random) -> bytes:
    """One sample with a few places changed, dropped, doubled, or replaced by a part of another sample."""
    source = bytearray(chance.choice(samples))
    for _ in range(chance.randint(1, 4)):
        here, size = chance.randrange(len(source) + 1), chance.choice((1, 2, 8, chance.randint(1, 300)))
        other = chance.choice(samples)
        there = chance.randrange(len(other))
        put = chance.choice(
            (
                bytes([chance.randrange(256)]),
                other[there : there + size],
                b"",
                bytes(source[here : here + size]) * chance.choice((2, 200)),
                chance.choice(RUBBISH),
            )
        )
        source[here : here + chance.choice((0, 1, size))] = put
    return bytes(source)


def _until_the_end(check: Callable[[random.Random], None]) -> None:
    tried, ends_at = 0, time.monotonic() + SECONDS
    while time.monotonic() < ends_at:
        check(random.Random(tried))
        tried += 1
    assert tried > SECONDS


@pytest.mark.timeout(SECONDS + 120)
def test_no_bytes_from_the_network_crash_hang_or_are_taken_for_what_was_signed() -> None:
    samples = [signed_answer(service) for service in sorted(INNER)]
    true = {service: read_wire(signed_answer(service), BY_SERVICE[service]) for service in INNER}
    exchanges = [BY_SERVICE[service] for service in sorted(INNER)]

    def check(chance: random.Random) -> None:
        source, exchange = _bent(samples, chance), chance.choice(exchanges)
        began = time.process_time()
        try:
            found = read_wire(source, exchange)
        except REFUSED:
            found = None
        assert time.process_time() - began < ONE_S_MAX, source.hex()
        assert found is None or found == true[exchange.service_id], source.hex()

    _until_the_end(check)


READERS: list[Callable[[bytes], object]] = [
    read_body,
    async_envelope.read_messages,
    async_envelope.read_state,
    async_envelope.acknowledged,
    lambda body: async_envelope.read_sent(body, "m-1"),
]


@pytest.mark.timeout(SECONDS + 120)
def test_no_answer_of_a_registry_itself_crashes_an_adapter_or_the_queue() -> None:
    """A registry may be wrong or broken into: behind a good signature anything may stand."""
    samples = [data_of(service) for service in sorted(INNER)]
    bodies = [etree.tostring(etree.fromstring(body_of(sample))[0]) for sample in samples]
    queue = f'<asy:getMessagesResponse xmlns:asy="{async_envelope.TYPES}"><response><message><messageInfo><messageId>1'
    queue += "</messageId><serviceId>DEMEU_MCHS_EVENTS</serviceId></messageInfo><messageData><data/></messageData>"
    queue += "</message></response></asy:getMessagesResponse>"
    bodies.append(f'<s:Body xmlns:s="{SOAP}">{queue}</s:Body>'.encode())
    exchanges = sorted(BY_SERVICE.values(), key=lambda one: one.service_id)

    def check(chance: random.Random) -> None:
        source, exchange = _bent(samples, chance), chance.choice(exchanges)
        try:
            facts = _read(source, exchange)
        except REFUSED:
            facts = []
        assert all(len(fact.code) <= 60 for fact in facts), source.hex()
        body, reader = _bent(bodies, chance), chance.choice(READERS)
        try:
            reader(body)
        except REFUSED:
            return

    _until_the_end(check)


def _read(source: bytes, exchange: Exchange) -> list[TypedFact]:
    return exchange.read(checked(parsed(source), exchange))
