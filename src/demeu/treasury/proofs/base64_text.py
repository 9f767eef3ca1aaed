"""Base64 (RFC 4648 §4) in one form only: a text that would encode differently is refused, so no byte can hide. Pure."""

import base64
import binascii


def encode(content: bytes) -> str:
    """The text."""
    return base64.b64encode(content).decode()


def decode(text: str) -> bytes:
    """The bytes; raises `ValueError` unless the text is exactly their encoding."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64") from None
    if encode(content) != text:
        raise ValueError("not base64 in its one form")
    return content
