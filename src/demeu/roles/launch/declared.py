"""Tells which settings a role declares and what they are now: each role's module is read in a process of its own.

``python -m demeu.roles.launch.declared ROLE`` prints them as JSON; values of secrets are printed, so it is for
other parts of the launcher, not for a screen.
"""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping

from demeu.kernel.env import DECLARED
from demeu.roles.launch.trouble import CannotStart


def settings_of(role: str, environment: Mapping[str, str]) -> dict[str, dict[str, str | None]]:
    """By name: ``default``, ``help`` and the ``value`` that holds in ``environment``."""
    done = subprocess.run(
        [sys.executable, "-m", "demeu.roles.launch.declared", role],
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        raise CannotStart(f"The settings of {role} cannot be read: {''.join(last)}", "Mend the setting that it names.")
    found: dict[str, dict[str, str | None]] = json.loads(done.stdout)
    return found


def main(role: str) -> None:
    """Prints the declared settings of ``role``."""
    importlib.import_module(f"demeu.roles.settings.{role}")
    json.dump(
        {
            name: {"default": one.default, "help": one.help, "value": os.environ.get(name, one.default)}
            for name, one in DECLARED.items()
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main(sys.argv[1])
