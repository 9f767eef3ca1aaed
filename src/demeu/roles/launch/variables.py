"""Which ``DEMEU_*`` variables exist, so that a misspelt one is named instead of silently ignored."""

import difflib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from demeu.roles import topology
from demeu.roles.launch.trouble import CannotStart

# Read by the launcher and the tests themselves; the roles' settings declare all others.
LAUNCHER_VARIABLES = {
    "DEMEU_PORT": "port of the portal (default 8000 or the next free one; a busy explicit port is an error)",
    "DEMEU_VAR": "folder of everything the platform makes (default var/ in the checkout)",
    "DEMEU_RESTART": "0 leaves a process that died down instead of starting it again (default 1)",
    "DEMEU_CONFORMANCE": "1 runs the slow conformance tests too",
}
DECLARATION = re.compile(r'env\.(?:text|required|integer|flag|choice|folder)\(\s*f?"(DEMEU_[A-Z0-9_]+)"')


@cache
def declared_in_settings() -> frozenset[str]:
    """Names declared in the settings modules; read as text, because no process may import all of them."""
    folder = Path(__file__).resolve().parents[1] / "settings"
    names = {name for file in folder.glob("*.py") for name in DECLARATION.findall(file.read_text("utf-8"))}
    names |= {f"DEMEU_URL_{role.upper()}" for role in topology.ROLES}
    return frozenset(names | {f"DEMEU_DATABASE_URL_{role.upper()}" for role in topology.WITH_DATABASE})


def known_variables() -> frozenset[str]:
    """Every variable that means something."""
    return declared_in_settings() | LAUNCHER_VARIABLES.keys()


def require_known(environment: Mapping[str, str]) -> None:
    """Refuses an environment with a ``DEMEU_*`` name that nothing reads; names the nearest one."""
    known = known_variables()
    for name in sorted(environment):
        if name.startswith("DEMEU_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            fix = f"Did you mean {near[0]}?" if near else "Unset it; docs/reference lists all settings."
            raise CannotStart(f"There is no setting {name}.", fix)


def require_valid(environment: Mapping[str, str]) -> None:
    """Refuses values of the launcher's own settings that mean nothing."""
    allowed = {"DEMEU_PROFILE": ("demo", "production"), "DEMEU_RESTART": ("0", "1")}
    for name, words in allowed.items():
        if environment.get(name, words[0]) not in words:
            raise CannotStart(f"{name}={environment[name]!r} means nothing.", f"Set it to {' or '.join(words)}.")
