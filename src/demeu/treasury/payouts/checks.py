"""What must always hold between payouts and the books."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="payouts.books_agree",
        promise="the books hold a payout's amount while it lives, and nothing of it once it is rejected or returned",
        sql="""SELECT w.id, w.state, w.amount_tiyn, -coalesce(sum(p.amount_tiyn), 0) FROM treasury_payouts_payout w
               LEFT JOIN treasury_ledger_posting p ON p.payout = w.id
                 AND p.account IN ('funds:reserved', 'funds:paid', 'funds:delivered')
               GROUP BY w.id HAVING -coalesce(sum(p.amount_tiyn), 0)
                 <> CASE WHEN w.state IN ('rejected', 'returned') THEN 0 ELSE w.amount_tiyn END""",
    ),
    Invariant(
        name="payouts.three_people",
        promise="preparer, approver and curator of a payout are different people",
        sql="""SELECT id FROM treasury_payouts_payout
               WHERE preparer = approver OR preparer = curator OR approver = curator""",
    ),
    Invariant(
        name="payouts.delivered_is_confirmed",
        promise="money stands as delivered exactly for items whose delivery was confirmed",
        sql="""SELECT coalesce(p.item, d.item) FROM
                 (SELECT item FROM treasury_ledger_posting WHERE account = 'funds:delivered'
                   GROUP BY item HAVING sum(amount_tiyn) <> 0) p
                 FULL JOIN (SELECT item FROM treasury_payouts_delivery WHERE confirmed_at IS NOT NULL) d
                 ON d.item = p.item WHERE p.item IS NULL OR d.item IS NULL""",
    ),
]
