"""Print or apply the least grants of this role's runtime user; run with the owner's connection after migrating."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from psycopg import sql

from demeu.kernel.appendonly import append_only_tables, resealed_columns


class Command(BaseCommand):
    """`apply_grants USER`: USER may read and write rows, may only add to append-only tables, and may alter nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """One argument: the runtime user."""
        parser.add_argument("user")

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply the grants; safe to repeat."""
        user = sql.Identifier(options["user"])
        statements = [
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(user),
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(user),
            sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(user),
            sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(user),
        ]
        for table in append_only_tables():
            statements.append(
                sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), user)
            )
        for table, columns in resealed_columns().items():
            listed = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
            statements.append(sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(listed, sql.Identifier(table), user))
        statements.append(sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}").format(user))
        connection.ensure_connection()
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.as_string(connection.connection))
