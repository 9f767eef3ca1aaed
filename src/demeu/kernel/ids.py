"""Identifiers: UUIDv7 (RFC 9562), ordered by time, made by whoever starts the thing."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return uuid_utils.compat.uuid7()


def short(identifier: UUID) -> str:
    """The 32-hex form, for foreign formats that allow at most 35 characters (ISO 20022)."""
    return identifier.hex
