"""What must always hold in the books: each SQL returns the rows that break the promise."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="ledger.transfer_sums_to_zero",
        promise="the postings of every transfer sum to zero",
        sql="SELECT transfer_id, sum(amount_tiyn) FROM treasury_ledger_posting GROUP BY 1 HAVING sum(amount_tiyn) <> 0",
    ),
    Invariant(
        name="ledger.no_orphans",
        promise="every transfer has at least two postings, made with it",
        sql="""SELECT t.id FROM treasury_ledger_transfer t LEFT JOIN treasury_ledger_posting p ON p.transfer_id = t.id
               GROUP BY t.id, t.xid HAVING count(p.id) < 2 OR bool_or(p.xid <> t.xid)""",
    ),
    Invariant(
        name="ledger.funds_never_negative",
        promise="no lot owes money: what stands in a fund account for a gift and item is never below zero",
        sql="""SELECT account, gift, item, payout, -sum(amount_tiyn) FROM treasury_ledger_posting
               WHERE account LIKE 'funds:%' GROUP BY 1, 2, 3, 4 HAVING sum(amount_tiyn) > 0""",
    ),
    Invariant(
        name="ledger.assets_never_negative",
        promise="a gateway never owes more than it confirmed for a gift",
        sql="""SELECT account, gift, sum(amount_tiyn) FROM treasury_ledger_posting
               WHERE account LIKE 'assets:gateway:%' GROUP BY 1, 2 HAVING sum(amount_tiyn) < 0""",
    ),
    Invariant(
        name="ledger.spent_is_paid",
        promise="what was spent on help equals what stands as paid or delivered",
        sql="""SELECT sum(amount_tiyn) FROM treasury_ledger_posting
               WHERE account IN ('expenses:help', 'funds:paid', 'funds:delivered') HAVING sum(amount_tiyn) <> 0""",
    ),
    Invariant(
        name="ledger.balance_is_sum",
        promise="the rolled-up balance of an account with its tail is the sum of all its postings",
        sql="""SELECT r.account, r.amount_tiyn + r.tail, r.total FROM (
                 SELECT u.account, u.amount_tiyn,
                   coalesce(sum(p.amount_tiyn) FILTER (WHERE p.xid >= u.upto), 0) AS tail,
                   coalesce(sum(p.amount_tiyn), 0) AS total
                 FROM treasury_ledger_rollup u LEFT JOIN treasury_ledger_posting p ON p.account = u.account
                 WHERE u.cluster = (SELECT system_identifier FROM pg_control_system())
                 GROUP BY u.account, u.amount_tiyn) r WHERE r.amount_tiyn + r.tail <> r.total""",
    ),
    Invariant(
        name="ledger.set_aside_is_held",
        promise="what is set aside is exactly what holds that have not ended set aside",
        sql="""SELECT p.gift, p.item, p.payout, sum(p.amount_tiyn) FROM treasury_ledger_posting p
               JOIN treasury_ledger_transfer t ON t.id = p.transfer_id
               LEFT JOIN treasury_ledger_transfer e ON e.hold_id = t.id
               LEFT JOIN treasury_ledger_transfer r ON r.reverses_id = t.id
               WHERE p.account = 'funds:reserved'
                 AND NOT (t.phase = 'pending' AND e.id IS NULL AND r.id IS NULL)
               GROUP BY 1, 2, 3 HAVING sum(p.amount_tiyn) <> 0""",
    ),
    Invariant(
        name="ledger.hold_ends_exactly",
        promise="what ended a hold took out of the set-aside money exactly what the hold had put there",
        sql="""SELECT e.id FROM treasury_ledger_transfer e
               JOIN treasury_ledger_posting p ON p.transfer_id IN (e.id, e.hold_id) AND p.account = 'funds:reserved'
               WHERE e.hold_id IS NOT NULL
               GROUP BY e.id, p.gift, p."case", p.item, p.payout HAVING sum(p.amount_tiyn) <> 0""",
    ),
    Invariant(
        name="ledger.reversal_mirrors",
        promise="a reversal has every leg of its original with the opposite sign",
        sql="""SELECT r.id FROM treasury_ledger_transfer r
               JOIN treasury_ledger_posting p ON p.transfer_id IN (r.id, r.reverses_id)
               WHERE r.reverses_id IS NOT NULL
               GROUP BY r.id, p.account, p.gift, p."case", p.item, p.payout HAVING sum(p.amount_tiyn) <> 0""",
    ),
]
