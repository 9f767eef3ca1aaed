"""Tables of the gateway and the bank. Amounts are whole tiyn; a full card number is never stored."""

from django.db import models
from django.db.models import F, Q

from demeu.kernel.appendonly import AppendOnly
from demeu.kernel.ids import new_id
from demeu.sandbox.banks.rules.epay_states import Status
from demeu.sandbox.banks.rules.gateways import GATEWAYS


class Order(models.Model):
    """One invoice at the gateway and the operation on it."""

    gateway = models.CharField(max_length=8, default="epay", choices=[(name, name) for name in GATEWAYS])
    invoice_id = models.CharField(max_length=15, unique=True)
    amount_tiyn = models.BigIntegerField()
    refunded_tiyn = models.BigIntegerField(default=0)
    terminal = models.CharField(max_length=64)
    secret_hash = models.CharField(max_length=255, blank=True)
    post_link = models.CharField(max_length=500, blank=True)
    failure_post_link = models.CharField(max_length=500, blank=True)
    back_link = models.CharField(max_length=500, blank=True)
    failure_back_link = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=3, default="rus")
    description = models.CharField(max_length=255, blank=True)
    account_id = models.CharField(max_length=64, blank=True)
    page = models.UUIDField(unique=True, default=new_id)
    operation = models.UUIDField(unique=True, default=new_id)
    status = models.CharField(max_length=8, default=Status.NEW, choices=[(item.value, item.value) for item in Status])
    opened_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=12, blank=True)
    approval_code = models.CharField(max_length=6, blank=True)
    secure3d = models.BooleanField(default=False)
    card_mask = models.CharField(max_length=20, blank=True)
    payer_name = models.CharField(max_length=60, blank=True)
    payer_address = models.GenericIPAddressField(null=True)
    reason = models.CharField(max_length=120, blank=True)
    reason_code = models.IntegerField(default=0)
    recurring = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_tiyn__gt=0), name="banks_order_amount_positive"),
            models.CheckConstraint(
                condition=Q(refunded_tiyn__gte=0) & Q(refunded_tiyn__lte=F("amount_tiyn")), name="banks_refund_within"
            ),
        ]


class Token(models.Model):
    """An access token; without an order it serves status and operations only."""

    token = models.CharField(max_length=64, unique=True)
    order = models.ForeignKey(Order, null=True, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()


class CallbackPlan(models.Model):
    """How the callback of an invoice is to misbehave, asked for before payment."""

    invoice_id = models.CharField(max_length=15, unique=True)
    repeat = models.PositiveSmallIntegerField(default=0)
    forge_amount_tiyn = models.BigIntegerField(null=True)
    delay_s = models.PositiveIntegerField(default=0)
    drop = models.BooleanField(default=False)
    shuffle = models.BooleanField(default=False)


class Callback(models.Model):
    """One notice to the merchant, with the exact text that is sent; without a body it is a question by GET."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10)
    url = models.CharField(max_length=700)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    status_code = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)


class Account(models.Model):
    """An account at the bank; its balance and its last movement's number change under a row lock."""

    iban = models.CharField(max_length=20, unique=True)
    holder = models.CharField(max_length=140)
    kind = models.CharField(max_length=10, choices=[(item, item) for item in ("fund", "gateway", "outside", "other")])
    balance_tiyn = models.BigIntegerField(default=0)
    last_number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(balance_tiyn__gte=0) | Q(kind="outside"), name="banks_no_overdraft"),
        ]


class Movement(AppendOnly):
    """One booked line of one account; numbers count up by one within the account."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    number = models.BigIntegerField()
    amount_tiyn = models.BigIntegerField()
    fee_tiyn = models.BigIntegerField(default=0)
    balance_after_tiyn = models.BigIntegerField()
    code = models.CharField(max_length=12)
    reference = models.CharField(max_length=35)
    message_id = models.CharField(max_length=35, blank=True)
    instruction_id = models.CharField(max_length=35, blank=True)
    end_to_end_id = models.CharField(max_length=35, blank=True)
    other_name = models.CharField(max_length=140, blank=True)
    other_iban = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=1400, blank=True)
    return_reason = models.CharField(max_length=4, blank=True)
    booked_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="banks_movement_number"),
            models.CheckConstraint(condition=~Q(amount_tiyn=0), name="banks_movement_not_zero"),
        ]


class Settlement(models.Model):
    """Money of a card operation on its way to the fund's account (or back, when negative)."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT)
    amount_tiyn = models.BigIntegerField()
    fee_tiyn = models.BigIntegerField(default=0)
    booked_at = models.DateTimeField(null=True)


class PaymentMessage(models.Model):
    """A pain.001 that was taken, with the answer given."""

    message_id = models.CharField(max_length=35, unique=True)
    received_at = models.DateTimeField()
    answer = models.TextField(blank=True)


class Payment(models.Model):
    """One credit transfer of a message."""

    message = models.ForeignKey(PaymentMessage, on_delete=models.CASCADE)
    end_to_end_id = models.CharField(max_length=35, db_index=True)
    amount_tiyn = models.BigIntegerField()
    creditor_iban = models.CharField(max_length=34)
    debit = models.ForeignKey(Movement, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=4, blank=True)
    return_reason = models.CharField(max_length=4, blank=True)


class Fault(models.Model):
    """Misbehaviour of the bank asked for through control; used up ``times_left`` times."""

    kind = models.CharField(max_length=20)
    times_left = models.PositiveIntegerField()
    reason = models.CharField(max_length=4, blank=True)
    delay_s = models.PositiveIntegerField(default=0)
    end_to_end_id = models.CharField(max_length=35, blank=True)
