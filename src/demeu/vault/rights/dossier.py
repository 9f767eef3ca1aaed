"""Everything that is kept about one person, opened for that person alone. Nothing of it is ever stored again."""

import base64
import json
from typing import Any
from uuid import UUID

from django.apps import apps

from demeu.kernel import clock
from demeu.kernel.errors import not_found
from demeu.vault.people.models import Person
from demeu.vault.rights.holdings import HOLDINGS, Holding
from demeu.vault.sealing.cipher import open_bytes

FORM = "demeu-export-1"
ROWS_MAX = 10_000
FILES_BYTES_MAX = 4 * 1024 * 1024


def dossier_of(person: UUID) -> dict[str, Any]:
    """Holding → rows, oldest first, as JSON values. Refuses `person.unknown`, also for an erased person."""
    if not Person.objects.filter(id=person, erased_at__isnull=True).exists():
        raise not_found("person.unknown")
    room = _Room(FILES_BYTES_MAX)
    return {
        "form": FORM,
        "person": str(person),
        "made_at": clock.now().isoformat(),
        "holdings": {one.name: _rows(one, person, room) for one in HOLDINGS if one.exported},
    }


def as_json(dossier: dict[str, Any]) -> str:
    """The export as a file that programs read."""
    return json.dumps(dossier, ensure_ascii=False, indent=1)


class _Room:
    """How many bytes of files still fit into one export."""

    def __init__(self, left: int) -> None:
        self.left = left


def _rows(holding: Holding, person: UUID, room: _Room) -> list[dict[str, Any]]:
    rows = apps.get_model(holding.model)._default_manager.filter(**{holding.by: person})
    return [_row(holding, row, room) for row in rows.order_by(holding.at, "pk")[:ROWS_MAX]]


def _row(holding: Holding, row: Any, room: _Room) -> dict[str, Any]:
    shown = {name: _plain(getattr(row, name)) for name in holding.shown}
    for column, field in holding.opened.items():
        sealed = bytes(getattr(row, column) or b"")
        shown[column] = _opened(open_bytes(row.pk, field, sealed), room) if sealed else ""
    return shown


def _opened(content: bytes, room: _Room) -> Any:
    """Text as it is; a file as base64 while there is room, and above that by its size only."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        fits = len(content) <= room.left
        room.left -= len(content) if fits else 0
        return {"base64": base64.b64encode(content).decode()} if fits else {"size_bytes": len(content)}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
