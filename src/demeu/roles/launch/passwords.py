"""Secrets made at first start and kept in ``var/secrets.json`` (mode 600): they never appear on screen or in logs."""

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path


class Secrets:
    """Named random texts; a missing one is made and saved at once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._values: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}

    def get(self, name: str, make: Callable[[], str] = lambda: secrets.token_urlsafe(32)) -> str:
        """The secret called ``name``, e.g. ``database.vault`` or ``key.portal``."""
        if name not in self._values:
            self._values[name] = make()
            self._save()
        return self._values[name]

    def put(self, name: str, text: str) -> None:
        """Keeps a secret that was made elsewhere."""
        self._values[name] = text
        self._save()

    def all(self) -> dict[str, str]:
        """Every secret by name."""
        return dict(self._values)

    def _save(self) -> None:
        new = self._file.with_suffix(".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(self._values, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._file)
