"""Rotates the keys of sealed fields, shows how far that is, or removes keys under which nothing is sealed any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demeu.kernel.errors import Refusal
from demeu.vault.sealing.actions import begin_rotation, retire_older_keys
from demeu.vault.sealing.fields import SEALED_FIELDS
from demeu.vault.sealing.models import Rotation


class Command(BaseCommand):
    """`rotate_keys FIELD…`, `rotate_keys --all`, `rotate_keys --progress`, `rotate_keys --retire FIELD…`."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Fields, or all of them."""
        parser.add_argument("fields", nargs="*", help=", ".join(SEALED_FIELDS))
        parser.add_argument("--all", action="store_true", help="every sealed field")
        parser.add_argument("--progress", action="store_true", help="print how far each rotation is")
        parser.add_argument("--retire", action="store_true", help="remove older keys instead of making new ones")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each field."""
        if options["progress"]:
            self._progress()
            return
        chosen = SEALED_FIELDS if options["all"] else options["fields"]
        if not chosen:
            raise CommandError("name a field, or --all")
        for field in chosen:
            try:
                self._turn(field, retire=options["retire"])
            except Refusal as refusal:
                raise CommandError(f"{refusal.code} {refusal.facts}") from refusal

    def _turn(self, field: str, *, retire: bool) -> None:
        if retire:
            self.stdout.write(f"{field}: {retire_older_keys(field=field)} keys removed")
        else:
            begin_rotation(field=field)
            self.stdout.write(f"{field}: begun")

    def _progress(self) -> None:
        for row in Rotation.objects.order_by("-started_at")[:100]:
            self.stdout.write(f"{row.field} {row.state} {row.rows_seen} of {row.rows_total} under {row.key_id}")
