"""Tables of the log. What is in the tree only grows; openings (salt and facts) can be erased, which closes a leaf."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from demeu.kernel.appendonly import AppendOnly


class Leaf(AppendOnly):
    """One record of the log, written in the transaction of what it records. Its references never leave the database."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)
    entry = models.BinaryField()
    gift = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    item = models.UUIDField(null=True)
    payout = models.UUIDField(null=True)
    amount_tiyn = models.BigIntegerField(null=True)

    class Meta(AppendOnly.Meta):
        indexes = [
            models.Index(fields=["case", "at"], name="proofs_leaf_case", condition=Q(case__isnull=False)),
            models.Index(fields=["gift", "kind"], name="proofs_leaf_gift", condition=Q(gift__isnull=False)),
            models.Index(fields=["payout"], name="proofs_leaf_payout", condition=Q(payout__isnull=False)),
        ]


class LeafOpening(models.Model):
    """Salt and facts behind a leaf's commitment; erased, the leaf says nothing any more and the tree stays right."""

    leaf = models.OneToOneField(Leaf, primary_key=True, on_delete=models.PROTECT)
    salt = models.BinaryField()
    facts = models.JSONField()


class LeafWaiting(models.Model):
    """A leaf that has no place yet."""

    id = models.BigAutoField(primary_key=True)
    leaf = models.OneToOneField(Leaf, on_delete=models.PROTECT)
    since = models.DateTimeField(default=timezone.now)


class LeafPlace(AppendOnly):
    """The place of a leaf in the tree, given once, without gaps."""

    index = models.BigIntegerField(primary_key=True)
    leaf = models.OneToOneField(Leaf, on_delete=models.PROTECT, related_name="place")
    leaf_hash = models.BinaryField()


class FullTile(AppendOnly):
    """The root of a full tile of 256 hashes: one hash of the level above."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    root = models.BinaryField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="proofs_full_tile")]


class SignedHead(AppendOnly):
    """A signed checkpoint: once given out, the log is bound to it."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    text = models.TextField()
    at = models.DateTimeField()


class Cosignature(AppendOnly):
    """A witness's line under a head: it saw this head grow out of the last one that it saw."""

    head = models.ForeignKey(SignedHead, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=200)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["head", "witness"], name="proofs_cosigned_once")]


class WitnessState(models.Model):
    """How far a witness has followed us, and why its last answer was no cosignature."""

    name = models.CharField(max_length=200, primary_key=True)
    size = models.BigIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True)
    tried_at = models.DateTimeField()
