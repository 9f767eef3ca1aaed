"""What must always hold of allocations."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="allocation.decisions_are_books",
        promise="what was decided for an item of a gift is what the books hold for it",
        sql="""SELECT coalesce(a.gift, p.gift), coalesce(a.item, p.item), a.total, p.total FROM
                 (SELECT gift, item, sum(amount_tiyn) AS total FROM treasury_allocation_allocation GROUP BY 1, 2) a
                 FULL JOIN
                 (SELECT gift, item, -sum(amount_tiyn) AS total FROM treasury_ledger_posting
                   WHERE account LIKE 'funds:%' AND item IS NOT NULL GROUP BY 1, 2) p
                 ON a.gift = p.gift AND a.item = p.item
               WHERE coalesce(a.total, 0) <> coalesce(p.total, 0)""",
    ),
    Invariant(
        name="allocation.purpose_not_crossed",
        promise="money given for one item or case is allocated elsewhere only by the fallback of its gift",
        sql="""SELECT a.id FROM treasury_allocation_allocation a JOIN treasury_donations_gift g ON g.id = a.gift
               WHERE a.amount_tiyn > 0 AND a.why ->> 'scope' NOT LIKE 'fallback:%'
                 AND ((g.target_kind = 'item' AND a.item <> g.target_id)
                   OR (g.target_kind = 'case' AND a."case" <> g.target_id))""",
    ),
]
