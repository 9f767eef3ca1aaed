"""What must always hold between gateways and gifts."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="gateways.paid_gift_has_order",
        promise="every gift received through a gateway has its order there",
        sql="""SELECT g.id FROM treasury_donations_gift g LEFT JOIN treasury_gateways_gatewayorder o ON o.gift = g.id
               WHERE g.received_at IS NOT NULL AND g.gateway <> 'demo' AND o.number IS NULL""",
    ),
]
