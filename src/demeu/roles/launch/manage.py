"""Runs one management command of a role with that role's settings and runtime user, platform running or not."""

import subprocess
import sys
from collections.abc import Mapping

from demeu.roles.launch.environment import role_environment
from demeu.roles.launch.offline import reach


def run_command(environment: Mapping[str, str], role: str, *arguments: str) -> int:
    """Runs ``python -m django ARGUMENTS`` for ``role`` on this terminal; its exit code."""
    with reach(environment, alone=False) as reached:
        own = role_environment(reached.plan, reached.secrets, role) | {"DEMEU_LOG_LEVEL": "WARNING"}
        return subprocess.run([sys.executable, "-m", "django", *arguments], env=own, check=False).returncode
