"""Runs the tests, each suite in its own process with its own role's settings, against a PostgreSQL of their own.

Nothing here may hide a failure: a suite that runs no test counts as failed.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.postgres import Cluster, own_cluster

ROOT = Path(__file__).resolve().parent.parent
SUITES_AT_ONCE = 2
NOTHING_COLLECTED = 5
EXAMPLES = """
examples:
  python tests/run.py                              every suite
  python tests/run.py vault portal                 two suites
  python tests/run.py treasury/ledger -k balance   a folder, tests whose name has "balance"
  python tests/run.py tests/system/test_walls.py   a file (also path::test)
  python tests/run.py vault -- -x --pdb            everything after -- goes to pytest
"""


@dataclass(frozen=True)
class Suite:
    """Tests that share one settings module. ``role`` names it; without a role Django is not set up."""

    name: str
    folders: tuple[str, ...]
    role: str | None = None


# The slowest first: they start together with the quick ones.
SUITES = (
    Suite("browser", ("tests/browser",)),
    Suite("system", ("tests/system",)),
    Suite("portal", ("src/demeu/portal",), "portal"),
    Suite("vault", ("src/demeu/vault",), "vault"),
    Suite("treasury", ("src/demeu/treasury",), "treasury"),
    Suite("sandbox", ("src/demeu/sandbox",), "sandbox"),
    Suite("scoring", ("src/demeu/scoring",), "scoring"),
    Suite("kernel", ("src/demeu/kernel",), "portal"),
    Suite("contracts", ("src/demeu/contracts", "tests/contracts"), "scoring"),
    Suite("roles", ("src/demeu/roles", "src/demeu/cli")),
    Suite("conformance", ("tests/conformance",), "vault"),
    Suite("house", ("tests/house",)),
)
RUNNING: list[subprocess.Popen[str]] = []
ROLES_WITH_DATABASE = ("portal", "treasury", "vault", "sandbox")
# A closed port: suites of one role find every other service away, whatever else runs on this machine.
NOBODY = "http://127.0.0.1:9"
# What makes a run longer, or points it at other software; everything else of the caller's platform is left out.
PASSED_ON = (
    "DEMEU_CONFORMANCE",
    "DEMEU_FUZZ_SECONDS",
    "DEMEU_KILLS",
    "DEMEU_SIMULATED_STEPS",
    "DEMEU_SIMULATED_DATABASE_STEPS",
    "DEMEU_SOAK_RESULTS",
)


@dataclass(frozen=True)
class Chosen:
    """A suite with the paths to run in it."""

    suite: Suite
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What one suite gave; ``failed`` counts errors too."""

    suite: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    output: str
    exit_code: int


def suite_of(target: str) -> Chosen | None:
    """The suite that ``target`` belongs to: a suite's name, ``suite/app``, or a path with optional ``::test``."""
    file, separator, node = target.partition("::")
    for suite in SUITES:
        for folder in suite.folders:
            if file == suite.name:
                return Chosen(suite, suite.folders)
            for path in (file, f"{folder}/{file.partition('/')[2]}"):
                inside = path == folder or path.startswith(f"{folder}/")
                right = path == file or file.startswith(f"{suite.name}/")
                if inside and right and (ROOT / path).exists():
                    return Chosen(suite, (path + separator + node,))
    return None


def choose(targets: Sequence[str]) -> list[Chosen]:
    """What to run: everything without targets; ends the program on a target that is not there."""
    if not targets:
        return [Chosen(suite, suite.folders) for suite in SUITES]
    chosen: dict[str, Chosen] = {}
    for target in targets:
        found = suite_of(target.removesuffix("/"))
        if found is None:
            sys.exit(f"No tests at {target!r}. Suites: {', '.join(suite.name for suite in SUITES)}.")
        before = chosen.get(found.suite.name)
        chosen[found.suite.name] = Chosen(found.suite, (before.paths if before else ()) + found.paths)
    return list(chosen.values())


