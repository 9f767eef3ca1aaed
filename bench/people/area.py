"""The area `people` of `make bench`: a PostgreSQL of its own is filled with sealed people and asked; no platform."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from rows import Row

from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.postgres import own_cluster

PEOPLE, PEOPLE_FULL = 100_000, 1_000_000
PASSWORD = "bench-only"  # noqa: S105 - of a server that lives as long as this run
HERE = Path(__file__).parent


def sizes_of(full: bool) -> str:
    """Said below the table."""
    return f"People: {PEOPLE_FULL if full else PEOPLE:,} sealed records."


def figures(full: bool) -> list[Row]:
    """All rows of the area, taken by a process with the vault's settings."""
    folder = Path(tempfile.mkdtemp(prefix="demeu-bench-people-"))
    folder.chmod(0o711)
    folders = Folders(root=folder, var=folder / "var")
    make_folders(folders)
    cluster = own_cluster(folders, PASSWORD)
    cluster.extra_settings = {"max_wal_size": "4GB", "maintenance_work_mem": "256MB"}
    cluster.start()
    try:
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE demeu_vault")
        return _taken(folder, cluster.url("demeu_vault"), PEOPLE_FULL if full else PEOPLE)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _taken(folder: Path, url: str, people: int) -> list[Row]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEMEU_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "demeu.roles.settings.vault",
        "DEMEU_DATABASE_URL_VAULT": url,
        "DEMEU_VAR": str(folder / "var"),
        "DEMEU_LOG_LEVEL": "ERROR",
        "PYTHONPATH": os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")]),
    }
    migrate = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, check=True)
    asking = [sys.executable, "-m", "people.asking", str(people)]
    done = subprocess.run(asking, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return [Row(**row) for row in json.loads(done.stdout)]
