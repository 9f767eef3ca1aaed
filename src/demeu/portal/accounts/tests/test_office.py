"""The roles of staff need a key that is known to be good at sign-in; a vault on a real port says what it found."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from demeu.contracts.vault import SignedInPerson
from demeu.contracts.words import Role
from demeu.kernel import calling, signing
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.accounts.queries import actor_of
from demeu.portal.accounts.rules import STAFF, opens_office, without_office

pytestmark = pytest.mark.django_db
DESK = "/desk/audit/"
SignIn = Callable[[UUID, str], None]


@pytest.fixture
def sign_in(client: Client, tmp_path: Path, settings: object) -> Iterator[SignIn]:
    """Signs the client in as somebody whose key has this status."""
    found: list[SignedInPerson] = []

    class Vault(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            asked = self.path == "/api/identity.complete"
            content = found[-1].model_dump_json().encode() if asked else b""
            self.send_response(200 if asked else 503)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Vault)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]
    address = f"http://127.0.0.1:{server.server_port}"
    settings.DEMEU_ADDRESSES = settings.DEMEU_ADDRESSES | {"vault": address}  # type: ignore[attr-defined]
    forget_calls()

    def finish(person: UUID, status: str) -> None:
        found.append(SignedInPerson(person=person, certificate_status=status))
        answer = client.post("/sign-in/", {"attempt": str(new_id()), "cms": "signed"})
        assert (answer.status_code, answer["Location"]) == (302, "/my/")

    yield finish
    forget_calls()
    server.shutdown()
    server.server_close()


def forget_calls() -> None:
    """Other tests have asked a vault that is away, with other keys."""
    for kept in (calling._client, calling.keyring):
        kept.cache_clear()
    calling._breakers.clear()


def words(answer: HttpResponse) -> str:
    """The page's text with plain spaces."""
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def auditor() -> UUID:
    person = new_id()
    give_role(person=person, role=Role.AUDITOR, by="operator:test")
    return person


def test_a_key_known_to_be_good_opens_the_desk(client: Client, sign_in: SignIn) -> None:
    sign_in(auditor(), "good")
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize("status", ["unknown", "", "GOOD"])
def test_with_any_other_key_the_desk_stays_closed_and_says_why(client: Client, sign_in: SignIn, status: str) -> None:
    sign_in(auditor(), status)
    answer = client.get(DESK, headers={"accept-language": "en"})
    assert answer.status_code == 403
    assert "it could not be checked that your key is good" in words(answer)


def test_the_next_sign_in_decides_anew(client: Client, sign_in: SignIn) -> None:
    person = auditor()
    sign_in(person, "good")
    sign_in(person, "unknown")
    assert client.get(DESK).status_code == 403
    sign_in(person, "good")
    assert client.get(DESK).status_code == 200


def test_a_session_that_says_nothing_of_the_key_has_no_role_of_staff(client: Client) -> None:
    session = client.session
    session["person"] = str(auditor())
    session.save()
    assert client.get(DESK).status_code == 403


def test_whoever_has_no_role_of_staff_is_not_held_up(client: Client, sign_in: SignIn) -> None:
    sign_in(new_id(), "unknown")
    assert client.get("/my/").status_code == 200
    refused = client.get(DESK, headers={"accept-language": "en"})
    assert "Your roles do not open it." in words(refused)


def test_withheld_roles_leave_nothing_of_themselves() -> None:
    person = new_id()
    give_role(person=person, role=Role.CURATOR, by="operator:test", regions=["35"], organization="Centre")
    actor = without_office(actor_of(person))
    assert (actor.roles & STAFF, actor.regions, actor.organization) == (frozenset(), {}, "")
    assert actor.withheld == {Role.CURATOR}
    assert actor.is_(Role.APPLICANT, Role.DONOR)
    assert [word for word in ("good", "unknown", "revoked") if opens_office(word)] == ["good"]
