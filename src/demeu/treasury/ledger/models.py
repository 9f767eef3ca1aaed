"""Tables of the books. They only grow; PostgreSQL itself refuses a transfer that does not sum to zero."""

import pgtrigger
from django.db import models
from django.db.models import Q

from demeu.kernel.appendonly import AppendOnly
from demeu.kernel.triggers import Binding
from demeu.treasury.ledger.rules import Account, Kind, Phase

ADDS_UP = """
    SELECT sum(amount_tiyn), count(*) INTO total, legs FROM treasury_ledger_posting WHERE transfer_id = NEW.id;
    IF legs < 2 THEN
        RAISE EXCEPTION 'transfer % has fewer than two postings', NEW.id USING ERRCODE = '23514';
    END IF;
    IF total <> 0 THEN
        RAISE EXCEPTION 'transfer % is off by % tiyn', NEW.id, total USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
"""
ENDS_HOLD = """
    IF NOT EXISTS (SELECT 1 FROM treasury_ledger_transfer WHERE id = NEW.hold_id AND phase = 'pending') THEN
        RAISE EXCEPTION 'transfer % is no hold', NEW.hold_id USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM treasury_ledger_posting
        WHERE transfer_id IN (NEW.id, NEW.hold_id) AND account = 'funds:reserved'
        GROUP BY gift, "case", item, payout HAVING sum(amount_tiyn) <> 0
    ) THEN
        RAISE EXCEPTION 'transfer % does not end hold % exactly', NEW.id, NEW.hold_id USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
"""
# At once, and not only at the end: `SET CONSTRAINTS ALL IMMEDIATE` must not open a way to add a leg unseen.
WRITTEN_TOGETHER = """
    SELECT w.transfer_id, sum(w.amount_tiyn) AS amount, bool_or(t.id IS NULL OR w.xid <> t.xid) AS late INTO off
    FROM written w
    LEFT JOIN treasury_ledger_transfer t ON t.id = w.transfer_id AND t.xid = pg_current_xact_id()
    GROUP BY w.transfer_id HAVING sum(w.amount_tiyn) <> 0 OR bool_or(t.id IS NULL OR w.xid <> t.xid) LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF off.late THEN
        RAISE EXCEPTION 'a posting comes after its transfer %', off.transfer_id USING ERRCODE = '23514';
    END IF;
    RAISE EXCEPTION 'transfer % is off by % tiyn', off.transfer_id, off.amount USING ERRCODE = '23514';
"""


class Transfer(AppendOnly):
    """One movement of money. Its id is made by whoever starts it and is the idempotency key for ever."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    at = models.DateTimeField(db_index=True)
    reason = models.JSONField(default=dict)
    phase = models.CharField(max_length=8, choices=[(phase.value, phase.value) for phase in Phase], default=Phase.FINAL)
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    hold = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["reverses"], name="ledger_transfer_reversed_once", condition=Q(reverses__isnull=False)
            ),
            models.UniqueConstraint(fields=["hold"], name="ledger_hold_ends_once", condition=Q(hold__isnull=False)),
            models.CheckConstraint(
                condition=Q(phase__in=["final", "pending"], hold__isnull=True)
                | Q(phase__in=["post", "void"], hold__isnull=False),
                name="ledger_transfer_phase",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="ledger_transfer_holds", condition=Q(phase="pending"))]
        triggers = [
            *AppendOnly.Meta.triggers,
            Binding(
                name="has_postings",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("total", "numeric"), ("legs", "bigint")],
                func=ADDS_UP,
            ),
            Binding(
                name="ends_hold",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__hold__isnull=False),
                func=ENDS_HOLD,
            ),
        ]


class Posting(AppendOnly):
    """One leg: debit > 0, credit < 0. Made together with its transfer, never later.

    A trigger finds the transfer among those of the same database transaction, which says more than a foreign key.
    """

    id = models.BigAutoField(primary_key=True)
    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, related_name="postings", db_index=False, db_constraint=False
    )
    position = models.PositiveSmallIntegerField()
    account = models.CharField(max_length=40, choices=[(account.value, account.value) for account in Account])
    amount_tiyn = models.BigIntegerField()
    gift = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    item = models.UUIDField(null=True)
    payout = models.UUIDField(null=True)

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(amount_tiyn=0), name="ledger_posting_not_empty"),
            models.CheckConstraint(
                condition=Q(account__in=[account.value for account in Account]), name="ledger_posting_account_known"
            ),
            models.UniqueConstraint(fields=["transfer", "position"], name="ledger_posting_position"),
        ]
        indexes = [
            models.Index(fields=["gift", "account"], name="ledger_posting_gift", condition=Q(gift__isnull=False)),
            models.Index(fields=["case", "item"], name="ledger_posting_case", condition=Q(case__isnull=False)),
            models.Index(fields=["payout"], name="ledger_posting_payout", condition=Q(payout__isnull=False)),
        ]
        triggers = [
            *AppendOnly.Meta.triggers,
            Binding(
                name="sums_to_zero",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="written"),  # type: ignore[no-untyped-call]
                declare=[("off", "record")],
                func=WRITTEN_TOGETHER,
            ),
        ]


class RollUp(models.Model):
    """What an account had before a point in the order of database transactions (column `upto`, PostgreSQL's `xid8`).

    Written by one job; a gift never touches it. It may be emptied at any time: balances stay the same.
    """

    account = models.CharField(max_length=40, primary_key=True)
    cluster = models.BigIntegerField()
    amount_tiyn = models.BigIntegerField()
    rolled_at = models.DateTimeField()


class BooksCheck(AppendOnly):
    """One run of every promise: when, how long it took, and which were broken by how many rows at least."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    seconds = models.FloatField()
    promises = models.PositiveIntegerField()
    broken = models.JSONField(default=dict)
