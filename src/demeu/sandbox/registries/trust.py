"""Whether ШЭП believes the sender: a certificate of an information system, issued by the sandbox, in force.

Also the proof that an organization gives КДП (`ovt`, JWT RS256).
"""

import hashlib
from datetime import datetime

from asn1crypto import x509
from cryptography.hazmat.primitives import serialization
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from demeu.sandbox.identity.queries import authority_certificate, revoked_keys, system_pair
from demeu.sandbox.identity.systems import KDP_UID
from demeu.sandbox.signing import certificates
from demeu.sandbox.signing.algorithms import EKU_INFORMATION_SYSTEM

PROOF_LIFETIME_S_MAX = 3600
_believed: set[bytes] = set()


def sender_is_believed(certificate: x509.Certificate, at: datetime) -> bool:
    """Issuer, validity, role and revocation; the costly signature check is remembered by fingerprint."""
    usage = certificate.extended_key_usage_value
    if usage is None or EKU_INFORMATION_SYSTEM not in [use.dotted for use in usage]:
        return False
    if not certificates.valid_at(certificate, at) or not _issued_here(certificate):
        return False
    encoded = certificate.dump()
    return all(bytes(held.certificate) != encoded for held in revoked_keys())


def proof_holds(token: str, by_sms: bool, at: datetime) -> bool:
    """A JWT RS256 by the organization's key, of its BIN, in force; without an SMS it says how the citizen agreed."""
    pair = system_pair(KDP_UID)
    pem = pair.key.store()["private_pem"].encode()
    public = serialization.load_pem_private_key(pem, password=None).public_key()
    key = RSAKey.import_key(
        public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    try:
        claims = jwt.decode(token, key, algorithms=["RS256"]).claims
    except (JoseError, ValueError):
        return False
    own_bin = certificates.subject_fields(pair.certificate)["organizational_unit_name"].removeprefix("BIN")
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int | float) or not isinstance(expires, int | float):
        return False
    moment = at.timestamp()
    in_force = issued - 60 <= moment < expires <= issued + PROOF_LIFETIME_S_MAX
    return in_force and claims.get("cbin") == own_bin and (by_sms or claims.get("mcheck") in {"Ds", "Bio"})


def _issued_here(certificate: x509.Certificate) -> bool:
    issuers = [authority_certificate("gost"), authority_certificate("rsa")]
    name = hashlib.sha256(b"".join([certificate.dump(), *(issuer.dump() for issuer in issuers)])).digest()
    if name in _believed:
        return True
    if any(certificates.signed_by(certificate, issuer) for issuer in issuers):
        _believed.add(name)
        return True
    return False
