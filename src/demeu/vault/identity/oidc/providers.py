"""The configured providers: a JSON file, and the metadata of each, given there or discovered.

The file is DEMEU_VAULT_OIDC_PROVIDERS, a list of objects: `name` (of the address), `label`, `issuer`, `client_id`,
`client_secret`, and optionally `scopes`, `claims` (ours → theirs) and `metadata` (endpoints, where none are published).
"""

from __future__ import annotations

import json
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from demeu.kernel.errors import not_found, unavailable
from demeu.kernel.logs import logger

log = logger(__name__)
TIME_LIMIT_S = 5.0
KEPT_S = 600
BODY_BYTES_MAX = 1_000_000


class Claims(BaseModel):
    """Names of the claims that tell who a person is; not confirmed with any operator."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    iin: str = "iin"
    surname: str = "family_name"
    given_name: str = "given_name"
    patronymic: str = "middle_name"


class Provider(BaseModel):
    """One provider as the operator wrote it down."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(pattern=r"^[a-z0-9-]{1,30}$")
    label: str = Field(max_length=60)
    issuer: str = Field(pattern=r"^https?://")
    client_id: str
    client_secret: str = Field(repr=False)
    scopes: str = "openid"
    claims: Claims = Claims()
    metadata: tuple[tuple[str, str], ...] = ()


class Metadata(BaseModel):
    """What of a provider's metadata is used (OpenID Connect Discovery 1.0, RFC 9207)."""

    model_config = ConfigDict(frozen=True)
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


def providers() -> tuple[Provider, ...]:
    """All providers; none when there is no file. Raises nothing for a bad file: it is logged and offers nobody."""
    path = Path(settings.DEMEU_VAULT_OIDC_PROVIDERS)
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else ()


def provider(name: str) -> Provider:
    """The provider of this name. Refuses `identity.unknown_provider`."""
    for found in providers():
        if found.name == name:
            return found
    raise not_found("identity.unknown_provider")


@lru_cache(maxsize=4)
def _read(path: Path, changed_ns: int) -> tuple[Provider, ...]:
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Provider.model_validate({**one, "metadata": tuple(one.get("metadata", {}).items())}) for one in listed
        )
    except (OSError, ValueError, ValidationError, AttributeError, TypeError) as error:
        log.error("oidc.providers_unreadable", error=type(error).__name__)
        return ()


def metadata(of: Provider) -> Metadata:
    """Its metadata, asked for at most every ten minutes. Refuses `identity.provider_unavailable`."""
    found = _metadata(of, int(time.monotonic() // KEPT_S))
    if found.issuer != of.issuer:
        log.error("oidc.foreign_metadata", provider=of.name)
        raise unavailable("identity.provider_unavailable")
    return found


@lru_cache(maxsize=16)
def _metadata(of: Provider, period: int) -> Metadata:
    try:
        if of.metadata:
            return Metadata.model_validate({"issuer": of.issuer, **dict(of.metadata)})
        return Metadata.model_validate(get_json(of.issuer.rstrip("/") + "/.well-known/openid-configuration"))
    except ValidationError:
        log.error("oidc.metadata_unusable", provider=of.name)
        raise unavailable("identity.provider_unavailable") from None


def get_json(address: str, **headers: str) -> dict[str, Any]:
    """A JSON object of a provider. Refuses `identity.provider_unavailable`."""
    return _object(lambda client: client.get(address, headers=headers))


def post_form(address: str, form: dict[str, str], auth: tuple[str, str] | None) -> dict[str, Any]:
    """The answer to a form sent to a provider; also one that refuses. Refuses `identity.provider_unavailable`."""
    return _object(lambda client: client.post(address, data=form, auth=auth), refusals=True)


def _object(ask: Any, *, refusals: bool = False) -> dict[str, Any]:
    try:
        with httpx.Client(timeout=TIME_LIMIT_S, trust_env=False, follow_redirects=False) as client:
            answer = ask(client)
            if not refusals or answer.status_code >= 500:
                answer.raise_for_status()
            found = json.loads(answer.content[:BODY_BYTES_MAX])
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        log.warning("oidc.no_answer", error=type(error).__name__)
        raise unavailable("identity.provider_unavailable") from None
    if not isinstance(found, dict):
        raise unavailable("identity.provider_unavailable")
    return found
