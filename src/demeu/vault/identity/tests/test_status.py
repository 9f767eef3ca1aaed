"""Whether a key is good now: a real responder over HTTP, young answers only, and no silence taken for consent."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from pytest_django import Settings

from demeu.vault.identity.eds import Code, Trust, der
from demeu.vault.identity.eds.ocsp import question
from demeu.vault.identity.status import status_now
from demeu.vault.identity.tests.authority import Authority

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
AUTHORITY = Authority()
PERSON, OTHER = AUTHORITY.issue(), AUTHORITY.issue("790215300011")
ISSUER = AUTHORITY.issuing.certificate
REVOKED = b"\xa1\x11\x18\x0f20261101000000Z"
Answer = Callable[[bytes], bytes]


class Responder(HTTPServer):
    """Answers every question by `answer`, which is given the nonce of the question."""

    answer: Answer = staticmethod(lambda nonce: b"")


class ResponderAnswers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        assert isinstance(self.server, Responder)
        told = self.server.answer(asked[-16:])
        self.send_response(200 if told else 503)
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def responder(settings: Settings) -> Iterator[Responder]:
    server = Responder(("127.0.0.1", 0), ResponderAnswers)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.DEMEU_VAULT_OCSP_URL = f"http://127.0.0.1:{server.server_port}/"
    yield server
    server.shutdown()
    server.server_close()


def says(at: datetime = AT, holder: object = PERSON, **more: bytes) -> Answer:
    def answer(nonce: bytes) -> bytes:
        told = {"nonce": der.encode(der.OCTET_STRING, nonce), **more}
        return AUTHORITY.answer(holder, AUTHORITY.issuing, at, **told)  # type: ignore[arg-type]

    return answer


def status(trust: Trust = AUTHORITY.trust) -> Code | None:
    found = status_now(PERSON.certificate, ISSUER, trust, AT)
    return found.code if found is not None else None


def with_list(at: datetime, until: datetime, revoked: bool = False) -> Trust:
    lists = AUTHORITY.revocation_list(*([PERSON] if revoked else []), at=at, until=until)
    return Trust(AUTHORITY.trust.anchors, AUTHORITY.trust.intermediates, ((lists, ISSUER),))


def test_the_question_ends_with_its_nonce() -> None:
    assert question(PERSON.certificate, ISSUER, bytes(range(16))).endswith(bytes(range(16)))


def test_a_young_answer_is_believed(responder: Responder) -> None:
    for code, answer in {
        Code.GOOD: says(),
        Code.REVOKED: says(state=REVOKED),
        Code.UNKNOWN: says(state=b"\x82\0"),
        Code.NONCE_MISMATCH: says(nonce=b"\x04\x01\x01"),
        Code.NOT_COVERED: says(holder=OTHER),
    }.items():
        responder.answer = answer
        assert status() is code


def test_an_answer_is_good_for_an_hour_and_revoked_for_ever(responder: Responder) -> None:
    responder.answer = says(AT - timedelta(minutes=59))
    assert status() is Code.GOOD
    responder.answer = says(AT - timedelta(minutes=61))
    assert status() is Code.STALE
    responder.answer = says(AT - timedelta(hours=20), state=REVOKED)
    assert status() is Code.REVOKED


def test_a_clock_half_a_minute_apart_is_forgiven(responder: Responder) -> None:
    responder.answer = says(AT + timedelta(seconds=30))
    assert status() is Code.GOOD


def test_where_the_responder_is_silent_a_young_list_speaks(responder: Responder) -> None:
    assert status() is Code.UNAVAILABLE
    week = AT + timedelta(days=7)
    assert status(with_list(AT - timedelta(minutes=30), week)) is Code.GOOD
    assert status(with_list(AT - timedelta(hours=2), week)) is Code.STALE
    assert status(with_list(AT - timedelta(hours=2), week, revoked=True)) is Code.REVOKED


def test_a_list_that_is_over_still_revokes(settings: Settings) -> None:
    settings.DEMEU_VAULT_OCSP_URL = ""
    over = AT - timedelta(days=1)
    assert status(with_list(AT - timedelta(days=9), over, revoked=True)) is Code.REVOKED
    assert status(with_list(AT - timedelta(days=9), over)) is Code.STALE
    assert status() is None
