"""Import boundaries of regions or districts from GeoJSON on standard input."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demeu.kernel.errors import Refusal
from demeu.portal.maps.actions import import_boundaries
from demeu.portal.maps.shapes import size_bytes
from demeu.portal.ui.refusals import text_of


class Command(BaseCommand):
    """`import_boundaries --credit "…" < regions.geojson`."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """The credit that is shown beside the map."""
        parser.add_argument("--credit", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the boundaries over; say how many and how large."""
        try:
            row = import_boundaries(text=sys.stdin.read(), credit=options["credit"], by="operator:command")
        except Refusal as refusal:
            raise CommandError(f"{refusal.code}: {text_of(refusal)}") from refusal
        weight = f"{len(row.shapes)} places, {size_bytes(row.shapes)} bytes"
        self.stdout.write(f"{row.level}: {weight}, edition {row.edition}")
