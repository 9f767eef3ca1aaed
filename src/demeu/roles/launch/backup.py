"""Backup and restore: one folder with a dump of each database, the keys, the log's public files and a manifest.

The folder holds keys and personal data: it is made readable for its owner only and belongs on an encrypted disk.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from demeu.roles.launch.databases import connect
from demeu.roles.launch.folders import Folders
from demeu.roles.launch.offline import Reached, reach
from demeu.roles.launch.screen import console, stage
from demeu.roles.launch.trouble import CannotStart

MANIFEST = "manifest.json"
FORM = 1
FOLDERS = ("keys", "trust", "log")
SECRETS_KEPT = "django."


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """The address for a command line, which others can read, and the password for the environment."""
    parts = urlsplit(url)
    bare = urlunsplit(parts._replace(netloc=f"{parts.username}@{parts.hostname}:{parts.port or 5432}"))
    return bare, os.environ | {"PGPASSWORD": unquote(parts.password or "")}


def run_program(reached: Reached, program: str, url: str, *arguments: str | Path) -> None:
    """Runs ``pg_dump`` or ``pg_restore`` against ``url``; its words become the error when it fails."""
    bare, environment = without_password(url)
    command = [str(reached.programs.folder / program), f"--dbname={bare}", *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"{program} failed: {done.stderr.strip()}", "Mend the cause and run the command again.")


def digest(file: Path) -> str:
    """SHA-256 of a file, hex."""
    total = hashlib.sha256()
    with file.open("rb") as opened:
        while part := opened.read(1 << 20):
            total.update(part)
    return total.hexdigest()


def files_in(folder: Path) -> list[Path]:
    """All files below ``folder`` but the manifest, by path."""
    return sorted(file for file in folder.rglob("*") if file.is_file() and file.name != MANIFEST)


def backup(environment: Mapping[str, str], target: Path) -> None:
    """Writes a backup into ``target``, which must be empty or absent. The platform may run meanwhile.

    The log's files are copied before the databases are dumped: the database may be ahead of the files, and the
    next start publishes what is missing; the other way round could not be mended.
    """
    if target.exists() and any(target.iterdir()):
        raise CannotStart(f"{target} is not empty.", "Name a new folder.")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.chmod(0o700)
    with reach(environment, alone=False) as reached:
        with stage("Keys and log"):
            for name in FOLDERS:
                if (reached.folders.var / name).is_dir():
                    shutil.copytree(reached.folders.var / name, target / name)
            kept = {key: text for key, text in reached.secrets.all().items() if key.startswith(SECRETS_KEPT)}
            (target / "secrets.json").write_text(json.dumps(kept))
        for role, database in reached.plan.databases.items():
            with stage(f"Database of {role}"):
                run_program(reached, "pg_dump", database.owner_url, "--format=custom", f"--file={target / role}.dump")
        write_manifest(target, sorted(reached.plan.databases))
    console.print(f"Backup written to {target}")


def write_manifest(target: Path, roles: list[str]) -> None:
    """What the backup holds, each file with its hash."""
    files = {str(file.relative_to(target)): digest(file) for file in files_in(target)}
    for file in files_in(target):
        file.chmod(0o600)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    text = json.dumps({"form": FORM, "made_at": made, "roles": roles, "files": files}, indent=1)
    manifest = target / MANIFEST
    manifest.touch(mode=0o600)
    manifest.write_text(text)


def read_manifest(source: Path) -> list[str]:
    """The roles in a backup, after every file was compared with its hash."""
    try:
        manifest = json.loads((source / MANIFEST).read_text())
        expected: dict[str, str] = manifest["files"]
        roles: list[str] = manifest["roles"]
    except (OSError, ValueError, KeyError):
        raise CannotStart(f"{source} is not a backup of Demeu.", "Name a folder that `demeu backup` wrote.") from None
    found = {str(file.relative_to(source)): digest(file) for file in files_in(source)}
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            raise CannotStart(f"{name} in the backup is not what was written.", "Use another copy of the backup.")
    return roles


def restore(environment: Mapping[str, str], source: Path) -> None:
    """Puts the backup in place of the present data. Refuses while the platform runs and when a file was changed."""
    roles = read_manifest(source)
    with reach(environment, alone=True) as reached:
        missing = set(roles) ^ set(reached.plan.databases)
        if missing:
            raise CannotStart(
                f"The backup and this profile differ in {sorted(missing)}.", "Set DEMEU_PROFILE as it was."
            )
        for role in roles:
            with stage(f"Database of {role}"):
                restore_database(reached, reached.plan.databases[role].owner_url, source / f"{role}.dump")
        with stage("Keys and log"):
            restore_folders(reached.folders, source)
            for name, text in json.loads((source / "secrets.json").read_text()).items():
                reached.secrets.put(name, text)
        reached.folders.fingerprint_file.unlink(missing_ok=True)
    console.print(f"Restored from {source}. The next `make up` checks schemas and grants.")


def restore_database(reached: Reached, url: str, dump: Path) -> None:
    """Empties one database and fills it from its dump, all or nothing."""
    with connect(url) as owner:
        owner.execute("DROP SCHEMA public CASCADE")
        owner.execute("CREATE SCHEMA public")
    run_program(reached, "pg_restore", url, "--no-owner", "--no-privileges", "--single-transaction", dump)


def restore_folders(folders: Folders, source: Path) -> None:
    """Puts keys, trust and log files in place of the present ones."""
    for name in FOLDERS:
        shutil.rmtree(folders.var / name, ignore_errors=True)
        if (source / name).is_dir():
            shutil.copytree(source / name, folders.var / name)
    folders.keys.chmod(0o700)
