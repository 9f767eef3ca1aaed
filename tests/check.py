"""``make check``: style, types, contracts between the parts, templates and the rules of the house.

Every check runs even when an earlier one fails; the last line says how many failed.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
AT_ONCE = 2
SHOWN_LINES_MAX = 60
PYTHON_FOLDERS = [name for name in ("src", "tests", "bench") if (ROOT / name).is_dir()]
# Types are checked once a role, with that role's own settings: no process loads them all.
TYPED = {
    "vault": ("demeu.kernel", "demeu.contracts", "demeu.vault"),
    "treasury": ("demeu.treasury",),
    "portal": ("demeu.portal",),
    "sandbox": ("demeu.sandbox",),
    "scoring": ("demeu.scoring", "demeu.roles", "demeu.cli"),
}


@dataclass(frozen=True)
class Check:
    """One program that must end with 0."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)


def types_of(role: str, packages: Sequence[str]) -> Check:
    """mypy over ``packages`` with the settings of ``role``; the address of the database is never used."""
    environment = {"DJANGO_SETTINGS_MODULE": f"demeu.roles.settings.{role}"}
    environment[f"DEMEU_DATABASE_URL_{role.upper()}"] = "postgresql://nobody@127.0.0.1:1/nothing"
    cache = f"--cache-dir={ROOT / '.mypy_cache' / role}"
    named = [part for package in packages for part in ("-p", package)]
    return Check(f"types of {role}", [str(BIN / "mypy"), cache, *named], environment)


def checks() -> list[Check]:
    """All checks, the slow ones first."""
    return [
        *(types_of(role, packages) for role, packages in TYPED.items()),
        Check("rules of the house", [sys.executable, "tests/run.py", "house"]),
        Check("order of the parts", [str(BIN / "lint-imports"), "--no-cache"]),
        Check("templates", [str(BIN / "djlint"), "src", "--lint", "--quiet"]),
        Check("style", [str(BIN / "ruff"), "check", *PYTHON_FOLDERS]),
        Check("form", [str(BIN / "ruff"), "format", "--check", *PYTHON_FOLDERS]),
    ]


def run(check: Check) -> bool:
    """Runs one check, prints its name and time, and its words when it fails."""
    began = time.monotonic()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEMEU_", "DJANGO_"))}
    done = subprocess.run(
        list(check.command), cwd=ROOT, env=kept | check.environment, capture_output=True, text=True, check=False
    )
    good = done.returncode == 0
    words = "" if good else "\n".join((done.stdout + done.stderr).strip().splitlines()[-SHOWN_LINES_MAX:]) + "\n"
    sign = "✓" if good else "✗"
    sys.stdout.write(f"{sign} {check.name:24} {time.monotonic() - began:6.1f} s\n{words}")
    sys.stdout.flush()
    return good


def main() -> int:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        good = list(pool.map(run, checks()))
    print(f"\n{good.count(True)} checks passed, {good.count(False)} failed")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
