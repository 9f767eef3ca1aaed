"""A call is served only when signed by a listed caller, for this audience, operation and body, within a minute."""

import time
from pathlib import Path

import pytest
from joserfc import jwt

from demeu.kernel import sealing, signing
from demeu.kernel.errors import Refusal

BODY = b'{"a": 1}'


@pytest.fixture
def rings(tmp_path: Path) -> dict[str, signing.Keyring]:
    signing.make_keys(tmp_path, ["portal", "vault", "treasury"])
    return {role: signing.load_keys(tmp_path / role, role) for role in ("portal", "vault", "treasury")}


def token(rings: dict[str, signing.Keyring], *, caller: str = "portal", audience: str = "vault") -> str:
    return signing.sign_call(
        rings[caller], audience=audience, operation="people.card", actor="person:1", purpose="p", body=BODY
    )


def refused(ring: signing.Keyring, signed: str, *, operation: str = "people.card", body: bytes = BODY) -> str:
    with pytest.raises(Refusal) as refusal:
        signing.verify_call(ring, signed, operation=operation, body=body, callers=["portal"])
    return refusal.value.code


def test_a_signed_call_of_a_listed_caller_is_served(rings: dict[str, signing.Keyring]) -> None:
    claims = signing.verify_call(rings["vault"], token(rings), operation="people.card", body=BODY, callers=["portal"])
    assert (claims.caller, claims.actor, claims.purpose) == ("portal", "person:1", "p")


def test_an_unsigned_call_is_refused(rings: dict[str, signing.Keyring]) -> None:
    unsigned = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJwb3J0YWwifQ."
    assert [refused(rings["vault"], bad) for bad in ("", "-", "a.b.c", unsigned)] == ["call.unsigned"] * 4


def test_a_call_signed_by_another_key_is_refused(rings: dict[str, signing.Keyring], tmp_path: Path) -> None:
    signing.make_keys(tmp_path / "other", ["portal"])
    stranger = signing.load_keys(tmp_path / "other" / "portal", "portal")
    assert refused(rings["vault"], token({"portal": stranger})) == "call.unsigned"


def test_a_call_for_another_service_or_operation_is_refused(rings: dict[str, signing.Keyring]) -> None:
    assert refused(rings["vault"], token(rings, audience="treasury")) == "call.misdirected"
    assert refused(rings["vault"], token(rings), operation="people.enter") == "call.misdirected"


def test_a_call_with_another_body_is_refused(rings: dict[str, signing.Keyring]) -> None:
    assert refused(rings["vault"], token(rings), body=b'{"a": 2}') == "call.altered"


def test_a_caller_who_is_not_listed_is_refused(rings: dict[str, signing.Keyring]) -> None:
    assert refused(rings["vault"], token(rings, caller="treasury")) == "call.not_listed"


@pytest.mark.parametrize(("age_s", "life_s", "code"), [(120, 60, "call.expired"), (0, 3600, "call.unsigned")])
def test_an_expired_or_too_long_lived_call_is_refused(
    rings: dict[str, signing.Keyring], age_s: int, life_s: int, code: str
) -> None:
    issued = int(time.time()) - age_s
    claims = {
        "iss": "portal", "aud": "vault", "op": "people.card", "actor": "", "purpose": "",
        "bh": signing.body_digest(BODY), "iat": issued, "exp": issued + life_s,
    }  # fmt: skip
    made = jwt.encode({"alg": signing.ALGORITHM}, claims, rings["portal"].private, algorithms=signing.ALGORITHMS)
    assert refused(rings["vault"], made) == code


def test_keys_are_made_once_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    signing.make_keys(tmp_path, ["portal"])
    before = (tmp_path / "portal" / "private.jwk").read_text()
    signing.make_keys(tmp_path, ["portal", "vault"])
    assert (tmp_path / "portal" / "private.jwk").read_text() == before
    for name in ("private.jwk", "seal.jwk"):
        assert (tmp_path / "portal" / name).stat().st_mode & 0o077 == 0


def test_sealed_words_are_read_by_their_addressee_only(tmp_path: Path) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    sealed = sealing.seal(tmp_path / "portal", "vault", "Көмек керек")
    assert "Көмек" not in sealed and sealing.unseal(tmp_path / "vault", sealed) == "Көмек керек"
    for folder, words in (
        (tmp_path / "portal", sealed),
        (tmp_path / "vault", "junk"),
        (tmp_path / "vault", sealed[:-5]),
    ):
        with pytest.raises(Refusal) as refusal:
            sealing.unseal(folder, words)
        assert refusal.value.code == "seal.unreadable"
