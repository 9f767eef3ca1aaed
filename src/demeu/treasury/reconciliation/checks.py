"""What must always hold between the bank and the books."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="reconciliation.bank_is_books",
        promise="the books' bank account is the sum of all matched statement lines",
        sql="""SELECT b.total, l.total FROM
                 (SELECT coalesce(sum(amount_tiyn), 0) AS total FROM treasury_ledger_posting
                   WHERE account = 'assets:bank:fund') b,
                 (SELECT coalesce(sum(l.amount_tiyn), 0) AS total FROM treasury_reconciliation_statementline l
                   JOIN treasury_reconciliation_linematch m ON m.line_id = l.id) l
               WHERE b.total <> l.total""",
    ),
    Invariant(
        name="reconciliation.unmatched_has_owner",
        promise="every unmatched line has an owner",
        sql="SELECT line_id FROM treasury_reconciliation_linematch WHERE kind = 'unmatched' AND owner = ''",
    ),
    Invariant(
        name="reconciliation.lines_are_matched",
        promise="no statement line stays open longer than an hour",
        sql="""SELECT l.id FROM treasury_reconciliation_statementline l
               LEFT JOIN treasury_reconciliation_linematch m ON m.line_id = l.id
               WHERE m.line_id IS NULL AND l.stored_at < now() - interval '1 hour'""",
    ),
    Invariant(
        name="reconciliation.settlement_is_its_gift",
        promise="a line that settles a gift has one transfer of its sum and fee in the books, for that gift",
        sql="""SELECT l.id, m.thing FROM treasury_reconciliation_linematch m
               JOIN treasury_reconciliation_statementline l ON l.id = m.line_id
               LEFT JOIN treasury_ledger_posting p ON p.gift = m.thing AND p.account LIKE 'assets:gateway:%'
                 AND p.amount_tiyn < 0
               LEFT JOIN treasury_ledger_transfer t ON t.id = p.transfer_id AND t.kind = 'settle'
               WHERE m.kind = 'settlement' GROUP BY l.id, m.thing, l.amount_tiyn, l.fee_tiyn
               HAVING count(t.id) <> 1
                   OR sum(p.amount_tiyn) FILTER (WHERE t.id IS NOT NULL) <> -(l.amount_tiyn + l.fee_tiyn)""",
    ),
    Invariant(
        name="reconciliation.payment_is_its_payout",
        promise="a line that pays has one transfer of its sum in the books, for the payout that it names",
        sql="""SELECT l.id, m.thing FROM treasury_reconciliation_linematch m
               JOIN treasury_reconciliation_statementline l ON l.id = m.line_id
               LEFT JOIN treasury_ledger_posting p ON p.payout = m.thing AND p.account LIKE 'assets:bank:%'
                 AND p.amount_tiyn < 0
               WHERE m.kind = 'payment' GROUP BY l.id, m.thing, l.amount_tiyn
               HAVING count(p.id) <> 1 OR sum(p.amount_tiyn) <> l.amount_tiyn""",
    ),
]
