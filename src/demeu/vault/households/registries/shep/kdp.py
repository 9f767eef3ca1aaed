"""КДП: a token for one service about one citizen, on the proof (`ovt`) that the vault holds the signed consent.

Field names as published; the values of `status` are not confirmed with the operator.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from joserfc import jwt
from joserfc.jwk import RSAKey

from demeu.kernel import clock
from demeu.vault.households.registries.exchange import text
from demeu.vault.households.registries.shep import client
from demeu.vault.households.registries.shep.envelope import KDP_TYPES, ShepFault

SERVICE_ID = "KDP_SERVICE"
GRANTED = "GRANTED"
PASSING = ("NO_ANSWER", "EXPIRED")
PROOF_LIFE_S = 300
TOKEN_LIFE_MS = 600_000


@dataclass(frozen=True)
class Token:
    """What goes into a request as `kdpToken` and `publicKey`."""

    code: str
    public_key: str


def access_token(*, iin: str, service_id: str) -> Token:
    """Ask for access to one service. Raises `ShepFault` `kdp_<status>` when it is not granted."""
    stored = _organization_key()
    answer = client.exchange(
        service_id=SERVICE_ID,
        namespace=KDP_TYPES,
        request_type="getUserDataRequest",
        fields=[
            ("uin", iin),
            ("company", "Demeu"),
            ("company_bin", stored["bin"]),
            ("company_responsible", "Demeu"),
            ("employee_name", "Demeu vault"),
            ("access_name", service_id),
            ("personal_data_name", "household facts"),
            ("expiresIn", str(TOKEN_LIFE_MS)),
            ("omit-sms", "true"),
            ("ovt", _proof(stored)),
        ],
    )
    status = text(answer.data, "status")
    token = Token(text(answer.data, "code"), text(answer.data, "public-key"))
    if status != GRANTED or not token.code:
        raise ShepFault(f"kdp_{status.lower()[:30]}", worth_retrying=status in PASSING)
    return token


def _organization_key() -> dict[str, str]:
    path = Path(settings.DEMEU_VAULT_TRUST) / "vault-kdp.json"
    try:
        stored: dict[str, str] = json.loads(path.read_text())
        return {"private_pem": stored["private_pem"], "bin": settings.DEMEU_VAULT_INSTITUTION_BIN or stored["bin"]}
    except (OSError, ValueError, KeyError):
        raise ShepFault("no_organization_key", worth_retrying=True) from None


def _proof(stored: dict[str, str]) -> str:
    """JWT RS256: which organization, that the citizen signed with ЭЦП (`Ds`), good for five minutes."""
    issued = int(clock.now().timestamp())
    claims = {"cbin": stored["bin"], "mcheck": "Ds", "iat": issued, "exp": issued + PROOF_LIFE_S}
    return jwt.encode({"alg": "RS256"}, claims, _rsa_key(stored["private_pem"]), algorithms=["RS256"])


@lru_cache(maxsize=1)
def _rsa_key(private_pem: str) -> RSAKey:
    """Reading a key costs a tenth of a second; it is read once."""
    return RSAKey.import_key(private_pem)
