"""A PostgreSQL of its own with the treasury's tables, and a process with its settings that takes figures there."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg
from rows import Row

from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.live import clean_environment
from demeu.roles.launch.postgres import Cluster, own_cluster

PASSWORD = "bench-only"  # noqa: S105 - of a server that lives as long as this run
HERE = Path(__file__).parent


class Server:
    """Waits for its disk, as in real use; stopped and removed at the end of the block."""

    def __init__(self, app: str, settings: Mapping[str, str] | None = None) -> None:
        self.app = app
        self.folder = Path(tempfile.mkdtemp(prefix="demeu-bench-treasury-"))
        self.folder.chmod(0o711)
        folders = Folders(root=self.folder, var=self.folder / "var")
        make_folders(folders)
        self.cluster: Cluster = own_cluster(folders, PASSWORD)
        self.cluster.extra_settings = dict(settings or {})

    def __enter__(self) -> "Server":
        self.cluster.start()
        self.make_database("demeu_treasury")
        return self

    def __exit__(self, *_error: object) -> None:
        self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_database(self, name: str) -> str:
        """Another database; its address."""
        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.cluster.url(name)

    def take(self, module: str, sizes: Sequence[int], **more: str) -> list[Row]:
        """Rows that `python -m module sizes…` prints, with the tables of one app of the treasury."""
        environment = clean_environment(
            DJANGO_SETTINGS_MODULE="demeu.roles.settings.treasury",
            DEMEU_DATABASE_URL_TREASURY=self.cluster.url("demeu_treasury"),
            DEMEU_VAR=str(self.folder / "var"),
            DEMEU_LOG_LEVEL="ERROR",
            PYTHONPATH=os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")]),
            **more,
        )
        migrate = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0", self.app]
        subprocess.run(migrate, env=environment, check=True)
        taking = [sys.executable, "-m", module, *map(str, sizes)]
        done = subprocess.run(taking, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=self.folder)
        return [Row(**row) for row in json.loads(done.stdout)]
