"""The area `catalogue` of `make bench`: a PostgreSQL of its own with made-up public cases, and the portal's server."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import load
import psycopg
from rows import Row, ms

from demeu.kernel.signing import make_keys
from demeu.kernel.testing import wait_until
from demeu.roles import topology
from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.live import clean_environment
from demeu.roles.launch.ports import free_port
from demeu.roles.launch.postgres import own_cluster

AREA = "catalogue"
CASES, CASES_FULL = 100_000, 1_000_000
PASSWORD = "bench-only"  # noqa: S105 - of a server that lives as long as this run
HERE = Path(__file__).parent
MANY = ("group=older_people", "q=" + quote("уголь"), "tag=children&region=61", "left=to50&sort=least", "waiting=90")


def sizes_of(full: bool) -> str:
    """Said below the table."""
    return f"Catalogue: {CASES_FULL if full else CASES:,} public cases."


def figures(full: bool) -> list[Row]:
    """All rows of the area."""
    folder = Path(tempfile.mkdtemp(prefix="demeu-bench-catalogue-"))
    folder.chmod(0o711)
    folders = Folders(root=folder, var=folder / "var")
    make_folders(folders)
    make_keys(folder / "keys", topology.ROLES)
    cluster = own_cluster(folders, PASSWORD)
    cluster.extra_settings = {"max_wal_size": "8GB", "maintenance_work_mem": "512MB", "shared_buffers": "1GB"}
    cluster.start()
    try:
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE demeu_portal")
        environment = _environment(folder, cluster.url("demeu_portal"))
        return [*_taken(environment, CASES_FULL if full else CASES), *_served(environment)]
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, url: str) -> dict[str, str]:
    return clean_environment(
        DJANGO_SETTINGS_MODULE="catalogue.settings",
        DEMEU_DATABASE_URL_PORTAL=url,
        DEMEU_VAR=str(folder / "var"),
        DEMEU_KEYS=str(folder / "keys" / "portal"),
        DEMEU_LOG_LEVEL="ERROR",
        DEMEU_URL_TREASURY="http://127.0.0.1:9",
        PYTHONPATH=os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")]),
    )


def _taken(environment: dict[str, str], cases: int) -> list[Row]:
    migrate = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, check=True)
    taking = [sys.executable, "-m", "catalogue.taking", str(cases)]
    done = subprocess.run(taking, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


@contextmanager
def server(environment: dict[str, str]) -> Iterator[str]:
    """The portal's web process as the launcher starts it; its address."""
    port = free_port()
    serving = [sys.executable, "-m", "demeu.roles.launch.serve", str(port)]
    process = subprocess.Popen(serving, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    site = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _answers(site), within_s=120)
        yield site
    finally:
        process.terminate()
        process.wait(30)


def _answers(site: str) -> bool:
    try:
        return httpx.get(f"{site}/bare/", timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def _served(environment: dict[str, str]) -> list[Row]:
    """Pages a second beside a bare page of 20 rows and a trivial page of the same server."""
    with server(environment) as site:
        number = httpx.get(f"{site}/bare/", timeout=30).text.split("/cases/")[1].split("/")[0]
        bare, trivial = load.page(f"{site}/bare/"), load.page(f"{site}/healthz")
        rows = [
            Row(AREA, "bare page of 20 rows", bare.per_s, "requests/s", "trivial page", bare.per_s / trivial.per_s),
            Row(AREA, "trivial page", trivial.per_s, "requests/s"),
        ]
        pages = [("catalogue", "/cases/"), ("case", f"/cases/{number}/"), ("first page", "/")]
        for name, path in pages:
            found = load.page(site + path)
            rows += [ms(AREA, f"{name}, p95", found.p95_s, "bare page", bare.p95_s)]
            rows += [
                Row(AREA, f"{name} page", found.per_s, "requests/s", other, found.per_s / beside.per_s)
                for other, beside in (("bare page", bare), ("trivial page", trivial))
            ]
        made = _never_the_same(site)
        rows.append(Row(AREA, "catalogue page made anew each time", made, "requests/s", "bare page", made / bare.per_s))
    return rows


def _never_the_same(site: str) -> float:
    """Pages a second of one client that never asks for the same address twice."""
    asked = 0
    with httpx.Client(base_url=site, timeout=30) as client:

        def ask() -> None:
            nonlocal asked
            asked += 1
            client.get(f"/cases/?{MANY[asked % len(MANY)]}&once={asked}").raise_for_status()

        return load.per_s(ask, for_s=load.PAGE_S)
