"""Beginning and completing a sign-in by a provider. State, nonce and verifier are bound to one browser session.

A code is tried once: the attempt is used up before the provider is asked, whatever comes of it.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.db import transaction

from demeu.contracts.words import Language
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import Refusal, conflict, forbidden, invalid, not_found, too_late
from demeu.kernel.ids import new_id
from demeu.kernel.logs import logger
from demeu.vault.identity import rules
from demeu.vault.identity.models import SigningAttempt
from demeu.vault.identity.oidc.providers import Metadata, Provider, get_json, metadata, post_form, provider
from demeu.vault.identity.oidc.tokens import BadToken, read_id_token
from demeu.vault.identity.rules import AttemptPurpose
from demeu.vault.people.actions import find_or_create_person
from demeu.vault.sealing.cipher import open_bytes, seal_bytes

log = logger(__name__)
_SECRETS = "attempt.to_sign"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the browser is to go, and until when it may come back."""

    address: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brought back from the provider; `issuer` is the `iss` of RFC 9207, empty when absent."""

    state: str
    code: str
    issuer: str = ""
    error: str = ""


def begin_oidc(*, name: str, session: str, redirect_uri: str, lang: Language) -> Sent:
    """The provider's address for one attempt of this session.

    Refuses `identity.unknown_provider`, `identity.provider_unavailable`, `identity.bad_origin`.
    """
    origin = "/".join(redirect_uri.split("/")[:3])
    if not rules.is_origin(origin) or not rules.is_plain_line(redirect_uri):
        raise invalid("identity.bad_origin")
    chosen = provider(name)
    known = metadata(chosen)
    identifier, made_at = new_id(), clock.now()
    state, nonce, verifier = (secrets.token_urlsafe(SECRET_BYTES) for _ in range(3))
    kept = json.dumps({"nonce": nonce, "verifier": verifier, "redirect_uri": redirect_uri}).encode()
    SigningAttempt.objects.create(
        id=identifier,
        purpose=AttemptPurpose.OIDC,
        nonce=state,
        session_hash=rules.session_hash(session),
        origin=origin,
        lang=lang,
        kind=name,
        to_sign=seal_bytes(identifier, _SECRETS, kept),
        created_at=made_at,
        expires_at=made_at + rules.LIFETIME,
    )
    address = prepare_grant_uri(
        known.authorization_endpoint,
        chosen.client_id,
        "code",
        redirect_uri,
        chosen.scopes,
        state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
        ui_locales=lang,
    )
    return Sent(str(address), made_at + rules.LIFETIME)


def complete_oidc(*, name: str, session: str, returned: Returned) -> UUID:
    """Who the provider says has signed in at our request, in this session, just now.

    Refuses `identity.` + unknown_attempt, wrong_session, replayed, expired, wrong_provider, cancelled, bad_token,
    no_iin, provider_unavailable.
    """
    row = _take(name, session, returned.state)
    chosen = provider(name)
    known = metadata(chosen)
    if returned.issuer != chosen.issuer and (returned.issuer or known.authorization_response_iss_parameter_supported):
        raise forbidden("identity.wrong_provider")
    if returned.error or not returned.code:
        raise forbidden("identity.cancelled")
    kept = json.loads(open_bytes(row.id, _SECRETS, row.to_sign))
    claims = _claims(chosen, known, returned.code, kept)
    return _sign_in(row, chosen, claims)


def _take(name: str, session: str, state: str) -> SigningAttempt:
    """The attempt of this state, used up from now on."""
    with transaction.atomic():
        found = SigningAttempt.objects.select_for_update().filter(nonce=state, purpose=AttemptPurpose.OIDC).first()
        if found is None or not state:
            raise not_found("identity.unknown_attempt")
        if not rules.same_session(found.session_hash, session):
            raise forbidden("identity.wrong_session")
        if found.used_at is not None:
            raise conflict("identity.replayed")
        if clock.now() > found.expires_at:
            raise too_late("identity.expired")
        found.used_at = clock.now()
        found.save(update_fields=["used_at"])
    if found.kind != name:
        raise forbidden("identity.wrong_provider")
    return found


def _claims(chosen: Provider, known: Metadata, code: str, kept: dict[str, str]) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": kept["redirect_uri"],
        "code_verifier": kept["verifier"],
    }
    auth: tuple[str, str] | None = (chosen.client_id, chosen.client_secret)
    if "client_secret_basic" not in known.token_endpoint_auth_methods_supported:
        form |= {"client_id": chosen.client_id, "client_secret": chosen.client_secret}
        auth = None
    told = post_form(known.token_endpoint, form, auth)
    token, access = told.get("id_token"), told.get("access_token", "")
    if not isinstance(token, str) or not isinstance(access, str):
        raise _bad(chosen, "no token was given")
    try:
        claims = read_id_token(
            token,
            get_json(known.jwks_uri),
            issuer=chosen.issuer,
            client_id=chosen.client_id,
            nonce=kept["nonce"],
            access_token=access,
            at=clock.now(),
        )
    except BadToken as error:
        raise _bad(chosen, str(error)) from None
    if not {chosen.claims.iin, chosen.claims.surname} <= claims.keys() and known.userinfo_endpoint:
        more = get_json(known.userinfo_endpoint, Authorization=f"Bearer {access}")
        if more.get("sub") != claims["sub"]:
            raise _bad(chosen, "user info of somebody else")
        claims = {**more, **claims}
    return claims


@transaction.atomic
def _sign_in(row: SigningAttempt, chosen: Provider, claims: dict[str, Any]) -> UUID:
    names = chosen.claims
    iin = claims.get(names.iin)
    if not isinstance(iin, str) or not iin:
        raise forbidden("identity.no_iin")
    person = find_or_create_person(
        iin=iin,
        surname=str(claims.get(names.surname) or ""),
        given_name=str(claims.get(names.given_name) or ""),
        patronymic=str(claims.get(names.patronymic) or ""),
        lang=cast(Language, row.lang),
    )
    record(actor=f"person:{person}", action="identity.signed_in", subject=f"attempt:{row.id}", provider=chosen.name)
    return person


def _bad(chosen: Provider, why: str) -> Refusal:
    log.warning("oidc.bad_token", provider=chosen.name, why=why)
    return forbidden("identity.bad_token")
