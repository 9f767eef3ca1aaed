"""The operations of identity, through their handlers: shapes of the contract in, shapes of the contract out."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from demeu.contracts import vault
from demeu.kernel import clock
from demeu.kernel.serving import Call, operation_api
from demeu.vault.identity import api
from demeu.vault.identity.tests.authority import Authority, sign_cms

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
AUTHORITY = Authority()
MOTHER = AUTHORITY.issue("900101200010")
CALL = Call("portal", "guest", "sign_in", "", 0.0)
SESSION, ORIGIN = "session-word-of-the-browser", "http://127.0.0.1:8000"


def signed(begun: vault.IdentityBegun) -> str:
    return base64.b64encode(sign_cms(base64.b64decode(begun.to_sign_b64), MOTHER, at=AT)).decode()


def test_a_person_signs_in_and_signs_a_document(tmp_path: Path, settings: Settings) -> None:
    settings.DEMEU_VAULT_TRUST = str(tmp_path)
    (tmp_path / "root.cer").write_bytes(AUTHORITY.root.der)
    (tmp_path / "issuing.cer").write_bytes(AUTHORITY.issuing.der)
    with clock.frozen(AT):
        begun = api.identity_begin(CALL, vault.IdentityBegin(session=SESSION, origin=ORIGIN, lang="kk"))
        complete = vault.IdentityComplete(attempt=begun.attempt, session=SESSION, cms=signed(begun))
        person = api.identity_complete(CALL, complete)
        assert (person.certificate_roles, person.certificate_status) == (("individual",), "unknown")
        document = vault.SignatureBegin(
            person=person.person, session=SESSION, origin=ORIGIN, kind="consent", subject="consent:1", text="Келісім"
        )
        begun = api.signature_begin(CALL, document)
        kept = api.signature_complete(
            CALL,
            vault.SignatureComplete(attempt=begun.attempt, person=person.person, session=SESSION, cms=signed(begun)),
        )
    assert len(kept.signed_sha256) == 64


def test_all_four_operations_are_served() -> None:
    served = operation_api("vault-identity-test")
    api.serve(served)
    paths = set(served.get_openapi_schema(path_prefix="")["paths"])
    wanted = {"identity.begin", "identity.complete", "signatures.begin", "signatures.complete"}
    assert {f"/{name}" for name in wanted} <= paths
