"""What must always hold of allocations."""

from demeu.contracts.treasury import PROGRAMMES
from demeu.kernel.checks import Invariant


def _programme_rows() -> str:
    """Rows of SQL: code, group and region of every programme; all of it is our own data."""
    return ", ".join(
        f"('{code}', '{group.value}', '{region}')"
        for code, programme in PROGRAMMES.items()
        for group in programme.groups
        for region in programme.regions or ("",)
    )


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
        promise="money given for an item, case, group or region is allocated elsewhere only by its gift's fallback",
        sql="""SELECT a.id FROM treasury_allocation_allocation a JOIN treasury_donations_gift g ON g.id = a.gift
               JOIN treasury_donations_need n ON n."case" = a."case"
               WHERE a.amount_tiyn > 0 AND a.why ->> 'scope' NOT LIKE 'fallback:%'
                 AND ((g.target_kind = 'item' AND a.item <> g.target_id)
                   OR (g.target_kind = 'case' AND a."case" <> g.target_id)
                   OR (g.target_kind = 'group' AND n."group" <> g.target_code)
                   OR (g.target_kind = 'region'
                       AND n.region_kato NOT LIKE left(g.target_code, 2) || rtrim(substr(g.target_code, 3), '0')
                                                  || '%'))""",
    ),
    Invariant(
        name="allocation.programme_not_crossed",
        promise="money given to a programme is allocated to needs of its groups and regions, or by its gift's fallback",
        # Only our own published data is put into the text.
        sql=f"""SELECT a.id FROM treasury_allocation_allocation a JOIN treasury_donations_gift g ON g.id = a.gift
               JOIN treasury_donations_need n ON n."case" = a."case"
               WHERE a.amount_tiyn > 0 AND a.why ->> 'scope' NOT LIKE 'fallback:%' AND g.target_kind = 'programme'
                 AND NOT EXISTS (SELECT 1 FROM (VALUES {_programme_rows()}) AS p (code, "group", region)
                                 WHERE p.code = g.target_code AND p."group" = n."group"
                                   AND n.region_kato LIKE p.region || '%')""",  # noqa: S608
    ),
    Invariant(
        name="allocation.fallback_is_the_gifts",
        promise="money leaves its purpose only by the fallback of its donor, and never when that is to return it",
        sql="""SELECT a.id, a.why ->> 'scope' FROM treasury_allocation_allocation a
               WHERE a.amount_tiyn > 0 AND a.why ->> 'scope' LIKE 'fallback:%'
                 AND (a.why ->> 'scope' <> 'fallback:' || (a.why ->> 'fallback') OR a.why ->> 'fallback' = 'return')""",
    ),
    Invariant(
        name="allocation.item_takes_no_more_than_it_asks",
        promise="what was allocated to an item is not below zero and not above what it asks for",
        sql="""SELECT a.item, sum(a.amount_tiyn), i.amount_tiyn FROM treasury_allocation_allocation a
               JOIN treasury_donations_needitem i ON i.item = a.item
               GROUP BY a.item, i.amount_tiyn
               HAVING sum(a.amount_tiyn) < 0 OR sum(a.amount_tiyn) > i.amount_tiyn""",
    ),
    Invariant(
        name="allocation.levels_add_up",
        promise="each level of a tenge's way equals the one above: gifts, allocations, items, payouts, payments, acts",
        sql="""WITH f AS (SELECT account, item, payout, -sum(amount_tiyn) AS amount FROM treasury_ledger_posting
                           WHERE account LIKE 'funds:%' GROUP BY 1, 2, 3),
                    level (number, name, above, below) AS (VALUES
                 (1, 'allocations are items', (SELECT sum(amount_tiyn) FROM treasury_allocation_allocation),
                     (SELECT sum(funded_tiyn) FROM treasury_donations_needitem)),
                 (2, 'items are their lots', (SELECT sum(funded_tiyn) FROM treasury_donations_needitem),
                     (SELECT sum(amount) FROM f WHERE item IS NOT NULL)),
                 (3, 'payouts are their lots', (SELECT sum(amount_tiyn) FROM treasury_payouts_payout
                       WHERE state NOT IN ('rejected', 'returned')),
                     (SELECT sum(amount) FROM f WHERE payout IS NOT NULL)),
                 (4, 'settled payouts are payments', (SELECT sum(amount_tiyn) FROM treasury_payouts_payout
                       WHERE state = 'settled'),
                     (SELECT sum(amount) FROM f WHERE account IN ('funds:paid', 'funds:delivered'))),
                 (5, 'confirmed acts are deliveries', (SELECT sum(f.amount) FROM f
                       JOIN treasury_payouts_delivery d ON d.item = f.item AND d.confirmed_at IS NOT NULL
                       WHERE f.account IN ('funds:paid', 'funds:delivered')),
                     (SELECT sum(amount) FROM f WHERE account = 'funds:delivered')))
               SELECT number, name, above, below FROM level WHERE coalesce(above, 0) <> coalesce(below, 0)""",
    ),
]
