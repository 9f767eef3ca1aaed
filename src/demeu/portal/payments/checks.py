"""What must always be true of papers of delivery. Each query returns the rows that break the promise."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        "payments.act_has_delivered_item",
        "Every act of delivery stands by an item of its case that is delivered or confirmed.",
        "SELECT a.item FROM portal_payments_deliveryact a WHERE NOT EXISTS (SELECT 1 FROM portal_wishes_item i"
        " WHERE i.id = a.item AND i.case = a.case AND i.state IN ('delivered', 'confirmed'))",
    ),
]
