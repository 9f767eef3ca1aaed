"""What must always hold between gateways and gifts."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="gateways.paid_gift_has_order",
        promise="every gift received through a gateway has its order there",
        sql="""SELECT g.id FROM treasury_donations_gift g LEFT JOIN treasury_gateways_gatewayorder o ON o.gift = g.id
               WHERE g.received_at IS NOT NULL AND g.gateway <> 'demo' AND o.number IS NULL""",
    ),
    Invariant(
        name="gateways.taken_is_received",
        promise="what a gateway owes came in by one receiving transfer for a gift that went through that gateway",
        sql="""SELECT p.gift, p.account, g.gateway FROM treasury_ledger_posting p
               JOIN treasury_ledger_transfer t ON t.id = p.transfer_id AND t.kind = 'receive'
               LEFT JOIN treasury_donations_gift g ON g.id = p.gift
               WHERE p.account LIKE 'assets:gateway:%'
                 AND (g.id IS NULL OR p.account <> 'assets:gateway:' || g.gateway OR p.amount_tiyn <> g.amount_tiyn)""",
    ),
    Invariant(
        name="gateways.refunds_are_owed",
        promise="what the books owe for refunds is what was approved and has not been paid",
        sql="""SELECT coalesce(r.gift, p.gift), r.owed, p.owed FROM
                 (SELECT gift, sum(amount_tiyn) AS owed FROM treasury_gateways_refund
                   WHERE state IN ('approved', 'sent') GROUP BY 1) r
                 FULL JOIN
                 (SELECT gift, -sum(amount_tiyn) AS owed FROM treasury_ledger_posting
                   WHERE account = 'liabilities:refunds' GROUP BY 1 HAVING sum(amount_tiyn) <> 0) p
                 ON r.gift = p.gift WHERE r.owed IS DISTINCT FROM p.owed""",
    ),
]
