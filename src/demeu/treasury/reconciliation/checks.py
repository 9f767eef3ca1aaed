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
]
