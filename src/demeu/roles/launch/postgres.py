"""A PostgreSQL server of the platform's own: made once, run as a child, reachable on 127.0.0.1 by password only."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from demeu.roles.launch.binaries import Programs, find_programs
from demeu.roles.launch.folders import Folders
from demeu.roles.launch.ports import free_port
from demeu.roles.launch.spawn import Account, database_account, run_as, start_child
from demeu.roles.launch.trouble import CannotStart

ADMIN = "demeu_admin"
INITDB_OPTIONS = ("-A", "scram-sha-256", "--data-checksums", "-E", "UTF8", "--locale=C.UTF-8")
START_S_MAX = 60.0
STOP_S_MAX = 20.0
START_ATTEMPTS = 5

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "32MB",
    "max_connections": "100",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "0",
    "max_wal_size": "512MB",
    "autovacuum_max_workers": "2",
    "jit": "off",
    "timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
    "idle_in_transaction_session_timeout": "60s",
}


@dataclass
class Cluster:
    """One data folder with the server that runs on it. ``password`` is that of the user ``demeu_admin``."""

    data: Path
    programs: Programs
    account: Account
    password: str
    log: Path
    extra_settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def url(self, database: str, user: str = ADMIN, password: str | None = None) -> str:
        """Address of ``database`` for ``user``; valid until the server moves to another port."""
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Starts the server and waits until it answers; a port lost to another program is replaced."""
        for attempt in range(START_ATTEMPTS):
            if attempt or not self.port:
                self.port = free_port()
            self.launch()
            if self.becomes_ready():
                return
        raise CannotStart(f"PostgreSQL did not start; its last words are in {self.log}.", "Read them, then try again.")

    def launch(self) -> None:
        """Starts the server process on the present port and returns at once."""
        settings = SETTINGS | self.extra_settings
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.process = start_child(
            [self.programs.folder / "postgres", "-D", self.data, "-p", str(self.port), *options],
            environment={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            log=self.log,
            folder=Path("/"),
            account=self.account,
            death_signal=signal.SIGINT,
        )

    def relaunch(self) -> subprocess.Popen[bytes]:
        """Starts the server again on the port that its users know."""
        self.launch()
        assert self.process is not None
        return self.process

    def becomes_ready(self) -> bool:
        """Waits for the first answer; false when the process ended before it."""
        deadline = time.monotonic() + START_S_MAX
        while self.process is not None and time.monotonic() < deadline:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=3).close()
            except psycopg.OperationalError:
                try:
                    self.process.wait(0.05)
                except subprocess.TimeoutExpired:
                    continue
                return False
            return self.process.poll() is None
        return False

    def stop(self) -> None:
        """Stops the server, ending open connections; after 20 s it is killed."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def reaches(account: Account, folder: Path) -> bool:
    """Whether ``account`` may pass through ``folder``, which must exist."""
    return run_as(account, ["/usr/bin/test", "-x", folder]).returncode == 0


def database_home(folders: Folders, account: Account) -> Path:
    """The folder that holds ``pg``: where data already is, else ``var``, else ``/var/lib/demeu/<12 hex>``."""
    for home in (folders.var, folders.elsewhere):
        if (home / "pg" / "PG_VERSION").is_file() and reaches(account, home):
            return home
    if reaches(account, folders.var):
        return folders.var
    try:
        folders.elsewhere.mkdir(parents=True, exist_ok=True)
        for folder in (folders.elsewhere.parent, folders.elsewhere):
            folder.chmod(0o711)
    except OSError as error:
        raise CannotStart(
            f"{folders.elsewhere} cannot be made: {error.strerror}.", "Set DEMEU_VAR to another folder."
        ) from None
    return folders.elsewhere


def make_data_folder(data: Path, programs: Programs, account: Account, password: str) -> None:
    """Runs ``initdb``; a half-made folder is removed so that the next start begins afresh."""
    data.mkdir(mode=0o700)
    if account.uid is not None:
        os.chown(data, account.uid, account.gid or -1)
    with tempfile.NamedTemporaryFile("w", dir=data.parent, prefix=".first-") as secret:
        secret.write(password)
        secret.flush()
        if account.uid is not None:
            os.chown(secret.name, account.uid, -1)
        answer = run_as(
            account,
            [programs.folder / "initdb", "-D", data, "-U", ADMIN, "--pwfile", secret.name, *INITDB_OPTIONS],
        )
    if answer.returncode != 0:
        shutil.rmtree(data, ignore_errors=True)
        raise CannotStart(f"initdb failed: {answer.stderr.strip()}", "Mend the cause and start again.")


def own_cluster(folders: Folders, password: str) -> Cluster:
    """The checkout's cluster, made when missing, not yet started."""
    account = database_account()
    home = database_home(folders, account)
    data = home / "pg"
    version_file = data / "PG_VERSION"
    try:
        wanted = int(version_file.read_text()) if version_file.exists() else None
    except PermissionError:
        raise CannotStart(
            f"{data} belongs to another user.", "Start as the user who made it, or remove it with `make reset`."
        ) from None
    programs = find_programs(wanted_major=wanted, copy_to=home / "programs", account=account)
    if wanted is None:
        shutil.rmtree(data, ignore_errors=True)
        make_data_folder(data, programs, account, password)
    return Cluster(data, programs, account, password, folders.logs / "postgres.log")
