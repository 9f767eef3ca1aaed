"""Signed calls: a short-lived EdDSA JWT (RFC 7519, RFC 8037) bound to caller, audience, operation and body.

Each role holds its own private key and the public keys of all; keys are made at first start.
"""

import base64
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from demeu.kernel import sealing
from demeu.kernel.context import NOBODY, Acting
from demeu.kernel.errors import forbidden

LIFETIME_S_MAX = 60
CLOCK_SKEW_S = 5
ALGORITHM = "Ed25519"
ALGORITHMS = [ALGORITHM]


@dataclass(frozen=True)
class CallClaims:
    """What a verified token says: who asks whom, which operation, for whom and why."""

    caller: str
    audience: str
    operation: str
    actor: str
    purpose: str
    acting: Acting = NOBODY


@dataclass(frozen=True)
class Keyring:
    """One role's private key and everybody's public keys."""

    role: str
    private: OKPKey
    public: dict[str, OKPKey]


def make_keys(folder: Path, roles: Sequence[str]) -> None:
    """Make the missing keys: `folder/<role>/private.jwk` (mode 600) and `folder/<role>/public.json` for each role."""
    public: dict[str, dict[str, object]] = {}
    for role in roles:
        own = folder / role
        own.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = own / "private.jwk"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True)))
        public[role] = dict(OKPKey.import_key(json.loads(path.read_text())).as_dict(private=False))
    sealing.make_seals(folder, roles)
    for role in roles:
        (folder / role / "public.json").write_text(json.dumps(public, sort_keys=True))


def load_keys(folder: Path, role: str) -> Keyring:
    """Read the keyring of one role from its folder (`private.jwk`, `public.json`)."""
    private = OKPKey.import_key(json.loads((folder / "private.jwk").read_text()))
    named = json.loads((folder / "public.json").read_text())
    return Keyring(role, private, {name: OKPKey.import_key(value) for name, value in named.items()})


def body_digest(body: bytes) -> str:
    """SHA-256 of the request body, hex."""
    return hashlib.sha256(body).hexdigest()


def sign_call(
    keys: Keyring, *, audience: str, operation: str, actor: str, purpose: str, body: bytes, acting: Acting = NOBODY
) -> str:
    """A token for exactly one call with exactly this body, good for a minute at most."""
    issued = int(time.time())
    claims = {
        "iss": keys.role,
        "aud": audience,
        "op": operation,
        "actor": actor,
        "purpose": purpose,
        "office": [acting.role, acting.organization, acting.about],
        "bh": body_digest(body),
        "iat": issued,
        "exp": issued + LIFETIME_S_MAX,
    }
    return jwt.encode({"alg": ALGORITHM}, claims, keys.private, algorithms=ALGORITHMS)


def verify_call(keys: Keyring, token: str, *, operation: str, body: bytes, callers: Sequence[str]) -> CallClaims:
    """The claims of a call that may be served; else `call.unsigned|expired|misdirected|altered|not_listed`."""
    claims = _claims(keys, token)
    moment = time.time()
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int) or not isinstance(expires, int) or expires - issued > LIFETIME_S_MAX:
        raise forbidden("call.unsigned")
    if not issued - CLOCK_SKEW_S <= moment <= expires + CLOCK_SKEW_S:
        raise forbidden("call.expired")
    if claims.get("aud") != keys.role or claims.get("op") != operation:
        raise forbidden("call.misdirected")
    if claims.get("bh") != body_digest(body):
        raise forbidden("call.altered")
    if claims["iss"] not in callers:
        raise forbidden("call.not_listed", caller=str(claims["iss"]), operation=operation)
    return CallClaims(
        caller=str(claims["iss"]),
        audience=keys.role,
        operation=operation,
        actor=str(claims.get("actor", "")),
        purpose=str(claims.get("purpose", "")),
        acting=_office(claims.get("office")),
    )


def _office(claim: object) -> Acting:
    """The office in which the actor acts; empty for a caller that names none."""
    if isinstance(claim, list) and len(claim) == 3 and all(isinstance(part, str) for part in claim):
        return Acting(claim[0][:40], claim[1][:140], claim[2][:120])
    return NOBODY


def _claims(keys: Keyring, token: str) -> dict[str, object]:
    """Claims under the key of the role that the token names; the name is trusted only after the signature holds."""
    try:
        parts = token.split(".")
        padded = parts[1] + "=" * (-len(parts[1]) % 4)
        named = json.loads(base64.urlsafe_b64decode(padded))["iss"]
        return dict(jwt.decode(token, keys.public[named], algorithms=ALGORITHMS).claims)
    except (JoseError, KeyError, IndexError, ValueError, TypeError):
        raise forbidden("call.unsigned") from None
