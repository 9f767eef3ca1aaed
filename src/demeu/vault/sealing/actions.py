"""Rotating the key of a field: a fresh key seals at once, and a background job reseals what stands under older ones.

Both open meanwhile. A step is one transaction with its position in it: a crash repeats one step at most.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, invalid, not_found
from demeu.kernel.ids import new_id
from demeu.vault.sealing import keys
from demeu.vault.sealing.cipher import open_bytes, seal_bytes
from demeu.vault.sealing.fields import SEALED_FIELDS
from demeu.vault.sealing.models import Rotation
from demeu.vault.sealing.places import Place, place_of

ROWS_A_STEP = 500
ACTOR = "role:vault"
BEFORE_ALL = "00000000-0000-0000-0000-000000000000"
NEXT_ROWS = """
SELECT {id}, {column} FROM {table} WHERE {older} AND {id} > %s ORDER BY {id} LIMIT %s FOR UPDATE SKIP LOCKED
"""


def begin_rotation(*, field: str, actor: str = ACTOR) -> UUID:
    """A fresh key for a field and the job that reseals under it. Refuses `sealing.unknown_field|rotation_running`."""
    if field not in SEALED_FIELDS:
        raise invalid("sealing.unknown_field", field=field[:40])
    with transaction.atomic():
        if Rotation.objects.select_for_update().filter(field=field, state=Rotation.RUNNING).exists():
            raise conflict("sealing.rotation_running", field=field)
        row = Rotation.objects.create(
            id=new_id(),
            field=field,
            key_id=keys.add_key(Path(settings.DEMEU_VAULT_FIELD_KEYS), field),
            state=Rotation.RUNNING,
            rows_total=place_of(field).rows.count(),
            started_at=clock.now(),
        )
        record(actor=actor, action="sealing.rotation_begun", subject=f"rotation:{row.id}", field=field)
        _defer(row.id)
    return row.id


def reseal_step(*, rotation: UUID) -> bool:
    """Reseal the next rows; whether more is to be done. When none is left under an older key, the rotation is done."""
    with transaction.atomic():
        row = Rotation.objects.select_for_update().filter(id=rotation).first()
        if row is None:
            raise not_found("sealing.unknown_rotation")
        if row.state != Rotation.RUNNING:
            return False
        place = place_of(row.field)
        found = _next_rows(place, row)
        with writable(place):
            for identifier, old in found:
                _reseal(place, identifier, old)
        row.rows_seen += len(found)
        row.last_row = str(found[-1][0]) if len(found) == ROWS_A_STEP else ""
        if not row.last_row and not rows_under_older_keys(place, row.key_id):
            row.state, row.done_at = Rotation.DONE, clock.now()
            record(actor=ACTOR, action="sealing.rotation_done", subject=f"rotation:{row.id}", rows=row.rows_seen)
        row.save()
        if row.state == Rotation.RUNNING:
            _defer(row.id)
        return row.state == Rotation.RUNNING


def retire_older_keys(*, field: str, actor: str = ACTOR) -> int:
    """Remove a field's older keys once nothing is sealed under them; how many. Refuses `sealing.still_sealed`.

    Backups made before this moment need the key file of their time.
    """
    place, current = place_of(field), keys.field_keys_anew().fields[field].current
    left = rows_under_older_keys(place, current)
    if left:
        raise conflict("sealing.still_sealed", field=field, rows=left)
    with transaction.atomic():
        Rotation.objects.filter(field=field, state=Rotation.DONE).update(state=Rotation.RETIRED)
        removed = keys.retire_keys(Path(settings.DEMEU_VAULT_FIELD_KEYS), field)
        record(actor=actor, action="sealing.keys_retired", subject=f"field:{field}", keys=removed)
    return removed


def rows_under_older_keys(place: Place, key_id: str) -> int:
    """How many values of a column another key than this one has sealed."""
    with connection.cursor() as cursor:
        cursor.execute(_statement("SELECT count(*) FROM {table} WHERE {older}", place), [bytes.fromhex(key_id)])
        found = cursor.fetchone()
    return int(found[0])


@contextmanager
def writable(place: Place) -> Iterator[None]:
    """Let the sealed column of an append-only table be rewritten in this block; grants leave open no other column."""
    if place.trigger is None:
        yield
        return
    with pgtrigger.ignore(place.trigger):
        yield


def _next_rows(place: Place, row: Rotation) -> list[tuple[Any, bytes]]:
    statement = _statement(NEXT_ROWS, place)
    with connection.cursor() as cursor:
        cursor.execute(statement, [bytes.fromhex(row.key_id), row.last_row or BEFORE_ALL, ROWS_A_STEP])
        return [(identifier, bytes(old)) for identifier, old in cursor.fetchall()]


def _reseal(place: Place, identifier: Any, old: bytes) -> None:
    fresh = seal_bytes(identifier, place.field, open_bytes(identifier, place.field, old))
    place.rows.filter(pk=identifier).update(**{place.column: fresh})


def _statement(text: str, place: Place) -> str:
    """SQL over one sealed column; `{older}` is true of values whose key id (bytes 2 to 5) is another."""
    names = {
        "table": sql.Identifier(place.model._meta.db_table),
        "column": sql.Identifier(place.column),
        "id": sql.Identifier(str(place.model._meta.pk.column)),
    }
    older = sql.SQL("length({column}) > 0 AND substring({column} FROM 2 FOR 4) <> %s").format(**names)
    connection.ensure_connection()
    return sql.SQL(text).format(**names, older=older).as_string(connection.connection)


def _defer(rotation: UUID) -> None:
    from demeu.vault.sealing.tasks import reseal

    reseal.defer(rotation=str(rotation))
