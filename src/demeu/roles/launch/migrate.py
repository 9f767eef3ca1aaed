"""Brings one role's database to the present schema and sets the grants of its runtime user.

Run as ``python -m demeu.roles.launch.migrate RUNTIME_USER`` with the role's settings and the owner's address.
It is the only part of the launcher that sets Django up, in a process of its own.
"""

import sys

import django
from django.core.management import call_command
from django.db import connection
from psycopg import sql


def let_references_be_checked() -> None:
    """For an owner that serves itself: gives back UPDATE on the key column of append-only tables.

    PostgreSQL checks foreign keys as the owner of the table with a row lock, which asks for UPDATE on some column.
    The trigger still refuses every update.
    """
    from django.apps import apps

    from demeu.kernel.appendonly import AppendOnly

    with connection.cursor() as cursor:
        for model in apps.get_models():
            if issubclass(model, AppendOnly):
                table, key = sql.Identifier(model._meta.db_table), sql.Identifier(str(model._meta.pk.column))
                cursor.execute(sql.SQL("GRANT UPDATE ({}) ON {} TO CURRENT_USER").format(key, table))


def main(runtime_user: str) -> None:
    """Migrates, then sets the grants; both may be repeated."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("apply_grants", runtime_user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    if owner == runtime_user:
        let_references_be_checked()


if __name__ == "__main__":
    main(sys.argv[1])
