"""What must always hold between gifts, needs and the books."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="donations.received_has_one_transfer",
        promise="a gift is received exactly when the books hold one receiving transfer of its amount",
        sql="""SELECT g.id, g.amount_tiyn, p.total FROM treasury_donations_gift g FULL JOIN (
                   SELECT p.gift, -sum(p.amount_tiyn) AS total, count(*) AS transfers
                   FROM treasury_ledger_posting p JOIN treasury_ledger_transfer t ON t.id = p.transfer_id
                   WHERE t.kind = 'receive' AND p.account = 'funds:received' GROUP BY p.gift) p ON p.gift = g.id
               WHERE (g.received_at IS NOT NULL OR p.gift IS NOT NULL)
                 AND (p.total IS DISTINCT FROM g.amount_tiyn OR p.transfers <> 1 OR g.received_at IS NULL)""",
    ),
    Invariant(
        name="donations.gift_is_conserved",
        promise="the parts of a gift in all funds add up to the gift less what was returned",
        sql="""SELECT g.id, g.amount_tiyn, -coalesce(sum(p.amount_tiyn), 0) FROM treasury_donations_gift g
               LEFT JOIN treasury_ledger_posting p ON p.gift = g.id AND p.account LIKE 'funds:%'
               WHERE g.received_at IS NOT NULL
               GROUP BY g.id HAVING -coalesce(sum(p.amount_tiyn), 0) <> g.amount_tiyn - g.returned_tiyn""",
    ),
    Invariant(
        name="donations.kept_is_kept",
        promise="what a donor added for running the platform, or what is kept for matching, is never with an item",
        sql="""SELECT g.id, g.kept_tiyn, -sum(p.amount_tiyn) FROM treasury_donations_gift g
               JOIN treasury_ledger_posting p ON p.gift = g.id AND p.account LIKE 'funds:%' AND p.item IS NOT NULL
               GROUP BY g.id HAVING -sum(p.amount_tiyn) > g.amount_tiyn - g.kept_tiyn""",
    ),
    Invariant(
        name="donations.held_has_settled",
        promise="a gift is held exactly when nothing of it is due from the gateway",
        sql="""SELECT g.id, sum(p.amount_tiyn) FROM treasury_donations_gift g
               JOIN treasury_ledger_posting p ON p.gift = g.id AND p.account LIKE 'assets:gateway:%'
               GROUP BY g.id, g.held_at HAVING (sum(p.amount_tiyn) = 0) <> (g.held_at IS NOT NULL)""",
    ),
    Invariant(
        name="donations.funded_is_books",
        promise="what an item has got is what the books hold for it",
        sql="""SELECT i.item, i.funded_tiyn, -coalesce(sum(p.amount_tiyn), 0) FROM treasury_donations_needitem i
               LEFT JOIN treasury_ledger_posting p ON p.item = i.item AND p.account LIKE 'funds:%'
               GROUP BY i.item HAVING i.funded_tiyn <> -coalesce(sum(p.amount_tiyn), 0)""",
    ),
    Invariant(
        name="donations.undecided_is_resolved",
        promise="a gift whose session ended does not stay undecided longer than fifteen minutes",
        sql="""SELECT id, state, expires_at FROM treasury_donations_gift
               WHERE state IN ('started', 'pending') AND expires_at < now() - interval '15 minutes'""",
    ),
]
