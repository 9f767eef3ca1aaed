"""Reading the log: places, heads, proofs, and the public trail of a case's money."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from demeu.kernel.errors import not_found
from demeu.treasury.proofs.entries import Opening
from demeu.treasury.proofs.merkle import NodeReader, complete_root, inclusion_proof
from demeu.treasury.proofs.models import Cosignature, Leaf, LeafOpening, LeafPlace, SignedHead
from demeu.treasury.proofs.proof_text import write_proof
from demeu.treasury.proofs.rules import SHOWN, Step
from demeu.treasury.proofs.tiles import HEIGHT, WIDTH, split_hashes

# A tile comes as one value: 256 rows, one by one, take most of the time of a proof.
LEAF_TILE = """SELECT string_agg(leaf_hash, ''::bytea ORDER BY "index") FROM treasury_proofs_leafplace
               WHERE "index" >= %s AND "index" < %s"""
UPPER_TILE = """SELECT string_agg(root, ''::bytea ORDER BY number) FROM treasury_proofs_fulltile
                WHERE level = %s AND number >= %s AND number < %s"""


@dataclass(frozen=True)
class ProvedStep:
    """One step of money with its place in the log (None until it has one)."""

    at: datetime
    kind: str
    gift: UUID | None
    case: UUID | None
    item: UUID | None
    amount_tiyn: int
    index: int | None


def tile_hashes(level: int, number: int) -> list[bytes]:
    """The hashes of a tile as far as it is filled."""
    low = number * WIDTH
    with connection.cursor() as cursor:
        if level == 0:
            cursor.execute(LEAF_TILE, [low, low + WIDTH])
        else:
            cursor.execute(UPPER_TILE, [level - 1, low, low + WIDTH])
        (joined,) = cursor.fetchone()
    return split_hashes(bytes(joined or b""))


def tile_entries(number: int, width: int) -> list[bytes]:
    """The entries of a bundle."""
    low = number * WIDTH
    rows = LeafPlace.objects.filter(index__gte=low, index__lt=low + width).order_by("index")
    return [bytes(found) for found in rows.values_list("leaf__entry", flat=True)]


def node_reader() -> NodeReader:
    """A reader of subtree roots that asks the database once a tile."""
    seen: dict[tuple[int, int], list[bytes]] = {}

    def read(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, HEIGHT)
        first = index << height
        tile = (tile_level, first // WIDTH)
        if tile not in seen:
            seen[tile] = tile_hashes(*tile)
        at = first % WIDTH
        return complete_root(seen[tile][at : at + (1 << height)])

    return read


def log_size() -> int:
    """How many leaves have a place."""
    last = LeafPlace.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def latest_head() -> SignedHead | None:
    """The newest signed checkpoint."""
    return SignedHead.objects.order_by("-size").first()


def head_over(index: int) -> SignedHead | None:
    """The newest head over a place that a witness has cosigned; failing that the newest at all."""
    cosigned = Cosignature.objects.select_related("head").filter(head__gt=index).order_by("-head").first()
    if cosigned is not None:
        return cosigned.head
    return SignedHead.objects.filter(size__gt=index).order_by("-size").first()


def cosigned_text(head: SignedHead) -> str:
    """The checkpoint as a note: ours, then the lines of its witnesses by name."""
    lines = head.cosignatures.order_by("witness").values_list("line", flat=True)
    return head.text + "".join(lines)


def places_of(leaves: Iterable[UUID]) -> dict[UUID, int]:
    """Index by leaf, for those that have one."""
    return dict(LeafPlace.objects.filter(leaf_id__in=list(leaves)).values_list("leaf_id", "index"))


def place_of(leaf: UUID) -> int | None:
    """The index of one leaf."""
    return places_of([leaf]).get(leaf)


def proof_of(leaf: UUID) -> str:
    """The proof of inclusion of a leaf in the newest checkpoint, with its opening.

    Raises `proof.not_yet` while the leaf has no place, `proof.erased` when its opening was erased.
    """
    kept = LeafOpening.objects.select_related("leaf__place").filter(leaf_id=leaf).first()
    index = place_of(leaf) if kept is None else getattr(getattr(kept.leaf, "place", None), "index", None)
    head = None if index is None else head_over(index)
    if index is None or head is None:
        raise not_found("proof.not_yet", leaf=str(leaf))
    if kept is None:
        raise not_found("proof.erased", leaf=str(leaf))
    opening = Opening(kept.leaf.kind, kept.leaf.at, bytes(kept.salt), kept.facts)
    path = inclusion_proof(node_reader(), index, head.size)
    return write_proof(index, path, cosigned_text(head), opening.encoded())


def case_steps(case: UUID) -> list[ProvedStep]:
    """Every step of a case's money, oldest first; what a pooled gift brought is counted by its allocated part."""
    own = list(_shown(Leaf.objects.filter(case=case)))
    parts: dict[UUID, int] = {}
    for leaf in own:
        if leaf.kind == Step.ALLOCATED and leaf.gift:
            parts[leaf.gift] = parts.get(leaf.gift, 0) + (leaf.amount_tiyn or 0)
    before = _shown(Leaf.objects.filter(gift__in=parts, case=None, kind__in=(Step.RECEIVED, Step.HELD)))
    steps = [_step(leaf, leaf.amount_tiyn or 0) for leaf in own]
    steps += [_step(leaf, parts[leaf.gift]) for leaf in before if leaf.gift]
    order = list(SHOWN)
    return sorted(steps, key=lambda step: (step.at, order.index(Step(step.kind))))


def last_steps(limit: int) -> list[ProvedStep]:
    """The newest steps of all money, newest first."""
    return [_step(leaf, leaf.amount_tiyn or 0) for leaf in _shown(Leaf.objects.all()).order_by("-at", "-id")[:limit]]


def steps_after(index: int, limit: int) -> list[ProvedStep]:
    """The steps of all money that stand in the log after a place, in its order."""
    kinds = [step.value for step in SHOWN]
    places = LeafPlace.objects.filter(index__gt=index, leaf__kind__in=kinds).select_related("leaf")
    rows = places.defer("leaf_hash", "leaf__entry").order_by("index")[:limit]
    return [
        ProvedStep(row.leaf.at, row.leaf.kind, row.leaf.gift, row.leaf.case, row.leaf.item, row.leaf.amount_tiyn or 0,
                   row.index)
        for row in rows
    ]  # fmt: skip


def _shown(leaves: QuerySet[Leaf]) -> QuerySet[Leaf]:
    return leaves.filter(Q(kind__in=[step.value for step in SHOWN])).select_related("place").defer("entry")


def _step(leaf: Leaf, amount_tiyn: int) -> ProvedStep:
    place = getattr(leaf, "place", None)
    return ProvedStep(leaf.at, leaf.kind, leaf.gift, leaf.case, leaf.item, amount_tiyn, place.index if place else None)
