"""What must always be true of papers of delivery. Each query returns the rows that break the promise."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        "payments.act_has_delivered_item",
        "Every act of delivery stands by an item of its case that is delivered or confirmed.",
        "SELECT a.item FROM portal_payments_deliveryact a WHERE NOT EXISTS (SELECT 1 FROM portal_wishes_item i"
        " WHERE i.id = a.item AND i.case = a.case AND i.state IN ('delivered', 'confirmed'))",
    ),
    Invariant(
        "payments.silence_has_ticket",
        "A delivery that no family has confirmed for eight days has a ticket with an owner.",
        "SELECT a.item FROM portal_payments_deliveryact a JOIN portal_wishes_item i ON i.id = a.item"
        " WHERE i.state = 'delivered' AND a.at < now() - interval '8 days'"
        " AND NOT EXISTS (SELECT 1 FROM portal_payments_deliveryticket t WHERE t.item = a.item)",
    ),
]
