"""Compiles every ``locale/<area>/<language>/LC_MESSAGES/django.po`` into the ``.mo`` beside it.

Run as ``python -m demeu.roles.catalogues``; it reads and writes nothing else and needs no database.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = Path(__file__).resolve().parents[3] / "locale"


def compile_catalogue(source: Path) -> bool:
    """Writes the ``.mo`` of one catalogue if it is missing or older; whether it was written."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return False
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        write_mo(file, catalogue)
    part.replace(target)
    return True


def main(folder: Path = LOCALE) -> int:
    """Compiles all catalogues; 1 when one of them cannot be read, which is then named."""
    written, bad = 0, 0
    for source in sorted(folder.glob("*/*/LC_MESSAGES/*.po")):
        try:
            written += compile_catalogue(source)
        except (PoFileError, ValueError) as error:
            bad += 1
            print(f"{source}: {error}", file=sys.stderr)  # noqa: T201
    print(f"{written} catalogues compiled")  # noqa: T201
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
