"""How a record of access is written down and chained. Pure."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from demeu.kernel.context import NOBODY, Acting

START = "0" * 64


def content_of(
    *,
    at: datetime,
    actor: str,
    role: str,
    operation: str,
    purpose: str,
    subject: UUID,
    fields: Sequence[str],
    request_id: str,
    acting: Acting = NOBODY,
) -> str:
    """The exact words that are chained: JSON with sorted names and no spaces."""
    return json.dumps(
        {
            "at": at.isoformat(),
            "actor": actor,
            "role": role,
            "operation": operation,
            "purpose": purpose,
            "subject": str(subject),
            "fields": sorted(fields),
            "request_id": request_id,
            "office": acting.role,
            "organization": acting.organization,
            "about": acting.about,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def next_hash(previous: str, content: str) -> str:
    """SHA-256 (hex) over the hash before and the words of this record."""
    return hashlib.sha256((previous + content).encode()).hexdigest()
