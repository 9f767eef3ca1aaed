"""The signature `pg_sig` of Freedom Pay: MD5 over the script's name, the fields by name, and the secret. Pure.

MD5 proves little today: a right signature lets a callback be looked at, and the status is asked all the same.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping

SALT_BYTES = 12


def signature(script: str, fields: Mapping[str, str], secret: str) -> str:
    """The hex `pg_sig` of these fields; `pg_sig` itself is left out."""
    values = [fields[name] for name in sorted(fields) if name != "pg_sig"]
    return hashlib.md5(";".join([script, *values, secret]).encode(), usedforsecurity=False).hexdigest()


def signed(script: str, fields: Mapping[str, str], secret: str) -> dict[str, str]:
    """The fields with a fresh salt and their signature."""
    salted = {**fields, "pg_salt": secrets.token_hex(SALT_BYTES)}
    return {**salted, "pg_sig": signature(script, salted, secret)}


def is_signed(script: str, fields: Mapping[str, str], secret: str) -> bool:
    """Whether `pg_sig` is there and right; compared in constant time."""
    shown = fields.get("pg_sig", "")
    return hmac.compare_digest(shown.encode(errors="replace"), signature(script, fields, secret).encode())
