"""Signing in by providers that others wrote; and everything a false one, or a thief of codes, may try."""

import base64
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from pytest_django import Settings

from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.vault.identity.models import SigningAttempt
from demeu.vault.identity.oidc.actions import Returned, Sent, begin_oidc, complete_oidc
from demeu.vault.identity.oidc.tokens import BadToken, read_id_token
from demeu.vault.identity.tests.providers import REDIRECT, Running, node_provider, python_provider
from demeu.vault.people.queries import person_card

pytestmark = pytest.mark.django_db
SESSION, OTHER_SESSION = "session-word-of-the-browser", "session-word-of-another-one"


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Running, Running]]:
    with node_provider() as node, python_provider() as python:
        yield node, python


@pytest.fixture(params=["node", "python"])
def chosen(request: pytest.FixtureRequest, both: tuple[Running, Running], offered: None) -> Running:
    return both[0] if request.param == "node" else both[1]


@pytest.fixture
def offered(both: tuple[Running, Running], tmp_path: Path, settings: Settings) -> None:
    offer(tmp_path, settings, *(one.configured() for one in both))


def offer(folder: Path, settings: Settings, *entries: dict[str, object]) -> None:
    path = folder / "providers.json"
    path.write_text(json.dumps(entries))
    settings.DEMEU_VAULT_OIDC_PROVIDERS = str(path)


def begin(name: str) -> Sent:
    return begin_oidc(name=name, session=SESSION, redirect_uri=REDIRECT.format(name=name), lang="kk")


def returned(brought: dict[str, str], **changed: str) -> Returned:
    found = {**brought, **changed}
    return Returned(found["state"], found.get("code", ""), found.get("iss", ""), found.get("error", ""))


def complete(name: str, brought: Returned, session: str = SESSION) -> UUID:
    return complete_oidc(name=name, session=session, returned=brought)


def refused(name: str, brought: Returned, session: str = SESSION) -> str:
    with pytest.raises(Refusal) as caught:
        complete(name, brought, session)
    return caught.value.code


def test_a_person_signs_in_and_is_the_same_the_next_time(chosen: Running) -> None:
    people = {complete(chosen.name, returned(chosen.come_back(begin(chosen.name).address))) for _ in range(2)}
    (person,) = people
    assert person_card(person).display_name == "Ахметова Айгүл Серікқызы"


def test_the_address_carries_pkce_state_and_nonce_and_no_secret(chosen: Running) -> None:
    sent = begin(chosen.name)
    query = {name: values[0] for name, values in parse_qs(urlsplit(sent.address).query).items()}
    assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
    assert all(len(query[name]) >= 43 for name in ("state", "nonce", "code_challenge"))
    assert "client_secret" not in query
    row = SigningAttempt.objects.get(nonce=query["state"])
    assert query["nonce"].encode() not in bytes(row.to_sign)


def test_a_code_works_once_and_in_its_own_session_only(chosen: Running) -> None:
    brought = returned(chosen.come_back(begin(chosen.name).address))
    assert refused(chosen.name, brought, OTHER_SESSION) == "identity.wrong_session"
    assert complete(chosen.name, brought)
    assert refused(chosen.name, brought) == "identity.replayed"


def test_a_wrong_state_is_unknown_and_a_late_one_is_over(chosen: Running) -> None:
    brought = chosen.come_back(begin(chosen.name).address)
    assert refused(chosen.name, returned(brought, state="x" * 43)) == "identity.unknown_attempt"
    assert refused(chosen.name, returned(brought, state="")) == "identity.unknown_attempt"
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        assert refused(chosen.name, returned(brought)) == "identity.expired"


def test_a_stolen_code_brought_with_ones_own_state_is_refused(chosen: Running) -> None:
    theirs = chosen.come_back(begin(chosen.name).address)
    mine = chosen.come_back(begin(chosen.name).address)
    assert refused(chosen.name, returned(mine, code=theirs["code"])) == "identity.bad_token"


