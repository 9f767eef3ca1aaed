"""Judges an ID token: signature by the provider's published keys, then every claim. Believes nothing unsigned."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any, cast

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

# Only signatures by a key that the provider alone holds: `none` and shared secrets (HS*) prove nothing to us.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY_S = 60
AGE_S_MAX = 600
_HASHES = {"256": hashlib.sha256, "384": hashlib.sha384, "512": hashlib.sha512}


class BadToken(Exception):
    """The token proves nothing; the message says why and holds nothing of it."""


def read_id_token(
    token: str, keys: dict[str, Any], *, issuer: str, client_id: str, nonce: str, access_token: str, at: datetime
) -> dict[str, Any]:
    """Claims of an ID token that was made for us, now, for this very attempt. Raises BadToken."""
    now = int(at.timestamp())
    registry = jwt.JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY_S,
        iss={"essential": True, "value": issuer},
        sub={"essential": True},
        aud={"essential": True, "value": client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        read = jwt.decode(token, KeySet.import_key_set(cast(Any, keys)), algorithms=list(ALGORITHMS))
        registry.validate(read.claims)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadToken(type(error).__name__) from None
    claims = dict(read.claims)
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if (len(audience) > 1 or "azp" in claims) and claims.get("azp") != client_id:
        raise BadToken("made for another party")
    if now - int(claims["iat"]) > AGE_S_MAX:
        raise BadToken("too old")
    if "at_hash" in claims and not _is_hash_of(claims["at_hash"], access_token, str(read.header.get("alg"))):
        raise BadToken("another access token")
    return claims


def _is_hash_of(claimed: Any, access_token: str, algorithm: str) -> bool:
    digest = _HASHES.get(algorithm[-3:], hashlib.sha512)(access_token.encode()).digest()
    half = base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
    return isinstance(claimed, str) and hmac.compare_digest(claimed.encode(), half.encode())
