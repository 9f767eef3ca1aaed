"""The commitment to facts: SHA-256(salt ‖ canonical JSON), the form of all leaves of the log. Pure."""

import hashlib
import json
from collections.abc import Mapping

SALT_BYTES = 32


def commitment_of(salt: bytes, facts: Mapping[str, object]) -> str:
    """Hex; JSON with sorted keys, no spaces, UTF-8."""
    text = json.dumps(dict(facts), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(salt + text.encode()).hexdigest()
