"""Where a checkout keeps what it makes: data, keys, logs, passwords. It never writes outside these folders."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from demeu.roles.launch.trouble import CannotStart

SHARED_STATE = Path("/var/lib/demeu")
FREE_BYTES_MIN = 1 << 30


def checkout_folder() -> Path:
    """The folder with ``pyproject.toml`` above this file, or the current folder when installed as a wheel."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "pyproject.toml").is_file():
            return folder
    return Path.cwd()


@dataclass(frozen=True)
class Folders:
    """All places of one platform. ``elsewhere`` is used when the database user cannot reach ``var``."""

    root: Path
    var: Path

    @property
    def keys(self) -> Path:
        return self.var / "keys"

    @property
    def trust(self) -> Path:
        return self.var / "trust"

    @property
    def logs(self) -> Path:
        return self.var / "logs"

    @property
    def run_file(self) -> Path:
        return self.var / "run.json"

    @property
    def secrets_file(self) -> Path:
        return self.var / "secrets.json"

    @property
    def fingerprint_file(self) -> Path:
        return self.var / "migrated.json"

    @property
    def elsewhere(self) -> Path:
        """``/var/lib/demeu/<12 hex>``; the hex is of the checkout, or of ``var`` when that lies outside it."""
        owner = self.root if self.var == self.root / "var" else self.var
        return SHARED_STATE / hashlib.sha256(str(owner).encode()).hexdigest()[:12]


def folders_from(environment: Mapping[str, str]) -> Folders:
    """The folders for this environment: ``DEMEU_VAR`` or ``var`` in the checkout. Makes nothing."""
    root = checkout_folder()
    given = environment.get("DEMEU_VAR")
    return Folders(root=root, var=Path(given).resolve() if given else root / "var")


def make_folders(folders: Folders) -> None:
    """Makes ``var`` and its folders; as root others may pass through ``var`` but not list it."""
    try:
        folders.var.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            folders.var.chmod(0o711)
        for folder in (folders.keys, folders.logs):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
    except OSError as error:
        raise CannotStart(
            f"The data folder {folders.var} cannot be written: {error.strerror}.",
            "Make it writable for this user, or set DEMEU_VAR to another folder.",
        ) from None


def require_free_space(folder: Path) -> None:
    """Refuses when the disk that holds ``folder`` has less than 1 GiB free."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    if free < FREE_BYTES_MIN:
        raise CannotStart(
            f"Only {free >> 20} MiB are free on the disk of {existing}; 1024 MiB are needed.",
            "Free some space, or set DEMEU_VAR to a folder on a larger disk.",
        )
