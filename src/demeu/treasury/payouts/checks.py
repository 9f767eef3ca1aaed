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
               WHERE preparer = approver OR preparer = curator OR approver = curator
               UNION ALL SELECT a.payout_id FROM treasury_payouts_approval a
               JOIN treasury_payouts_payout p ON p.id = a.payout_id WHERE a.approver IN (p.preparer, p.curator)""",
    ),
    Invariant(
        name="payouts.approved_by_enough",
        promise="what went to the bank was approved by as many people of each role as its amount asks for",
        sql="""SELECT p.id, need.role FROM treasury_payouts_payout p, jsonb_each_text(p.required) AS need(role, wanted)
               WHERE p.state IN ('approved', 'sent', 'settled', 'returned') AND need.wanted::int >
                 (SELECT count(*) FROM treasury_payouts_approval a WHERE a.payout_id = p.id AND a.role = need.role)""",
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
