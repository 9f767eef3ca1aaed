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
        name="ledger.reversal_mirrors",
        promise="a reversal has every leg of its original with the opposite sign",
        sql="""SELECT r.id FROM treasury_ledger_transfer r
               JOIN treasury_ledger_posting p ON p.transfer_id IN (r.id, r.reverses_id)
               WHERE r.reverses_id IS NOT NULL
               GROUP BY r.id, p.account, p.gift, p."case", p.item, p.payout HAVING sum(p.amount_tiyn) <> 0""",
    ),
]