def test_a_code_of_one_provider_never_goes_to_the_other(both: tuple[Running, Running], offered: None) -> None:
    node, python = both
    brought = node.come_back(begin("node").address)
    assert refused("python", returned(brought)) == "identity.wrong_provider"
    mixed = node.come_back(begin("node").address)
    assert refused("node", returned(mixed, iss=python.issuer)) == "identity.wrong_provider"
    silent = node.come_back(begin("node").address)
    assert refused("node", returned(silent, iss="")) == "identity.wrong_provider"


def test_a_person_who_changes_their_mind_is_not_signed_in(chosen: Running) -> None:
    brought = chosen.come_back(begin(chosen.name).address)
    assert refused(chosen.name, returned(brought, code="", error="access_denied")) == "identity.cancelled"


def test_metadata_that_names_another_issuer_is_not_believed(
    both: tuple[Running, Running], tmp_path: Path, settings: Settings
) -> None:
    entry = both[0].configured()
    offer(tmp_path, settings, {**entry, "issuer": f"{entry['issuer']}/"})
    with pytest.raises(Refusal) as caught:
        begin("node")
    assert caught.value.code == "identity.provider_unavailable"


def test_nobody_is_offered_without_a_readable_file(tmp_path: Path, settings: Settings) -> None:
    for content in (None, "no", "[1]", '[{"name": "a"}]'):
        path = tmp_path / "providers.json"
        if content is not None:
            path.write_text(content)
        settings.DEMEU_VAULT_OIDC_PROVIDERS = str(path)
        with pytest.raises(Refusal) as caught:
            begin("node")
        assert caught.value.code == "identity.unknown_provider"


KEY, STRANGER = RSAKey.generate_key(2048, {"kid": "1"}), RSAKey.generate_key(2048, {"kid": "1"})
KEYS: dict[str, Any] = {"keys": [KEY.as_dict(private=False)]}
NOW = 1_795_327_200
AT = datetime.fromtimestamp(NOW, UTC)
GOOD = {
    "iss": "https://id.example",
    "sub": "u-1",
    "aud": "demeu",
    "iat": NOW,
    "exp": NOW + 300,
    "nonce": "n",
    "iin": "900101200010",
}


def read(token: str) -> dict[str, Any]:
    return read_id_token(
        token,
        KEYS,
        issuer="https://id.example",
        client_id="demeu",
        nonce="n",
        access_token="access",
        at=AT,
    )


def signed(key: RSAKey = KEY, algorithm: str = "RS256", **changed: object) -> str:
    claims = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    return jwt.encode({"alg": algorithm, "kid": "1"}, claims, key)


def test_a_right_token_is_read() -> None:
    assert read(signed())["iin"] == "900101200010"
    assert read(signed(aud=["demeu", "other"], azp="demeu"))["sub"] == "u-1"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "other"},
        {"aud": None},
        {"aud": ["demeu", "other"]},
        {"azp": "other"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": NOW - 120},
        {"exp": None},
        {"iat": NOW - 3600},
        {"iat": None},
        {"iat": NOW + 3600},
        {"sub": None},
        {"at_hash": "AAAA"},
        {"nbf": NOW + 3600},
    ],
)
def test_a_token_that_is_not_for_this_attempt_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(BadToken):
        read(signed(**changed))


def test_a_token_that_the_provider_did_not_sign_is_refused() -> None:
    header, claims, signature = signed().split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    mac_header = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"1"}').rstrip(b"=").decode()
    by_public_key = hmac.digest(KEY.as_pem(private=False), f"{mac_header}.{claims}".encode(), "sha256")
    mac = f"{mac_header}.{claims}.{base64.urlsafe_b64encode(by_public_key).rstrip(b'=').decode()}"
    other = base64.urlsafe_b64encode(json.dumps({**GOOD, "iin": "1"}).encode()).rstrip(b"=").decode()
    for token in (
        signed(STRANGER),
        f"{none}.{claims}.",
        f"{none}.{claims}.{signature}",
        mac,
        f"{header}.{other}.{signature}",
        "",
        "a.b.c",
        claims,
    ):
        with pytest.raises(BadToken):
            read(token)
