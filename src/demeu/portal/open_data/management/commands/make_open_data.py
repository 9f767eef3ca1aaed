"""Write the daily files of open data now; the job of the night does the same."""

from typing import Any

from django.core.management.base import BaseCommand

from demeu.kernel import clock
from demeu.portal.open_data.editions import home, write_edition
from demeu.portal.open_data.writing import write_files


class Command(BaseCommand):
    """`make_open_data`"""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Write an edition and say where it is."""
        made_at = clock.now()
        edition = write_edition(made_at, lambda folder: write_files(folder, made_at))
        for one in edition.files:
            self.stdout.write(f"{one.name}: {one.rows if one.rows is not None else '-'} rows, {one.bytes} bytes")
        self.stdout.write(str(home() / edition.name))