class Databases:
    """One PostgreSQL for all suites; each suite gets its own database name, so suites never meet."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="demeu-test-"))
        self.folder.chmod(0o711)
        self.cluster: Cluster | None = None
        self.given = {role: os.environ.get(f"DEMEU_DATABASE_URL_{role.upper()}") for role in ROLES_WITH_DATABASE}

    def start(self) -> None:
        """Starts the server unless an address is given for every role."""
        if all(self.given.values()):
            return
        folders = Folders(root=self.folder, var=self.folder / "var")
        make_folders(folders)
        self.cluster = own_cluster(folders, "test-only")
        self.cluster.extra_settings = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        self.cluster.start()
        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as connection:
            for role in ROLES_WITH_DATABASE:
                statement = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
                connection.execute(statement.format(sql.Identifier(f"demeu_{role}_test"), sql.Literal("test-only")))

    def url(self, role: str, suite: str) -> str:
        """Address for pytest-django, which puts ``test_`` before the database's name."""
        name = f"demeu_{suite}"
        given = self.given[role]
        if given:
            return urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        assert self.cluster is not None
        return self.cluster.url(name, f"demeu_{role}_test", "test-only")

    def stop(self) -> None:
        if self.cluster:
            self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def environment_of(suite: Suite, databases: Databases) -> dict[str, str]:
    """The suite's environment: no setting of the caller's platform, only its own role's database."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEMEU_")}
    environment |= {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment |= {f"DEMEU_URL_{role.upper()}": NOBODY for role in (*ROLES_WITH_DATABASE, "scoring")}
    environment["DEMEU_VAR"] = str(databases.folder / f"var-{suite.name}")
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    if suite.role is None:
        return environment
    environment["DJANGO_SETTINGS_MODULE"] = f"demeu.roles.settings.{suite.role}"
    if suite.role in ROLES_WITH_DATABASE:
        environment[f"DEMEU_DATABASE_URL_{suite.role.upper()}"] = databases.url(suite.role, suite.name)
    return environment


def count(report: Path) -> tuple[int, int, int]:
    """Passed, failed, skipped as pytest's JUnit report says; a missing report is one failure."""
    if not report.exists():
        return 0, 1, 0
    totals = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for element in ElementTree.parse(report).getroot().iter("testsuite"):
        for name in totals:
            totals[name] += int(element.get(name, "0"))
    failed = totals["failures"] + totals["errors"]
    return totals["tests"] - failed - totals["skipped"], failed, totals["skipped"]


def run_suite(chosen: Chosen, databases: Databases, options: Sequence[str], *, live: bool) -> Outcome:
    """Runs one suite in a process of its own and counts its tests; ``live`` shows output as it comes."""
    suite, began = chosen.suite, time.monotonic()
    missing = [path for path in chosen.paths if not (ROOT / path.partition("::")[0]).exists()]
    paths = [path for path in chosen.paths if path not in missing]
    if not paths:
        return Outcome(suite.name, 0, 1, 0, 0.0, f"suite {suite.name}: no folder {missing}\n", 1)
    report = databases.folder / f"{suite.name}.xml"
    command = [sys.executable, "-m", "pytest", f"--junitxml={report}", "-q", *options, *paths]
    unused = [*(["django"] if suite.role is None else []), *(["schemathesis"] if suite.name != "contracts" else [])]
    command[3:3] = [part for plugin in unused for part in ("-p", f"no:{plugin}")]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment_of(suite, databases),
        stdout=None if live else subprocess.PIPE,
        stderr=None if live else subprocess.STDOUT,
        text=True,
    )
    RUNNING.append(process)
    output, _ = process.communicate()
    passed, failed, skipped = count(report)
    if process.returncode == NOTHING_COLLECTED or (process.returncode and not failed):
        failed += 1
    return Outcome(suite.name, passed, failed, skipped, time.monotonic() - began, output or "", process.returncode)


def run_all(chosen: Sequence[Chosen], databases: Databases, options: Sequence[str]) -> list[Outcome]:
    """Runs the suites, two at a time, and prints each one's output when it ends."""
    live = len(chosen) == 1
    printing = threading.Lock()

    def run_one(one: Chosen) -> Outcome:
        outcome = run_suite(one, databases, options, live=live)
        with printing:
            print(f"── {one.suite.name} " + "─" * 60, flush=True)
            sys.stdout.write(outcome.output)
            sys.stdout.flush()
        return outcome

    with ThreadPoolExecutor(SUITES_AT_ONCE) as pool:
        return list(pool.map(run_one, chosen))


def print_summary(outcomes: Sequence[Outcome]) -> bool:
    """One line a suite, then the total as the very last line; true when all is well."""
    print()
    for one in outcomes:
        none = "  (no test ran)" if one.exit_code == NOTHING_COLLECTED else ""
        print(f"{one.suite:12} {one.passed:5} passed {one.failed:4} failed {one.seconds:7.1f} s{none}")
    passed, failed, skipped = (sum(getattr(one, name) for one in outcomes) for name in ("passed", "failed", "skipped"))
    print(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
    return failed == 0 and passed > 0


def arguments(given: Sequence[str]) -> tuple[list[str], list[str]]:
    """Targets and options for pytest."""
    before, after = (list(given), [])
    if "--" in before:
        cut = before.index("--")
        before, after = before[:cut], before[cut + 1 :]
    parser = argparse.ArgumentParser(
        prog="tests/run.py", description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("targets", nargs="*", help="; ".join(f"{s.name}: {' '.join(s.folders)}" for s in SUITES))
    parser.add_argument("-k", metavar="EXPRESSION", help="only tests whose name matches, as in pytest")
    parsed = parser.parse_intermixed_args(before)
    return parsed.targets, (["-k", parsed.k] if parsed.k else []) + after


def end_early(*_: object) -> None:
    """On SIGTERM: interrupts the running suites, so that their own clean-up runs, then ends."""
    for process in RUNNING:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    sys.exit(143)


def main() -> int:
    targets, options = arguments(sys.argv[1:])
    chosen = choose(targets)
    signal.signal(signal.SIGTERM, end_early)
    databases = Databases()
    try:
        databases.start()
        return 0 if print_summary(run_all(chosen, databases, options)) else 1
    finally:
        databases.stop()


if __name__ == "__main__":
    sys.exit(main())
