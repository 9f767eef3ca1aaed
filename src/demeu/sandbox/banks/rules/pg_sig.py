"""Freedom Pay's side of `pg_sig` and of its XML, written apart from the merchant's.

Never shares code with it: one mistake must not hide the other.
"""

from collections.abc import Mapping
from hashlib import md5
from xml.sax.saxutils import escape


def sign(script: str, fields: Mapping[str, str], secret: str) -> str:
    """MD5 (hex) of the script's name, the values in the order of their names, and the secret, joined by semicolons."""
    text = script
    for name in sorted(set(fields) - {"pg_sig"}):
        text += ";" + fields[name]
    return md5(f"{text};{secret}".encode(), usedforsecurity=False).hexdigest()


def response(script: str, fields: Mapping[str, str], *, salt: str, secret: str) -> str:
    """A signed `<response>`."""
    told = {**fields, "pg_salt": salt}
    told["pg_sig"] = sign(script, told, secret)
    leaves = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items())
    return f'<?xml version="1.0" encoding="utf-8"?>\n<response>{leaves}</response>'
