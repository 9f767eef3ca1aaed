"""Remembers what was done to which database, so that a warm start need not do it again."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from demeu.roles.launch.databases import RoleDatabase, database_identity
from demeu.roles.launch.folders import Folders

PACKAGE = Path(__file__).resolve().parents[2]
SCHEMA_FILES = (
    "*/**/migrations/*.py",
    "*/**/models.py",
    "kernel/**/*.py",
    "roles/settings/*.py",
    "roles/launch/migrate.py",
)
DEMO_FILES = ("*/**/load_demo.py", "sandbox/**/*.py")


def digest(files: Iterable[Path], text: str = "") -> str:
    """SHA-256 over files and a text, hex."""
    total = hashlib.sha256(text.encode())
    for file in sorted(file for file in files if file.is_file()):
        total.update(f"\0{file.name}\0".encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def schema_mark(folders: Folders) -> str:
    """Changes with everything that decides tables and grants, the locked dependencies included."""
    files = {file for pattern in SCHEMA_FILES for file in PACKAGE.glob(pattern)}
    return digest(files | {folders.root / "uv.lock"})


def demo_mark(folders: Folders, country: str) -> str:
    """Changes with the demo country, the code that loads it, and the schema it is loaded into."""
    files = {file for pattern in DEMO_FILES for file in PACKAGE.glob(pattern)}
    return digest(files, schema_mark(folders) + country)


class Marks:
    """What was last done, by kind and role, with the identity of the database it was done to."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}

    def has(self, kind: str, database: RoleDatabase, mark: str) -> bool:
        """Whether ``kind`` was done with this ``mark`` to this very database for its present user."""
        return self._known.get(f"{kind}.{database.role}") == self._full(database, mark)

    def remember(self, kind: str, database: RoleDatabase, mark: str) -> None:
        """Notes that ``kind`` is done."""
        self._known[f"{kind}.{database.role}"] = self._full(database, mark)
        self._file.write_text(json.dumps(self._known, indent=1))

    def _full(self, database: RoleDatabase, mark: str) -> str:
        return f"{mark} {database_identity(database)} {database.runtime_user}"
