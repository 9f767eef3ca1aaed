"""Tables of the books. Both only grow; PostgreSQL itself refuses a transfer that does not sum to zero."""

import pgtrigger
from django.db import models
from django.db.models import Q

from demeu.kernel.appendonly import AppendOnly
from demeu.treasury.ledger.rules import Account, Kind


class Transfer(AppendOnly):
    """One movement of money. Its id is made by whoever starts it and is the idempotency key for ever."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    at = models.DateTimeField(db_index=True)
    digest = models.CharField(max_length=64)
    reason = models.JSONField(default=dict)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")

    class Meta(AppendOnly.Meta):
        triggers = [
            *AppendOnly.Meta.triggers,
            pgtrigger.Trigger(
                name="has_postings",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF (SELECT count(*) FROM treasury_ledger_posting WHERE transfer_id = NEW.id) < 2 THEN
                        RAISE EXCEPTION 'transfer % has fewer than two postings', NEW.id USING ERRCODE = '23514';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]


class Posting(AppendOnly):
    """One leg: debit > 0, credit < 0. Made together with its transfer, never later."""

    id = models.BigAutoField(primary_key=True)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="postings", db_index=False)
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
            models.Index(fields=["account", "id"], name="ledger_posting_account"),
            models.Index(fields=["gift", "account"], name="ledger_posting_gift", condition=Q(gift__isnull=False)),
            models.Index(fields=["case", "item"], name="ledger_posting_case", condition=Q(case__isnull=False)),
            models.Index(fields=["payout"], name="ledger_posting_payout", condition=Q(payout__isnull=False)),
        ]
        triggers = [
            *AppendOnly.Meta.triggers,
            pgtrigger.Trigger(
                name="sums_to_zero",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("total", "numeric"), ("made_in", "xid8")],
                func="""
                    SELECT xid INTO made_in FROM treasury_ledger_transfer WHERE id = NEW.transfer_id;
                    IF made_in <> NEW.xid THEN
                        RAISE EXCEPTION 'posting % comes after its transfer', NEW.id USING ERRCODE = '23514';
                    END IF;
                    SELECT sum(amount_tiyn) INTO total FROM treasury_ledger_posting WHERE transfer_id = NEW.transfer_id;
                    IF total <> 0 THEN
                        RAISE EXCEPTION 'transfer % is off by % tiyn', NEW.transfer_id, total USING ERRCODE = '23514';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]
