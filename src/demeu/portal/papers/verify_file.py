"""The one file that checks receipts in a browser: built by Vite, given the log's keys when it is handed out. Pure.

Its script and style are bound by hashes in its own policy; the keys stand outside of both and cannot change them.
"""

import html
import re
from pathlib import Path

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def read_built(folder: Path) -> str | None:
    """The built file; None before the front end is built."""
    path = folder / "verify.html"
    return path.read_text(encoding="utf-8") if path.exists() else None


def with_keys(page: str, *, key: str, witnesses: tuple[str, ...] = ()) -> str:
    """The file with the keys inside, so that it needs nothing else."""
    for name, text in (("log-key", key), ("witness-keys", " ".join(witnesses))):
        page = page.replace(
            f'<meta name="{name}" content="">', f'<meta name="{name}" content="{html.escape(text)}">', 1
        )
    return page


def policy_of(page: str) -> str:
    """The policy that the file sets for itself, for the header too; no page may frame it."""
    found = POLICY.search(page)
    assert found is not None
    return f"{found[1]}; frame-ancestors 'none'"
