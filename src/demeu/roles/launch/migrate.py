"""Brings one role's database to the present schema and sets the grants of its runtime user.

Run as ``python -m demeu.roles.launch.migrate RUNTIME_USER`` with the role's settings and the owner's address.
It is the only part of the launcher that sets Django up, in a process of its own.
"""

import sys

import django
from django.core.management import call_command


def main(runtime_user: str) -> None:
    """Migrates, then sets the grants; both may be repeated."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("apply_grants", runtime_user)


if __name__ == "__main__":
    main(sys.argv[1])
