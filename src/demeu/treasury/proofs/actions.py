"""Writing the log: a leaf with the change it records; places by one sequencer at a time; then the head."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from demeu.kernel import clock
from demeu.treasury.ledger.rules import NO_LOT, Lot
from demeu.treasury.proofs.entries import SALT_BYTES, Opening, entry_bytes
from demeu.treasury.proofs.keys import log_key, log_note_key
from demeu.treasury.proofs.merkle import complete_root, leaf_hash, range_root
from demeu.treasury.proofs.models import FullTile, Leaf, LeafOpening, LeafPlace, LeafWaiting, SignedHead
from demeu.treasury.proofs.notes import Checkpoint, sign
from demeu.treasury.proofs.publishing import publish_files
from demeu.treasury.proofs.queries import log_size, node_reader, place_of, tile_hashes
from demeu.treasury.proofs.rules import Step
from demeu.treasury.proofs.tiles import WIDTH

BATCH = 2_000
SEQUENCER_LOCK = 7_401_001
INSERT = """
WITH leaf AS (
  INSERT INTO treasury_proofs_leaf (id, kind, at, entry, gift, "case", item, payout, amount_tiyn)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING RETURNING id
), waiting AS (
  INSERT INTO treasury_proofs_leafwaiting (leaf_id, since) SELECT id, %s FROM leaf
), opening AS (
  INSERT INTO treasury_proofs_leafopening (leaf_id, salt, facts)
  SELECT id, %s::bytea, %s::jsonb FROM leaf WHERE %s::bytea IS NOT NULL
)
SELECT id FROM leaf"""


def append_step(
    *, leaf: UUID, step: Step, lot: Lot = NO_LOT, amount_tiyn: int, facts: Mapping[str, object] | None = None
) -> bool:
    """Record a step of money in the log, in the present transaction; False when this leaf is there already."""
    opened: dict[str, object] = {"amount_tiyn": amount_tiyn, "currency": "KZT", **(facts or {})}
    for name, part in zip(("gift", "case", "item", "payout"), lot.parts, strict=True):
        if part is not None:
            opened[name] = str(part)
    return _append(leaf, step.value, opened, lot, amount_tiyn)


def append_fact(*, leaf: UUID, kind: str, facts: Mapping[str, object]) -> bool:
    """Record something that is not money, under a salted commitment; False when this leaf is there already."""
    return _append(leaf, kind, facts, NO_LOT, None)


def append_commitment(*, leaf: UUID, kind: str, commitment: str) -> bool:
    """Record a commitment whose opening somebody else keeps (SHA-256, hex)."""
    at = _whole_second(clock.now())
    return _insert(Leaf(id=leaf, kind=kind, at=at, entry=entry_bytes(kind, at, commitment)))


def erase_opening(*, leaf: UUID) -> None:
    """Forget salt and facts of a leaf: nobody can tell any more what it says, and every root stays as it was."""
    LeafOpening.objects.filter(leaf_id=leaf).delete()


def sequence_leaves() -> int:
    """Give waiting leaves their places and sign the new head; how many got one. One sequencer runs at a time."""
    with transaction.atomic():
        lock_log()
        waiting = list(LeafWaiting.objects.select_related("leaf").order_by("id")[:BATCH])
        if not waiting:
            return 0
        size = log_size()
        places = [
            LeafPlace(index=size + offset, leaf=row.leaf, leaf_hash=leaf_hash(bytes(row.leaf.entry)))
            for offset, row in enumerate(waiting)
        ]
        LeafPlace.objects.bulk_create(places)
        LeafWaiting.objects.filter(id__in=[row.id for row in waiting]).delete()
        _close_full_tiles(size, size + len(places))
        _sign_head(size + len(places))
    return len(places)


def place_now(*, leaf: UUID) -> int:
    """Place a leaf at once and return its index; files follow when the transaction commits."""
    while (index := place_of(leaf)) is None:
        sequence_leaves()
    transaction.on_commit(publish_log)
    return index


def publish_log() -> None:
    """Place what waits and bring the public files up to the newest head."""
    while sequence_leaves() == BATCH:
        continue
    with transaction.atomic():
        lock_log()
        publish_files()


def _append(leaf: UUID, kind: str, facts: Mapping[str, object], lot: Lot, amount_tiyn: int | None) -> bool:
    at = _whole_second(clock.now())
    opening = Opening(kind, at, secrets.token_bytes(SALT_BYTES), facts)
    row = Leaf(id=leaf, kind=kind, at=at, entry=opening.entry(), amount_tiyn=amount_tiyn)
    row.gift, row.case, row.item, row.payout = lot.parts
    return _insert(row, opening)


def _insert(row: Leaf, opening: Opening | None = None) -> bool:
    """Leaf, opening and its wait for a place in one statement; False when the leaf is there already."""
    salt, facts = (opening.salt, Jsonb(dict(opening.facts))) if opening else (None, None)
    references = [row.gift, row.case, row.item, row.payout]
    values: list[Any] = [row.id, row.kind, row.at, row.entry, *references, row.amount_tiyn]
    values += [clock.now(), salt, facts, salt]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        return bool(cursor.rowcount == 1)


def _close_full_tiles(size_before: int, size: int) -> None:
    """Store the roots of the tiles that became full, level by level."""
    level, before, after = 0, size_before // WIDTH, size // WIDTH
    while after > before:
        FullTile.objects.bulk_create(
            FullTile(level=level, number=number, root=complete_root(tile_hashes(level, number)))
            for number in range(before, after)
        )
        level, before, after = level + 1, before // WIDTH, after // WIDTH


def _sign_head(size: int) -> None:
    root = range_root(node_reader(), 0, size)
    text = sign(Checkpoint(log_note_key().name, size, root), log_key())
    SignedHead.objects.create(size=size, root=root, text=text, at=clock.now())


def lock_log() -> None:
    """One sequencer at a time, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEQUENCER_LOCK])


def _whole_second(at: datetime) -> datetime:
    return at.replace(microsecond=0)
